"""The two charts of the page."""

from app.language import _
from app.vehicles.fleet_report import CurvePoint, FleetReport
from components.chart_card import FIRST, INK, QUIET, SCALE, SECOND, Figure, chart_card, styled
from pages.staff.fleet.words import clock_words, weekdays

EVERY_HOUR = 60
OFFICE_HOURS = range(7, 20)
LEAST_SHOWN = 0.05


def draw_curve(report: FleetReport) -> None:
    """Cars out through a day that counts: mean and most, and the mean of what was reserved."""
    if not report.curve:
        return
    busiest = max(report.curve, key=lambda point: point.mean)
    summary = _('{time}ごろに最も多く、平均{mean}台、その時刻の最大は{most}台です。').format(
        time=clock_words(busiest.minute), mean=f'{busiest.mean:.1f}', most=busiest.most
    )
    rows = [_curve_row(point) for point in report.curve if point.minute % EVERY_HOUR == 0]
    headings = (_('時刻'), _('実績の平均'), _('実績の最大'), _('予約の平均'))
    chart_card(_('1日の中で同時に使われた台数'), _curve_figure(report.curve), summary, headings, rows)


def draw_heat(report: FleetReport) -> None:
    """Mean cars out by weekday and hour."""
    hours = _shown_hours(report)
    known = [(value, day, hour) for day, row in enumerate(report.heat) for hour, value in enumerate(row) if value]
    if not known:
        return
    value, day, hour = max(known)
    summary = _('最も多いのは{weekday}曜日の{hour}時台で、平均{mean}台です。').format(
        weekday=weekdays()[day], hour=hour, mean=f'{value:.1f}'
    )
    headings = (_('曜日'), *(_('{hour}時').format(hour=hour) for hour in hours))
    rows = [(name, *(_shown(report.heat[day][hour]) for hour in hours)) for day, name in enumerate(weekdays())]
    chart_card(_('曜日と時間帯ごとの平均台数'), _heat_figure(report, hours), summary, headings, rows)


def _curve_figure(curve: tuple[CurvePoint, ...]) -> Figure:
    times = [clock_words(point.minute) for point in curve]

    def line(values: list[float], name: str, color: str, dash: str) -> Figure:
        style = {'color': color, 'width': 3, 'dash': dash, 'shape': 'hv'}
        return {'type': 'scatter', 'mode': 'lines', 'x': times, 'y': values, 'name': name, 'line': style}

    data = [
        line([point.most for point in curve], _('実績の最大'), QUIET, 'dot'),
        line([point.mean for point in curve], _('実績の平均'), FIRST, 'solid'),
        line([point.reserved_mean for point in curve], _('予約の平均'), SECOND, 'dash'),
    ]
    return styled(
        data,
        across={'type': 'category', 'tickmode': 'array', 'tickvals': times[:: 4 * 3], 'title': {'text': _('時刻')}},
        up={'rangemode': 'tozero', 'title': {'text': _('台')}},
    )


def _heat_figure(report: FleetReport, hours: range) -> Figure:
    values = [[row[hour] for hour in hours] for row in report.heat]
    cells: Figure = {
        'type': 'heatmap',
        'x': [str(hour) for hour in hours],
        'y': list(weekdays()),
        'z': values,
        'text': [[_shown(value) for value in row] for row in values],
        'texttemplate': '%{text}',
        'textfont': {'size': 14, 'color': INK},
        'colorscale': [list(step) for step in SCALE],
        'showscale': False,
        'xgap': 2,
        'ygap': 2,
        'zmin': 0,
    }
    return styled(
        [cells],
        across={'type': 'category', 'title': {'text': _('時')}, 'showgrid': False},
        up={'autorange': 'reversed', 'showgrid': False},
    )


def _shown_hours(report: FleetReport) -> range:
    busy = [hour for row in report.heat for hour, value in enumerate(row) if value and value >= LEAST_SHOWN]
    return range(min([OFFICE_HOURS.start, *busy]), max([OFFICE_HOURS.stop, *(hour + 1 for hour in busy)]))


def _shown(value: float | None) -> str:
    return '' if value is None else f'{value:.1f}'


def _curve_row(point: CurvePoint) -> tuple[str, ...]:
    return (clock_words(point.minute), f'{point.mean:.1f}', str(point.most), f'{point.reserved_mean:.1f}')
