"""`/staff/shelters/vulnerable`: who needs help to flee and has not come, while a disaster is declared."""

from collections import Counter
from collections.abc import Sequence
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.language import _
from app.runtime import Box, Condition
from app.shelters.vulnerable.disasters import DisasterInfo
from app.shelters.vulnerable.register import ListClosed
from app.shelters.vulnerable.values import Standing, VulnerableInfo
from app.shelters.vulnerable.words import age_words, call_sheet, standing_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, address, offset_of, pager, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page
from pages.staff.addresses import VULNERABLE
from pages.staff.navigation import staff_page
from pages.staff.shelters.inquiries import practice_mark
from pages.staff.shelters.vulnerable_state import draw_declare, draw_end, draw_import

PAPER = '/staff/shelters/vulnerable/paper'
BUSY_STATUS = 503


def register(condition: Condition) -> None:
    """Open the list and its paper."""
    policies.register(PAPER, permission=Permission.COMMAND_SHELTERS)

    @guarded_page(VULNERABLE, permission=Permission.COMMAND_SHELTERS)
    async def vulnerable(district: str = '', standing: str = '', page: int = 1, done: str = '') -> None:
        box = condition.require_box()
        disaster = await box.shelters.disasters.current()
        if disaster is None:
            await _draw_closed(box, done)
            return
        people = await opened(box, 'list')
        _draw_open(disaster, people, (district, standing), offset_of(page), done)

    @app.get(PAPER, include_in_schema=False)
    async def paper(request: Request, district: str = '', standing: str = '') -> Response:
        box = condition.require_box()
        disaster = await box.shelters.disasters.current()
        try:
            people = chosen(await opened(box, 'print'), district, standing)
        except ListClosed:
            return RedirectResponse(VULNERABLE, status_code=303)
        practice = bool(disaster and disaster.practice)
        sheet = call_sheet(people, district or _('すべての校下'), box.settings.name, practice=practice)
        try:
            content = await box.documents.render_pdf([sheet])
        except (ChildError, SheetError):
            return drawn(request, _draw_busy, BUSY_STATUS)
        name = quote(_('電話連絡票'))
        headers = {
            'Content-Disposition': f'attachment; filename="calls.pdf"; filename*=UTF-8\'\'{name}.pdf',
            'Cache-Control': 'no-store',
        }
        return Response(content, media_type='application/pdf', headers=headers)


async def opened(box: Box, purpose: str) -> list[VulnerableInfo]:
    """The opened list for whoever asks; journaled.

    Raises:
        ListClosed: no disaster is declared.
    """
    principal = require(current_principal(), Permission.COMMAND_SHELTERS)
    see_protected = is_allowed(principal, Permission.SEE_PROTECTED)
    return await box.shelters.vulnerable.open(actor_of(principal), purpose, see_protected=see_protected)


def chosen(people: Sequence[VulnerableInfo], district: str, standing: str) -> list[VulnerableInfo]:
    """Those of a 校下 and a standing; empty: all."""
    return [one for one in people if district in ('', one.entry.district) and standing in ('', one.standing)]


async def _draw_closed(box: Box, done: str) -> None:
    here = await box.shelters.register.here()
    practice = bool(here and here.practice)
    counts = await box.shelters.vulnerable.counts(practice=practice)
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        practice_mark(practice)
        if done == 'ended':
            message_box(MessageKind.DONE, _('災害の対応を終え、名簿を閉じました。'))
        message_box(MessageKind.NOTE, _('名簿は閉じています。'), _('災害を宣言した間だけ開きます。'))
        at = day_and_time(counts.imported_at) if counts.imported_at else _('まだ')
        text('p', _('名簿 {count}人 (取り込み {at})').format(count=f'{counts.people:,}', at=at))
        draw_declare(practice)
        draw_import()


def _draw_open(
    disaster: DisasterInfo, people: list[VulnerableInfo], asked: tuple[str, str], offset: int, done: str
) -> None:
    district, standing = asked
    given, found = {'district': district, 'standing': standing}, chosen(people, district, standing)
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        practice_mark(disaster.practice)
        since = _('{name}: {at} から名簿を開いています').format(
            name=disaster.name, at=day_and_time(disaster.declared_at)
        )
        message_box(MessageKind.WARNING, since, _('開くたびに記録簿に残ります。'))
        if done == 'called':
            message_box(MessageKind.DONE, _('連絡の結果を記録しました。'))
        _draw_counts(people)
        with plain_form(VULNERABLE, _('絞り込む'), method='get', classes='filter'):
            districts = sorted({one.entry.district for one in people} - {''})
            selection('district', _('校下'), {'': _('すべて'), **{one: one for one in districts}}, district)
            standings = {'': _('すべて'), **{str(one): standing_words(one) for one in Standing}}
            selection('standing', _('状況'), standings, standing)
        headings = (_('状況'), _('校下・町会'), _('氏名'), _('年齢'), _('電話番号'), _('理由'), _('支援者'))
        rows = [_row(one) for one in found[offset : offset + ROWS_PER_PAGE]]
        plain_table(
            headings, rows, empty=(_('該当する人がいません'), _('絞り込みを変えるか、名簿を取り込んでください。'))
        )
        pager(VULNERABLE, given, offset, len(found))
        with element('div', 'buttons'):
            text('a', _('電話連絡票を印刷する(PDF)'), 'press press-quiet', href=address(PAPER, given))
        draw_import()
        draw_end()


def _draw_counts(people: Sequence[VulnerableInfo]) -> None:
    counts = Counter(one.standing for one in people)
    with element('dl', 'figures'):
        for standing in Standing:
            with element('div', 'figure'):
                text('dt', standing_words(standing))
                text('dd', _('{count}人').format(count=f'{counts[standing]:,}'), 'figure-number')


def _row(info: VulnerableInfo) -> list[Cell]:
    entry = info.entry
    return [
        Lines((standing_words(info.standing), day_and_time(info.calls[0].at) if info.calls else '')),
        Lines((entry.district, entry.neighbourhood)),
        Link(entry.name, f'{VULNERABLE}/{info.id}'),
        age_words(info),
        Lines((entry.phone or _('未入力'),), whole=True),
        entry.reasons,
        entry.supporter,
    ]


def _draw_busy() -> None:
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        message_box(MessageKind.FAILURE, _('いまは作れません。少し待ってからもう一度試してください。'))
