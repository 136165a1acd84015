"""CSV that Excel and other systems read."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.csv_writer import ROWS_AT_ONCE, Encoding, NotInCp932, csv_bytes, csv_chunks
from app.documents.sheet import Column, Kind, NoColumns, Sheet, WrongCell
from tests.app.documents.examples import MADE_AT, hard_rows, run_record, trip


def read(made: bytes, encoding: str = 'utf-8-sig') -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode(encoding), newline=''), strict=True))


def names(*texts: str) -> Sheet:
    rows = [{'name': text} for text in texts]
    return run_record(rows, columns=(Column('name', '氏名'),))


def test_the_first_line_names_the_columns_with_their_group() -> None:
    assert read(csv_bytes(run_record()))[0][2:5] == ['出発 時刻', '出発 メーター', '帰着 時刻']


def test_not_entered_yet_is_empty_and_zero_is_zero() -> None:
    lines = read(csv_bytes(run_record([trip(distance=None), trip(distance=0)])))
    assert [line[5] for line in lines[1:]] == ['', '0']


def test_negative_numbers_stay_numbers() -> None:
    assert read(csv_bytes(run_record([trip(distance=-22261)])))[1][5] == '-22261'


def test_a_moment_is_written_in_tokyo() -> None:
    sheet = run_record([{'at': MADE_AT}], columns=(Column('at', '日時', Kind.DATETIME),))
    assert read(csv_bytes(sheet))[1] == ['2026-05-01 09:05:00']


def test_the_file_begins_with_the_mark_that_excel_knows_and_ends_lines_with_crlf() -> None:
    made = csv_bytes(run_record([trip()]))
    assert made.startswith(b'\xef\xbb\xbf') and made.endswith(b'\r\n')
    assert made.count(b'\n') == made.count(b'\r\n') == 2


def test_line_breaks_and_quotes_stay_within_their_cell() -> None:
    assert read(csv_bytes(names('一行目\n"二行目",三')))[1] == ['一行目\n"二行目",三']


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=30), max_size=8))
def test_every_typed_text_stays_one_cell_that_is_no_formula(texts: list[str]) -> None:
    lines = read(csv_bytes(names(*texts)))
    assert len(lines) == len(texts) + 1
    assert all(len(line) == 1 or line == [] for line in lines)
    assert not any(line and line[0].startswith(tuple('=+-@\t\r\0＝＋－＠')) for line in lines)


def test_shift_jis_has_no_mark_and_takes_the_wave_dash_of_both_kinds() -> None:
    made = csv_bytes(names('4月〜5月', '①髙橋㈱'), Encoding.CP932)
    assert read(made, 'cp932')[1:] == [['4月～5月'], ['①髙橋㈱']]


def test_letters_that_shift_jis_lacks_are_named_with_their_row() -> None:
    with pytest.raises(NotInCp932) as refused:
        csv_bytes(names('山田', '𠮷野', '佐藤😀', '𠮷田'), Encoding.CP932)
    assert refused.value.letters == {'𠮷': 2, '😀': 3}


def test_the_row_is_right_in_a_later_piece() -> None:
    with pytest.raises(NotInCp932) as refused:
        csv_bytes(names(*['山田'] * ROWS_AT_ONCE * 2, '𠮷野'), Encoding.CP932)
    assert refused.value.letters == {'𠮷': ROWS_AT_ONCE * 2 + 1}


def test_a_long_export_comes_in_pieces() -> None:
    chunks = list(csv_chunks(names(*['山田'] * ROWS_AT_ONCE * 3)))
    assert len(chunks) > 3
    assert len(read(b''.join(chunks))) == ROWS_AT_ONCE * 3 + 1


@pytest.mark.parametrize(
    ('key', 'value'),
    [('distance', '20'), ('distance', True), ('day', MADE_AT), ('fuel', float('nan')), ('note', 3)],
)
def test_a_value_that_does_not_fit_its_column_is_named(key: str, value: Any) -> None:
    with pytest.raises(WrongCell) as refused:
        csv_bytes(run_record([trip(), trip(**{key: value})]))
    assert (refused.value.key, refused.value.row) == (key, 2)


def test_a_missing_value_is_not_taken_for_not_entered() -> None:
    with pytest.raises(WrongCell):
        csv_bytes(run_record([{'day': None}]))


def test_columns_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(NoColumns):
        csv_bytes(run_record(columns=(Column('a', 'A'), Column('a', 'B'))))


def test_the_hard_rows_are_all_there() -> None:
    assert len(read(csv_bytes(run_record(hard_rows())))) == len(hard_rows()) + 1
