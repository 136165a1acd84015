"""How many places of the areas of a shelter are taken, and how many are free."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.functions import Count

from app.shelters.models import Stay
from app.shelters.places import Area
from app.shelters.values import StayState


async def taken_in(shelter: UUID, *, practice: bool) -> dict[UUID, int]:
    """People who are registered in each area and have not left, protected ones and those on a temporary leave too."""
    staying = Stay.filter(shelter=shelter, practice=practice).exclude(state=str(StayState.LEFT)).exclude(area=None)
    rows = await staying.annotate(people=Count('id')).group_by('area').values('area', 'people')
    return {row['area']: row['people'] for row in rows}


def free_in(areas: Sequence[Area], taken: Mapping[UUID, int]) -> dict[UUID, int]:
    """Free places by area, below 0 where it is overcrowded; areas without a known capacity are missing."""
    return {
        area.id: area.capacity - area.blocked - taken.get(area.id, 0) for area in areas if area.capacity is not None
    }
