"""`/staff/cars/timeline`: each car's day as two lines, reserved above and real below."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app import clock
from app.access.principals import Permission
from app.documents.sheet import Sheet
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.daily_sheets import sheet_of_timeline
from app.vehicles.timeline import Bar, CarLine, Timeline
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import entry, plain_form
from components.plain_table import ROWS_PER_PAGE, address, offset_of, pager
from components.times import day_with_weekday, hour_and_minute
from pages.guarded import guarded_page
from pages.staff.addresses import CAR_TIMELINE
from pages.staff.cars.list_files import csv_button, open_csv
from pages.staff.cars.values import asked_day
from pages.staff.navigation import staff_page

CSV = f'{CAR_TIMELINE}/csv'
WEEK = 7
MINUTES = 24 * 60
HOURS_MARKED = range(0, 24, 3)
SHORTEST = 0.5
"""Per cent: what is shorter could not be seen."""


def register(condition: Condition) -> None:
    """Open the time line."""

    open_csv(condition, CSV, 'timeline', Permission.READ_TRIPS, _sheet)

    @guarded_page(CAR_TIMELINE, permission=Permission.READ_TRIPS)
    async def timeline(day: str = '', words: str = '', page: int = 1) -> None:
        shown, offset = asked_day(day) or clock.today(), offset_of(page)
        box = condition.require_box()
        found, total = await Timeline(box.reading).page(shown, words[:100].strip(), offset, ROWS_PER_PAGE)
        _draw(found, total, shown, offset, {'day': shown.isoformat(), 'words': words[:100]})


async def _sheet(box: Box, asked: Mapping[str, str]) -> Sheet:
    first, words = asked_day(asked.get('day', '')) or clock.today(), asked.get('words', '')[:100].strip()
    days = [first + timedelta(days=passed) for passed in range(WEEK if asked.get('span') == 'week' else 1)]
    timeline = Timeline(box.reading)
    return sheet_of_timeline([(day, await timeline.all(day, words)) for day in days], box.settings.name)


def _draw(found: list[CarLine], total: int, day: date, offset: int, asked: Mapping[str, str]) -> None:
    with staff_page(_('車の使用状況'), CAR_TIMELINE):
        text('h2', day_with_weekday(day), 'section-title')
        with element('div', 'buttons'):
            for label, to in _neighbours(day):
                target = address(CAR_TIMELINE, {**asked, 'day': to.isoformat()})
                text('a', label, 'press press-quiet', href=target)
            csv_button(CSV, _('この日をCSVで書き出す'), asked)
            csv_button(CSV, _('この日から7日間をCSVで書き出す'), {**asked, 'span': 'week'})
        with plain_form(CAR_TIMELINE, _('表示する'), method='get', classes='filter'):
            entry('day', _('日'), asked['day'], kind='date')
            entry('words', _('登録番号・名称・所属・守衛室'), asked['words'], most=100)
        _draw_legend()
        if not found:
            empty_state(_('当てはまる車はありません'), _('車両台帳に車を追加するか、条件を減らしてください。'))
        else:
            _draw_lines(found, day)
        pager(CAR_TIMELINE, asked, offset, total)


def _neighbours(day: date) -> tuple[tuple[str, date], ...]:
    one = timedelta(days=1)
    return (_('前の日'), day - one), (_('今日'), clock.today()), (_('次の日'), day + one)


def _draw_legend() -> None:
    with element('ul', 'line-legend'):
        for kind, words in (
            ('reserved', _('予約')),
            ('unused', _('予約されたが使われなかった')),
            ('real', _('貸出')),
            ('late', _('返却予定を過ぎている')),
        ):
            with element('li', ''):
                element('span', f'line-sample line-{kind}', aria_hidden='true')
                text('span', words)


def _draw_lines(found: list[CarLine], day: date) -> None:
    with element('div', 'line-chart', role='table', aria_label=_('車ごとの予約と貸出')):
        with element('div', 'line-row line-hours', aria_hidden='true'):
            element('span', 'line-car')
            with element('div', 'line-day'):
                for hour in HOURS_MARKED:
                    text('span', f'{hour}', 'line-hour').style(f'left: {hour / 24 * 100:.3f}%')
        for line in found:
            _draw_line(line, day)


def _draw_line(line: CarLine, day: date) -> None:
    with element('div', 'line-row', role='row'):
        text('span', f'{line.plate} {line.name}', 'line-car', role='rowheader')
        with element('div', 'line-day', role='cell'):
            for bar in line.reserved:
                _draw_bar(bar, day, 'unused' if bar.is_unused else 'reserved', _('予約'))
            for bar in line.real:
                _draw_bar(bar, day, 'late' if bar.is_late else 'real', _('貸出'))
            if day == clock.today():
                element('span', 'line-now', aria_hidden='true').style(f'left: {_share(clock.now(), day):.3f}%')


def _draw_bar(bar: Bar, day: date, kind: str, label: str) -> None:
    left, right = _share(bar.start, day), _share(bar.end, day)
    told = f'{label} {hour_and_minute(bar.start)}–{hour_and_minute(bar.end)} {bar.words}'
    drawn = text('span', bar.words, f'line-bar line-{kind}', title=told, aria_label=told)
    drawn.style(f'left: {left:.3f}%; width: {max(SHORTEST, right - left):.3f}%')


def _share(at: datetime, day: date) -> float:
    midnight = datetime(day.year, day.month, day.day, tzinfo=clock.TOKYO)
    return min(100.0, max(0.0, (at - midnight) / timedelta(minutes=MINUTES) * 100))
