"""Everything that the page of a shelter shows, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.runtime import Box
from app.shelters.area_places import taken_in
from app.shelters.closing import StillThere
from app.shelters.opening_rows import OpeningInfo
from app.shelters.places import Area, ShelterInfo
from app.shelters.sealed_codes import LivingCode

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything on the page."""

    shelter: ShelterInfo
    areas: Sequence[Area]
    taken: Mapping[UUID, int]
    """People by area."""
    code: LivingCode | None
    to_be_sealed: bool
    openings: Sequence[OpeningInfo]
    there: Sequence[StillThere]
    people: int


async def facts_of(box: Box, shelter: UUID) -> Facts | None:
    """What the page shows; None: there is no such shelter."""
    found, opening = await box.shelters.register.get(shelter), box.shelters.opening
    if found is None:
        return None
    there, people = await opening.states.still_there(shelter, 0, MOST_SHOWN, practice=found.practice)
    return Facts(
        shelter=found,
        areas=await box.shelters.register.areas(shelter),
        taken=await taken_in(shelter, practice=found.practice),
        code=await opening.codes.of(shelter),
        to_be_sealed=shelter in await opening.adoptions.to_be_sealed(),
        openings=await opening.adoptions.openings(shelter),
        there=there,
        people=people,
    )
