"""What staff should look after soon at the shelters."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.access.principals import Permission
from app.shelters.across.elsewhere import Elsewhere
from app.shelters.adoption import Adoptions
from app.shelters.ending.service import Endings
from app.shelters.ending.values import State
from app.shelters.inquiries.service import Inquiries
from app.shelters.registry import ShelterRegister
from app.shelters.values import ShelterState
from app.shelters.vulnerable.register import VulnerableRegister


class ShelterMatterKind(StrEnum):
    """What is the matter."""

    BY_RESIDENTS = 'by_residents'
    """Nobody has taken over yet."""
    FULL = 'full'
    """As many people as the shelter has places; staff decide whether it is full."""
    UNSEALED = 'unsealed'
    """The new code is not in the key box yet."""
    INQUIRIES = 'inquiries'
    """Several different people asked for the same name within a day."""
    CHILDREN_ALONE = 'children_alone'
    """Nobody has taken over so many children without an adult."""
    RESCUE = 'rescue'
    """Somebody who needs help to flee has to be fetched."""
    ELSEWHERE = 'elsewhere'
    """So many people were received at the shelter of another box, and stay here by the record."""
    ENDING = 'ending'
    """The end of a disaster waits for the second person."""
    STOCK_EMPTY = 'stock_empty'
    """So many items of a shelter ran out, by the stock book."""
    STOCK_EXPIRING = 'stock_expiring'
    REQUEST_DRAFTS = 'request_drafts'
    """Written down, and not sent to headquarters yet."""
    REQUESTS_SENT = 'requests_sent'
    """Headquarters has not answered yet."""
    BENEFITS = 'benefits'
    """Applications that nobody has decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterMatter:
    """One matter, for those who have the permission."""

    kind: ShelterMatterKind
    shelter: UUID | None = None
    name: str = ''
    count: int = 1
    since: datetime | None = None
    practice: bool = False
    permission: Permission = Permission.RUN_SHELTER


async def shelter_matters(register: ShelterRegister, adoptions: Adoptions) -> list[ShelterMatter]:
    """Everything found, the most urgent first; drills come last."""
    shelters = await register.all()
    unsealed = await adoptions.to_be_sealed()
    found = [
        ShelterMatter(
            kind=ShelterMatterKind.BY_RESIDENTS,
            shelter=one.id,
            name=one.entry.name,
            since=one.state_since,
            practice=one.practice,
        )
        for one in shelters
        if one.state is ShelterState.OPENED_BY_RESIDENTS
    ]
    found += [
        ShelterMatter(kind=ShelterMatterKind.UNSEALED, shelter=one.id, name=one.entry.name, practice=one.practice)
        for one in shelters
        if one.id in unsealed
    ]
    return sorted(found, key=lambda matter: matter.practice)


async def ending_matters(endings: Endings) -> list[ShelterMatter]:
    """What was exported and waits for a second person."""
    return [
        ShelterMatter(kind=ShelterMatterKind.ENDING, since=info.exported_at, permission=Permission.COMMAND_SHELTERS)
        for info in await endings.all()
        if info.state is State.EXPORTED
    ]


async def elsewhere_matters(elsewhere: Elsewhere) -> list[ShelterMatter]:
    """Stays that may be over; drills come last."""
    found = sorted(await elsewhere.waiting(), key=lambda each: each.practice)
    kind = ShelterMatterKind.ELSEWHERE
    return [ShelterMatter(kind=kind, count=each.people, since=each.since, practice=each.practice) for each in found]


async def safety_matters(inquiries: Inquiries, vulnerable: VulnerableRegister) -> list[ShelterMatter]:
    """What is unusual about the inquiries, and who waits for a rescue."""
    rescues, unusual = await vulnerable.rescues(), await inquiries.unusual()
    found = []
    if rescues:
        permission = Permission.COMMAND_SHELTERS
        found.append(ShelterMatter(kind=ShelterMatterKind.RESCUE, count=rescues, permission=permission))
    if unusual:
        permission, since = Permission.ANSWER_INQUIRIES, unusual.last_at
        kind = ShelterMatterKind.INQUIRIES
        found.append(ShelterMatter(kind=kind, count=unusual.names, since=since, permission=permission))
    return found
