"""The figures of one shelter and of one box: numbers only, nobody is named."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.shelters.needs.standards import Standard
from app.shelters.open_data.directory import Fullness, fullness_of
from app.shelters.places import ShelterInfo
from app.shelters.values import RECEIVING


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterFigures:
    """One shelter as headquarters see it; protected people are in the sums, as in all totals."""

    shelter: ShelterInfo
    people: int | None = None
    """Inside: the larger of counted and registered; None while nobody was counted, which is not 0."""
    counted: int = 0
    """Without names, at the entrance."""
    registered: int = 0
    """With a record, inside, those on a temporary leave included."""
    away: int = 0
    in_cars: int = 0
    at_home: int = 0
    elsewhere: int = 0
    """Looked after from here, neither inside nor in a car nor at home."""
    visitors: int = 0
    households: int | None = None
    """Of those who are registered; None: was not asked for, because it takes as long as all the rest."""
    short: tuple[Standard, ...] = ()
    """Standards that are certainly not met."""
    requests: int = 0
    """For supplies, sent or not, that have not arrived."""
    requests_to_decide: int = 0
    """Of those, sent and waiting for headquarters."""
    calls: int = 0
    """Calls for help that nobody has taken."""
    reported_at: datetime | None = None
    """When the last status report was signed."""
    report_due_at: datetime | None = None
    """When the next one is to be signed; None: it is not open."""
    as_of: datetime | None = None
    """When anything of this last changed; None: never."""

    @property
    def is_open(self) -> bool:
        """Whether people can come."""
        return self.shelter.state in RECEIVING

    @property
    def places(self) -> int | None:
        """Places that can be given; None: nobody knows."""
        capacity = self.shelter.entry.capacity
        return None if capacity is None else max(0, capacity - self.shelter.entry.blocked_capacity)

    @property
    def percent(self) -> int | None:
        """People by places; None where either is unknown or there are no places."""
        return round(self.people * 100 / self.places) if self.people is not None and self.places else None

    @property
    def fullness(self) -> Fullness:
        """As everybody may know it."""
        entry = self.shelter.entry
        return fullness_of(self.shelter.state, self.people, entry.capacity, entry.blocked_capacity)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFigures:
    """What one box knows of its shelters at one time."""

    box: UUID
    name: str
    as_of: datetime
    """When the figures were read there."""
    shelters: tuple[ShelterFigures, ...] = field(repr=False)
    is_own: bool = False


class FiguresSource(Protocol):
    """Where figures come from: this box, its peers, and later the database of the headquarters."""

    async def figures(self, *, practice: bool, with_households: bool = False) -> list[BoxFigures]:
        """One for each box that told something; households are told where they are asked for, or known anyway."""
