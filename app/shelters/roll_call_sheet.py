"""What one screen or one paper of a roll call (点呼) shows: an area and who should be there."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.details import open_person
from app.shelters.places import Area
from app.shelters.values import StayState
from app.storage.vault import Vault

EXPECTED = """
    SELECT stay.evacuee, stay.area, stay.state, stay.seen_at, stay.expected_at, evacuee.number, evacuee.details,
        mark.mark
    FROM stay JOIN evacuee ON evacuee.id = stay.evacuee
    LEFT JOIN roll_call_mark AS mark ON mark.evacuee = stay.evacuee AND mark.roll_call = ?
    WHERE stay.shelter = ? AND stay.practice = ? AND stay.place = 'shelter' AND stay.state <> 'left'
        AND evacuee.merged_into IS NULL
    ORDER BY evacuee.number
"""
HEADS = 'SELECT area, heads FROM roll_call_heads WHERE roll_call = ? ORDER BY counted_at'


class Mark(StrEnum):
    """What was found of somebody."""

    PRESENT = 'present'
    ABSENT = 'absent'
    """Known to be elsewhere for now."""
    NOT_FOUND = 'not_found'


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody who should be there."""

    evacuee: UUID
    number: str
    name: str = field(repr=False)
    away: bool
    """On a temporary leave, so nobody looks for them."""
    expected_at: datetime | None
    silent: bool
    """Not seen at a desk for longer than the setting says."""
    mark: Mark | None
    protected: bool = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSheet:
    """One area; `area` None: those of whom no area was said."""

    area: UUID | None
    name: str
    people: tuple[Called, ...]
    """As whoever asks may see them."""
    named: int
    """All who are registered there and not away, protected people included."""
    away: int
    """All who are registered there and on a temporary leave."""
    marked: Mapping[Mark, int]
    """Of all, protected people included."""
    entrance: int
    """Pressed at the entrance without names, since the shelter opened or the last roll call was signed."""
    heads: int | None
    """Counted at this roll call; None: not yet."""

    @property
    def difference(self) -> int | None:
        """So many more heads than names; None: no heads were counted."""
        return None if self.heads is None else self.heads - self.named

    @property
    def unanswered(self) -> int:
        """Of whom nothing was said yet, those away not counted."""
        return max(0, self.named - sum(self.marked.values()))


def read_called(
    connection: sqlite3.Connection,
    vault: Vault,
    roll_call: UUID,
    shelter: UUID,
    practice: bool,
    silent_before: datetime,
) -> list[tuple[UUID | None, Called]]:
    """Everybody who should be at the shelter, with their area. For a thread."""
    rows = connection.execute(EXPECTED, [str(roll_call), str(shelter), practice])
    return [(UUID(row['area']) if row['area'] else None, _called(row, vault, silent_before)) for row in rows]


def read_heads(connection: sqlite3.Connection, roll_call: UUID) -> dict[UUID | None, int]:
    """The last number of heads for each area."""
    rows = connection.execute(HEADS, [str(roll_call)])
    return {UUID(row['area']) if row['area'] else None: int(row['heads']) for row in rows}


def sheets(
    areas: Sequence[Area],
    called: Iterable[tuple[UUID | None, Called]],
    entrance: Mapping[UUID | None, int],
    heads: Mapping[UUID | None, int],
    *,
    sees_protected: bool,
    no_area: str,
) -> list[AreaSheet]:
    """One for each area, and one for those without an area where there is anybody."""
    by_area: dict[UUID | None, list[Called]] = {area.id: [] for area in areas}
    known = dict.fromkeys(by_area)
    for area, each in called:
        by_area.setdefault(area if area in known else None, []).append(each)
    names: dict[UUID | None, str] = {area.id: area.name for area in areas}
    if not areas or None in entrance or None in heads:
        by_area.setdefault(None, [])
    return [
        _sheet(area, names.get(area, no_area), people, entrance.get(area, 0), heads.get(area), sees_protected)
        for area, people in by_area.items()
    ]


def _sheet(
    area: UUID | None, name: str, people: list[Called], entrance: int, heads: int | None, sees_protected: bool
) -> AreaSheet:
    here = [each for each in people if not each.away]
    return AreaSheet(
        area=area,
        name=name,
        people=tuple(each for each in people if sees_protected or not each.protected),
        named=len(here),
        away=len(people) - len(here),
        marked=Counter(each.mark for each in here if each.mark),
        entrance=entrance,
        heads=heads,
    )


def _called(row: sqlite3.Row, vault: Vault, silent_before: datetime) -> Called:
    evacuee = UUID(row['evacuee'])
    details = open_person(vault, evacuee, row['details'])
    return Called(
        evacuee=evacuee,
        number=row['number'],
        name=details.name,
        away=row['state'] == StayState.AWAY,
        expected_at=datetime.fromisoformat(row['expected_at']) if row['expected_at'] else None,
        silent=datetime.fromisoformat(row['seen_at']) < silent_before,
        mark=Mark(row['mark']) if row['mark'] else None,
        protected=details.protected,
    )
