"""Reading a spreadsheet; runs in a child, and takes every file for hostile."""

import codecs
import csv
import io
import struct
from collections.abc import Mapping
from enum import StrEnum

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.documents.spreadsheet_cells import cell_text
from app.documents.spreadsheet_packages import Package, has_old_password, is_package

HEADER = struct.Struct('>Q')
"""Before the file: how many bytes its text may have."""
READ, REFUSED = b't', b'r'
MOST_UNPACKED_BYTES = 200 * 1024**2
MOST_CELLS_NAMED = 5


class Unread(StrEnum):
    """Why a spreadsheet was not read."""

    PASSWORD = 'password'  # noqa: S105 - no password, but that there is one
    BROKEN = 'broken'
    TOO_LARGE = 'too_large'
    BEYOND_LIMITS = 'beyond_limits'
    """The child ended: it wanted more memory or time than it may have, or the file broke it."""
    EMPTY = 'empty'
    ERROR_CELLS = 'error_cells'
    BUSY = 'busy'


class _Refused(Exception):
    def __init__(self, why: Unread, where: str = '') -> None:
        super().__init__(why.value)
        self.why = why
        self.where = where


def work(question: bytes) -> bytes:
    """The sheet as CSV after `READ`; or `REFUSED`, why, a blank and where."""
    (most_bytes,) = HEADER.unpack_from(question)
    try:
        return READ + _text(question[HEADER.size :], most_bytes)
    except _Refused as refused:
        return REFUSED + f'{refused.why} {refused.where}'.encode()


def _text(content: bytes, most_bytes: int) -> bytes:
    if has_old_password(content):
        raise _Refused(Unread.PASSWORD)
    try:
        package = Package.of(content) if is_package(content) else None
        _refuse_unreadable(package)
        sheet = _first_sheet(CalamineWorkbook.from_filelike(io.BytesIO(content)))
        _refuse_errors(package, sheet.name)
        return _csv(sheet, package.digits(sheet.name) if package else {}, most_bytes)
    except (_Refused, MemoryError):
        raise
    except Exception as error:
        raise _Refused(Unread.BROKEN) from error


def _refuse_unreadable(package: Package | None) -> None:
    if package and package.unpacked_bytes > MOST_UNPACKED_BYTES:
        raise _Refused(Unread.TOO_LARGE)
    if package and package.has_password:
        raise _Refused(Unread.PASSWORD)


def _first_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    for at, told in enumerate(workbook.sheets_metadata):
        if told.visible is not SheetVisibleEnum.Visible or told.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(at)
        if sheet.height:
            return sheet
    raise _Refused(Unread.EMPTY)


def _refuse_errors(package: Package | None, sheet: str) -> None:
    """Cells with errors are read as empty, and would erase what is known."""
    cells = package.error_cells(sheet, MOST_CELLS_NAMED) if package else []
    if cells:
        raise _Refused(Unread.ERROR_CELLS, '、'.join(cells))


def _csv(sheet: CalamineSheet, digits: Mapping[tuple[int, int], int], most_bytes: int) -> bytes:
    written = io.BytesIO()
    writer = csv.writer(codecs.getwriter('utf-8')(written))
    left = sheet.start[1] if sheet.start else 0
    for at, row in enumerate(sheet.iter_rows()):
        writer.writerow([cell_text(cell, digits.get((at, column), 0)) for column, cell in enumerate(row, start=left)])
        if written.tell() > most_bytes:
            raise _Refused(Unread.TOO_LARGE)
    return written.getvalue()
