"""CSV (RFC 4180) that Excel opens with the right letters and without formulas."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.documents.cells import clean_text, harmless_text, plain_number
from app.documents.dates import counted_time, in_tokyo
from app.documents.sheet import Column, Sheet, SheetError, Value, check_columns, checked_row

ROWS_AT_ONCE = 500
BOM = b'\xef\xbb\xbf'
TWINS = str.maketrans({'〜': '～', '−': '－', '‖': '∥', '—': '―', '¢': '￠', '£': '￡', '¬': '￢'})
"""One letter of JIS X 0208 with two places in Unicode: CP932 has only the second."""


class Encoding(StrEnum):
    """How letters become bytes."""

    UTF8 = 'utf-8'
    """With a byte order mark, so that Excel knows."""
    CP932 = 'cp932'
    """Shift-JIS as Windows has it, for older systems of the city."""


class NotInCp932(SheetError):
    """Letters that Shift-JIS (CP932) does not have; each with the row (0 for the heading) where it stands first."""

    def __init__(self, letters: dict[str, int]) -> None:
        super().__init__(f'{len(letters)} letters are not in CP932')
        self.letters = letters


def csv_bytes(sheet: Sheet, encoding: Encoding = Encoding.UTF8) -> bytes:
    """The whole file: one line of headings, the rows, and nothing else, as other systems expect.

    Raises:
        NotInCp932: names every letter; nothing is replaced in silence.
        SheetError: a value does not fit its column.
    """
    return b''.join(csv_chunks(sheet, encoding))


def csv_chunks(sheet: Sheet, encoding: Encoding = Encoding.UTF8, *, goes_on: bool = False) -> Iterator[bytes]:
    """The same file piece by piece, for exports that would fill the memory; CP932 is checked piece by piece.

    A sheet that goes on where another ended has no headings of its own.

    Raises:
        NotInCp932: as above, for the piece.
        SheetError: a value does not fit its column.
    """
    check_columns(sheet)
    if encoding is Encoding.UTF8 and not goes_on:
        yield BOM
    lines = [] if goes_on else [[harmless_text(_heading(column)) for column in sheet.columns]]
    first_row = 0
    for number, row in enumerate(sheet.rows, 1):
        lines.append([file_text(value) for value in checked_row(sheet.columns, row, number)])
        if len(lines) >= ROWS_AT_ONCE:
            yield _encode(lines, encoding, first_row)
            lines, first_row = [], number + 1
    yield _encode(lines, encoding, first_row)


def file_text(value: Value) -> str:
    """A value as other programs read it: `-22261`, `2026-11-23 08:05:00` (Tokyo), `25:30`, yes as `1`, no as `0`."""
    if value is None:
        return ''
    if isinstance(value, str):
        return harmless_text(value)
    if isinstance(value, int | float | Decimal):
        return plain_number(int(value) if isinstance(value, bool) else value)
    if isinstance(value, datetime):
        return in_tokyo(value).strftime('%Y-%m-%d %H:%M:%S')
    if isinstance(value, date):
        return value.isoformat()
    return counted_time(value)


def _heading(column: Column) -> str:
    return clean_text(f'{column.group} {column.heading}' if column.group else column.heading)


def _encode(lines: list[list[str]], encoding: Encoding, first_row: int) -> bytes:
    written = io.StringIO(newline='')
    csv.writer(written, lineterminator='\r\n').writerows(lines)
    text = written.getvalue()
    try:
        return (text.translate(TWINS) if encoding is Encoding.CP932 else text).encode(encoding)
    except UnicodeEncodeError:
        raise NotInCp932(_letters_missing(lines, first_row)) from None


def _letters_missing(lines: list[list[str]], first_row: int) -> dict[str, int]:
    missing: dict[str, int] = {}
    for number, line in enumerate(lines, first_row):
        for letter in ''.join(line):
            if letter not in missing and not _is_in_cp932(letter.translate(TWINS)):
                missing[letter] = number
    return missing


def _is_in_cp932(letter: str) -> bool:
    try:
        letter.encode('cp932')
    except UnicodeEncodeError:
        return False
    return True
