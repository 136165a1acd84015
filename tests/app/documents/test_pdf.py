"""PDF: what poppler and a person find on the pages."""

import re
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.documents.codes import sign_code
from app.documents.labels import PAPERS, Label, LabelPaper, labels_pdf
from app.documents.pdf_writer import MOST_CELLS, pdf_bytes
from app.documents.sheet import Column, Kind, Orientation, SheetError, TooLong, TooWide
from tests.app.documents.examples import COLUMNS, HARD_NAMES, hard_rows, run_record, trip


def text_of(made: bytes, tmp_path: Path) -> list[str]:
    """The text of each page."""
    file = tmp_path / 'made.pdf'
    file.write_bytes(made)
    told = subprocess.run(['pdftotext', '-layout', file, '-'], capture_output=True, check=True)
    return told.stdout.decode().split('\f')[:-1]


def squeezed(text: str) -> str:
    """Without blanks and places to break, which the width of columns decides."""
    return re.sub(r'[\s\u200b]+', '', text)


def test_a_page_tells_title_conditions_time_source_and_its_number(tmp_path: Path) -> None:
    (page,) = text_of(pdf_bytes([run_record([trip()])]), tmp_path)
    told = squeezed(page)
    for expected in (
        '運転日誌',
        '車両金沢500あ12-34',
        '作成日時2026年5月1日(金)9:05',
        '出典まちばこ第一本庁舎運行記録',
        '1/1',
        '安全運転管理者',
        '道路交通法施行規則第9条の10',
    ):
        assert expected in told


def test_headings_are_repeated_and_pages_are_counted_for_each_sheet(tmp_path: Path) -> None:
    pages = text_of(pdf_bytes([run_record([trip()] * 60), run_record([trip()])]), tmp_path)
    assert all('運転者' in page and '運転日誌' in page for page in pages)
    numbers = [found for page in pages for found in re.findall(r'  (\d) ?/ ?(\d)  ', page)]
    assert numbers == [('1', '3'), ('2', '3'), ('3', '3'), ('1', '1')]
    assert '期間 2026年4月' not in pages[3].splitlines()[0]


def test_not_entered_yet_is_blank_and_zero_is_zero_and_negative_is_a_triangle(tmp_path: Path) -> None:
    columns = (Column('name', '名'), Column('value', '数', Kind.NUMBER))
    rows = [{'name': 'なし', 'value': None}, {'name': 'ゼロ', 'value': 0}, {'name': '負', 'value': -22261}]
    (page,) = text_of(pdf_bytes([run_record(rows, columns=columns, signature_boxes=())]), tmp_path)
    lines = [' '.join(line.split()) for line in page.splitlines()]
    assert 'なし' in lines and 'ゼロ 0' in lines and '負 △22,261' in lines


def test_sums_stand_under_their_columns(tmp_path: Path) -> None:
    rows = [trip('甲', distance=1), trip('甲', distance=2), trip('乙', distance=4)]
    (page,) = text_of(pdf_bytes([run_record(rows, group_by='driver')]), tmp_path)
    lines = [line.split() for line in page.splitlines() if '計' in line and '数' not in line]
    assert [line for line in lines if line[0] in ('小計', '合計')] == [['小計', '3'], ['小計', '4'], ['合計', '7']]


@pytest.mark.parametrize('name', [name for name in HARD_NAMES if not re.search(r'[\u0590-\u05ff]', name)])
def test_a_hard_name_is_printed_as_it_was_typed(name: str, tmp_path: Path) -> None:
    columns = (Column('name', '氏名', width=12), Column('note', '備考'))
    sheet = run_record([{'name': name, 'note': ''}], columns=columns, title='名簿', signature_boxes=(), notes=())
    told = squeezed(''.join(text_of(pdf_bytes([sheet]), tmp_path)))
    without_selectors = re.sub('[\U000e0100-\U000e01ef]', '', squeezed(name))
    assert without_selectors in re.sub('[\U000e0100-\U000e01ef]', '', told)


def test_markup_is_data_everywhere_on_the_page(tmp_path: Path) -> None:
    typed = '#panic("x") *b* $1$ ]'
    sheet = run_record(
        [trip(typed, note=typed)],
        title=typed,
        source=typed,
        conditions=((typed, typed),),
        notes=(typed,),
        signature_boxes=(typed,),
        columns=(Column('driver', typed), Column('note', '備考', group=typed)),
    )
    told = squeezed(''.join(text_of(pdf_bytes([sheet]), tmp_path)))
    assert told.count(squeezed(typed)) >= 7


