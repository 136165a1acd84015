"""`/staff/alcohol`: the record book of breath tests, and the instructions that positive ones wait for."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry, CheckFilter
from app.vehicles.breath_pictures import pictures_of
from app.vehicles.record_words import phase_word
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form
from components.plain_table import ROWS_PER_PAGE, offset_of, pager, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import ALCOHOL
from pages.staff.cars.check_rows import check_headings, check_rows
from pages.staff.cars.downloads import draw_downloads
from pages.staff.cars.people import person_name
from pages.staff.cars.values import asked_month, month_value
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

INSTRUCT = '/staff/alcohol/{check}/instruct'
MOST_OPEN = 20
LONGEST_INSTRUCTION = 500
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the book and what adds an instruction."""

    @guarded_page(ALCOHOL, permission=Permission.READ_TRIPS)
    async def alcohol(month: str = '', page: int = 1) -> None:
        await _show(condition.require_box(), month, offset_of(page))

    @guarded_post(INSTRUCT, permission=Permission.INSTRUCT_DRIVERS)
    async def instruct(request: Request, check: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        manager = require(current_principal(), Permission.INSTRUCT_DRIVERS)
        words = form.get('instruction', '').strip()
        open_ones, _total = await _open(box)
        if check not in {one.id for one in open_ones}:
            return RedirectResponse(ALCOHOL, status_code=303)
        if not 0 < len(words) <= LONGEST_INSTRUCTION:
            month = await _month(box, '', 0)
            problem = _('指示事項を500文字までで書いてください。')
            return drawn(request, lambda: _draw(month, open_ones, problem), REFUSED_STATUS)
        await box.vehicles.alcohol.instruct(check, words, manager.staff)
        return RedirectResponse(ALCOHOL, status_code=303)


async def _show(box: Box, month: str, offset: int) -> None:
    found = await _month(box, month, offset)
    open_ones, _total = await _open(box)
    _draw(found, open_ones)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """A window of the tests of a month."""

    first: date
    offset: int
    found: list[CheckEntry]
    total: int
    pictured: Container[UUID]


async def _month(box: Box, month: str, offset: int) -> _Month:
    first, last = asked_month(month)
    wanted = CheckFilter(first_day=first, last_day=last)
    found, total = await AlcoholBook(box.reading, box.vault).page(wanted, offset, ROWS_PER_PAGE)
    pictured = await pictures_of([check.id for check in found])
    return _Month(first=first, offset=offset, found=found, total=total, pictured=pictured)


async def _open(box: Box) -> tuple[list[CheckEntry], int]:
    return await AlcoholBook(box.reading, box.vault).page(CheckFilter(only_open=True), 0, MOST_OPEN)


def _draw(month: _Month, open_ones: list[CheckEntry], problem: str = '') -> None:
    asked: Mapping[str, str] = {'month': month_value(month.first)}
    with staff_page(_('アルコール検知記録'), ALCOHOL):
        if open_ones:
            _draw_open(open_ones, problem)
        with plain_form(ALCOHOL, _('表示する'), method='get', classes='filter'):
            entry('month', _('月'), asked['month'], kind='month')
        empty = (_('この月の記録はありません'), _('別の月を選んでください。'))
        plain_table(check_headings(with_pictures=True), check_rows(month.found, month.pictured), empty=empty)
        pager(ALCOHOL, asked, month.offset, month.total)
        draw_downloads(month.first, 'alcohol')


def _draw_open(open_ones: list[CheckEntry], problem: str) -> None:
    may_instruct = is_allowed(current_principal(), Permission.INSTRUCT_DRIVERS)
    with element('section', 'section', aria_label=_('指示待ち')):
        text('h2', _('指示待ち {count}件').format(count=len(open_ones)), 'section-title')
        text('p', _('安全運転管理者か副安全運転管理者が、指示事項を書いてください。'))
        if problem:
            message_box(MessageKind.FAILURE, problem)
        for check in open_ones:
            with element('section', 'section panel', aria_label=person_name(check.driver)):
                words = _('{name}さん {phase} {at} {value} mg/L')
                told = words.format(
                    name=person_name(check.driver),
                    phase=phase_word(check.phase),
                    at=day_and_time(check.checked_at),
                    value=f'{check.value:.2f}',
                )
                text('p', told, 'concern-title')
                if may_instruct:
                    with plain_form(f'{ALCOHOL}/{check.id}/instruct', _('指示を記録する')):
                        many_lines('instruction', _('指示事項'), required=True, most=LONGEST_INSTRUCTION)
