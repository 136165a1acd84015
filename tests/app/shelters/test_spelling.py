"""One spelling for what is the same to a person who searches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.spelling import digits, is_kana, kana_parts, name_parts, plain_address

KANA = st.text(
    'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガジヂヅャュョッー ',
    max_size=20,
)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('おおの', 'オーノ'), ('オオノ', 'ｵｳﾉ'), ('ケイコ', 'ケーコ'), ('ちぢわ', 'チジワ'),
        ('シュンイチ', 'シユンイチ'), ('みづほ', 'ミズホ'),
        ('ﾅｶﾞｼﾏ', 'ながしま'), ('ゆうこ', 'ユーコ'), ('ヴィトー', 'ビト'), ('いっぺい', 'イツペイ'),
    ],
)  # fmt: skip
def test_readings_that_sound_alike_are_one(one: str, other: str) -> None:
    assert kana_parts(one) == kana_parts(other)


@pytest.mark.parametrize(('one', 'other'), [('サトウ', 'サイトウ'), ('ハナ', 'バナ'), ('カナ', 'カンナ')])
def test_readings_that_sound_different_stay_apart(one: str, other: str) -> None:
    assert kana_parts(one) != kana_parts(other)


@given(KANA)
def test_a_reading_in_one_spelling_stays_as_it_is(text: str) -> None:
    once = kana_parts(text)
    assert kana_parts(' '.join(once)) == once


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('髙田', '高田'), ('山﨑', '山崎'), ('渡邉', '渡辺'), ('渡邊', '渡辺'), ('渡辺\U000e0101', '渡辺'),
        ('葛\ufe00西', '葛西'), ('ＴＡＲＯ', 'taro'), ('𠮷田', '吉田'), ('齋藤', '斎藤'),
    ],
)  # fmt: skip
def test_variants_of_letters_are_one(one: str, other: str) -> None:
    assert name_parts(one) == name_parts(other)


@pytest.mark.parametrize('text', ['金沢\u3000花子', '金沢 花子', ' 金沢・花子 '])
def test_a_name_has_its_parts_however_they_are_separated(text: str) -> None:
    assert name_parts(text) == ('金沢', '花子')


@given(st.text(max_size=30))
def test_no_text_breaks_the_spelling_of_names_and_addresses(text: str) -> None:
    assert all(name_parts(part) == (part,) for part in name_parts(text) if part.isalpha() and part.isascii())
    assert not plain_address(text).endswith('-')


@pytest.mark.parametrize('text', ['広坂1丁目1番1号', '広坂一丁目１－１', '広坂 1-1-1', '広坂１丁目１番地の１'])
def test_an_address_is_one_however_its_numbers_are_written(text: str) -> None:
    assert plain_address(text) == '広坂1-1-1'


def test_a_telephone_number_is_its_digits() -> None:
    assert digits('０７６-220 (2111)') == '0762202111'


@pytest.mark.parametrize(
    ('text', 'whether'), [('かなざわ ハナコ', True), ('ｶﾅｻﾞﾜ', True), ('金沢', False), ('12', False), ('', False)]
)
def test_a_reading_is_told_from_a_name(text: str, whether: bool) -> None:
    assert is_kana(text) is whether
