"""Charts on paper, read back as the XML that they are."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.chart_svg import chart_svg, ticks
from app.documents.charts import Chart, HeatChart, LineChart, Series, Stroke
from app.documents.csv_writer import csv_bytes
from app.documents.pdf_writer import pdf_bytes
from tests.app.documents.examples import run_record, trip
from tests.app.documents.test_pdf import squeezed, text_of

SVG = '{http://www.w3.org/2000/svg}'
LINES = LineChart(
    title='台数 <と> 件数 & "年間"',
    across=('9', '10', '11'),
    across_title='台',
    up_title='件',
    series=(Series(name='実績', values=(12.0, 3.0, 0.0)), Series(name='予約', values=(9, 4, 1), stroke=Stroke.DASHED)),
    marked=((1, 'いま'),),
)
HEAT = HeatChart(title='曜日', across=('8時', '9時'), down=('月', '火'), values=((1.25, 2.0), (None, 0.0)))


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(chart))  # noqa: S314 - made here


def words_of(chart: Chart) -> list[str]:
    return [found.text for found in drawn(chart).iter(f'{SVG}text') if found.text]


def test_a_chart_names_its_axes_its_lines_and_what_is_marked_and_takes_no_markup_from_words() -> None:
    assert {'台数 <と> 件数 & "年間"', '9', '10', '11', '台', '件', '実績', '予約', 'いま'} <= set(words_of(LINES))


def test_lines_differ_without_colour() -> None:
    dashes = [line.get('stroke-dasharray') for line in drawn(LINES).iter(f'{SVG}polyline')]
    assert len(set(dashes)) == len(LINES.series)
    assert {line.get('stroke') for line in drawn(LINES).iter(f'{SVG}polyline')} == {'#000000'}


def test_the_grid_has_every_value_in_it_and_is_darkest_where_it_is_highest() -> None:
    assert {'1.2', '2.0', '0.0', '8時', '9時', '月', '火'} <= set(words_of(HEAT))
    fills = [str(cell.get('fill')) for cell in drawn(HEAT).iter(f'{SVG}rect')]
    assert min(fills) == fills[1]
    assert fills[2:] == ['#ffffff', '#ffffff']


@pytest.mark.parametrize('most', [0.0, 3.0])
def test_a_chart_without_anything_in_it_is_drawn_too(most: float) -> None:
    one = LineChart(title='', across=('1',), across_title='', up_title='', series=(Series(name='', values=(most,)),))
    empty = HeatChart(title='', across=(), down=('月',), values=((),))
    assert drawn(one).tag == drawn(empty).tag == f'{SVG}svg'


@given(st.floats(min_value=0, max_value=1e12))
def test_the_axis_has_few_round_ticks_from_zero_to_the_highest_value(most: float) -> None:
    found = ticks(most)
    assert found[0] == 0
    assert found[-1] >= most * (1 - 1e-6) - 1e-6
    assert 2 <= len(found) <= 8


def test_charts_stand_above_the_table_on_paper_and_not_in_files(tmp_path: Path) -> None:
    sheet = run_record([trip()], charts=(LINES, HEAT))
    page = squeezed(''.join(text_of(pdf_bytes([sheet]), tmp_path)))

    assert '台数<と>件数&"年間"' in page
    assert page.index('予約') < page.index('運転者')
    assert '年間' not in csv_bytes(sheet).decode()
