"""XLSX: what Excel finds in the file."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.sheet import Column, Kind, Orientation, SheetError
from app.documents.xlsx_writer import worksheet_name, xlsx_bytes
from tests.app.documents.examples import HARD_NAMES, hard_rows, run_record, trip

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
Cells = dict[str, tuple[str, str]]


def part(made: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314


def cells(made: bytes, number: int = 1) -> Cells:
    """Type and text of each cell that holds something, by its address."""
    found = part(made, f'xl/worksheets/sheet{number}.xml').iter(f'{MAIN}c')
    return {cell.attrib['r']: (cell.attrib.get('t', 'n'), ''.join(cell.itertext())) for cell in found if list(cell)}


def one_column(kind: Kind, *values: object) -> list[tuple[str, str]]:
    """The cells of a column with these values, in a sheet without anything else around it."""
    columns = (Column('value', '値', kind), Column('mark', '印'))
    rows = [{'value': value, 'mark': str(number)} for number, value in enumerate(values)]
    made = cells(xlsx_bytes([run_record(rows, columns=columns, signature_boxes=(), notes=())]))
    marks = sorted((int(text), address) for address, (_, text) in made.items() if address[0] == 'B' and text.isdigit())
    return [made.get(f'A{address[1:]}', ('', '')) for _, address in marks]


def test_the_block_on_top_tells_title_conditions_time_and_source() -> None:
    made = cells(xlsx_bytes([run_record()]))
    assert [made[f'A{row}'][1] for row in range(1, 6)] == [
        '運転日誌',
        '車両：金沢 500 あ 12-34',
        '期間：2026年4月',
        '作成日時：2026年5月1日(金) 9:05',
        '出典：まちばこ 第一本庁舎 運行記録',
    ]


def test_numbers_dates_and_times_have_the_types_that_excel_calculates_with() -> None:
    assert one_column(Kind.NUMBER, 0, -22261) == [('n', '0'), ('n', '-22261')]
    assert one_column(Kind.DECIMAL, Decimal('21.5')) == [('n', '21.5')]
    assert one_column(Kind.DATE, date(2026, 4, 1)) == [('n', '46113')]
    assert one_column(Kind.DURATION, timedelta(hours=36)) == [('n', '1.5')]


def test_not_entered_yet_is_an_empty_cell() -> None:
    assert one_column(Kind.NUMBER, None, 0) == [('', ''), ('n', '0')]


def test_what_excel_cannot_count_is_text_and_not_lost() -> None:
    assert one_column(Kind.NUMBER, 10**16) == [('inlineStr', '10,000,000,000,000,000')]
    assert one_column(Kind.DATE, date(1890, 1, 2)) == [('inlineStr', '1890/1/2(木)')]
    assert one_column(Kind.DURATION, -timedelta(minutes=30)) == [('inlineStr', '△0:30')]


@pytest.mark.parametrize('name', HARD_NAMES)
def test_a_hard_name_is_text_as_it_was_typed(name: str) -> None:
    assert one_column(Kind.TEXT, name) == [('inlineStr', name)]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_no_typed_text_becomes_a_formula_or_a_link_or_breaks_the_file(text: str) -> None:
    made = xlsx_bytes([run_record([trip(text)], title=text, conditions=((text, text),), notes=(text,))])
    page = part(made, 'xl/worksheets/sheet1.xml')
    assert not list(page.iter(f'{MAIN}f')) and not list(page.iter(f'{MAIN}hyperlink'))


def test_totals_are_numbers_and_a_column_without_any_entry_has_none() -> None:
    made = cells(xlsx_bytes([run_record([trip(distance=20), trip(distance=-5), trip(distance=None)])]))
    (row,) = [address[1:] for address, (_, text) in made.items() if text == '合計']
    assert made[f'F{row}'] == ('n', '15')
    assert f'G{row}' not in made


def test_each_group_has_its_band_and_its_sums() -> None:
    rows = [trip('甲', distance=1), trip('甲', distance=2), trip('乙', distance=4)]
    made = cells(xlsx_bytes([run_record(rows, group_by='driver')]))
    sums = [(made[f'A{address[1:]}'][1], text) for address, (_, text) in made.items() if address[0] == 'F']
    assert [text for name, text in sums if name == '小計'] == ['3', '4']
    assert [text for name, text in sums if name == '合計'] == ['7']


@pytest.mark.parametrize(('era', 'look'), [(False, '[$-411]yyyy/m/d(aaa)'), (True, '[$-411]ge.m.d(aaa)')])
def test_a_date_shows_its_weekday_and_the_era_on_request(era: bool, look: str) -> None:
    styles = part(xlsx_bytes([run_record([trip()], era=era)]), 'xl/styles.xml')
    assert look in {style.attrib['formatCode'] for style in styles.iter(f'{MAIN}numFmt')}


def test_it_prints_on_a4_with_repeated_headings() -> None:
    made = xlsx_bytes([run_record([trip()], orientation=Orientation.LANDSCAPE)])
    page = part(made, 'xl/worksheets/sheet1.xml')
    setup = page.find(f'{MAIN}pageSetup')
    assert setup is not None
    assert (setup.attrib['paperSize'], setup.attrib['orientation'], setup.attrib['fitToHeight']) == (
        '9',
        'landscape',
        '0',
    )
    names = [name.text for name in part(made, 'xl/workbook.xml').iter(f'{MAIN}definedName')]
    assert names and '$' in str(names[0])


def test_sheets_with_the_same_title_get_names_of_their_own() -> None:
    made = xlsx_bytes([run_record(), run_record(title='運転日誌'), run_record(title="a/b:c?*[]'" + 'あ' * 40)])
    names = [sheet.attrib['name'] for sheet in part(made, 'xl/workbook.xml').iter(f'{MAIN}sheet')]
    assert names[:2] == ['運転日誌', '運転日誌 (2)']
    assert len(names[2]) <= 31


@given(st.lists(st.text(max_size=40), max_size=10))
def test_names_of_worksheets_are_always_accepted(titles: list[str]) -> None:
    taken: set[str] = set()
    made = [worksheet_name(title, taken) for title in titles]
    assert len(taken) == len(titles)
    assert all(0 < len(name.encode('utf-16-le')) <= 62 and not set(name) & set("[]:*?/\\'") for name in made)


def test_hard_rows_are_all_there() -> None:
    made = cells(xlsx_bytes([run_record(hard_rows())]))
    assert {text for _, text in made.values()} >= set(HARD_NAMES)


def test_a_workbook_without_sheets_is_refused() -> None:
    with pytest.raises(SheetError):
        xlsx_bytes([])
