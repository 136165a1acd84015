import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.csv_reading import NotCsv, decoded

LARGE = 1000


@given(st.text(alphabet=st.characters(codec='utf-8', exclude_characters='\0\ufeff'), min_size=1, max_size=100))
def test_a_text_is_read_in_each_of_the_encodings_that_offices_use(text: str) -> None:
    assert decoded(text.encode('utf-8-sig'), LARGE) == text
    assert decoded(text.encode(), LARGE) == text


def test_what_excel_of_an_office_writes_is_read() -> None:
    assert decoded('職員番号,氏名\r\n1001,髙橋 ①'.encode('cp932'), LARGE) == '職員番号,氏名\r\n1001,髙橋 ①'


@pytest.mark.parametrize(
    ('content', 'told'),
    [
        (b'', '空です'),
        (b'a' * (LARGE + 1), '大きすぎます'),
        (b'PK\x03\x04rest', 'Excel'),
        (b'\xd0\xcf\x11\xe0rest', 'Excel'),
        (b'%PDF-1.7', 'PDF'),
        ('氏名'.encode('utf-16'), '文字コード'),
        (b'\xff\xfe\xff', '文字コード'),
    ],
)
def test_what_is_no_such_list_is_told_by_what_it_is(content: bytes, told: str) -> None:
    with pytest.raises(NotCsv, match=told):
        decoded(content, LARGE)
