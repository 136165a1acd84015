"""What is printed of the shared cars: 運転日誌, アルコール検知記録簿 and the cost shared by department."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from app import clock
from app.documents.sheet import Column, Kind, Orientation, Row, Sheet
from app.language import _
from app.people.names import Named
from app.vehicles.alcohol_book import CheckEntry
from app.vehicles.cost_sharing import DepartmentUse
from app.vehicles.record_words import (
    check_remarks,
    method_word,
    passenger_names,
    passengers_words,
    phase_word,
    trip_remarks,
)
from app.vehicles.run_record import TripEntry

THOUSANDTH = Decimal('0.001')
OF_THE_TRIP = ('distance', 'fuel_litres', 'fuel_yen', 'charged_kwh')
"""What is counted once for a trip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands at the head of every sheet of one order."""

    period: str
    """Such as 2026年11月."""
    box: str
    """Name of the box."""


def sheets_of_cars(entries: Iterable[TripEntry], about: About) -> list[Sheet]:
    """運転日誌 (施行規則9条の10第8号), one sheet for each car that went out."""
    books: dict[UUID, _Book] = {}
    for entry in entries:
        books.setdefault(entry.trip.vehicle, _Book(f'{entry.plate} {entry.car_name}')).rows.append(_row(entry))
    return [_journal(book, about, _('車両'), _driver_column()) for book in books.values()]


def sheets_of_drivers(entries: Iterable[TripEntry], about: About) -> list[Sheet]:
    """運転日誌, one sheet for each driver; kilometres and fuel stand with the first driver of a trip."""
    books: dict[UUID, _Book] = {}
    for entry in entries:
        books.setdefault(entry.trip.driver, _Book(_person(entry.driver))).rows.append(_row(entry))
        for person, named in zip(entry.trip.second_drivers, entry.second_drivers, strict=True):
            books.setdefault(person, _Book(_person(named))).rows.append(_row_of_second_driver(entry))
    return [_journal(book, about, _('運転者'), Column('plate', _('車両'), width=11)) for book in books.values()]


def sheet_of_all(entries: Iterable[TripEntry], about: About) -> Sheet:
    """All trips in one table, for other programs."""
    columns = (
        Column('plate', _('車両'), width=11),
        Column('number', _('職員番号'), width=6),
        _driver_column(),
        Column('second_numbers', _('交代運転者の職員番号'), width=6),
    )
    passengers = (
        Column('passengers', _('同乗者(人)'), Kind.NUMBER, width=3),
        Column('passenger_names', _('同乗者の氏名'), width=6),
    )
    rows = [_row(entry) for entry in entries]
    return _sheet(_('運行記録'), about, (), (*columns, *_columns(*passengers)), rows)


def sheet_of_checks(entries: Iterable[CheckEntry], about: About) -> Sheet:
    """アルコール検知記録簿 with the 8 items of the circular, every attempt (施行規則9条の10第6号・第7号)."""
    columns = (
        Column('checked_at', _('確認の日時'), Kind.DATETIME, width=10),
        Column('phase', _('区分'), width=4),
        Column('driver', _('運転者'), width=7),
        Column('plate', _('自動車登録番号'), width=10),
        Column('confirmer', _('確認者'), width=7),
        Column('by_checker', _('検知器'), Kind.YES_NO, width=3, group=_('確認の方法')),
        Column('method', _('方法'), width=3, group=_('確認の方法')),
        Column('value', _('測定値(mg/L)'), Kind.DECIMAL, width=4, decimals=2),
        Column('is_positive', _('酒気帯び'), Kind.YES_NO, width=4, yes=_('有'), no=_('無')),
        Column('instruction', _('指示事項')),
        Column('remarks', _('その他必要な事項'), width=8),
    )
    rows = [_check_row(entry) for entry in entries]
    return _sheet(_('アルコール検知記録簿'), about, (), columns, rows, notes=(_('測り直しも1件ずつ記録しています。'),))


def sheet_of_departments(uses: Mapping[str, DepartmentUse], about: About) -> Sheet:
    """Kilometres by the department of the driver, and the fuel of each car shared by them."""
    columns = (
        Column('department', _('所属')),
        Column('trips', _('件数'), Kind.NUMBER, total=True),
        Column('distance', _('走行距離(km)'), Kind.NUMBER, width=6, total=True),
        Column('fuel_litres', _('給油量(L)'), Kind.DECIMAL, width=6, total=True, decimals=2),
        Column('fuel_yen', _('給油額(円)'), Kind.NUMBER, width=6, total=True),
    )
    rows = [_department_row(name, uses[name]) for name in sorted(uses)]
    rule = (_('費用の分け方'), _('車ごとに、給油の量と額を、この期間に各所属が走った距離で分けています。'))
    notes = (
        _('距離の記録がない車の給油は、給油した運転者の所属に載せています。'),
        _('割り切れない1円・0.01Lは、切り捨てた端数が大きい所属から順に足し、合計は給油の記録と一致します。'),
    )
    title = _('所属別の利用と費用')
    return _sheet(title, about, (rule,), columns, rows, notes=notes, orientation=Orientation.PORTRAIT)


def empty_sheet(about: About) -> Sheet:
    """運転日誌 of a month without trips: nothing happened, and this says so."""
    columns = (_driver_column(), *_columns(_passengers_column()))
    return _sheet(_('運転日誌'), about, (), columns, [], notes=(_('運行はありません。'),))


@dataclass(frozen=True, slots=True)
class _Book:
    of: str
    rows: list[Row] = field(default_factory=list)


def _journal(book: _Book, about: About, label: str, second: Column) -> Sheet:
    is_charged = any(row['charged_kwh'] is not None for row in book.rows)
    with_passengers = _columns(_passengers_column())
    first, *others = [column for column in with_passengers if is_charged or column.key != 'charged_kwh']
    return _sheet(_('運転日誌'), about, ((label, book.of),), (first, second, *others), book.rows)


def _sheet(
    title: str,
    about: About,
    conditions: tuple[tuple[str, str], ...],
    columns: tuple[Column, ...],
    rows: list[Row],
    *,
    notes: tuple[str, ...] = (),
    orientation: Orientation = Orientation.LANDSCAPE,
) -> Sheet:
    return Sheet(
        title=title,
        made_at=clock.now(),
        source=_('まちばこ {box} 運行記録').format(box=about.box),
        columns=columns,
        rows=rows,
        conditions=((_('期間'), about.period), *conditions),
        notes=notes,
        signature_boxes=(_('安全運転管理者'), _('副安全運転管理者')),
        orientation=orientation,
    )


def _columns(*passengers: Column) -> tuple[Column, ...]:
    return (
        Column('day', _('月日'), Kind.DATE),
        Column('purpose', _('用務'), width=8),
        Column('destination', _('行先'), width=8),
        *passengers,
        Column('out', _('出発'), Kind.TIME),
        Column('back', _('帰着'), Kind.TIME),
        Column('odometer_out', _('出発時'), Kind.NUMBER, width=4, group=_('メーター(km)')),
        Column('odometer_in', _('帰着時'), Kind.NUMBER, width=4, group=_('メーター(km)')),
        Column('distance', _('距離(km)'), Kind.NUMBER, width=4, total=True),
        Column('fuel_litres', _('給油(L)'), Kind.DECIMAL, width=4, total=True, decimals=2),
        Column('fuel_yen', _('給油(円)'), Kind.NUMBER, width=4, total=True),
        Column('charged_kwh', _('充電(kWh)'), Kind.DECIMAL, width=4, total=True, decimals=2),
        Column('remarks', _('異常・事故・備考')),
    )


def _passengers_column() -> Column:
    return Column('passengers_shown', _('同乗者'), width=6)


def _driver_column() -> Column:
    return Column('driver', _('運転者'), width=7)


def _row(entry: TripEntry) -> Row:
    trip = entry.trip
    return {
        'day': trip.out_at.date(),
        'plate': entry.plate,
        'number': entry.driver.number,
        'driver': entry.driver.name,
        'second_numbers': '、'.join(person.number for person in entry.second_drivers),
        'passengers': trip.passengers,
        'passenger_names': passenger_names(entry),
        'passengers_shown': passengers_words(entry),
        'purpose': trip.purpose,
        'destination': trip.destination,
        'out': _since_midnight(trip.out_at, trip.out_at),
        'back': _since_midnight(trip.out_at, trip.returned_at) if trip.returned_at else None,
        'odometer_out': trip.odometer_out,
        'odometer_in': trip.odometer_in,
        'distance': trip.distance,
        'fuel_litres': trip.fuel_litres,
        'fuel_yen': trip.fuel_yen,
        'charged_kwh': trip.charged_kwh,
        'remarks': trip_remarks(entry),
    }


def _row_of_second_driver(entry: TripEntry) -> Row:
    told = _('交代運転者として運転。運転者: {name}').format(name=entry.driver.name)
    return {**_row(entry), **dict.fromkeys(OF_THE_TRIP), 'remarks': told}


def _since_midnight(start: datetime, at: datetime) -> timedelta:
    passed = at.replace(tzinfo=None) - start.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return timedelta(minutes=passed // timedelta(minutes=1))


def _check_row(entry: CheckEntry) -> Row:
    return {
        'checked_at': entry.checked_at,
        'phase': phase_word(entry.phase),
        'driver': entry.driver.name,
        'plate': entry.plate,
        'confirmer': entry.confirmer.name,
        'by_checker': entry.by_checker,
        'method': method_word(entry.method),
        'value': entry.value.quantize(THOUSANDTH),
        'is_positive': entry.is_positive,
        'instruction': entry.instruction,
        'remarks': check_remarks(entry),
    }


def _department_row(name: str, use: DepartmentUse) -> Row:
    return {
        'department': name or _('(所属なし)'),
        'trips': use.trips,
        'distance': use.distance,
        'fuel_litres': use.fuel_litres,
        'fuel_yen': use.fuel_yen,
    }


def _person(person: Named) -> str:
    return f'{person.number} {person.name}'
