"""Reading the staff list as a city office exports it: CSV or a spreadsheet, columns in any order."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.documents.list_rows import NotAList, heading_of, is_blank, list_rows
from app.language import _
from app.people.staff import StaffEntry

COLUMNS = {'職員番号': 'number', '氏名': 'name', 'フリガナ': 'kana', '所属': 'department'}
LONGEST = {'number': 32, 'name': 200, 'kana': 200, 'department': 200}
FORMULA_STARTS = ('=', '+', '-', '@', '＝', '＋', '－', '＠')
MOST_BYTES = 20_000_000
MOST_PROBLEMS = 10


class StaffListError(Exception):
    """The list was not taken, and nothing was changed; one sentence for each problem."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__('\n'.join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    values: dict[str, str]


def read_staff_list(content: bytes) -> list[StaffEntry]:
    """All rows of the list. For a thread.

    Raises:
        StaffListError: file or columns are not as expected, or rows are incomplete, doubled or formulas.
    """
    rows = _rows(content)
    problems = [problem for row in rows for problem in _problems(row)] + _doubles(rows)
    if problems:
        more = [_('ほかに {count} 件あります').format(count=len(problems) - MOST_PROBLEMS)]
        raise StaffListError(problems[:MOST_PROBLEMS] + (more if len(problems) > MOST_PROBLEMS else []))
    return [StaffEntry(**row.values) for row in rows]


def _rows(content: bytes) -> list[_Row]:
    rows = list_rows(content, MOST_BYTES)
    try:
        positions = _positions([unicodedata.normalize('NFKC', name).strip() for name in heading_of(rows)])
        return [
            _Row(line, {name: _cell(cells, position) for name, position in positions.items()})
            for line, cells in rows
            if not is_blank(cells)
        ]
    except NotAList as error:
        raise StaffListError([str(error)]) from error


def _positions(header: list[str]) -> dict[str, int]:
    missing = [column for column in COLUMNS if unicodedata.normalize('NFKC', column) not in header]
    if missing:
        raise StaffListError([_('列がありません: {columns}').format(columns='、'.join(missing))])
    doubled = [column for column in COLUMNS if header.count(unicodedata.normalize('NFKC', column)) > 1]
    if doubled:
        raise StaffListError([_('同じ名前の列が二つあります: {columns}').format(columns='、'.join(doubled))])
    return {name: header.index(unicodedata.normalize('NFKC', column)) for column, name in COLUMNS.items()}


def _cell(cells: list[str], position: int) -> str:
    return unicodedata.normalize('NFC', cells[position]).strip() if position < len(cells) else ''


def _problems(row: _Row) -> list[str]:
    found = []
    for column, name in COLUMNS.items():
        value = row.values[name]
        place = _('{line} 行目の{column}').format(line=row.line, column=column)
        if not value and name in ('number', 'name'):
            found.append(_('{place}: 入っていません').format(place=place))
        elif value.startswith(FORMULA_STARTS):
            found.append(_('{place}: 数式になっています。値にして保存し直してください').format(place=place))
        elif len(value) > LONGEST[name]:
            found.append(_('{place}: {most} 文字を超えています').format(place=place, most=LONGEST[name]))
        elif any(unicodedata.category(character) == 'Cc' for character in value):
            found.append(_('{place}: 使えない文字(改行など)が入っています').format(place=place))
    return found


def _doubles(rows: list[_Row]) -> list[str]:
    first: dict[str, int] = {}
    found = []
    for row in rows:
        number = row.values['number']
        if number and number in first:
            message = _('{line} 行目: 職員番号 {number} は {first} 行目にもあります')
            found.append(message.format(line=row.line, number=number, first=first[number]))
        first.setdefault(number, row.line)
    return found
