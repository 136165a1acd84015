"""Single cells of a worksheet."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.documents.dates import in_tokyo
from app.documents.printed import printed
from app.documents.sheet import Column, Kind, Value
from app.documents.widths import half_widths

FONT = 'BIZ UDPGothic'
LARGEST_EXACT = 10**15
"""Excel keeps 15 digits; longer numbers are written as text so that none is lost."""
FIRST_DATE = date(1900, 3, 1)
"""Before it, Excel counts a day that never was."""
_NUMBER_FORMATS = {
    Kind.DATE: '[$-411]yyyy/m/d(aaa)',
    Kind.TIME: '[h]:mm',
    Kind.DATETIME: '[$-411]yyyy/m/d(aaa) h:mm',
    Kind.DURATION: '[h]:mm',
}
"""With `[$-411]`, because LibreOffice in another language counts `aaa` by another calendar."""


@dataclass(slots=True)
class Formats:
    """The looks of cells in one workbook."""

    workbook: Workbook
    era: bool = False
    title: Format = field(init=False)
    head: Format = field(init=False)
    text: Format = field(init=False)
    strong: Format = field(init=False)
    _made: dict[tuple[str, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        add = self.workbook.add_format
        self.title = add({'font_name': FONT, 'font_size': 14, 'bold': True})
        self.head = add(
            {
                **{'font_name': FONT, 'bold': True, 'border': 1, 'bg_color': '#EEEEEE'},
                **{'align': 'center', 'valign': 'vcenter', 'text_wrap': True},
            }
        )
        self.text = self._cell('', strong=False)
        self.strong = self._cell('', strong=True)

    def of(self, column: Column, *, strong: bool) -> Format:
        """The look of a value of this column."""
        return self._cell(_number_format(column, era=self.era), strong=strong)

    def _cell(self, number_format: str, *, strong: bool) -> Format:
        made = self._made.get((number_format, strong))
        if made is None:
            look = {'font_name': FONT, 'border': 1, 'valign': 'vcenter', 'text_wrap': not number_format, 'bold': strong}
            made = self.workbook.add_format({**look, 'num_format': number_format or '@'})
            self._made[number_format, strong] = made
        return made


def write_value(
    page: Worksheet, formats: Formats, row: int, index: int, column: Column, value: Value, *, strong: bool = False
) -> int:
    """Write with the type that Excel calculates with, and answer the width in half-width characters."""
    look = formats.of(column, strong=strong)
    text = printed(column, value)
    if value is None:
        page.write_blank(row, index, None, look)
    elif isinstance(value, bool | str) or not _excel_knows(value):
        page.write_string(row, index, text, formats.strong if strong else formats.text)
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, index, float(value) if isinstance(value, Decimal) else value, look)
    else:
        page.write_datetime(row, index, _without_zone(value), look)
    return half_widths(text)


def _excel_knows(value: int | float | Decimal | date | time | timedelta) -> bool:
    if isinstance(value, int | float | Decimal):
        return -LARGEST_EXACT < value < LARGEST_EXACT
    if isinstance(value, timedelta):
        return value >= timedelta(0)
    if isinstance(value, datetime):
        return in_tokyo(value).date() >= FIRST_DATE
    return not isinstance(value, date) or value >= FIRST_DATE


def _without_zone(value: date | time | timedelta) -> date | time | timedelta:
    return in_tokyo(value).replace(tzinfo=None) if isinstance(value, datetime) else value


def _number_format(column: Column, *, era: bool) -> str:
    if column.kind is Kind.NUMBER:
        return '#,##0;△#,##0'
    if column.kind is Kind.DECIMAL:
        decimals = f'.{"0" * column.decimals}' if column.decimals else ''
        return f'#,##0{decimals};△#,##0{decimals}'
    known = _NUMBER_FORMATS.get(column.kind, '')
    return known.replace('yyyy/m/d', 'ge.m.d') if era else known
