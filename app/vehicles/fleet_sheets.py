"""適切な台数 as sheets: each table as CSV, and the report on A4."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.documents.sheet import Column, Kind, Orientation, Row, Sheet, Value
from app.language import _
from app.vehicles.fleet_charts import charts_of
from app.vehicles.fleet_study import Study
from app.vehicles.fleet_what_if import Answer
from app.vehicles.fleet_words import counted_words, peak_title
from app.vehicles.ledger import CarType

PARTS = ('refused', 'sizes', 'peaks', 'curve', 'heat', 'cars')
BY_DAY = ('peaks', 'curve', 'cars')
"""Tables of the days that count."""
MOST_ON_PAPER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands at the head of every sheet, and names that belong to the screen."""

    box: str
    made_at: datetime
    conclusion: tuple[tuple[str, str], ...]
    """Label and text: the honest sentence, and under which conditions it holds."""
    remarks: tuple[str, ...]
    """What is said of the costs."""
    figures: tuple[tuple[str, str], ...]
    """Label and value: what became of reservations."""
    types: Mapping[CarType, str]
    weekdays: tuple[str, ...]
    """Monday first."""
    site: str


def report_sheets(study: Study, about: About) -> list[Sheet]:
    """The report: the sentence with the costs of every size, peaks, use of each car, trips that would not fit."""
    sheets = [_sheet(study, about, part, most=MOST_ON_PAPER) for part in ('sizes', 'peaks', 'heat', 'cars')]
    if study.answer is None:
        return sheets[1:]
    if not study.answer.refused:
        return sheets
    return [*sheets, _sheet(study, about, 'refused', most=MOST_ON_PAPER)]


def table_sheet(study: Study, about: About, part: str) -> Sheet:
    """One of `PARTS`; anything else is the first of them."""
    return _sheet(study, about, part if part in PARTS else PARTS[0])


def _sheet(study: Study, about: About, part: str, most: int | None = None) -> Sheet:
    title, columns, rows = _tables(study, about)[part]
    shown = list(rows)
    notes = list(about.remarks) if part == 'sizes' else []
    if most is not None and len(shown) > most:
        words = _('全{count}件のうち初めの{most}件です。すべてはCSVにあります。')
        notes.append(words.format(count=f'{len(shown):,}', most=most))
    return Sheet(
        title=f'{_("適切な台数")} {title}',
        made_at=about.made_at,
        source=f'{about.box} {_("運行記録・予約")}',
        columns=columns,
        rows=shown[:most],
        conditions=(*_more(about, part), *_records(study, about, part)),
        notes=tuple(notes),
        charts=charts_of(study, part, about.weekdays),
        orientation=Orientation.LANDSCAPE if part == 'heat' else Orientation.PORTRAIT,
    )


def _records(study: Study, about: About, part: str) -> tuple[tuple[str, str], ...]:
    report = study.report
    period = f'{report.first_day:%Y/%m/%d} – {report.last_day:%Y/%m/%d}'
    days = ((_('数えた日'), counted_words(report)),) if part in BY_DAY else ()
    return ((_('期間'), period), *days, (_('守衛室'), about.site or _('すべて')))


def _more(about: About, part: str) -> tuple[tuple[str, str], ...]:
    return {'sizes': about.conclusion, 'refused': about.conclusion, 'peaks': about.figures}.get(part, ())


def _tables(study: Study, about: About) -> dict[str, tuple[str, tuple[Column, ...], Iterable[Row]]]:
    return {
        'refused': (_('貸出できない見込みの利用'), _refused_columns(), _refused_rows(study.answer, about)),
        'sizes': (_('台数ごとの見込みと費用(年間)'), _size_columns(), _size_rows(study.answer)),
        'peaks': (peak_title(study.report), _peak_columns(), _peak_rows(study, about)),
        'curve': (_('1日の中で同時に使われた台数'), _curve_columns(), _curve_rows(study)),
        'heat': (_('曜日と時間帯ごとの平均台数'), _heat_columns(), _heat_rows(study, about)),
        'cars': (_('車ごとの稼働率'), _car_columns(), _car_rows(study, about)),
    }


def _refused_columns() -> tuple[Column, ...]:
    return (
        Column('start', _('出発'), Kind.DATETIME, width=11),
        Column('end', _('帰着'), Kind.DATETIME, width=11),
        Column('type', _('車種'), width=6),
        Column('site', _('守衛室')),
        Column('hours', _('時間'), Kind.DECIMAL, width=4),
    )


