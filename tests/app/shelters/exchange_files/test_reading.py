"""Templates as the city or a vendor writes them, good and odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.exchange_files.reading import read_template
from app.shelters.exchange_files.service import SHIPPED
from app.shelters.exchange_files.template import Form, Letters, LineEnd, Rows, TemplateError

COLUMN = '[[columns]]\nname = "避難所名"\nfield = "name"\n'


def problems_of(content: str | bytes) -> str:
    with pytest.raises(TemplateError) as caught:
        read_template(content if isinstance(content, bytes) else content.encode(), 'odd')
    return '\n'.join(caught.value.problems)


@pytest.mark.parametrize('name', ['x_zero', 'eei', 'b_plo', 'l_alert'])
def test_a_template_that_ships_can_be_used_marks_drills_and_is_confirmed_by_nobody(name: str) -> None:
    template = read_template((SHIPPED / f'{name}.toml').read_bytes(), name)
    assert template.marks_drills
    assert template.target
    assert template.confirmed == ''


def test_the_least_template_is_a_csv_that_excel_reads_of_open_shelters() -> None:
    template = read_template(COLUMN.encode(), 'least')
    assert (template.title, template.form, template.letters) == ('least', Form.CSV, Letters.UTF8_BOM)
    assert (template.line_end, template.rows, template.headings) == (LineEnd.CRLF, Rows.OPEN, True)


def test_an_empty_file_says_so() -> None:
    assert 'ファイルが空です' in problems_of('')


def test_a_template_without_columns_says_how_to_write_one() -> None:
    assert '[[columns]]' in problems_of('title = "列なし"')
    assert '[[columns]]' in problems_of('columns = "name"')


def test_an_unknown_field_is_named_with_its_column_and_all_that_can_be_used() -> None:
    told = problems_of(COLUMN + '[[columns]]\nname = "氏名"\nfield = "person_name"\n')
    assert '2列目: 「person_name」という項目はありません。' in told
    assert 'people' in told
    assert 'households' in told


def test_a_column_without_a_name_or_with_both_a_field_and_a_value_is_told() -> None:
    assert '1列目: 列の名前(name)がありません。' in problems_of('[[columns]]\nfield = "name"\n')
    assert '1列目: field か value のどちらか' in problems_of('[[columns]]\nname = "何もない"\n')
    assert '1列目: field か value のどちらか' in problems_of(COLUMN + 'value = "x"\n')


def test_an_encoding_that_is_not_known_is_told_with_those_that_are() -> None:
    told = problems_of('encoding = "euc-jp"\n' + COLUMN)
    assert 'encoding: 「euc-jp」は使えません' in told
    assert 'cp932' in told


def test_a_file_in_shift_jis_is_told_to_be_saved_in_utf_8() -> None:
    assert 'UTF-8で保存し直して' in problems_of(COLUMN.encode('cp932'))


def test_a_byte_order_mark_of_an_editor_does_no_harm() -> None:
    assert read_template(COLUMN.encode('utf-8-sig'), 'bom').columns[0].name == '避難所名'


def test_words_must_name_every_value_that_can_be() -> None:
    told = problems_of('[[columns]]\nname = "状況"\nfield = "state"\nwords = { opened = "開設" }\n')
    assert 'words に足りない値があります' in told
    assert 'opened_by_residents' in told


def test_a_misspelt_item_is_told_and_not_passed_over() -> None:
    assert '知らない項目があります: encodng' in problems_of('encodng = "cp932"\n' + COLUMN)
    assert '1列目: 知らない項目があります: feild' in problems_of('[[columns]]\nname = "あ"\nfeild = "name"\n')


def test_two_columns_of_one_name_and_names_that_xml_cannot_have_are_told() -> None:
    assert '同じ名前の列があります: 避難所名' in problems_of(COLUMN * 2)
    assert 'XMLの要素名に使えない名前です: 1番' in problems_of('form = "xml"\n' + COLUMN.replace('避難所名', '1番'))


def test_what_is_no_toml_and_what_is_too_large_is_told() -> None:
    assert 'TOMLとして読めません' in problems_of('<xml/>')
    assert 'ファイルが大きすぎます' in problems_of('# ' + 'x' * 200_000)
    assert '文字で書いてください: title' in problems_of('title = 3\n' + COLUMN)


@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode('utf-8', 'ignore')))
)
def test_any_bytes_are_a_template_or_a_problem(content: bytes) -> None:
    try:
        assert read_template(content, 'any').columns
    except TemplateError as error:
        assert all(error.problems)
