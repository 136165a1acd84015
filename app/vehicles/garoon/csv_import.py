"""Reservations from the list that Garoon exports, when it cannot be asked (domain/vehicles_and_attendance.md 2.6)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from app.clock import TOKYO
from app.documents.list_rows import NotAList, NumberedRow, is_blank, list_rows
from app.language import _
from app.vehicles.garoon.events import SHORTEST, Facility, Person, Reservation, half_open_end

COLUMNS = ('開始日', '開始時刻', '終了日', '終了時刻', '予定', '予定詳細', 'メモ', '参加者/組織/施設', '登録者')
TARGET, CREATOR = 7, 8
EVENT_PREFIX = 'csv-'
"""Ids that no event of Garoon has."""
MOST_BYTES = 50_000_000
SEPARATORS = re.compile(r'[,;、;\n\r|]+')
DATE = re.compile(r'(\d{4})[-/](\d{1,2})[-/](\d{1,2})')
TIME = re.compile(r'(\d{1,2}):(\d{2})(?::(\d{2}))?')


class ReservationListError(Exception):
    """The file was not taken, and nothing was changed; the message is one Japanese sentence."""


@dataclass(frozen=True, slots=True)
class CsvReading:
    """What the file holds; rows with problems are left out, the others stand."""

    reservations: tuple[Reservation, ...]
    problems: tuple[str, ...]
    """One sentence for each row that could not be read, with its line."""
    without_car: int
    """Events that reserve no car of the list."""


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]
    targets: tuple[str, ...]


class _BadCell(ValueError):
    pass


def read_reservations(content: bytes, cars: Iterable[Facility]) -> CsvReading:
    """Reservations of these cars, found by facility code or name; with or without a header row.

    An event with several targets is read from one row or from many. The same event twice is one reservation, and
    reading the file again gives the same keys. For a thread.

    Raises:
        ReservationListError: no list, or without the column of the facilities.
    """
    known = {name: car for car in cars for name in (car.name, car.code) if name}
    events: dict[tuple[str, ...], list[str]] = {}
    lines: dict[tuple[str, ...], int] = {}
    for row in _rows(content):
        events.setdefault(row.cells, []).extend(row.targets)
        lines.setdefault(row.cells, row.line)
    found: dict[str, Reservation] = {}
    problems = []
    without_car = 0
    for cells, targets in events.items():
        try:
            reservations = _reservations(cells, targets, known)
        except _BadCell as problem:
            problems.append(_('{line} 行目の{problem}').format(line=lines[cells], problem=problem))
            continue
        without_car += not reservations
        found |= {each.key: each for each in reservations}
    return CsvReading(tuple(found.values()), tuple(problems), without_car)


def filled_rows(content: bytes) -> Iterator[NumberedRow]:
    """The rows of a list in which something stands, with their numbers.

    Raises:
        ReservationListError: it is no list, or too large.
    """
    try:
        yield from ((line, cells) for line, cells in list_rows(content, MOST_BYTES) if not is_blank(cells))
    except NotAList as error:
        raise ReservationListError(str(error)) from error


def _rows(content: bytes) -> Iterator[_Row]:
    positions: list[list[int]] | None = None
    for line, cells in filled_rows(content):
        if positions is None:
            positions, is_header = _positions(cells)
            if is_header:
                continue
        yield _row(line, cells, positions)


def _positions(cells: list[str]) -> tuple[list[list[int]], bool]:
    """Where each column is; without a header they stand in the order of the manual. Targets may have several."""
    names = [unicodedata.normalize('NFKC', cell).strip() for cell in cells]
    if DATE.fullmatch(names[0]):
        if len(cells) <= TARGET:
            raise ReservationListError(_no_targets())
        return [[position] for position in range(len(COLUMNS))], False
    positions = [[at for at, name in enumerate(names) if name == column] for column in COLUMNS]
    positions[TARGET] = [
        at for at, name in enumerate(names) if name in COLUMNS[TARGET].split('/') or name.endswith('施設')
    ]
    missing = [column for column, found in zip(COLUMNS[:4], positions, strict=False) if not found]
    if missing:
        raise ReservationListError(_('列がありません: {columns}').format(columns='、'.join(missing)))
    if not positions[TARGET]:
        raise ReservationListError(_no_targets())
    return positions, True


def _no_targets() -> str:
    return _('施設の列がありません。個人の書き出しではなく、システム管理の書き出しを使ってください')


def _row(line: int, cells: list[str], positions: list[list[int]]) -> _Row:
    values = ['\n'.join(cells[at].strip() for at in found if at < len(cells)) for found in positions]
    targets = tuple(part for each in SEPARATORS.split(values[TARGET]) if (part := each.strip()))
    return _Row(line, (*values[:TARGET], values[CREATOR]), targets)


def _reservations(cells: tuple[str, ...], targets: list[str], known: Mapping[str, Facility]) -> list[Reservation]:
    first_day, start_time, last_day, end_time, menu, subject, notes, creator = cells
    start = datetime.combine(_date(first_day, COLUMNS[0]), _time(start_time, COLUMNS[1]) or time(), TOKYO)
    end = _end(start, bool(start_time), last_day, end_time)
    event_id = f'{EVENT_PREFIX}{sha256(repr(_spelled_alike(cells)).encode()).hexdigest()[:24]}'
    template = Reservation(
        key=event_id,
        event_id=event_id,
        repeat_id='',
        facility_id='',
        facility_code='',
        start=start,
        end=end,
        is_all_day=not start_time,
        is_start_only=bool(start_time) and not end_time,
        is_tentative=False,
        menu=menu,
        subject=subject,
        notes=notes,
        creator=Person('', creator, ''),
        attendees=tuple(Person('', code, '') for code in dict.fromkeys(targets) if code not in known),
        purpose='',
        usage_request_status='',
        updated_at=None,
        visibility='PUBLIC',
    )
    cars = {known[target].id: known[target] for target in targets if target in known}
    return [
        replace(template, key=f'{event_id}@{car.id}', facility_id=car.id, facility_code=car.code)
        for car in cars.values()
    ]


def _spelled_alike(cells: tuple[str, ...]) -> tuple[str, ...]:
    """As Garoon spells them, also where a spreadsheet spelled them in its own way."""
    first_day, start_time, last_day, end_time, *words = (cell.replace('\r\n', '\n') for cell in cells)
    days = [str(_date(day, COLUMNS[0])) if day else '' for day in (first_day, last_day)]
    times = [str(_time(at, COLUMNS[1]) or '') for at in (start_time, end_time)]
    return days[0], times[0], days[1], times[1], *words


def _end(start: datetime, has_start_time: bool, last_day: str, end_time: str) -> datetime:
    day = _date(last_day, COLUMNS[2]) if last_day else start.date()
    if day.year == date.max.year:
        raise _BadCell(_('{column}: 「{text}」は日付ではありません').format(column=COLUMNS[2], text=last_day[:20]))
    at = _time(end_time, COLUMNS[3])
    if at is not None:
        end = half_open_end(datetime.combine(day, at, TOKYO))
    elif has_start_time and day == start.date():
        end = start + SHORTEST
    else:
        end = datetime.combine(day, time(), TOKYO) + timedelta(days=1)
    if end <= start:
        raise _BadCell(_('終了が開始より前です'))
    return end


def _date(text: str, column: str) -> date:
    found = DATE.fullmatch(unicodedata.normalize('NFKC', text))
    try:
        if found:
            year, month, day = (int(part) for part in found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise _BadCell(_('{column}: 「{text}」は日付ではありません').format(column=column, text=text[:20]))


def _time(text: str, column: str) -> time | None:
    if not text:
        return None
    found = TIME.fullmatch(unicodedata.normalize('NFKC', text))
    try:
        if found:
            hour, minute, second = (int(part or 0) for part in found.groups())
            return time(hour, minute, second)
    except ValueError:
        pass
    raise _BadCell(_('{column}: 「{text}」は時刻ではありません').format(column=column, text=text[:20]))
