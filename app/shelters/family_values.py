"""A household as it enters itself on its own phone, and how it is kept."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.shelters.details import PersonDetails, SharedDetails, person_from_text, person_text
from app.shelters.values import Place

MOST_MEMBERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A household as it tells of itself; the first member speaks for it. Nothing of it was checked by anybody."""

    members: tuple[PersonDetails, ...] = field(repr=False)
    shared: SharedDetails = field(default_factory=SharedDetails, repr=False)
    place: Place = Place.SHELTER
    visitor: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the phone shows at the desk."""

    code: str = field(repr=False)
    number: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """What a desk was shown; `Families.used(draft)` ends it after the people are registered."""

    draft: UUID
    family: Family
    was_taken_before: bool
    """A desk opened it before and did not say that it was used: perhaps two desks were shown the same phone."""
    evacuee: UUID | None = None
    """Who wrote it is registered already: it completes their record."""


class FamilyFull(Exception):
    """More than `MOST_MEMBERS` people, or nobody."""


def family_text(family: Family, number: str) -> str:
    """As JSON, to be sealed; `number` is the one shown at the desk."""
    plain = {
        'number': number,
        'members': [person_text(member) for member in family.members],
        'shared': asdict(family.shared),
        'place': str(family.place),
        'visitor': family.visitor,
    }
    return json.dumps(plain, ensure_ascii=False)


def family_of(opened: dict[str, Any]) -> Family:
    """What `family_text` wrote."""
    return Family(
        members=tuple(person_from_text(member) for member in opened['members']),
        shared=SharedDetails(**opened['shared']),
        place=Place(opened['place']),
        visitor=opened['visitor'],
    )
