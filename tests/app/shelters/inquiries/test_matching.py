"""Whom an inquiry means: name and one thing more; the work is the same whoever is there."""

import gc
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.details import PersonDetails
from app.shelters.inquiries.matching import Candidate, match, plain_address, plain_kana, plain_name
from app.shelters.inquiries.values import Sought
from app.shelters.values import Sex
from tests.app.shelters.inquiries.scene import HANAKO, OTHERS, SOUGHT, WITHHELD


def candidate(details: PersonDetails, *, hidden: bool = False) -> Candidate:
    return Candidate(uuid4(), details, hidden)


CROWD = [candidate(details) for details in OTHERS * 20]


def calls_of(sought: Sought, people: Sequence[Candidate]) -> int:
    """How many functions are called and left while somebody is looked for; the collector of garbage waits."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ('call', 'c_call', 'return', 'c_return')

    gc.disable()
    sys.setprofile(count)
    try:
        match(sought, people)
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls


def test_a_name_with_the_birth_date_finds_one_person() -> None:
    hanako = candidate(HANAKO)
    assert match(SOUGHT, [*CROWD, hanako]) == hanako.id


def test_a_name_with_the_address_is_enough_where_a_birth_date_is_missing() -> None:
    hanako = candidate(replace(HANAKO, birth_date=None))
    assert match(SOUGHT, [hanako]) == hanako.id


def test_another_birth_date_is_another_person_even_at_the_same_address() -> None:
    assert match(replace(SOUGHT, birth_date=date(1946, 3, 2)), [candidate(HANAKO)]) is None


def test_a_name_alone_finds_nobody() -> None:
    assert match(Sought(name='金沢花子'), [candidate(HANAKO)]) is None


def test_an_address_alone_suggests_nobody() -> None:
    assert match(Sought(address=HANAKO.address), [candidate(HANAKO), candidate(OTHERS[1])]) is None


def test_another_sex_is_another_person() -> None:
    assert match(replace(SOUGHT, sex=Sex.MALE), [candidate(HANAKO)]) is None
    assert match(replace(SOUGHT, sex=Sex.NOT_TOLD), [candidate(HANAKO)]) is not None


def test_two_who_fit_are_nobody() -> None:
    assert match(SOUGHT, [candidate(HANAKO), candidate(HANAKO)]) is None


def test_a_hidden_namesake_does_not_hide_the_other() -> None:
    seen = candidate(HANAKO)
    assert match(SOUGHT, [seen, candidate(HANAKO, hidden=True)]) == seen.id


@pytest.mark.parametrize('place', [0, 7, len(CROWD)])
def test_hidden_withheld_found_and_another_take_the_same_number_of_calls(place: int) -> None:
    stranger = replace(HANAKO, name='花子 金沢', kana='ハナコ カナザワ', birth_date=date(1946, 1, 3))
    people = [candidate(HANAKO, hidden=True), candidate(WITHHELD), candidate(HANAKO), candidate(stranger)]
    calls = {calls_of(SOUGHT, [*CROWD[:place], person, *CROWD[place:]]) for person in people}
    assert len(calls) == 1


def test_where_somebody_stands_among_the_others_changes_no_work() -> None:
    hanako = candidate(HANAKO)
    first, last = calls_of(SOUGHT, [hanako, *CROWD]), calls_of(SOUGHT, [*CROWD, hanako])
    assert first == last


@pytest.mark.parametrize(
    ('one', 'other'),
    [('髙﨑 花子', '高崎花子'), ('\u845b\U000e0100城\u3000結', '\u845b城結'), ('ＳＭＩＴＨ John', 'smithjohn')],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)


def test_kana_are_compared_without_size_and_kind() -> None:
    assert plain_kana('きよこ じゅん') == plain_kana('キヨコ\u3000ジユン') == plain_kana('ｷﾖｺ ｼﾞｭﾝ')


@pytest.mark.parametrize(
    'address', ['石川県金沢市広坂1丁目1番1号', '金沢市広坂１－１－１', '広坂一丁目1番地1', '石川県金沢市 広坂1-1の1']
)
def test_spellings_of_one_address_are_one(address: str) -> None:
    assert plain_address(address) == '広坂1-1-1'


def test_a_house_number_is_not_the_beginning_of_another() -> None:
    sought = Sought(name=HANAKO.name, address='広坂1-1-1')
    assert match(sought, [candidate(replace(HANAKO, address='広坂1-1-12'))]) is None


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_raises_nothing(name: str, kana: str, address: str) -> None:
    match(Sought(name=name, kana=kana, address=address), [candidate(HANAKO)])


@given(st.lists(st.sampled_from([HANAKO, *OTHERS]), max_size=6))
def test_hidden_people_are_the_same_as_absent_ones(people: list[PersonDetails]) -> None:
    crowd = [candidate(details) for details in people]
    hidden = [candidate(HANAKO, hidden=True), candidate(OTHERS[1], hidden=True)]
    assert match(SOUGHT, crowd) == match(SOUGHT, [*hidden, *crowd])
