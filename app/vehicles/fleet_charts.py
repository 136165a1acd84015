"""The charts of the printed report on the number of cars."""

from app.documents.charts import Chart, HeatChart, LineChart, Series, Stroke
from app.language import _
from app.vehicles.fleet_report import FleetReport
from app.vehicles.fleet_study import Study
from app.vehicles.fleet_what_if import Answer

EVERY_THREE_HOURS = 3 * 4
OFFICE_HOURS = range(7, 20)
LEAST_SHOWN = 0.05


def charts_of(study: Study, part: str, weekdays: tuple[str, ...]) -> tuple[Chart, ...]:
    """What is drawn above a table of the report."""
    match part:
        case 'sizes' if study.answer and study.answer.sizes:
            return (_sizes(study.answer),)
        case 'peaks' if study.report.curve:
            return (_curve(study.report),)
        case 'heat':
            return (_heat(study.report, weekdays),)
    return ()


def _sizes(answer: Answer) -> LineChart:
    cars = [row.cars for row in answer.sizes]
    told = {answer.finding.cars_then: _('試算'), answer.finding.cars_now: _('いま')}
    return LineChart(
        title=_('台数と、希望時刻に貸出できない見込みの件数(年間)'),
        across=tuple(str(one) for one in cars),
        across_title=_('台'),
        up_title=_('件'),
        series=(Series(name=_('貸出できない件数'), values=tuple(row.refused for row in answer.sizes)),),
        marked=tuple((cars.index(one), words) for one, words in told.items() if one in cars),
    )


def _curve(report: FleetReport) -> LineChart:
    return LineChart(
        title=_('1日の中で同時に使われた台数'),
        across=tuple(f'{point.minute // 60}:{point.minute % 60:02}' for point in report.curve),
        across_title=_('時刻'),
        up_title=_('台'),
        series=(
            Series(
                name=_('実績の最大'), values=tuple(float(point.most) for point in report.curve), stroke=Stroke.DOTTED
            ),
            Series(name=_('実績の平均'), values=tuple(point.mean for point in report.curve)),
            Series(
                name=_('予約の平均'),
                values=tuple(point.reserved_mean for point in report.curve),
                stroke=Stroke.DASHED,
            ),
        ),
        every=EVERY_THREE_HOURS,
        steps=True,
    )


def _heat(report: FleetReport, weekdays: tuple[str, ...]) -> HeatChart:
    busy = [hour for row in report.heat for hour, value in enumerate(row) if value and value >= LEAST_SHOWN]
    hours = range(min([OFFICE_HOURS.start, *busy]), max([OFFICE_HOURS.stop, *(hour + 1 for hour in busy)]))
    return HeatChart(
        title=_('曜日と時間帯ごとの平均台数(濃いほど多い)'),
        across=tuple(_('{hour}時').format(hour=hour) for hour in hours),
        down=weekdays,
        values=tuple(tuple(row[hour] for hour in hours) for row in report.heat),
    )
