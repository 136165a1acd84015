"""Choosing, hashing and checking passwords."""

import asyncio

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from app.access.passwords import (
    LONGEST,
    PasswordProblem,
    PasswordRefused,
    Passwords,
    TooBusy,
    problem_with,
    refuse_weak,
)

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class CountingPasswords(Passwords):
    """Counts how often a hash was compared."""

    compared = 0

    def _verify(self, password: str, stored: str) -> bool:
        self.compared += 1
        return super()._verify(password, stored)


@pytest.mark.parametrize(
    ('password', 'problem'),
    [
        ('短い', PasswordProblem.TOO_SHORT),
        ('abcdefghi', PasswordProblem.TOO_SHORT),
        ('x' + 'y1' * 64, PasswordProblem.TOO_LONG),
        ('shokuin-20481-x', PasswordProblem.HAS_STAFF_NUMBER),
        ('password123', PasswordProblem.COMMON),
        ('P@ssw0rd2026', PasswordProblem.COMMON),
        ('Kanazawa2026!', PasswordProblem.COMMON),
        ('sakurasakura', PasswordProblem.COMMON),
        ('ilove-you-1234', PasswordProblem.COMMON),
        ('aishiteru0214', PasswordProblem.COMMON),
        ('reiwa8reiwa8', PasswordProblem.COMMON),
        ('qwertyuiop', PasswordProblem.COMMON),
        ('9876543210', PasswordProblem.COMMON),
        ('aaaaaaaaaaaa', PasswordProblem.COMMON),
        ('1984/03/21', PasswordProblem.COMMON),
        ('19840321----', PasswordProblem.COMMON),
        ('090-1234-5678', PasswordProblem.COMMON),
        ('金沢市役所20262026', PasswordProblem.COMMON),
    ],
)
def test_a_password_that_people_would_guess_is_refused_with_the_reason(password: str, problem: PasswordProblem) -> None:
    assert problem_with(password, '20481') is problem


@pytest.mark.parametrize(
    'password',
    ['縁側で猫が昼寝をする', 'tsukue no ue no ringo', 'kTq9-vv2m-x0pz', 'ひるねするねこ三匹と', '8392047561'],
)
def test_any_kind_of_characters_makes_a_password_if_it_is_long_and_not_common(password: str) -> None:
    assert problem_with(password, '20481') is None


def test_a_weak_password_raises_its_reason() -> None:
    with pytest.raises(PasswordRefused) as refused:
        refuse_weak('password123', '20481')
    assert refused.value.problem is PasswordProblem.COMMON


@given(st.text(max_size=200), st.text(max_size=40))
def test_every_text_gets_an_answer(password: str, number: str) -> None:
    assert problem_with(password, number) in (None, *PasswordProblem)


async def test_full_width_and_half_width_letters_are_the_same_password() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash('Ｈａｒｕｉｒｏ　ｎｏ　ｈｏｎ')
    assert await passwords.is_right('Haruiro no hon', stored)
    passwords.close()


async def test_a_password_of_128_characters_counts_to_its_last_character() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash('a' * (LONGEST - 1) + 'b')
    assert await passwords.is_right('a' * (LONGEST - 1) + 'b', stored)
    assert not await passwords.is_right('a' * LONGEST, stored)
    assert not await passwords.is_right('a' * (LONGEST - 1) + 'b' + 'c', stored)
    passwords.close()


async def test_an_account_that_does_not_exist_costs_one_comparison_as_any_other() -> None:
    passwords = CountingPasswords(CHEAP)
    stored = await passwords.hash('縁側で猫が昼寝をする')
    assert not await passwords.is_right('something else', None)
    assert passwords.compared == 1
    assert not await passwords.is_right('something else', stored)
    assert passwords.compared == 2
    passwords.close()


async def test_a_damaged_hash_is_never_right() -> None:
    passwords = Passwords(CHEAP)
    assert not await passwords.is_right('縁側で猫が昼寝をする', 'no hash')
    passwords.close()


async def test_a_flood_is_turned_away_before_it_queues_up() -> None:
    passwords = Passwords(CHEAP)
    answers = await asyncio.gather(*(passwords.hash(f'password {n}') for n in range(100)), return_exceptions=True)
    assert sum(isinstance(answer, str) for answer in answers) == 32
    assert sum(isinstance(answer, TooBusy) for answer in answers) == 68
    passwords.close()


async def test_a_hash_with_weaker_parameters_is_to_be_made_anew() -> None:
    weak, strong = Passwords(CHEAP), Passwords()
    stored = await weak.hash('縁側で猫が昼寝をする')
    assert strong.needs_rehash(stored)
    assert stored.startswith('$argon2id$')
    weak.close()
    strong.close()
