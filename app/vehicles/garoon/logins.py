"""Who is who: a list of Garoon's login names with staff numbers, as its own export of users has them."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.language import _
from app.vehicles.garoon.csv_import import ReservationListError, filled_rows

LOGIN_NAMES = ('ログイン名', 'login', 'login name', 'ログイン')
NUMBER_NAMES = ('職員番号', '従業員番号', '社員番号', 'employee number')
LONGEST_LOGIN, LONGEST_NUMBER = 100, 32
MOST_LOGINS = 50_000


@dataclass(frozen=True, slots=True)
class LoginList:
    """What the file says."""

    numbers: Mapping[str, str]
    """Staff number by login name, as `login_key` spells it."""
    problems: tuple[str, ...]
    """One sentence for each row that was left out, with its line."""
    without_number: int
    """Users of whom the file knows no staff number."""


def login_key(login: str) -> str:
    """A login name as it is compared: Garoon tells no capital letters from small ones."""
    return unicodedata.normalize('NFKC', login).strip().casefold()


def read_logins(content: bytes) -> LoginList:
    """Read a list whose header names the login (ログイン名) and the staff number (職員番号, 従業員番号). For a thread.

    Raises:
        ReservationListError: no list, or without these columns.
    """
    numbers: dict[str, str] = {}
    problems: list[str] = []
    without = 0
    for line, login, number in _rows(content):
        if not number:
            without += 1
        elif not login or len(login) > LONGEST_LOGIN or len(number) > LONGEST_NUMBER:
            problems.append(_('{line} 行目: ログイン名か職員番号が空か、長すぎます').format(line=line))
        elif numbers.get(login_key(login), number) != number:
            problems.append(_('{line} 行目: 同じログイン名に別の職員番号があります').format(line=line))
        else:
            numbers[login_key(login)] = number
    if len(numbers) > MOST_LOGINS:
        raise ReservationListError(_('人数が多すぎます'))
    return LoginList(numbers, tuple(problems), without)


def _rows(content: bytes) -> Iterator[tuple[int, str, str]]:
    columns: tuple[int, int] | None = None
    for line, cells in filled_rows(content):
        if columns is None:
            columns = _columns(cells)
            continue
        login, number = (cells[at].strip() if at < len(cells) else '' for at in columns)
        yield line, login, unicodedata.normalize('NFKC', number)


def _columns(cells: list[str]) -> tuple[int, int]:
    names = [login_key(cell) for cell in cells]
    found = [next((at for at, name in enumerate(names) if name in known), -1) for known in (LOGIN_NAMES, NUMBER_NAMES)]
    if min(found) < 0:
        raise ReservationListError(_('1行目に「ログイン名」と「職員番号」(または「従業員番号」)の列がありません'))
    return found[0], found[1]