def test_letters_of_every_direction_come_out(tmp_path: Path) -> None:
    told = ''.join(text_of(pdf_bytes([run_record(hard_rows(), orientation=Orientation.PORTRAIT)]), tmp_path))
    assert 'םולש' in told or 'שלום' in told


def test_no_text_runs_out_of_the_paper(tmp_path: Path) -> None:
    file = tmp_path / 'made.pdf'
    file.write_bytes(pdf_bytes([run_record([trip('W' * 100, note='M' * 300, distance=10**12)])]))
    told = subprocess.run(['pdftotext', '-bbox', file, '-'], capture_output=True, check=True).stdout.decode()
    width = float(re.search(r'<page width="([\d.]+)"', told)[1])  # type: ignore[index]
    edges = [float(edge) for edge in re.findall(r'xMax="([\d.]+)"', told)]
    assert edges and max(edges) < width - 25


def test_columns_get_smaller_letters_until_they_fit_or_are_refused() -> None:
    def wide(count: int) -> bytes:
        columns = tuple(Column(f'c{number}', '列', Kind.DATE) for number in range(count))
        return pdf_bytes([run_record([{f'c{number}': None for number in range(count)}], columns=columns)])

    assert wide(13)
    with pytest.raises(TooWide):
        wide(40)


def test_a_sheet_without_rows_says_so(tmp_path: Path) -> None:
    (page,) = text_of(pdf_bytes([run_record()]), tmp_path)
    assert '該当する記録はありません' in page


def test_every_font_is_embedded(tmp_path: Path) -> None:
    file = tmp_path / 'made.pdf'
    file.write_bytes(pdf_bytes([run_record([trip()])]))
    fonts = subprocess.run(['pdffonts', file], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert fonts and all('BIZUDPGothic' in font and ' yes yes ' in font for font in fonts)


def test_more_than_can_be_printed_is_refused_before_it_is_tried() -> None:
    rows = [trip()] * (MOST_CELLS // len(COLUMNS) // 2)
    with pytest.raises(TooLong):
        pdf_bytes([run_record(rows), run_record(rows)])


def test_the_same_sheet_gives_the_same_file() -> None:
    assert pdf_bytes([run_record([trip()])]) == pdf_bytes([run_record([trip()])])


def test_a_few_pages_carry_tags_for_screen_readers() -> None:
    assert b'/StructTreeRoot' in pdf_bytes([run_record([trip()])])


def test_a_file_without_sheets_is_refused() -> None:
    with pytest.raises(SheetError):
        pdf_bytes([])


@pytest.mark.parametrize('paper', PAPERS.values(), ids=PAPERS)
def test_labels_lie_on_the_paper_and_do_not_overlap(paper: LabelPaper) -> None:
    assert paper.pitch_x >= paper.width and paper.pitch_y >= paper.height
    assert 0 <= paper.left and paper.left + (paper.columns - 1) * paper.pitch_x + paper.width <= 210.01
    assert 0 <= paper.top and paper.top + (paper.rows - 1) * paper.pitch_y + paper.height <= 297.01


def test_labels_leave_out_used_places_and_their_codes_are_read(tmp_path: Path) -> None:
    code = sign_code(b'secret', 'KEY', 'car-12', None)
    file = tmp_path / 'labels.pdf'
    file.write_bytes(labels_pdf(PAPERS['24'], [Label(('公用車12号', '金沢 500 あ 12-34'), code)], used=4))
    told = subprocess.run(['pdftotext', '-bbox', file, '-'], capture_output=True, check=True).stdout.decode()
    x, y = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>公用車12号', told).groups()  # type: ignore[union-attr]
    assert (float(x) / 72 * 25.4 // 66, (float(y) / 72 * 25.4 - 12.9) // 33.9) == (1, 1)
    subprocess.run(['pdftoppm', '-r', '200', '-png', '-singlefile', file, tmp_path / 'page'], check=True)
    picture = cv2.imdecode(np.fromfile(tmp_path / 'page.png', np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert cv2.QRCodeDetector().detectAndDecode(picture)[0] == code


def test_labels_go_on_the_next_sheet_when_one_is_full(tmp_path: Path) -> None:
    labels = [Label((f'札{number}', name)) for number in range(6) for name in HARD_NAMES]
    pages = text_of(labels_pdf(PAPERS['44'], labels, used=4), tmp_path)
    assert [('札0' in page, '札5' in page) for page in pages] == [(True, False), (False, True)]


def test_more_used_places_than_the_sheet_has_are_refused() -> None:
    with pytest.raises(SheetError):
        labels_pdf(PAPERS['24'], [Label(('x',))], used=24)
