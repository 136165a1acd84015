"""Reading 避難行動要支援者名簿 row by row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.vulnerable.list_reading import VulnerableListError, read_vulnerable_list
from tests.app.documents.workbooks import csv_as_workbook
from tests.app.shelters.vulnerable.scene import CSV

HEADER = '氏名,生年月日,住所,同意\n'


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
def test_a_list_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    read = read_vulnerable_list(CSV.encode(encoding))
    assert [one.name for one in read.entries] == ['金沢 花子', '髙田 一', '中村 ゆり']
    assert [one.birth_date for one in read.entries] == [date(1946, 3, 1), date(1980, 5, 5), date(1935, 1, 7)]
    assert [one.consent for one in read.entries] == [True, False, None]
    assert read.refused == ()


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    assert read_vulnerable_list(csv_as_workbook(CSV)) == read_vulnerable_list(CSV.encode())


def test_each_row_that_cannot_be_taken_is_told_with_its_line() -> None:
    rows = (
        'あ,1946-03-01,広坂1,有\n,1946-03-01,広坂1,有\nい,1946-13-01,広坂1,有\nう,,,有\nえ,,広坂2,たぶん\nお,,=1+1,有\n'
    )
    read = read_vulnerable_list((HEADER + rows + 'あ,1946-03-01,広坂1,無\n').encode())
    assert [one.name for one in read.entries] == ['あ']
    assert [row.line for row in read.refused] == [3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize(
    'content',
    [
        b'',
        b'PK\x03\x04rest',
        b'\xff\xfe\x00',
        '氏名,住所\nあ,い\n'.encode(),
        '氏名,氏名,生年月日,住所\n'.encode(),
        b'a\x00b',
    ],
)
def test_what_is_no_such_list_is_refused_whole(content: bytes) -> None:
    with pytest.raises(VulnerableListError):
        read_vulnerable_list(content)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (HEADER + text).encode()))
def test_whatever_is_sent_is_read_or_refused(content: bytes) -> None:
    try:
        read_vulnerable_list(content)
    except VulnerableListError as error:
        assert str(error)


def test_a_list_tells_nothing_in_its_repr() -> None:
    assert '花子' not in repr(read_vulnerable_list(CSV.encode()))
