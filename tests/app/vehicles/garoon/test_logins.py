"""The list of logins and staff numbers, as Garoon exports its users."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.garoon.csv_import import ReservationListError
from app.vehicles.garoon.logins import login_key, read_logins
from tests.app.documents.workbooks import csv_as_workbook

EXPORT = 'ログイン名,表示名,よみがな,従業員番号,メールアドレス\r\nYamada.T,山田 太郎,やまだ,1001,y@example.jp\r\n'


@pytest.mark.parametrize('encoding', ['utf-8-sig', 'utf-8', 'cp932'])
def test_the_export_of_users_is_read_as_it_comes(encoding: str) -> None:
    read = read_logins(EXPORT.encode(encoding))
    assert (read.numbers, read.problems, read.without_number) == ({'yamada.t': '1001'}, (), 0)


def test_a_spreadsheet_gives_the_same_as_its_csv() -> None:
    assert read_logins(csv_as_workbook(EXPORT)) == read_logins(EXPORT.encode())


def test_capital_letters_and_wide_letters_of_a_login_do_not_matter() -> None:
    assert login_key('ＹＡＭＡＤＡ.T ') == login_key('yamada.t')


def test_users_without_a_number_are_counted_and_one_with_two_numbers_is_a_problem() -> None:
    read = read_logins('ログイン名,職員番号\na,1001\nb,\nA,1002\n,1003\n'.encode())
    assert (read.numbers, read.without_number) == ({'a': '1001'}, 1)
    assert [problem.split(':')[0] for problem in read.problems] == ['4 行目', '5 行目']


@pytest.mark.parametrize('content', [b'', b'\xff\xfe\x00\x00', 'ログイン名,表示名\na,b\n'.encode(), b'a,"'])
def test_what_is_no_such_list_is_refused_with_a_sentence(content: bytes) -> None:
    try:
        assert read_logins(content).numbers == {}
    except ReservationListError as error:
        assert str(error)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        read_logins('ログイン名,職員番号\n'.encode() + content)
    except ReservationListError as error:
        assert str(error)
