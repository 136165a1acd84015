"""`/staff/staff-list`: taking over the staff list of the HR system, with a look before anything is changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.language import _
from app.people.comparison import Comparison, compare
from app.people.staff import StaffEntry
from app.people.staff_import import COLUMNS, StaffListError, read_staff_list
from app.runtime import Box, Condition
from components.data_table import Column, DataTable, Row
from components.elements import box as element
from components.elements import press, text
from components.messages import MessageKind, message_box
from components.notice import Notice
from components.plain_forms import LIST_FILES, file_entry
from pages.guarded import guarded_page, guarded_post
from pages.staff.acting import actor_for, telling
from pages.staff.addresses import STAFF_LIST
from pages.staff.navigation import staff_page

UPLOAD = '/staff/staff-list/upload'
LARGEST_LIST_BYTES = 8_000_000
MOST_UPLOADS = 4
ROWS_OF_PREVIEW = 20


@dataclass(frozen=True, slots=True)
class Upload:
    """A list that somebody sent, and is looking at: entries or problems."""

    entries: tuple[StaffEntry, ...] = field(default=(), repr=False)
    problems: tuple[str, ...] = ()


class Uploads:
    """The last few lists, each for the session that sent it; they are never written to the disk."""

    def __init__(self) -> None:
        self._by_session: OrderedDict[UUID, Upload] = OrderedDict()

    def put(self, session: UUID, upload: Upload) -> None:
        """Keep it in place of an earlier one; the oldest of all gives way."""
        self._by_session.pop(session, None)
        self._by_session[session] = upload
        while len(self._by_session) > MOST_UPLOADS:
            self._by_session.popitem(last=False)

    def take(self, session: UUID) -> Upload | None:
        """Show it once: a reload begins anew."""
        return self._by_session.pop(session, None)


def register(condition: Condition) -> None:
    """Open `/staff/staff-list` and the target of its form."""
    uploads = Uploads()

    @guarded_page(STAFF_LIST, permission=Permission.MANAGE_STAFF)
    async def staff_list() -> None:
        box = condition.require_box()
        upload = uploads.take(require(current_principal(), Permission.MANAGE_STAFF).session)
        found = await compare(upload.entries, box.reading, box.vault) if upload and upload.entries else None
        with staff_page(_('職員名簿の取り込み'), STAFF_LIST):
            if upload and upload.problems:
                _draw_problems(upload.problems)
            if upload and found:
                await Preview(box, upload.entries, found).draw()
            _draw_form()

    @guarded_post(UPLOAD, permission=Permission.MANAGE_STAFF)
    async def upload(request: Request) -> RedirectResponse:
        principal = require(current_principal(), Permission.MANAGE_STAFF)
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('list')
            content = await file.read() if isinstance(file, UploadFile) else b''
        uploads.put(principal.session, await _read(content))
        return RedirectResponse(STAFF_LIST, status_code=303)

    policies.add(
        Policy(
            path=UPLOAD,
            audience=Audience.STAFF,
            permission=Permission.MANAGE_STAFF,
            largest_body=LARGEST_LIST_BYTES,
        )
    )


class Preview:
    """What would change, and the button that changes it."""

    def __init__(self, box: Box, entries: tuple[StaffEntry, ...], found: Comparison) -> None:
        self._box = box
        self._entries = entries
        self._found = found
        self._notice = Notice()
        with element('section', 'section panel', aria_label=_('取り込む内容')) as self._place:
            text('h2', _('取り込む内容を確かめてください'), 'section-title')
            with element('dl', 'figures'):
                _figure(_('追加'), len(found.added))
                _figure(_('変更'), len(found.changed))
                _figure(_('変わらない'), found.unchanged)
            if found.missing:
                words = _('名簿にない在籍者が {count} 人います。取り込んでも、そのまま残ります。')
                text('p', words.format(count=f'{found.missing:,}'), 'quiet')
            self._table = DataTable(
                _columns(),
                self._rows,
                empty=(_('変わるところはありません'), _('取り込まなくてかまいません。')),
                rows_per_page=ROWS_OF_PREVIEW,
            )
            with element('div', 'buttons'):
                if found.added or found.changed:
                    press(_('取り込む'), telling(self._notice, self._save), classes='press-main')
                text('a', _('やめる'), 'press press-quiet', href=STAFF_LIST)

    async def draw(self) -> None:
        """Fill the table."""
        await self._table.load()

    async def _rows(self, offset: int, limit: int) -> tuple[Sequence[Row], int]:
        rows = [(_('追加'), entry) for entry in self._found.added] + [
            (_('変更'), entry) for entry in self._found.changed
        ]
        return [_row(what, entry) for what, entry in rows[offset : offset + limit]], len(rows)

    async def _save(self) -> None:
        actor = actor_for(self._box, Permission.MANAGE_STAFF)
        entries, self._entries = self._entries, ()
        if not entries:
            return
        self._place.set_visibility(False)
        self._notice.wait(_('取り込んでいます'), _('このままお待ちください。'))
        added, changed = await self._box.staff.save(entries, actor)
        words = _('取り込みました: 追加 {added}人、変更 {changed}人')
        self._notice.done(
            words.format(added=f'{added:,}', changed=f'{changed:,}'), _('カードは「カード」の画面で登録します。')
        )


async def _read(content: bytes) -> Upload:
    if not content:
        return Upload(problems=(_('ファイルが選ばれていないか、空です'),))
    try:
        entries = await asyncio.to_thread(read_staff_list, content)
    except StaffListError as error:
        return Upload(problems=error.problems)
    return Upload(entries=tuple(entries)) if entries else Upload(problems=(_('職員が一人も入っていません'),))


def _draw_form() -> None:
    with element('section', 'section', aria_label=_('名簿のファイル')):
        text('h2', _('名簿のファイルを選ぶ'), 'section-title')
        columns = '、'.join(COLUMNS)
        text('p', _('CSV または Excel のファイル。1行目に次の列名が必要です: {columns}').format(columns=columns))
        text(
            'p', _('順番は自由です。取り込む前に、何が変わるかを確かめられます。名簿にない職員は消えません。'), 'quiet'
        )
        text('p', _('0で始まる職員番号は、Excel では文字列のセルにしてください。'), 'quiet')
        with element('form', 'form', method='post', action=UPLOAD, enctype='multipart/form-data'):
            hint = _('{most} MB まで。Excel は初めのシートを読みます').format(most=LARGEST_LIST_BYTES // 1_000_000)
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)
            with element('div', 'buttons'):
                text('button', _('内容を確かめる'), 'press press-main', type='submit')


def _draw_problems(problems: Sequence[str]) -> None:
    message_box(
        MessageKind.FAILURE,
        _('取り込めません。何も変わっていません。'),
        _('次のところを直して、もう一度選んでください。'),
    )
    with element('ul', 'problems'):
        for problem in problems:
            text('li', problem)


def _columns() -> tuple[Column, ...]:
    return (
        Column(field='what', label=_('区分')),
        Column(field='number', label=_('職員番号')),
        Column(field='name', label=_('氏名')),
        Column(field='kana', label=_('フリガナ')),
        Column(field='department', label=_('所属')),
    )


def _row(what: str, entry: StaffEntry) -> Row:
    return {
        'id': entry.number,
        'what': what,
        'number': entry.number,
        'name': entry.name,
        'kana': entry.kana,
        'department': entry.department,
    }


def _figure(label: str, count: int) -> None:
    with element('div', 'figure'):
        text('dt', label)
        text('dd', _('{count}人').format(count=f'{count:,}'), 'figure-number')
