"""The ledgers of the car pool as tables for other programs, with the columns that their imports take."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from uuid import UUID

from app import clock
from app.documents.sheet import Column, Kind, Row, Sheet
from app.language import _
from app.vehicles import checker_import as checkers
from app.vehicles import licence_import as licences
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.driver_list import SightedLicence
from app.vehicles.ledger import VehicleInfo
from app.vehicles.ledger_import import COLUMNS, type_words
from app.vehicles.record_words import condition_words

FLAGS = ('for_disasters', 'has_winter_tyres', 'is_electric')


def sheet_of_ledger(cars: Iterable[VehicleInfo], box: str) -> Sheet:
    """車両台帳."""
    columns = (
        *(Column(name, heading, _kind(name)) for heading, name in COLUMNS.items()),
        Column('blocked_reason', _('貸出を止める理由')),
        Column('odometer', _('メーター(km)'), Kind.NUMBER),
    )
    return _sheet(_('車両台帳'), box, columns, [_car_row(car) for car in cars])


def sheet_of_drivers(seen: Iterable[SightedLicence], box: str) -> Sheet:
    """運転免許証の確認, as it counts now."""
    columns = (
        Column('number', licences.NUMBER),
        Column('name', _('氏名')),
        Column('department', _('所属')),
        Column('classes', licences.CLASSES),
        Column('conditions', licences.CONDITIONS),
        Column('valid_until', licences.UNTIL, Kind.DATE),
        Column('sighted_on', licences.SIGHTED, Kind.DATE),
        Column('sighted_by', _('確認した人')),
    )
    return _sheet(_('運転免許証の確認'), box, columns, [_driver_row(one) for one in seen])


def sheet_of_checkers(
    in_use: Iterable[CheckerInfo], retired: Iterable[CheckerInfo], desks: Mapping[UUID, str], box: str
) -> Sheet:
    """アルコール検知器の台帳, those in use first."""
    columns = (
        Column('serial', checkers.SERIAL),
        Column('model', checkers.MODEL),
        Column('started_on', checkers.STARTED, Kind.DATE),
        Column('expires_on', checkers.EXPIRES, Kind.DATE),
        Column('measurement_limit', checkers.LIMIT, Kind.NUMBER),
        Column('desk', checkers.DESK),
        Column('measurements', _('測定回数'), Kind.NUMBER),
        Column('function_checked_at', _('前の動作確認'), Kind.DATETIME),
        Column('in_use', checkers.IN_USE, Kind.YES_NO),
    )
    rows = [_checker_row(one, desks, in_use=True) for one in in_use]
    rows += [_checker_row(one, desks, in_use=False) for one in retired]
    return _sheet(_('アルコール検知器の台帳'), box, columns, rows)


def _sheet(title: str, box: str, columns: tuple[Column, ...], rows: list[Row]) -> Sheet:
    source = _('まちばこ {box} 台帳').format(box=box)
    return Sheet(title=title, made_at=clock.now(), source=source, columns=columns, rows=rows)


def _kind(name: str) -> Kind:
    if name in FLAGS:
        return Kind.YES_NO
    return Kind.DATE if name.endswith('_until') else Kind.TEXT


def _car_row(car: VehicleInfo) -> Row:
    return {**asdict(car.entry), 'car_type': type_words()[car.entry.car_type], 'odometer': car.odometer}


def _driver_row(one: SightedLicence) -> Row:
    conditions = [words for name, words in condition_words().items() if name in one.conditions]
    return {
        'number': one.driver.number,
        'name': one.driver.name,
        'department': one.driver.department,
        'classes': '、'.join(one.classes),
        'conditions': '、'.join(conditions),
        'valid_until': one.valid_until,
        'sighted_on': one.sighted_on,
        'sighted_by': one.sighted_by,
    }


def _checker_row(checker: CheckerInfo, desks: Mapping[UUID, str], *, in_use: bool) -> Row:
    return {
        'serial': checker.serial,
        'model': checker.model,
        'started_on': checker.started_on,
        'expires_on': checker.expires_on,
        'measurement_limit': checker.measurement_limit,
        'desk': desks.get(checker.desk, '') if checker.desk else '',
        'measurements': checker.measurements,
        'function_checked_at': checker.function_checked_at,
        'in_use': in_use,
    }
