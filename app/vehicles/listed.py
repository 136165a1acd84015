"""Lists that an office exports: CSV or a spreadsheet, columns in any order, blank lines left out."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.list_rows import NotAList, heading_of, is_blank, list_rows
from app.language import _

MOST_BYTES = 8_000_000
MOST_LINES = 20_000
MOST_DIGITS = 7
FORMULA_STARTS = ('=', '+', '-', '@', '＝', '＋', '－', '＠')


class ListError(Exception):
    """The list was not taken, and nothing was changed; one sentence for each problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__('\n'.join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A line of the list: its number in the file, and the cells of the columns that it has."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A line that is not taken over, for what it says, and why."""

    line: int
    about: str
    why: str


def rows_of(content: bytes, columns: Collection[str], required: Collection[str]) -> Iterator[ListedRow]:
    """The lines of a list with these columns; others are passed over. For a thread.

    Raises:
        ListError: it cannot be read at all, or a required column is not there.
    """
    rows = list_rows(content, MOST_BYTES)
    try:
        positions = _positions([unicodedata.normalize('NFKC', name).strip() for name in heading_of(rows)], columns)
        _refuse_missing(positions, required)
        for line, cells in rows:
            if not is_blank(cells):
                yield ListedRow(line, {column: _cell(cells, at) for column, at in positions.items()})
            if line > MOST_LINES:
                raise ListError([_('{most} 行を超えています').format(most=f'{MOST_LINES:,}')])
    except NotAList as error:
        raise ListError([str(error)]) from error


def text_in(cell: str, longest: int) -> str:
    """A text.

    Raises:
        ValueError: it is a formula, too long, or has control characters; says so to the person.
    """
    if cell.startswith(FORMULA_STARTS):
        raise ValueError(_('数式になっています。値にして保存し直してください'))
    if len(cell) > longest:
        raise ValueError(_('{most} 文字を超えています').format(most=longest))
    if any(unicodedata.category(character) == 'Cc' for character in cell):
        raise ValueError(_('使えない文字(改行など)が入っています'))
    return cell


def day_in(cell: str) -> date | None:
    """A day; empty: none.

    Raises:
        ValueError: it is no day; says so to the person.
    """
    if not cell:
        return None
    try:
        year, month, day = (int(part) for part in cell.replace('/', '-').split('-'))
        return date(year, month, day)
    except ValueError:
        raise ValueError(_('日付は 2027-03-31 のように書いてください')) from None


def number_in(cell: str) -> int | None:
    """A whole number of at least 0; empty: none.

    Raises:
        ValueError: it is no such number; says so to the person.
    """
    plain = unicodedata.normalize('NFKC', cell).replace(',', '')
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > MOST_DIGITS:
        raise ValueError(_('0以上の整数にしてください'))
    return int(plain)


def _positions(header: list[str], columns: Collection[str]) -> dict[str, int]:
    folded = {column: unicodedata.normalize('NFKC', column) for column in columns}
    doubled = [column for column, name in folded.items() if header.count(name) > 1]
    if doubled:
        raise ListError([_('同じ名前の列が二つあります: {columns}').format(columns='、'.join(doubled))])
    return {column: header.index(name) for column, name in folded.items() if name in header}


def _refuse_missing(positions: Mapping[str, int], required: Collection[str]) -> None:
    missing = [column for column in required if column not in positions]
    if missing:
        raise ListError([_('列がありません: {columns}').format(columns='、'.join(missing))])


def _cell(cells: list[str], position: int) -> str:
    return unicodedata.normalize('NFC', cells[position]).strip() if position < len(cells) else ''
