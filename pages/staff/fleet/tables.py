"""What stands behind the sentence: trips that would not fit, costs, peaks, charts and the use of each car."""

from app.language import _
from app.vehicles.fleet_report import FleetReport, PeakRow
from app.vehicles.fleet_what_if import Answer, RefusedTrip
from app.vehicles.fleet_words import counted_words, peak_title
from components.elements import box as element
from components.elements import text
from components.plain_table import ROWS_PER_PAGE, address, offset_of, pager, plain_table
from components.times import day_and_time
from pages.staff.addresses import FLEET
from pages.staff.fleet import files
from pages.staff.fleet.asked import FleetQuery
from pages.staff.fleet.charts import draw_curve, draw_heat
from pages.staff.fleet.words import break_even_words, erlang_words, figures, percent, type_words, yen

MOST_CARS = 300


def draw_answer(query: FleetQuery, answer: Answer, page: int) -> None:
    """Trips without a car, and what every number of cars costs."""
    with element('section', 'section fleet-tables fleet-refused', aria_label=_('貸出できない見込みの利用')):
        text('h2', _('貸出できない見込みの利用'), 'section-title')
        offset = offset_of(page)
        rows = [_refused_cells(trip) for trip in answer.refused[offset : offset + ROWS_PER_PAGE]]
        empty = (_('貸出できない見込みの利用はありません'), _('この台数で、すべての利用に車があります。'))
        plain_table((_('出発'), _('帰着'), _('車種'), _('守衛室'), _('時間')), rows, empty=empty)
        pager(FLEET, query.given, offset, len(answer.refused))
        if answer.refused:
            _draw_export(query, 'refused')
    with element('section', 'section fleet-tables fleet-sizes', aria_label=_('台数ごとの見込みと費用')):
        text('h2', _('台数ごとの見込みと費用(年間)'), 'section-title')
        text('p', break_even_words(answer))
        headings = (
            _('台数'),
            _('貸出できない件数'),
            _('その時間'),
            _('車の費用(円)'),
            _('代わりの費用(円)'),
            _('計(円)'),
        )
        plain_table(headings, _size_cells(answer), empty=(_('車がありません'), ''))
        _draw_export(query, 'sizes')
        text('p', erlang_words(answer), 'quiet')


def draw_report(query: FleetQuery, report: FleetReport) -> None:
    """What the period says."""
    words = _('{first} から {last} まで {days}日(うち平日{working}日)、利用 {trips}件').format(
        first=report.first_day.isoformat(),
        last=report.last_day.isoformat(),
        days=f'{report.days:,}',
        working=f'{report.working_days:,}',
        trips=f'{report.trips:,}',
    )
    text('p', words)
    text('p', _('数えた日: {words}。').format(words=counted_words(report)))
    text('p', _('平日は、土日、祝日、12月29日から1月3日までを除いた日です。'), 'quiet')
    _draw_figures(report)
    text('h3', _('同時に使われた台数: {title}').format(title=peak_title(report)), 'small-title')
    text('p', _('90%の日は「90%」の台数で足りました。予約は取り消されていないものです。'), 'quiet')
    with element('div', 'fleet-tables fleet-peaks'):
        headings = (
            _('守衛室'), _('車種'), _('いまの台数'), '90%', '95%', '99%', _('最大'),
            _('予約 90%'), _('予約 95%'), _('予約 99%'), _('予約 最大'),
        )  # fmt: skip
        plain_table(headings, [_peak_cells(row) for row in report.peaks], empty=(_('利用がありません'), ''))
    _draw_export(query, 'peaks')
    draw_curve(report)
    _draw_export(query, 'curve')
    draw_heat(report)
    _draw_export(query, 'heat')
    _draw_cars(query, report)


def _draw_cars(query: FleetQuery, report: FleetReport) -> None:
    with element('details', 'more fleet-tables fleet-cars'):
        text('summary', _('車ごとの稼働率({count}台)').format(count=f'{len(report.cars):,}'))
        text('p', _('数えた日の8時30分から17時15分までのうち、鍵が出ていた時間の割合です。'), 'quiet')
        headings = (_('車両'), _('車種'), _('守衛室'), _('利用'), _('稼働率(時間)'), _('稼働率(日)'))
        if len(report.cars) > MOST_CARS:
            words = _('全{count}件のうち初めの{most}件です。すべてはCSVにあります。')
            text('p', words.format(count=f'{len(report.cars):,}', most=MOST_CARS), 'quiet')
        plain_table(headings, _car_cells(report), empty=(_('利用がありません'), ''))
        _draw_export(query, 'cars')


def _draw_figures(report: FleetReport) -> None:
    with element('dl', 'figures'):
        for label, value in figures(report):
            _figure(label, value)


def _figure(label: str, value: str) -> None:
    with element('div', 'figure'):
        text('dt', label)
        text('dd', value, 'figure-number')


def _draw_export(query: FleetQuery, part: str) -> None:
    with element('div', 'buttons'):
        link = address(files.TABLES, query.given, part=part)
        text('a', _('CSVで保存'), 'press press-quiet press-small', href=link)


def _refused_cells(trip: RefusedTrip) -> tuple[str, ...]:
    hours = f'{trip.duration.total_seconds() / 3600:.1f}'
    return (day_and_time(trip.start), day_and_time(trip.end), type_words()[trip.car_type], trip.site, hours)


def _size_cells(answer: Answer) -> list[tuple[str, ...]]:
    marks = {answer.finding.cars_now: _(' (いま)'), answer.finding.cars_then: _(' (試算)')}
    return [
        (
            f'{row.cars}{marks.get(row.cars, "")}',
            f'{row.refused:,.1f}',
            f'{row.refused_hours:,.1f}',
            yen(row.cost_of_cars),
            yen(row.cost_instead),
            yen(row.total),
        )
        for row in answer.sizes
    ]


def _peak_cells(row: PeakRow) -> tuple[str, ...]:
    numbers = [row.cars, *(number for of in (row.actual, row.reserved) for number in (of.p90, of.p95, of.p99, of.most))]
    return (row.site or _('全体'), type_words()[row.car_type], *map(str, numbers))


def _car_cells(report: FleetReport) -> list[tuple[str, ...]]:
    return [
        (
            f'{car.plate} {car.name}',
            type_words()[car.car_type],
            car.site,
            f'{car.trips:,}',
            percent(car.share_of_hours),
            percent(car.share_of_days),
        )
        for car in report.cars[:MOST_CARS]
    ]
