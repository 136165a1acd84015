"""Taking over a list of shelters, with its report before anything is changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.list_import import ShelterList, read_shelter_list
from app.shelters.list_saving import ListComparison, compare_list, save_list
from app.shelters.list_table import MOST_BYTES, ShelterListError
from app.shelters.list_words import change_words, figures, refusals, repaired_line, repairs
from app.shelters.places import ShelterRefused
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import LIST_FILES, entry, file_entry, plain_form
from components.plain_table import plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_IMPORT, SHELTERS
from pages.staff.navigation import staff_page

UPLOAD = f'{SHELTER_IMPORT}/upload'
APPLY = f'{SHELTER_IMPORT}/apply'
MOST_LISTS = 4
ROWS_SHOWN = 100
REFUSED_STATUS = 422


@dataclass(slots=True)
class Lists:
    """The last few lists, each for the session that sent it; they are never written to the disk."""

    _by_session: OrderedDict[UUID, ShelterList] = field(default_factory=OrderedDict)

    def put(self, session: UUID, read: ShelterList) -> None:
        """Keep it in place of an earlier one; the oldest of all gives way."""
        self._by_session.pop(session, None)
        self._by_session[session] = read
        while len(self._by_session) > MOST_LISTS:
            self._by_session.popitem(last=False)

    def take(self, session: UUID) -> ShelterList | None:
        """The list that this session looked at, once."""
        return self._by_session.pop(session, None)


def register(condition: Condition) -> None:
    """Open the page and its two steps."""
    lists = Lists()

    @guarded_page(SHELTER_IMPORT, permission=Permission.MANAGE_SHELTERS)
    def import_page(done: str = '') -> None:
        _draw(done=done)

    @guarded_post(UPLOAD, permission=Permission.MANAGE_SHELTERS)
    async def upload(request: Request) -> Response:
        return await _upload(request, condition.require_box(), lists)

    @guarded_post(APPLY, permission=Permission.MANAGE_SHELTERS)
    async def apply(request: Request) -> Response:
        return await _apply(request, condition.require_box(), lists)

    policies.add(
        Policy(path=UPLOAD, audience=Audience.STAFF, permission=Permission.MANAGE_SHELTERS, largest_body=MOST_BYTES)
    )


async def _upload(request: Request, box: Box, lists: Lists) -> Response:
    session = require(current_principal(), Permission.MANAGE_SHELTERS).session
    async with request.form(max_files=1, max_fields=4) as form:
        file, municipality = form.get('list'), form.get('municipality')
        content = await file.read() if isinstance(file, UploadFile) else b''
    wanted = municipality.strip()[:40] if isinstance(municipality, str) else ''
    try:
        read = await asyncio.to_thread(read_shelter_list, content, wanted)
    except ShelterListError as error:
        problems = error.problems
        return drawn(request, lambda: _draw(problems), REFUSED_STATUS)
    found = await asyncio.to_thread(compare_list, read, await box.shelters.register.all())
    lists.put(session, read)
    return drawn(request, lambda: _draw_report(found))


async def _apply(request: Request, box: Box, lists: Lists) -> Response:
    principal = require(current_principal(), Permission.MANAGE_SHELTERS)
    read = lists.take(principal.session)
    if read is None:
        return RedirectResponse(SHELTER_IMPORT, status_code=303)
    found = await asyncio.to_thread(compare_list, read, await box.shelters.register.all())
    try:
        await save_list(box.shelters.register, found, actor_of(principal))
    except ShelterRefused:
        problem = _('取り込む間にほかの人が一覧を変えました。もう一度ファイルを選び、残りを確かめてください。')
        return drawn(request, lambda: _draw((problem,)), REFUSED_STATUS)
    return RedirectResponse(f'{SHELTER_IMPORT}?done={len(found.added)}-{len(found.changed)}', status_code=303)


def _draw(problems: Sequence[str] = (), *, done: str = '') -> None:
    with staff_page(_('避難所の一覧の取り込み'), SHELTERS):
        if done.replace('-', '').isdecimal() and done.count('-') == 1:
            added, changed = done.split('-')
            words = _('取り込みました: 追加 {added}か所、変更 {changed}か所').format(added=added, changed=changed)
            message_box(MessageKind.DONE, words)
        if problems:
            message_box(
                MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), _('正しいファイルを選んでください。')
            )
            with element('ul', 'problems'):
                for problem in problems:
                    text('li', problem)
        text(
            'p', _('使えるもの: 国土地理院の「指定避難所」「指定緊急避難場所」、自治体標準オープンデータセット(39列)。')
        )
        text(
            'p',
            _('取り込む前に、直すところと取り込めない行を1行ずつ確かめられます。一覧にない避難所は消えません。'),
            'quiet',
        )
        with plain_form(UPLOAD, _('内容を確かめる'), with_files=True):
            hint = _('CSV または Excel、{most} MB まで。Excel は初めのシートを読みます').format(
                most=MOST_BYTES // 1_000_000
            )
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)
            entry('municipality', _('市町村'), hint=_('空ならすべて。例: 金沢市'), most=40)
        text('a', _('一覧へ戻る'), '', href=SHELTERS)


def _draw_report(found: ListComparison) -> None:
    with staff_page(_('避難所の一覧の取り込み'), SHELTERS):
        text('h2', _('取り込む内容を確かめてください'), 'section-title')
        with element('dl', 'figures'):
            for label, count in figures(found):
                with element('div', 'figure'):
                    text('dt', label)
                    text('dd', f'{count:,}', 'figure-number')
        if found.read.elsewhere:
            words = _('ほかの市町村の {count} 行は取り込みません。').format(count=f'{found.read.elsewhere:,}')
            text('p', words, 'quiet')
        text('p', _('一覧にない避難所 {count}か所は、そのまま残ります。').format(count=f'{found.missing:,}'), 'quiet')
        text('p', _('出典: {source}').format(source=found.read.credit), 'quiet')
        with element('div', 'buttons'):
            if found.added or found.changed:
                with plain_form(APPLY, _('取り込む')):
                    pass
            text('a', _('やめる'), 'press press-quiet', href=SHELTER_IMPORT)
        _draw_refusals(found)
        _draw_repairs(found)
        _draw_changes(found)


def _draw_refusals(found: ListComparison) -> None:
    lines = refusals(found)
    with element('section', 'section', aria_label=_('取り込まない行')):
        text('h2', _('取り込まない行 {count}').format(count=f'{len(lines):,}'), 'section-title')
        rows = [[str(line), name, reason] for line, name, reason in lines[:ROWS_SHOWN]]
        empty = (_('取り込めない行はありません'), _('すべての行を読み取れました。'))
        plain_table((_('行'), _('名称'), _('理由')), rows, empty=empty)
        _draw_rest(len(lines))


def _draw_repairs(found: ListComparison) -> None:
    with element('section', 'section', aria_label=_('直したところ')):
        text('h2', _('直したところ'), 'section-title')
        told = [[f'{count:,}', words, lines] for words, count, lines in repairs(found)]
        empty = (_('直したところはありません'), _('そのまま読み取れました。'))
        plain_table((_('行の数'), _('内容'), _('行')), told, empty=empty)


def _draw_changes(found: ListComparison) -> None:
    added = [
        [_('追加'), str(listed.line), listed.entry.name, repaired_line(listed)] for listed in found.added[:ROWS_SHOWN]
    ]
    changed = [
        [_('変更'), str(change.listed.line), change.before.entry.name, change_words(change)]
        for change in found.changed[: ROWS_SHOWN - len(added)]
    ]
    with element('section', 'section', aria_label=_('追加と変更')):
        text('h2', _('追加と変更'), 'section-title')
        empty = (_('変わるところはありません'), _('取り込まなくてかまいません。'))
        plain_table((_('区分'), _('行'), _('名称'), _('内容')), [*added, *changed], empty=empty)
        _draw_rest(len(found.added) + len(found.changed))


def _draw_rest(total: int) -> None:
    if total > ROWS_SHOWN:
        text('p', _('ほかに {count} 件あります').format(count=f'{total - ROWS_SHOWN:,}'), 'quiet')
