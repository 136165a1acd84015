"""Where else to go: the nearest other shelters."""

import math
from dataclasses import dataclass

from app.shelters.places import ShelterInfo
from app.shelters.values import RECEIVING, ShelterKind, ShelterState

METRES_PER_DEGREE = 111_320
GOING_TO = frozenset({ShelterKind.DESIGNATED, ShelterKind.TEMPORARY, ShelterKind.SELF_ORGANISED, ShelterKind.WELFARE})


@dataclass(frozen=True, slots=True)
class Nearby:
    """Another shelter, and how far it is as the crow flies; None: its place is not known."""

    shelter: ShelterInfo
    metres: float | None


def nearby_shelters(here: ShelterInfo, shelters: list[ShelterInfo], most: int) -> list[Nearby]:
    """Others that may be gone to, those that receive people first, then by distance; no closed ones."""
    others = [
        Nearby(one, _metres(here, one))
        for one in shelters
        if one.id != here.id
        and one.entry.kind in GOING_TO
        and one.practice is here.practice
        and one.state not in (ShelterState.CLOSED, ShelterState.FULL)
    ]
    return sorted(others, key=_order)[:most]


def _order(one: Nearby) -> tuple[bool, bool, float, str]:
    is_open = one.shelter.state in RECEIVING
    return not is_open, one.metres is None, one.metres or 0.0, one.shelter.entry.name


def _metres(here: ShelterInfo, there: ShelterInfo) -> float | None:
    one, other = here.entry, there.entry
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east) * METRES_PER_DEGREE
