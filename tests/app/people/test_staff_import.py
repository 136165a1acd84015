import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.staff import StaffEntry
from app.people.staff_import import StaffListError, read_staff_list
from tests.app.documents.workbooks import as_workbook

HEADER = ('職員番号', '氏名', 'フリガナ', '所属')
YAMADA = ('1001', '山田\u3000太郎', 'ヤマダ\u3000タロウ', '総務課')


def as_csv(*rows: tuple[str, ...], encoding: str = 'utf-8') -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def problems_of(content: bytes) -> str:
    with pytest.raises(StaffListError) as caught:
        read_staff_list(content)
    return '\n'.join(caught.value.problems)


@pytest.mark.parametrize('encoding', ['utf-8', 'utf-8-sig', 'cp932'])
def test_both_encodings_of_city_offices_are_read(encoding: str) -> None:
    (entry,) = read_staff_list(as_csv(HEADER, YAMADA, encoding=encoding))

    assert entry == StaffEntry(number='1001', name='山田\u3000太郎', kana='ヤマダ\u3000タロウ', department='総務課')


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    number, *words = YAMADA
    assert read_staff_list(as_workbook([HEADER, (int(number), *words)])) == read_staff_list(as_csv(HEADER, YAMADA))


def test_a_title_above_the_heading_is_told_by_the_columns_that_are_missing() -> None:
    assert '列がありません: 職員番号、氏名' in problems_of(as_workbook([('職員一覧(4月1日現在)',), HEADER, YAMADA]))


def test_columns_stand_in_any_order_and_others_do_not_matter() -> None:
    header = ('所属', '備考', 'フリガナ', '職員番号', '氏名')
    (entry,) = read_staff_list(as_csv(header, ('市民課', 'x', 'サトウ', '0007', '佐藤')))

    assert (entry.number, entry.name, entry.department) == ('0007', '佐藤', '市民課')


def test_half_width_kana_in_the_header_is_the_same_column() -> None:
    assert read_staff_list(as_csv(('職員番号', '氏名', 'ﾌﾘｶﾞﾅ', '所属'), YAMADA))


def test_a_number_that_stands_twice_is_named_with_both_lines() -> None:
    assert problems_of(as_csv(HEADER, YAMADA, YAMADA)) == '3 行目: 職員番号 1001 は 2 行目にもあります'


@pytest.mark.parametrize('formula', ['=1+1', '="0012"', '+81', '-1', '@SUM(A1)', '＝1'])
def test_a_formula_is_refused_with_its_place(formula: str) -> None:
    assert problems_of(as_csv(HEADER, (formula, *YAMADA[1:]))).startswith('2 行目の職員番号: 数式')


def test_a_missing_column_is_named() -> None:
    assert problems_of(as_csv(('職員番号', '氏名'), ('1', '山'))) == '列がありません: フリガナ、所属'


@pytest.mark.parametrize('content', ['職員番号,氏名\n'.encode('utf-16'), b'\xff\xfe\x00\x81', b'\x81\xff\x00'])
def test_an_unknown_encoding_says_which_ones_are_read(content: bytes) -> None:
    assert '文字コード' in problems_of(content)


def test_an_empty_name_and_a_name_too_long_are_named() -> None:
    found = problems_of(as_csv(HEADER, ('1', '', '', ''), ('2', '長' * 201, '', '')))

    assert '2 行目の氏名: 入っていません' in found
    assert '3 行目の氏名: 200 文字を超えています' in found


def test_many_problems_are_cut_to_a_few() -> None:
    rows = [('=', '=', '', '') for _ in range(50)]

    assert problems_of(as_csv(HEADER, *rows)).endswith('件あります')


@given(st.binary(max_size=400))
def test_whatever_the_file_is_there_is_a_list_or_a_reason(content: bytes) -> None:
    try:
        read_staff_list(content)
    except StaffListError as error:
        assert error.problems


@given(st.text(max_size=300))
def test_whatever_the_text_is_there_is_a_list_or_a_reason(text: str) -> None:
    try:
        entries = read_staff_list(f'{",".join(HEADER)}\n{text}'.encode())
    except (StaffListError, UnicodeEncodeError):
        return
    assert len({entry.number for entry in entries}) == len(entries)