def _refused_rows(answer: Answer | None, about: About) -> Iterable[Row]:
    for trip in answer.refused if answer else ():
        hours = trip.duration.total_seconds() / 3600
        yield {
            'start': trip.start,
            'end': trip.end,
            'type': about.types[trip.car_type],
            'site': trip.site,
            'hours': round(hours, 2),
        }


def _size_columns() -> tuple[Column, ...]:
    return (
        Column('cars', _('台数'), Kind.NUMBER, width=4),
        Column('refused', _('貸出できない件数'), Kind.DECIMAL),
        Column('hours', _('その時間'), Kind.DECIMAL),
        Column('own', _('車の費用(円)'), Kind.NUMBER, width=7),
        Column('instead', _('代わりの費用(円)'), Kind.NUMBER, width=7),
        Column('total', _('計(円)'), Kind.NUMBER, width=7),
    )


def _size_rows(answer: Answer | None) -> Iterable[Row]:
    for row in answer.sizes if answer else ():
        yield {
            'cars': row.cars,
            'refused': round(row.refused, 2),
            'hours': round(row.refused_hours, 2),
            'own': round(row.cost_of_cars),
            'instead': round(row.cost_instead),
            'total': round(row.total),
        }


def _peak_columns() -> tuple[Column, ...]:
    driven, booked = _('実績'), _('予約')
    return (
        Column('site', _('守衛室')),
        Column('type', _('車種'), width=6),
        Column('cars', _('台数'), Kind.NUMBER, width=3),
        *(Column(f'actual_{key}', name, Kind.NUMBER, width=3, group=driven) for key, name in _percentiles()),
        *(Column(f'reserved_{key}', name, Kind.NUMBER, width=3, group=booked) for key, name in _percentiles()),
    )


def _percentiles() -> tuple[tuple[str, str], ...]:
    return (('p90', '90%'), ('p95', '95%'), ('p99', '99%'), ('most', _('最大')))


def _peak_rows(study: Study, about: About) -> Iterable[Row]:
    for row in study.report.peaks:
        actual = {f'actual_{key}': getattr(row.actual, key) for key, _name in _percentiles()}
        reserved = {f'reserved_{key}': getattr(row.reserved, key) for key, _name in _percentiles()}
        head: dict[str, Value] = {'site': row.site or _('全体'), 'type': about.types[row.car_type], 'cars': row.cars}
        yield {**head, **actual, **reserved}


def _curve_columns() -> tuple[Column, ...]:
    return (
        Column('time', _('時刻')),
        Column('mean', _('実績の平均'), Kind.DECIMAL, decimals=2),
        Column('most', _('実績の最大'), Kind.NUMBER),
        Column('reserved', _('予約の平均'), Kind.DECIMAL, decimals=2),
    )


def _curve_rows(study: Study) -> Iterable[Row]:
    for point in study.report.curve:
        time = f'{point.minute // 60}:{point.minute % 60:02}'
        yield {
            'time': time,
            'mean': round(point.mean, 3),
            'most': point.most,
            'reserved': round(point.reserved_mean, 3),
        }


def _heat_columns() -> tuple[Column, ...]:
    hours = (Column(f'h{hour}', str(hour), Kind.DECIMAL, decimals=1, width=2) for hour in range(24))
    return (Column('weekday', _('曜日'), width=2), *hours)


def _heat_rows(study: Study, about: About) -> Iterable[Row]:
    for name, values in zip(about.weekdays, study.report.heat, strict=True):
        yield {
            'weekday': name,
            **{f'h{hour}': None if value is None else round(value, 3) for hour, value in enumerate(values)},
        }


def _car_columns() -> tuple[Column, ...]:
    return (
        Column('plate', _('車両'), width=10),
        Column('name', _('名称')),
        Column('type', _('車種'), width=6),
        Column('site', _('守衛室')),
        Column('trips', _('利用'), Kind.NUMBER, width=4),
        Column('hours', _('稼働率(時間) %'), Kind.DECIMAL, width=5),
        Column('days', _('稼働率(日) %'), Kind.DECIMAL, width=5),
    )


def _car_rows(study: Study, about: About) -> Iterable[Row]:
    for car in study.report.cars:
        yield {
            'plate': car.plate,
            'name': car.name,
            'type': about.types[car.car_type],
            'site': car.site,
            'trips': car.trips,
            'hours': round(car.share_of_hours * 100, 2),
            'days': round(car.share_of_days * 100, 2),
        }
