"""XLSX with real types, ready to print on A4, and never a formula."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.documents.cells import clean_text, cut_to
from app.documents.printed import made_at
from app.documents.sheet import Column, Orientation, Sheet, SheetError
from app.documents.sums import Band, Line, Part, Total, parts
from app.documents.widths import half_widths, usual_width
from app.documents.xlsx_cells import Formats, write_value
from app.language import _

A4 = 9
MOST_ROWS = 1_048_000
MOST_WORKSHEETS = 500
NARROWEST, WIDEST = 5, 60
NAME_LENGTH = 31
SEAL_HEIGHT = 42
SEAL_HEADING_HEIGHT = 30
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WITHOUT_GUESSING = {
    'constant_memory': True,
    'strings_to_formulas': False,
    'strings_to_numbers': False,
    'strings_to_urls': False,
}


class TooManyWorksheets(SheetError):
    """More worksheets than can be made at once: each keeps a file open while it is written."""


class TooManyRows(SheetError):
    """More rows than a worksheet of Excel can hold (1,048,576); CSV can."""


def xlsx_bytes(sheets: Iterable[Sheet]) -> bytes:
    """One workbook with a worksheet for each sheet, in the order given. Takes seconds for many rows: run in a child.

    Raises:
        SheetError: a value does not fit its column, there is no sheet, or too many rows or sheets.
    """
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, dict(_WITHOUT_GUESSING))
    names: set[str] = set()
    try:
        for sheet in sheets:
            if len(names) == MOST_WORKSHEETS:
                raise TooManyWorksheets(f'more than {MOST_WORKSHEETS}')
            _Writer(workbook, sheet, worksheet_name(sheet.title, names)).write()
        if not names:
            raise SheetError('no sheet')
    finally:
        workbook.close()
    return written.getvalue()


def worksheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts, unlike those taken; adds it to them."""
    plain = _FORBIDDEN_IN_NAMES.sub(' ', clean_text(title).replace('\n', ' ')).strip() or 'Sheet'
    name, number = cut_to(plain, NAME_LENGTH).strip(), 1
    while name.casefold() in taken or name.casefold() == 'history':
        number += 1
        ending = f' ({number})'
        name = cut_to(plain, NAME_LENGTH - len(ending)).strip() + ending
    taken.add(name.casefold())
    return name


@dataclass(slots=True)
class _Writer:
    workbook: Workbook
    sheet: Sheet
    name: str

    def write(self) -> None:
        page = self.workbook.add_worksheet(self.name)
        formats = Formats(self.workbook, self.sheet.era)
        first_of_head = self._write_block(page, formats)
        first_of_body = self._write_head(page, formats, first_of_head)
        after_body, widths = self._write_body(page, formats, first_of_body)
        for number, note in enumerate(self.sheet.notes):
            page.write_string(after_body + 1 + number, 0, clean_text(note))
        _set_up_paper(page, self.sheet.orientation, first_of_head, first_of_body)
        for index, column in enumerate(self.sheet.columns):
            page.set_column(index, index, _column_width(column, widths[index]))

    def _write_block(self, page: Worksheet, formats: Formats) -> int:
        page.write_string(0, 0, clean_text(self.sheet.title), formats.title)
        made = (_('作成日時'), made_at(self.sheet))
        told = (*self.sheet.conditions, made, (_('出典'), self.sheet.source))
        for row, (label, value) in enumerate(told, 1):
            page.write_string(row, 0, f'{clean_text(label)}：{clean_text(value)}')
        row = len(told) + 2
        return self._write_seals(page, formats, row) if self.sheet.signature_boxes else row

    def _write_seals(self, page: Worksheet, formats: Formats, row: int) -> int:
        for index, heading in enumerate(self.sheet.signature_boxes):
            page.write_string(row, index, clean_text(heading), formats.head)
        page.set_row(row, SEAL_HEADING_HEIGHT)
        page.set_row(row + 1, SEAL_HEIGHT)
        for index in range(len(self.sheet.signature_boxes)):
            page.write_blank(row + 1, index, None, formats.text)
        return row + 3

    def _write_head(self, page: Worksheet, formats: Formats, row: int) -> int:
        if any(column.group for column in self.sheet.columns):
            for index, column in enumerate(self.sheet.columns):
                continues = index > 0 and self.sheet.columns[index - 1].group == column.group
                page.write_string(row, index, '' if continues else clean_text(column.group), formats.head)
            row += 1
        for index, column in enumerate(self.sheet.columns):
            page.write_string(row, index, clean_text(column.heading), formats.head)
        return row + 1

    def _write_body(self, page: Worksheet, formats: Formats, row: int) -> tuple[int, list[int]]:
        widths = [half_widths(column.heading) for column in self.sheet.columns]
        for part in parts(self.sheet):
            if row > MOST_ROWS:
                raise TooManyRows(self.sheet.title)
            self._write_part(page, formats, row, part, widths)
            row += 1
        return row, widths

    def _write_part(self, page: Worksheet, formats: Formats, row: int, part: Part, widths: list[int]) -> None:
        if isinstance(part, Band):
            band = next(column for column in self.sheet.columns if column.key == self.sheet.group_by)
            write_value(page, formats, row, 0, band, part.name, strong=True)
            return
        labelled = False
        for index, (column, value) in enumerate(zip(self.sheet.columns, part.values, strict=True)):
            if isinstance(part, Total) and not column.total:
                page.write_string(row, index, '' if labelled else _total_name(part), formats.strong)
                labelled = True
                continue
            width = write_value(page, formats, row, index, column, value, strong=isinstance(part, Total))
            widths[index] = max(widths[index], width if isinstance(part, Line) else 0)


def _total_name(total: Total) -> str:
    return _('小計') if total.of_group else _('合計')


def _column_width(column: Column, seen: int) -> float:
    asked = usual_width(column)
    wide = seen if column.width is None else 0
    return min(max(NARROWEST, wide, (asked or 0) * 2) + 1.5, WIDEST)


def _set_up_paper(page: Worksheet, orientation: Orientation, first_of_head: int, first_of_body: int) -> None:
    page.set_paper(A4)
    if orientation is Orientation.LANDSCAPE:
        page.set_landscape()
    page.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.set_footer('&C&P / &N')
    page.repeat_rows(first_of_head, first_of_body - 1)
    page.freeze_panes(first_of_body, 0)
