"""What staff should look after soon at the shelters."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.access.principals import Permission
from app.shelters.adoption import Adoptions
from app.shelters.registry import ShelterRegister
from app.shelters.values import ShelterState


class ShelterMatterKind(StrEnum):
    """What is the matter."""

    BY_RESIDENTS = 'by_residents'
    """Nobody has taken over yet."""
    UNSEALED = 'unsealed'
    """The new code is not in the key box yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterMatter:
    """One matter, for those who have the permission."""

    kind: ShelterMatterKind
    shelter: UUID
    name: str
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
