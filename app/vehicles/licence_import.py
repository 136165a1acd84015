"""Taking over a list of driving licences as they were seen; a row that cannot be taken is said with its reason."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app import clock
from app.journal.line import Actor
from app.language import _
from app.people.staff import StaffMember
from app.vehicles.licence_classes import LICENCE_CLASSES
from app.vehicles.licences import LicenceInfo, Licences
from app.vehicles.listed import ListedRow, ListError, RefusedRow, day_in, rows_of, text_in
from app.vehicles.record_words import condition_words

NUMBER, CLASSES, CONDITIONS, UNTIL, SIGHTED = '職員番号', '免許の種類', '限定条件', '有効期限', '確認した日'
COLUMNS = (NUMBER, CLASSES, CONDITIONS, UNTIL, SIGHTED)
REQUIRED = (NUMBER, CLASSES, UNTIL, SIGHTED)
LONGEST_YEARS = 6
"""No licence counts longer."""
LONGEST_CELL = 200
BETWEEN = re.compile(r'[、,・/\s]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLicence:
    """A line of the list, which says what somebody saw on a day."""

    line: int
    driver: StaffMember
    seen: LicenceInfo


@dataclass(frozen=True, slots=True)
class LicencePlan:
    """What a list would change. Drivers that it does not name stay as they are."""

    taken: tuple[ListedLicence, ...]
    """In the order in which they were seen."""
    unchanged: int
    refused: tuple[RefusedRow, ...]


class _Refused(ValueError):
    pass


def plan_licences(
    content: bytes, staff: Iterable[StaffMember], known: Mapping[UUID, Sequence[LicenceInfo]]
) -> LicencePlan:
    """Hold a list against the staff and what was seen of them before. For a thread.

    Raises:
        ListError: it cannot be read at all, or holds no line.
    """
    by_number = {member.number: member for member in staff}
    listed: dict[tuple[UUID, date], ListedLicence] = {}
    refused: list[RefusedRow] = []
    for row in rows_of(content, COLUMNS, REQUIRED):
        try:
            one = _licence(row, by_number)
            first = listed.setdefault((one.driver.id, one.seen.sighted_on), one)
            if first is not one:
                raise _Refused(_('{first} 行目と同じ職員、同じ日の確認です').format(first=first.line))
        except _Refused as problem:
            refused.append(RefusedRow(row.line, row.cells[NUMBER], str(problem)))
    if not listed and not refused:
        raise ListError([_('免許証が一件も入っていません')])
    new = [one for one in listed.values() if one.seen not in known.get(one.driver.id, ())]
    taken = sorted(new, key=lambda one: (one.seen.sighted_on, one.line))
    return LicencePlan(tuple(taken), len(listed) - len(taken), tuple(refused))


async def take_licences(licences: Licences, plan: LicencePlan, actor: Actor) -> None:
    """Take the list over; each sighting gets its own journal line, with the day on which it was."""
    await licences.sight_all([one.seen for one in plan.taken], actor)


def _licence(row: ListedRow, by_number: Mapping[str, StaffMember]) -> ListedLicence:
    driver = by_number.get(row.cells[NUMBER])
    if driver is None:
        raise _Refused(_('この職員番号の職員はいません'))
    if not driver.active:
        raise _Refused(_('在籍していない職員です'))
    until, sighted = _day(row, UNTIL), _day(row, SIGHTED)
    if sighted > clock.today():
        raise _Refused(_('{column}: これから先の日付です').format(column=SIGHTED))
    if not sighted <= until or until.year > sighted.year + LONGEST_YEARS:
        words = _('{column}: 確認した日から{years}年以内の日付にしてください')
        raise _Refused(words.format(column=UNTIL, years=LONGEST_YEARS))
    seen = LicenceInfo(
        staff=driver.id,
        classes=_classes(row),
        conditions=_conditions(row),
        valid_until=until,
        sighted_on=sighted,
    )
    return ListedLicence(line=row.line, driver=driver, seen=seen)


def _day(row: ListedRow, column: str) -> date:
    try:
        day = day_in(row.cells[column])
    except ValueError as problem:
        raise _Refused(f'{column}: {problem}') from None
    if day is None:
        raise _Refused(_('{column}: 入っていません').format(column=column))
    return day


def _classes(row: ListedRow) -> frozenset[str]:
    found = {one.removesuffix('免許') for one in _parts(row, CLASSES)}
    if not found or not found <= set(LICENCE_CLASSES):
        allowed = '、'.join(LICENCE_CLASSES)
        raise _Refused(_('{column}: 次の中から書いてください: {allowed}').format(column=CLASSES, allowed=allowed))
    return frozenset(found)


def _conditions(row: ListedRow) -> frozenset[str]:
    words = {_folded(words): str(condition) for condition, words in condition_words().items()}
    found = [_folded(part) for part in _parts(row, CONDITIONS)]
    if not words.keys() >= set(found):
        allowed = '、'.join(condition_words().values())
        raise _Refused(_('{column}: 次の中から書いてください: {allowed}').format(column=CONDITIONS, allowed=allowed))
    return frozenset(words[part] for part in found)


def _parts(row: ListedRow, column: str) -> list[str]:
    try:
        cell = text_in(row.cells.get(column, ''), LONGEST_CELL)
    except ValueError as problem:
        raise _Refused(f'{column}: {problem}') from None
    return [part for part in BETWEEN.split(unicodedata.normalize('NFKC', cell)) if part]


def _folded(words: str) -> str:
    return unicodedata.normalize('NFKC', words).replace(' ', '')
