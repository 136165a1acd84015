"""A sheet: what is printed or exported, told once for CSV, XLSX and PDF."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from app.documents.charts import Chart

Value = str | int | float | Decimal | date | time | datetime | timedelta | bool | None
"""None means not entered yet, and is never shown as 0."""
Row = Mapping[str, Value]


class Kind(StrEnum):
    """What a column holds."""

    TEXT = 'text'
    NUMBER = 'number'
    """Whole numbers."""
    DECIMAL = 'decimal'
    DATE = 'date'
    TIME = 'time'
    """`time`, or the `timedelta` since midnight of the row's day: 25:30 is printed 翌1:30."""
    DATETIME = 'datetime'
    """With zone; shown in Tokyo."""
    DURATION = 'duration'
    """`timedelta`, in hours and minutes."""
    YES_NO = 'yes_no'


class Orientation(StrEnum):
    """How A4 paper lies."""

    PORTRAIT = 'portrait'
    LANDSCAPE = 'landscape'


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `key` finds its value in each row."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    width: float | None = None
    """In full-width characters; None follows from the kind, and text shares what is left."""
    total: bool = False
    """Whether sums stand under it."""
    decimals: int = 1
    """Of a decimal column, on paper and in XLSX."""
    group: str = ''
    """Neighbours with the same group stand under one common heading."""
    yes: str = '○'
    no: str = '×'


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A titled table with everything a reader needs to judge it."""

    title: str
    made_at: datetime
    """With zone: until when the data goes."""
    source: str
    """Who made it from what, e.g. the name of the box and of the ledger."""
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    """Read once."""
    conditions: tuple[tuple[str, str], ...] = ()
    """Label and value of everything that chose the rows."""
    notes: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    """Drawn above the table on paper; files for programs have the table alone."""
    signature_boxes: tuple[str, ...] = ()
    """Headings of the boxes for seals (確認印), from left to right."""
    orientation: Orientation = Orientation.PORTRAIT
    group_by: str = ''
    """Key of a column: rows with the same value follow each other and get a band, and sums of their own."""
    era: bool = False
    """Whether dates carry the era (令和)."""
    code: str = ''
    """A QR code at the head, on paper; empty: none."""


class SheetError(Exception):
    """A document cannot be made of this."""


class WrongCell(SheetError):
    """A value does not fit its column; names the column, the row (from 1) and what was found, not the value."""

    def __init__(self, key: str, row: int, found: str) -> None:
        super().__init__(f'column {key}, row {row}: {found}')
        self.key = key
        self.row = row
        self.found = found


class NoColumns(SheetError):
    """A sheet without columns, with the same key twice, or grouped by a column that it does not have."""


_FITTING: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (str,),
    Kind.NUMBER: (int,),
    Kind.DECIMAL: (int, float, Decimal),
    Kind.DATE: (date,),
    Kind.TIME: (time, timedelta),
    Kind.DATETIME: (datetime,),
    Kind.DURATION: (timedelta,),
    Kind.YES_NO: (bool,),
}
SUMMABLE = (Kind.NUMBER, Kind.DECIMAL, Kind.DURATION)


class TooLong(SheetError):
    """More than can be printed at once: choose a shorter time, or take CSV."""


class Outdated(SheetError):
    """What was ordered has changed before it was made: order it again."""


class TooWide(SheetError):
    """The columns do not fit A4 even in small print: fewer of them, or landscape."""


def check_columns(sheet: Sheet) -> None:
    """Refuse columns that cannot be printed.

    Raises:
        NoColumns: says what is wrong with them.
    """
    keys = [column.key for column in sheet.columns]
    if not keys:
        raise NoColumns('no columns')
    if len(set(keys)) < len(keys):
        raise NoColumns('a key twice')
    if sheet.group_by and sheet.group_by not in keys:
        raise NoColumns(f'grouped by {sheet.group_by}')
    for column in sheet.columns:
        if column.total and column.kind not in SUMMABLE:
            raise NoColumns(f'no sums of {column.key}')


def checked_row(columns: tuple[Column, ...], row: Row, number: int) -> tuple[Value, ...]:
    """The values of a row in the order of the columns.

    Raises:
        WrongCell: a value is missing or does not fit.
    """
    return tuple(_checked(column, row, number) for column in columns)


def _checked(column: Column, row: Row, number: int) -> Value:
    if column.key not in row:
        raise WrongCell(column.key, number, 'missing')
    value = row[column.key]
    if value is not None and not _fits(column.kind, value):
        raise WrongCell(column.key, number, type(value).__name__)
    return value


def _fits(kind: Kind, value: Value) -> bool:
    if isinstance(value, bool):
        return kind is Kind.YES_NO
    if isinstance(value, datetime):
        return kind is Kind.DATETIME and value.tzinfo is not None
    if isinstance(value, float | Decimal) and not Decimal(str(value)).is_finite():
        return False
    return isinstance(value, _FITTING[kind])
