"""Workbooks for tests, as a spreadsheet program writes them, and changed by hand."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MEGABYTE = 1024**2


def as_workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with these rows."""
    return workbook(lambda sheet: [sheet.write_row(at, 0, row) for at, row in enumerate(rows)])


def csv_as_workbook(text: str) -> bytes:
    """The same list as somebody would have typed it into a spreadsheet: every cell a text."""
    return as_workbook([line.split(',') for line in text.splitlines()])


def workbook(fill: Callable[[Worksheet], object]) -> bytes:
    """One sheet, filled by a function."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {'in_memory': True}) as book:
        fill(book.add_worksheet())
    return written.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A package with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for entry in archive.infolist():
                told = archive.read(entry)
                copy.writestr(entry.filename, change(told) if entry.filename == part else told)
    return written.getvalue()


def padded(content: bytes, size: int) -> bytes:
    """A package with one more part, of so many bytes when it is unpacked."""
    written = io.BytesIO(content)
    with zipfile.ZipFile(written, 'a', zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open('xl/padding.xml', 'w') as part:
            for _megabyte in range(size // MEGABYTE + 1):
                part.write(bytes(MEGABYTE))
    return written.getvalue()
