"""Passwords: argon2id beside the event loop, and the rules of ASVS 5.0 6.2 for choosing one."""

import asyncio
import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

T = TypeVar('T')
SHORTEST = 10
LONGEST = 128
MOST_WAITING = 32
COMMON_WORDS_FILE = Path(__file__).parent / 'common_passwords.txt'
_NOBODYS_PASSWORD = 'a password that no account has'  # noqa: S105 - hashed so that an unknown account costs as much
_TRIMMINGS = re.compile(r'^[\W\d_]+|[\W\d_]+$')
_LEET = str.maketrans('0134578@$!', 'oieastbasi')
_DATE_OR_TELEPHONE = re.compile(r'(19|20)\d{6}|0\d{8,10}')
_SEQUENCES = ('0123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb')


class TooBusy(Exception):
    """More passwords wait to be checked than the box can check in a reasonable time."""


class PasswordProblem(StrEnum):
    """Why a password cannot be chosen."""

    TOO_SHORT = 'too_short'
    TOO_LONG = 'too_long'
    COMMON = 'common'
    HAS_STAFF_NUMBER = 'has_staff_number'


class PasswordRefused(Exception):
    """The chosen password does not fit the rules."""

    def __init__(self, problem: PasswordProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Passwords:
    """Hashes and checks passwords on two threads of its own."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix='password')
        self._waiting = 0
        self._nobodys_hash = ''

    async def hash(self, password: str) -> str:
        """The argon2id hash that is stored.

        Raises:
            TooBusy: too many wait already.
        """
        return await self._beside_the_loop(lambda: self._hasher.hash(normalised(password)))

    async def is_right(self, password: str, stored: str | None) -> bool:
        """Whether the password belongs to the stored hash; None costs the same work and is never right.

        Raises:
            TooBusy: too many wait already.
        """
        if not self._nobodys_hash:
            self._nobodys_hash = await self.hash(_NOBODYS_PASSWORD)
        matches = await self._beside_the_loop(lambda: self._verify(password, stored or self._nobodys_hash))
        return matches and stored is not None

    def needs_rehash(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, normalised(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False

    async def _beside_the_loop(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


def normalised(password: str) -> str:
    """One spelling for full-width and half-width letters (NFKC), as input methods differ."""
    return unicodedata.normalize('NFKC', password)


def refuse_weak(password: str, staff_number: str) -> None:
    """Check a password that somebody chose. There is no rule about kinds of characters.

    Raises:
        PasswordRefused: with the reason.
    """
    problem = problem_with(password, staff_number)
    if problem is not None:
        raise PasswordRefused(problem)


def problem_with(password: str, staff_number: str) -> PasswordProblem | None:
    """Why the password cannot be chosen; None: it can."""
    text = normalised(password)
    if len(text) < SHORTEST:
        return PasswordProblem.TOO_SHORT
    if len(text) > LONGEST:
        return PasswordProblem.TOO_LONG
    if len(staff_number) >= 3 and staff_number.casefold() in text.casefold():
        return PasswordProblem.HAS_STAFF_NUMBER
    if _is_common(text.casefold()):
        return PasswordProblem.COMMON
    return None


def _is_common(text: str) -> bool:
    forms = {text, text.translate(_LEET), _TRIMMINGS.sub('', text).translate(_LEET)}
    return _is_monotonous(text) or any(_is_made_of_common_words(form) for form in forms)


def _is_monotonous(text: str) -> bool:
    return len(set(text)) <= 3 or any(_follows(text, sequence) for sequence in _SEQUENCES)


def _follows(text: str, sequence: str) -> bool:
    endless = sequence * (len(text) // len(sequence) + 2)
    return text in endless or text in endless[::-1]


def _is_made_of_common_words(text: str) -> bool:
    letters = re.sub(r'[\d\W_]', '', text)
    if not letters:
        return _DATE_OR_TELEPHONE.fullmatch(re.sub(r'\D', '', text)) is not None
    return _splits_into_words(letters)


def _splits_into_words(letters: str) -> bool:
    words = common_words()
    if letters in words:
        return True
    return any(letters[:cut] in words and letters[cut:] in words for cut in range(2, len(letters) - 1))


@cache
def common_words() -> frozenset[str]:
    """Words that people build passwords from, in Japan and elsewhere; years and digits around them do not help."""
    lines = COMMON_WORDS_FILE.read_text(encoding='utf-8').splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith('#'))
