"""What one box tells of a person, as plain values: that they are there, where they stay, and what they received."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise.models import Model

from app.clock import TOKYO
from app.shelters.across.models import AcrossClaim, AcrossPerson, AcrossStay

IDS = frozenset({'box', 'person', 'shelter', 'root'})
TIMES = frozenset({'arrived_at', 'seen_at', 'at'})


class About(StrEnum):
    """What a fact is about."""

    PERSON = 'person'
    STAY = 'stay'
    CLAIM = 'claim'


TABLES: Mapping[About, type[Model]] = {
    About.PERSON: AcrossPerson,
    About.STAY: AcrossStay,
    About.CLAIM: AcrossClaim,
}
COLUMNS = {
    About.PERSON: ('box', 'number', 'indexes', 'withdrawn', 'since', 'practice'),
    About.STAY: ('box', 'person', 'shelter', 'shelter_name', 'state', 'arrived_at', 'seen_at'),
    About.CLAIM: (
        'box', 'person', 'shelter', 'shelter_name', 'item', 'item_code', 'root', 'limits', 'at', 'overridden', 'stands'
    ),
}  # fmt: skip
LATER: Mapping[str, object] = {'item_code': '', 'root': None}
"""What boxes of an earlier version leave out."""
VOID: Mapping[About, Mapping[str, object]] = {
    About.STAY: {'shelter': UUID(int=0), 'shelter_name': '', 'state': ''},
    About.CLAIM: {
        'shelter': UUID(int=0),
        'shelter_name': '',
        'item': '',
        'item_code': '',
        'root': None,
        'limits': {},
        'stands': False,
    },
}
"""What is left of a fact that its box took back: that there was one, so that no order of lines brings it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact; of two about the same the one that was told later counts, whichever comes first."""

    about: About
    id: UUID
    key: UUID
    told: str
    """Place in the journal of its box."""
    values: Mapping[str, Any] = field(repr=False)

    @property
    def person(self) -> UUID:
        """Whom it is about, under the id of their box."""
        person: UUID = self.id if self.about is About.PERSON else self.values['person']
        return person

    @property
    def box(self) -> UUID:
        """Who tells."""
        box: UUID = self.values['box']
        return box

    def text(self) -> str:
        """As it travels."""
        values = {name: _plain(self.values[name]) for name in COLUMNS[self.about]}
        return json.dumps({'about': self.about, 'id': str(self.id), 'told': self.told, **values}, ensure_ascii=False)


def read_fact(key: UUID, text: str) -> Fact:
    """What `Fact.text` wrote; parts that a newer version adds are left out.

    Raises:
        ValueError, KeyError: this version cannot read it.
    """
    told = {**LATER, **json.loads(text)}
    about = About(told['about'])
    values = {name: _value(name, told[name]) for name in COLUMNS[about]}
    return Fact(about=about, id=UUID(told['id']), key=key, told=str(told['told']), values=values)


def fact_of(about: About, row: Any) -> Fact:
    """What a row keeps."""
    values = {name: getattr(row, name) for name in COLUMNS[about]}
    return Fact(about=about, id=row.id, key=row.key, told=row.told, values=values)


def place(epoch: int, sequence: int) -> str:
    """A place in the journal of a box; a restored box begins its next epoch."""
    return f'{epoch:06d}.{sequence:012d}'


def time_of(text: str) -> datetime:
    """A time that was written down, in Tokyo."""
    return datetime.fromisoformat(text).astimezone(TOKYO)


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _value(name: str, told: Any) -> Any:
    if name in IDS:
        return UUID(told) if told else None
    return time_of(told) if name in TIMES else told
