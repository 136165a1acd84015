"""Declaring and ending a disaster, and taking the list of those who need help."""

import asyncio
from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.vulnerable.disasters import LONGEST_REASON, DisasterRefused
from app.shelters.vulnerable.list_reading import (
    COLUMNS,
    MOST_BYTES,
    NEEDED,
    RefusedRow,
    VulnerableListError,
    read_vulnerable_list,
)
from app.shelters.vulnerable.register import ImportCounts
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import LIST_FILES, entry, file_entry, many_lines, plain_form, tick
from components.plain_table import plain_table
from pages.guarded import drawn, guarded_post
from pages.staff.addresses import VULNERABLE
from pages.staff.cars.values import is_ticked
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

DECLARE = '/staff/shelters/vulnerable/declare'
END = '/staff/shelters/vulnerable/end'
UPLOAD = '/staff/shelters/vulnerable/upload'
ROWS_SHOWN = 200
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the targets of the forms."""

    @guarded_post(DECLARE, permission=Permission.COMMAND_SHELTERS)
    async def declare(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        disasters, form = condition.require_box().shelters.disasters, await posted(request)
        practice = is_ticked(form, 'practice')
        try:
            await disasters.declare(form.get('name', ''), form.get('reason', ''), actor, practice=practice)
        except DisasterRefused as refused:
            if str(refused) == 'declared':
                return RedirectResponse(VULNERABLE, status_code=303)
            return drawn(request, lambda: _draw_refused(form), REFUSED_STATUS)
        return RedirectResponse(VULNERABLE, status_code=303)

    @guarded_post(END, permission=Permission.COMMAND_SHELTERS)
    async def end(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        form = await posted(request)
        if not is_ticked(form, 'sure'):
            return RedirectResponse(VULNERABLE, status_code=303)
        try:
            await condition.require_box().shelters.disasters.end(actor, form.get('reason', ''))
        except DisasterRefused:
            return RedirectResponse(VULNERABLE, status_code=303)
        return RedirectResponse(f'{VULNERABLE}?done=ended', status_code=303)

    @guarded_post(UPLOAD, permission=Permission.COMMAND_SHELTERS)
    async def upload(request: Request) -> Response:
        actor, box = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS)), condition.require_box()
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('list')
            content = await file.read() if isinstance(file, UploadFile) else b''
        try:
            listed = await asyncio.to_thread(read_vulnerable_list, content)
        except VulnerableListError as error:
            problem = str(error)
            return drawn(request, lambda: _draw_imported(None, (), problem), REFUSED_STATUS)
        counts = await box.shelters.vulnerable.take(listed, actor, practice=await _is_practice(box))
        return drawn(request, lambda: _draw_imported(counts, listed.refused))

    policies.add(
        Policy(path=UPLOAD, audience=Audience.STAFF, permission=Permission.COMMAND_SHELTERS, largest_body=MOST_BYTES)
    )


def draw_declare(practice: bool, form: Mapping[str, str] | None = None, problem: str = '') -> None:
    """The form that opens the list."""
    given = form or {}
    with element('section', 'section', aria_label=_('災害を宣言する')):
        text('h2', _('災害を宣言する'), 'section-title')
        text('p', _('名簿が開き、同意のない方の情報も見えます。だれがいつなぜ開いたかを記録簿に残します。'), 'quiet')
        with plain_form(DECLARE, _('宣言して名簿を開く'), careful=True, error=problem):
            entry('name', _('災害の名前'), given.get('name', ''), required=True, most=100)
            many_lines('reason', _('開く理由'), given.get('reason', ''), required=True, most=300)
            tick('practice', _('訓練(訓練用の名簿だけを開く)'), practice)


def draw_end() -> None:
    """The form that closes the list again."""
    with element('section', 'section', aria_label=_('災害の対応を終える')):
        text('h2', _('災害の対応を終える'), 'section-title')
        with plain_form(END, _('終えて名簿を閉じる'), careful=True):
            entry('reason', _('終える理由'), most=LONGEST_REASON)
            tick('sure', _('連絡が済み、名簿を閉じてよいことを確かめました'))


def draw_import() -> None:
    """The form that takes the list."""
    with element('section', 'section', aria_label=_('名簿を取り込む')):
        text('h2', _('名簿を取り込む'), 'section-title')
        text('p', _('1行目に列名が必要です: {columns}').format(columns='、'.join(COLUMNS)), 'quiet')
        text('p', _('必ず要る列: {columns}。1人ずつ暗号にして保存します。').format(columns='、'.join(NEEDED)), 'quiet')
        with plain_form(UPLOAD, _('取り込む'), with_files=True):
            hint = _('CSV または Excel、{most} MB まで。Excel は初めのシートを読みます').format(
                most=MOST_BYTES // 1_000_000
            )
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)


async def _is_practice(box: Box) -> bool:
    disaster, here = await box.shelters.disasters.current(), await box.shelters.register.here()
    return disaster.practice if disaster else bool(here and here.practice)


def _draw_refused(form: Mapping[str, str]) -> None:
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        draw_declare(is_ticked(form, 'practice'), form, _('災害の名前と開く理由を入れてください。'))


def _draw_imported(counts: ImportCounts | None, refused: tuple[RefusedRow, ...], problem: str = '') -> None:
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        if counts is None:
            message_box(MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), problem)
            draw_import()
            return
        words = _('取り込みました: 追加 {added}人、変更 {changed}人、取り込めない行 {refused}行')
        figures = {'added': counts.added, 'changed': counts.changed, 'refused': counts.refused}
        message_box(MessageKind.DONE, words.format(**{name: f'{count:,}' for name, count in figures.items()}))
        if refused:
            rows = [[_('{line} 行目').format(line=row.line), row.reason] for row in refused[:ROWS_SHOWN]]
            plain_table((_('行'), _('取り込めない理由')), rows, empty=('', ''))
        text('a', _('戻る'), '', href=VULNERABLE)
