import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from app.documents import spreadsheet_reading, spreadsheet_work
from app.documents.list_rows import list_rows
from app.documents.spreadsheet_cells import Cell, cell_text
from app.documents.spreadsheet_reading import LIMITS, SpreadsheetUnread, spreadsheet_text, unread_words
from app.documents.spreadsheet_work import HEADER, READ, REFUSED, Unread
from tests.app.documents.workbooks import as_workbook, changed, padded, workbook

LARGE = 1_000_000
FILES = Path(__file__).parent / 'spreadsheets'
SHEET, STRINGS = 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml'
OLE_START = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 504
LETTERS = st.characters(codec='utf-8', exclude_categories=('Cc', 'Cs'), exclude_characters='\ufffe\uffff')


def rows_of(content: bytes, most: int = LARGE) -> list[list[str]]:
    answer = spreadsheet_work.work(HEADER.pack(most) + content)
    assert answer.startswith(READ), answer
    return list(csv.reader(io.StringIO(answer[1:].decode(), newline=''), strict=True))


def refusal_of(content: bytes, most: int = LARGE) -> list[str]:
    answer = spreadsheet_work.work(HEADER.pack(most) + content)
    assert answer.startswith(REFUSED)
    return answer[1:].decode().split(' ', maxsplit=1)


def test_a_sheet_is_read_in_a_child_as_numbered_rows() -> None:
    rows = list_rows(as_workbook([('職員番号', '氏名'), (1001, '髙橋 "花子",\n様')]), LARGE)
    assert list(rows) == [(1, ['職員番号', '氏名']), (2, ['1001', '髙橋 "花子",\n様'])]


@pytest.mark.parametrize('name', ['list.xls', 'list.ods'])
def test_the_older_form_and_the_open_one_are_read_too(name: str) -> None:
    heading, row, *_rest = rows_of((FILES / name).read_bytes())
    assert heading[:5] == ['職員番号', '氏名', 'フリガナ', '所属', '採用日']
    assert (row[0], row[3], row[4]) == ('1001', '市民課', '2026-04-01')


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.text(LETTERS, max_size=8), min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_table_that_was_written_reads_back(table: list[list[str]]) -> None:
    heading = ['職員番号', '氏名', '所属']

    def fill(sheet: Worksheet) -> None:
        for at, row in enumerate([heading, *table]):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)

    assert rows_of(workbook(fill)) == [heading, *table]


@pytest.mark.parametrize(
    ('cell', 'text'),
    [
        (1001.0, '1001'),
        (-3.0, '-3'),
        (136.65622, '136.65622'),
        (46112.35416666666, '46112.3541666667'),
        (9_012_345_678.0, '9012345678'),
        (1e20, '100000000000000000000'),
        (0.5, '0.5'),
        (7, '7'),
        ('0007', '0007'),
        ('a\0b', 'ab'),
        (True, 'TRUE'),
        (date(2027, 3, 31), '2027-03-31'),
        (datetime.fromisoformat('2027-03-31'), '2027-03-31'),
        (datetime.fromisoformat('2027-03-31 08:30'), '2027-03-31 08:30'),
        (datetime.fromisoformat('2027-03-31 08:29:59.999600'), '2027-03-31 08:30'),
        (datetime.fromisoformat('2027-03-31 08:30:05'), '2027-03-31 08:30:05'),
        (time(8, 30), '08:30'),
        (timedelta(hours=26, minutes=5), '26:05'),
        (timedelta(minutes=-90), '-1:30'),
    ],
)
def test_a_cell_reads_as_somebody_would_have_typed_it(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize(
    'form', ['yyyy/m/d', 'yyyy"年"m"月"d"日"', '[$-ja-JP-x-gannen]ggge"年"m"月"d"日";@', '[$-411]ge.m.d;@', 31, 57, 58]
)
def test_a_day_is_a_day_in_each_form_of_a_japanese_spreadsheet(form: str | int) -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet().write_datetime(
            0, 0, datetime.fromisoformat('2027-03-31'), book.add_format({'num_format': form})
        )
    assert rows_of(written.getvalue()) == [['2027-03-31']]


def test_a_number_keeps_the_zeros_with_which_it_is_shown() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet, five = book.add_worksheet(), book.add_format({'num_format': '00000'})
        sheet.write_row('B2', [7, 123456, '0007', 'A7'], five)
        sheet.write('B3', 7)
    assert rows_of(written.getvalue())[1:] == [['00007', '123456', '0007', 'A7'], ['7', '', '', '']]


def test_merged_cells_have_their_value_once_and_a_formula_its_last_result() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 1, 1, '市民課')
        sheet.write_formula(0, 2, '=1+1', None, 2)

    assert rows_of(workbook(fill)) == [['市民課', '', '2']]


