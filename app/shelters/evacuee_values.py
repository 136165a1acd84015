"""A person as the register of evacuees gives and takes them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.shelters.details import PersonDetails
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import Assured, PersonClass


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacueeInfo:
    """A person as the shelter knows them."""

    id: UUID
    number: str
    person_class: PersonClass
    assured: Assured
    details: PersonDetails = field(repr=False)
    details_at: datetime | None
    registered_at: datetime
    changed_at: datetime
    merged_into: UUID | None
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Somebody stands at the desk for the first time."""

    arrival: Arrival
    person_class: PersonClass = PersonClass.UNKNOWN
    details: PersonDetails = field(default_factory=PersonDetails, repr=False)
    assured: Assured = Assured.TOLD
    token: Token | None = field(default=None, repr=False)
    attempt: str = ''
    """Names this touch or press; twice is once."""


class SharesProtection(Protocol):
    """`protected_twins.ProtectedTwins.shared`."""

    async def __call__(
        self, details: PersonDetails, *, practice: bool, besides: UUID | None = None
    ) -> PersonDetails: ...


@dataclass(frozen=True, slots=True)
class Registered:
    """Who is registered now."""

    evacuee: EvacueeInfo
    already: bool
    """The token or the attempt was known: nobody new was added."""
