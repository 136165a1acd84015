"""Sums under columns, and rows in groups."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from app.documents.sheet import Column, Kind, Sheet, Value, check_columns, checked_row

Sum = int | Decimal | timedelta | None


@dataclass(slots=True)
class Sums:
    """Running sums; a column in which nothing was entered has none, which is not 0."""

    columns: tuple[Column, ...]
    values: list[Sum] = field(init=False)

    def __post_init__(self) -> None:
        self.values = [None] * len(self.columns)

    def add(self, row: tuple[Value, ...]) -> None:
        """Count a checked row in."""
        for index, column in enumerate(self.columns):
            if column.total and row[index] is not None:
                self.values[index] = _plus(self.values[index], row[index])


@dataclass(frozen=True, slots=True)
class Band:
    """The beginning of a group."""

    name: Value


@dataclass(frozen=True, slots=True)
class Line:
    """A row of data, its values in the order of the columns."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """Sums of a group, or of everything."""

    values: tuple[Sum, ...]
    of_group: bool


Part = Band | Line | Total


def parts(sheet: Sheet) -> Iterator[Part]:
    """The table from top to bottom: bands, rows, sums.

    Raises:
        SheetError: the columns or a value cannot be printed.
    """
    check_columns(sheet)
    has_totals = any(column.total for column in sheet.columns)
    group_index = _group_index(sheet)
    overall, of_group = Sums(sheet.columns), Sums(sheet.columns)
    current: Band | None = None
    for number, row in enumerate(sheet.rows, 1):
        values = checked_row(sheet.columns, row, number)
        if group_index is not None and (current is None or current.name != values[group_index]):
            if current is not None and has_totals:
                yield Total(tuple(of_group.values), of_group=True)
            current, of_group = Band(values[group_index]), Sums(sheet.columns)
            yield current
        overall.add(values)
        of_group.add(values)
        yield Line(values)
    if has_totals:
        if current is not None:
            yield Total(tuple(of_group.values), of_group=True)
        yield Total(tuple(overall.values), of_group=False)


def _group_index(sheet: Sheet) -> int | None:
    keys = [column.key for column in sheet.columns]
    return keys.index(sheet.group_by) if sheet.group_by else None


def _plus(total: Sum, value: Value) -> Sum:
    if isinstance(value, timedelta):
        return value if not isinstance(total, timedelta) else total + value
    number = value if isinstance(value, int) else Decimal(str(value))
    if total is None or isinstance(total, timedelta):
        return number
    return total + number


def is_number(column: Column) -> bool:
    """Whether the column is set to the right edge."""
    return column.kind in (Kind.NUMBER, Kind.DECIMAL, Kind.DURATION)
