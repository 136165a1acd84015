"""`/staff/trips`: the run record, searched by time, car, driver and words, and printed by month."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Response

from app.access.principals import Permission, current_principal, is_allowed
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.record_words import trip_remarks
from app.vehicles.run_record import RunRecord, TripEntry, TripFilter
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, address, offset_of, pager, plain_table
from components.times import narrow_day_and_time
from pages.guarded import guarded_page
from pages.staff.addresses import RECORD_CHECKS, TRIPS, TRIPS_PAPER
from pages.staff.cars.downloads import draw_downloads
from pages.staff.cars.people import person_name
from pages.staff.cars.values import asked_day, asked_month
from pages.staff.cars.words import kilometres
from pages.staff.navigation import staff_page

LONGEST_WAIT_SECONDS = 30.0


def register(condition: Condition) -> None:
    """Open the search."""

    @guarded_page(TRIPS, permission=Permission.READ_TRIPS, response_timeout=LONGEST_WAIT_SECONDS)
    async def trips(
        first: str = '', last: str = '', words: str = '', number: str = '', car: str = '', page: int = 1
    ) -> Response | None:
        asked = {'first': first, 'last': last, 'words': words[:100], 'number': number[:32], 'car': car}
        await _show(condition.require_box(), asked, offset_of(page))
        return None


async def _show(box: Box, asked: Mapping[str, str], offset: int) -> None:
    wanted, problem = await wanted_trips(box, asked)
    found: list[TripEntry] = []
    total = 0
    if not problem:
        found, total = await RunRecord(box.reading, box.vault).page(wanted, offset, ROWS_PER_PAGE)
    filled = {
        **asked,
        'first': wanted.first_day.isoformat() if wanted.first_day else '',
        'last': wanted.last_day.isoformat() if wanted.last_day else '',
    }
    with staff_page(_('運行記録'), TRIPS):
        draw_tabs(TRIPS)
        _draw_filter(filled)
        if problem:
            message_box(MessageKind.WARNING, problem, _('条件を直して、もう一度探してください。'))
        headings = (_('出発'), _('帰着'), _('車両'), _('運転者'), _('行先'), _('距離(km)'), _('備考'))
        empty = (_('当てはまる運行記録はありません'), _('期間を広げるか、条件を減らしてください。'))
        plain_table(headings, [trip_row(trip) for trip in found], empty=empty)
        pager(TRIPS, filled, offset, total)
        draw_downloads(wanted.first_day)


async def wanted_trips(box: Box, asked: Mapping[str, str]) -> tuple[TripFilter, str]:
    """What an address asks for; without days it is this month. The second part says what cannot be found."""
    first, last = asked_day(asked['first']), asked_day(asked['last'])
    if first is None and last is None:
        first, last = asked_month('')
    driver = await box.staff.find_by_number(asked['number'].strip()) if asked['number'].strip() else None
    problem = _('この職員番号の職員はいません。') if asked['number'].strip() and driver is None else ''
    wanted = TripFilter(
        first_day=first,
        last_day=last,
        vehicle=_id(asked['car']),
        driver=driver.id if driver else None,
        words=asked['words'].strip(),
    )
    return wanted, problem


def draw_tabs(current: str) -> None:
    """The record, what needs a look, and what comes from paper."""
    tabs = [(_('運行記録'), TRIPS), (_('確認が必要な記録'), RECORD_CHECKS)]
    if is_allowed(current_principal(), Permission.MANAGE_CARS):
        tabs.append((_('紙から入力'), TRIPS_PAPER))
    with element('nav', 'tabs', aria_label=_('運行記録のページ')):
        for label, to in tabs:
            link = text('a', label, 'tab', href=to)
            if to == current:
                link.props('aria-current=page')


def trip_row(entry_: TripEntry) -> list[Cell]:
    """A trip in a table."""
    trip = entry_.trip
    return [
        Link(narrow_day_and_time(trip.out_at), f'{TRIPS}/{trip.id}'),
        narrow_day_and_time(trip.returned_at) if trip.returned_at else _('未返却'),
        Lines((entry_.plate, entry_.car_name), whole=True),
        Lines((person_name(entry_.driver), entry_.driver.department)),
        trip.destination,
        kilometres(trip.distance),
        trip_remarks(entry_),
    ]


def _draw_filter(filled: Mapping[str, str]) -> None:
    with plain_form(TRIPS, _('探す'), method='get', classes='filter', hidden={'car': filled['car']}):
        entry('first', _('この日から'), filled['first'], kind='date')
        entry('last', _('この日まで'), filled['last'], kind='date')
        entry('number', _('運転者の職員番号'), filled['number'], most=32)
        entry('words', _('車両・行先・用務'), filled['words'], most=100)
    if filled['car']:
        text('a', _('一台だけを表示しています。すべての車に戻す'), '', href=address(TRIPS, {**filled, 'car': ''}))


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed) if typed else None
    except ValueError:
        return UUID(int=0)
