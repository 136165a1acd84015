"""Who may be the same person: name and birth date, with a typo in one of them."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from app.shelters.details import PersonDetails
from app.shelters.vulnerable.likeness import Arrivals, Arrived, near_days
from app.shelters.vulnerable.values import VulnerableEntry

ENTRY = VulnerableEntry(name='金沢 花子', kana='カナザワ ハナコ', birth_date=date(1946, 3, 1))
SAME = PersonDetails(name='金沢花子', kana='かなざわ はなこ', birth_date=date(1946, 3, 1))


def likely(*people: PersonDetails, entry: VulnerableEntry = ENTRY) -> list[bool]:
    arrived = [Arrived(uuid4(), f'K-{number}', person) for number, person in enumerate(people)]
    return [one.exact for one in Arrivals.of(arrived).likely(entry)]


def test_the_same_name_and_birth_date_are_proposed_as_exact() -> None:
    assert likely(SAME) == [True]


@pytest.mark.parametrize(
    'person',
    [
        replace(SAME, name='金沢華子', kana='カナザワ ハナヨ'),
        replace(SAME, birth_date=date(1946, 1, 3)),
        replace(SAME, birth_date=date(1947, 3, 1)),
        replace(SAME, birth_date=None),
    ],
)
def test_a_typo_in_one_of_them_is_proposed_as_likely(person: PersonDetails) -> None:
    assert likely(person) == [False]


@pytest.mark.parametrize(
    'person',
    [
        replace(SAME, name='白山 春代', kana='ハクサン ハルヨ'),
        replace(SAME, birth_date=date(1962, 8, 14)),
        PersonDetails(birth_date=date(1946, 3, 1)),
        PersonDetails(),
    ],
)
def test_others_are_not_proposed(person: PersonDetails) -> None:
    assert likely(person) == []


def test_the_exact_one_comes_first() -> None:
    assert likely(replace(SAME, birth_date=None), SAME) == [True, False]


def test_days_are_near_within_one_digit() -> None:
    assert near_days(date(1946, 3, 1), date(1946, 3, 2))
    assert not near_days(date(1946, 3, 1), date(1955, 3, 2))