def test_rows_keep_their_numbers_below_blank_ones() -> None:
    assert rows_of(workbook(lambda sheet: sheet.write('B3', '氏名')))[2] == ['氏名']


def test_the_first_sheet_that_is_shown_and_filled_is_taken() -> None:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        book.add_worksheet('選択肢').write(0, 0, '隠れた一覧')
        book.add_worksheet('空')
        shown = book.add_worksheet('職員')
        shown.write(0, 0, '職員番号')
        shown.activate()
        book.get_worksheet_by_name('選択肢').hide()
    assert rows_of(written.getvalue()) == [['職員番号']]


def test_cells_with_errors_are_named() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write(0, 0, '所属')
        sheet.write_formula('B3', '=VLOOKUP(1,X:X,1)', None, '#N/A')
        sheet.write_formula('AA12', '=1/0', None, '#DIV/0!')

    assert refusal_of(workbook(fill)) == [Unread.ERROR_CELLS, 'B3、AA12']


@pytest.mark.parametrize(
    ('content', 'why'),
    [
        (OLE_START + 'EncryptedPackage'.encode('utf-16-le'), Unread.PASSWORD),
        (OLE_START + b'\x09\x08\x10\x00\x00\x06' + b'\0' * 14 + b'\x2f\x00', Unread.PASSWORD),
        (OLE_START, Unread.BROKEN),
        (as_workbook([('氏名',)])[:-300], Unread.BROKEN),
        (as_workbook([('氏名',)]).replace(b'xl/', b'wo/'), Unread.BROKEN),
        (changed(as_workbook([('氏名',)]), SHEET, lambda part: part[:-40]), Unread.BROKEN),
        (changed((FILES / 'list.ods').read_bytes(), 'META-INF/manifest.xml', lambda _: b'encryption-data'), 'password'),
        (as_workbook([]), Unread.EMPTY),
        (as_workbook([('氏名' * 1000,)] * 1000), Unread.TOO_LARGE),
    ],
)
def test_what_cannot_be_read_is_told_by_its_reason(content: bytes, why: str) -> None:
    assert refusal_of(content) == [why, '']


def test_what_would_unpack_to_more_than_a_list_can_be_is_not_unpacked() -> None:
    bomb = padded(as_workbook([('氏名',)]), spreadsheet_work.MOST_UNPACKED_BYTES)
    assert len(bomb) < LARGE
    assert refusal_of(bomb) == [Unread.TOO_LARGE, '']


def repeated(part: bytes) -> bytes:
    row = ''.join(f'<c r="{column}%d" t="s"><v>0</v></c>' for column in 'ABCDEFGH')
    more = ''.join(f'<row r="{at}">{row.replace("%d", str(at))}</row>' for at in range(2, 4000))
    return part.replace(b'</sheetData>', more.encode() + b'</sheetData>')


def far_cell(sheet: Worksheet) -> None:
    sheet.write('A1', '氏名')
    sheet.write('XFD1048576', '迷子')


@pytest.mark.parametrize(
    'bomb',
    [
        lambda: workbook(far_cell),
        lambda: changed(workbook(lambda sheet: sheet.write_string(0, 0, '市' * 32_000)), SHEET, repeated),
    ],
    ids=['a cell at the far end', 'one long text in every cell'],
)
def test_what_wants_more_memory_than_it_may_have_ends_only_its_child(bomb: Callable[[], bytes]) -> None:
    small = replace(LIMITS, memory_bytes=400 * 1024**2)
    with pytest.raises(SpreadsheetUnread) as refused:
        spreadsheet_text(bomb(), LARGE, small)
    assert refused.value.why is Unread.BEYOND_LIMITS
    assert spreadsheet_text(as_workbook([('氏名',)]), LARGE, small) == '氏名\r\n'


def test_whoever_comes_while_others_are_read_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet_reading, 'WAITING_SECONDS', 0)
    with spreadsheet_reading._one_at_a_time, pytest.raises(SpreadsheetUnread, match=Unread.BUSY):
        spreadsheet_text(as_workbook([('氏名',)]), LARGE)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b'PK\x03\x04', b'\xd0\xcf\x11\xe0'):
        assert refusal_of(start + content)[0] in set(Unread)


def test_every_refusal_says_what_to_do() -> None:
    assert unread_words().keys() == set(Unread)
    assert 'B3' in SpreadsheetUnread(Unread.ERROR_CELLS, 'B3').told()
