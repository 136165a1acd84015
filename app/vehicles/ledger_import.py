"""Taking over a list of cars (車両台帳): CSV or a spreadsheet, columns in any order, nothing changed on error."""

import asyncio
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.journal.line import Actor
from app.language import _
from app.vehicles.ledger import CarType, VehicleEntry, VehicleInfo, VehicleLedger
from app.vehicles.listed import ListedRow, ListError, day_in, rows_of, text_in

COLUMNS = {
    '登録番号': 'plate',
    '名称': 'name',
    '車種': 'car_type',
    '守衛室': 'guard_room',
    '所属': 'department',
    '鍵番号': 'key_number',
    '施設ID': 'facility',
    '免許区分': 'licence_class',
    '車検満了日': 'inspection_until',
    '自賠責満了日': 'compulsory_insurance_until',
    '任意保険満了日': 'voluntary_insurance_until',
    '定期点検期限': 'periodic_check_until',
    '災害用': 'for_disasters',
    '冬用タイヤ': 'has_winter_tyres',
    '電気自動車': 'is_electric',
}
REQUIRED = '登録番号'
LONGEST = {'plate': 40, 'name': 100, 'guard_room': 100, 'department': 200, 'key_number': 20, 'facility': 40}
LONGEST |= {'licence_class': 16}
MOST_PROBLEMS = 10
AT_ONCE = 50
YES, NO = ('1', 'はい', '有', '○', 'true'), ('', '0', 'いいえ', '無', '×', 'false')


@dataclass(frozen=True, slots=True)
class ListedCar:
    """A line of the list: only the columns that it has."""

    line: int
    values: Mapping[str, Any]

    @property
    def plate(self) -> str:
        """登録番号."""
        return str(self.values['plate'])

    def over(self, known: VehicleEntry | None) -> VehicleEntry:
        """The entry that this line makes of what the ledger says."""
        return replace(known, **self.values) if known else VehicleEntry(**self.values)


@dataclass(frozen=True, slots=True)
class LedgerComparison:
    """What a list would change. Cars that it does not name stay as they are."""

    added: tuple[VehicleEntry, ...]
    changed: tuple[tuple[VehicleInfo, VehicleEntry], ...]
    unchanged: int
    missing: int


def type_words() -> dict[CarType, str]:
    """The names of the types, as the list and the screens write them."""
    return {
        CarType.KEI: _('軽自動車'),
        CarType.KEI_CARGO: _('軽貨物'),
        CarType.ORDINARY: _('普通車'),
        CarType.WAGON: _('ワゴン'),
        CarType.CARGO: _('貨物'),
        CarType.TRUCK: _('トラック'),
        CarType.BUS: _('バス'),
    }


def read_ledger_list(content: bytes) -> list[ListedCar]:
    """All cars of the list. For a thread.

    Raises:
        ListError: encoding or columns are not as expected, or lines cannot be taken; names each line.
    """
    problems: list[str] = []
    cars = [_car(row, problems) for row in rows_of(content, COLUMNS, [REQUIRED])]
    problems += _doubles(cars)
    if problems:
        more = [_('ほかに {count} 件あります').format(count=len(problems) - MOST_PROBLEMS)]
        raise ListError(problems[:MOST_PROBLEMS] + (more if len(problems) > MOST_PROBLEMS else []))
    if not cars:
        raise ListError([_('車が一台も入っていません')])
    return cars


def compare_ledger(cars: Sequence[ListedCar], known: Mapping[str, VehicleInfo]) -> LedgerComparison:
    """Hold a list against the ledger."""
    added = tuple(car.over(None) for car in cars if car.plate not in known)
    both = [(known[car.plate], car.over(known[car.plate].entry)) for car in cars if car.plate in known]
    changed = tuple((info, entry) for info, entry in both if info.entry != entry)
    return LedgerComparison(added, changed, len(both) - len(changed), len(known) - len(both))


async def save_ledger(ledger: VehicleLedger, found: LedgerComparison, actor: Actor) -> None:
    """Take the list over; each car gets its own journal line.

    Raises:
        VehicleRefused: somebody changed the same cars meanwhile; what was taken until then stands.
    """
    for start in range(0, len(found.added), AT_ONCE):
        await asyncio.gather(*(ledger.add(entry, actor) for entry in found.added[start : start + AT_ONCE]))
    for start in range(0, len(found.changed), AT_ONCE):
        part = found.changed[start : start + AT_ONCE]
        await asyncio.gather(*(ledger.change(info.id, entry, actor) for info, entry in part))


def _car(row: ListedRow, problems: list[str]) -> ListedCar:
    values: dict[str, Any] = {}
    for column, cell in row.cells.items():
        try:
            values[COLUMNS[column]] = _value(COLUMNS[column], cell)
        except ValueError as problem:
            place = _('{line} 行目の{column}').format(line=row.line, column=column)
            problems.append(f'{place}: {problem}')
            values[COLUMNS[column]] = ''
    return ListedCar(row.line, values)


def _value(name: str, cell: str) -> Any:
    if name.endswith('_until'):
        return day_in(cell)
    if name in ('for_disasters', 'has_winter_tyres', 'is_electric'):
        return _flag(cell)
    if name == 'car_type':
        return _type(cell)
    return _text(name, cell)


def _text(name: str, cell: str) -> str:
    if not cell and name == 'plate':
        raise ValueError(_('入っていません'))
    return text_in(cell, LONGEST[name]) or ('普通' if name == 'licence_class' else '')


def _flag(cell: str) -> bool:
    folded = unicodedata.normalize('NFKC', cell).lower()
    if folded in YES or folded == '◯':
        return True
    if folded in NO:
        return False
    raise ValueError(_('1 か 0 にしてください'))


def _type(cell: str) -> CarType:
    words = {word: kind for kind, word in type_words().items()}
    if not cell:
        return CarType.ORDINARY
    if cell in words:
        return words[cell]
    if cell in set(CarType):
        return CarType(cell)
    raise ValueError(_('車種は次のどれかにしてください: {types}').format(types='、'.join(words)))


def _doubles(cars: Sequence[ListedCar]) -> list[str]:
    first: dict[str, int] = {}
    found = []
    for car in cars:
        if car.plate and car.plate in first:
            words = _('{line} 行目: 登録番号 {plate} は {first} 行目にもあります')
            found.append(words.format(line=car.line, plate=car.plate, first=first[car.plate]))
        first.setdefault(car.plate, car.line)
    return found
