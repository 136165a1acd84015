"""Which of the people whom a family entered on its phone are registered already."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.shelters.details import PersonDetails, class_of
from app.shelters.evacuees import EvacueeInfo
from app.shelters.spelling import kana_parts, name_parts
from app.shelters.values import PersonClass


@dataclass(frozen=True, slots=True)
class Match:
    """The records of those who have one."""

    records: Mapping[int, UUID]
    """By the place of the member in the draft, from 0; each record at most once."""
    unclear: tuple[int, ...] = ()
    """Places of members who may be one of several without a name: whose allergies are whose is never guessed."""


def matched(
    members: Sequence[PersonDetails], there: Sequence[EvacueeInfo], shown: Collection[UUID], today: date
) -> Match:
    """Names tell first; who was `shown`, by a touch or by their own wristband, is one of the members; then classes.

    `there` are the records of the household, `shown` those of them who stand at the desk or wrote the draft.
    """
    search = _Search(members, there, today)
    search.by_name()
    search.take_shown(shown)
    search.by_class()
    return Match(search.records, search.unclear())


class _Search:
    def __init__(self, members: Sequence[PersonDetails], there: Sequence[EvacueeInfo], today: date) -> None:
        self._members = members
        self._there = there
        self._today = today
        self.records: dict[int, UUID] = {}

    def by_name(self) -> None:
        for place in self._open():
            same = (each for each in self._left() if _is_same(self._members[place], each.details))
            self._take(place, next(same, None))

    def take_shown(self, shown: Collection[UUID]) -> None:
        for info in [each for each in self._left() if each.id in shown]:
            possible = [place for place in self._open() if not _born_apart(self._members[place], info.details)]
            for place in sorted(possible, key=lambda place: self._distance(place, info))[:1]:
                self._take(place, info)

    def by_class(self) -> None:
        while pair := next(self._only_choices(), None):
            self._take(*pair)

    def unclear(self) -> tuple[int, ...]:
        return tuple(place for place in self._open() if self._nameless(place))

    def _only_choices(self) -> Iterator[tuple[int, EvacueeInfo]]:
        for place in self._open():
            records = self._nameless(place)
            if len(records) == 1 and [each for each in self._open() if records[0] in self._nameless(each)] == [place]:
                yield place, records[0]

    def _nameless(self, place: int) -> list[EvacueeInfo]:
        return [each for each in self._left() if not each.details.is_named and self._fits(place, each)]

    def _distance(self, place: int, info: EvacueeInfo) -> tuple[bool, bool, int]:
        born = self._members[place].birth_date
        return born is None or born != info.details.birth_date, not self._fits(place, info), place

    def _fits(self, place: int, info: EvacueeInfo) -> bool:
        told = class_of(self._members[place], self._today)
        return PersonClass.UNKNOWN in (told, info.person_class) or told is info.person_class

    def _open(self) -> list[int]:
        return [place for place in range(len(self._members)) if place not in self.records]

    def _left(self) -> list[EvacueeInfo]:
        return [each for each in self._there if each.id not in self.records.values()]

    def _take(self, place: int, info: EvacueeInfo | None) -> None:
        if info is not None:
            self.records[place] = info.id


def _is_same(one: PersonDetails, other: PersonDetails) -> bool:
    if _born_apart(one, other):
        return False
    names = (''.join(name_parts(one.name)), ''.join(name_parts(other.name)))
    sounds = (''.join(kana_parts(one.kana)), ''.join(kana_parts(other.kana)))
    return any(mine and mine == theirs for mine, theirs in (names, sounds))


def _born_apart(one: PersonDetails, other: PersonDetails) -> bool:
    return None not in (one.birth_date, other.birth_date) and one.birth_date != other.birth_date
