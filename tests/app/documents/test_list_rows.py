import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.list_rows import NotAList, heading_of, list_rows, list_text

LARGE = 1000


@given(st.text(alphabet=st.characters(codec='utf-8', exclude_characters='\0\ufeff<'), min_size=1, max_size=100))
def test_a_text_is_read_in_each_of_the_encodings_that_offices_use(text: str) -> None:
    assert list_text(text.encode('utf-8-sig'), LARGE) == text
    assert list_text(text.encode(), LARGE) == text


def test_what_excel_of_an_office_writes_is_read() -> None:
    assert list_text('職員番号,氏名\r\n1001,髙橋 ①'.encode('cp932'), LARGE) == '職員番号,氏名\r\n1001,髙橋 ①'


def test_rows_are_numbered_as_a_spreadsheet_numbers_them_also_after_a_cell_of_two_lines() -> None:
    rows = list(list_rows('氏名,住所\n佐藤,"広坂1\n別棟"\n\n鈴木,本町\n'.encode(), LARGE))
    assert [number for number, _cells in rows] == [1, 2, 3, 4]
    assert rows[3] == (4, ['鈴木', '本町'])


def test_blank_rows_above_the_heading_are_passed_over() -> None:
    rows = list_rows('\n,,\n氏名,住所\n佐藤,広坂\n'.encode(), LARGE)
    assert heading_of(rows) == ['氏名', '住所']
    assert next(rows) == (4, ['佐藤', '広坂'])


def test_a_row_that_is_no_csv_is_named() -> None:
    with pytest.raises(NotAList, match='2 行目'):
        list(list_rows('氏名\n"佐藤" さん\n'.encode(), LARGE))


@pytest.mark.parametrize(
    ('content', 'told'),
    [
        (b'', '空です'),
        (b'a' * (LARGE + 1), '大きすぎます'),
        (b'PK\x03\x04rest', '壊れているか'),
        (b'\xd0\xcf\x11\xe0rest', '壊れているか'),
        (b'%PDF-1.7', 'PDF'),
        (b'\xef\xbb\xbf<HTML><table>', 'Excel ブック'),
        (b'<?xml version="1.0"?>', 'Excel ブック'),
        ('氏名'.encode('utf-16'), '文字コード'),
        (b'\xff\xfe\xff', '文字コード'),
    ],
)
def test_what_is_no_such_list_is_told_by_what_it_is(content: bytes, told: str) -> None:
    with pytest.raises(NotAList, match=told):
        list_text(content, LARGE)
