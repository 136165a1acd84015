"""The sums that all desks of a shelter show, computed once for all of them."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.events import Event
from app.shelters.counting import HeadCounts
from app.shelters.heads import by_class
from app.shelters.registry import ShelterRegister
from app.shelters.stays import Stays
from app.shelters.values import PersonClass


@dataclass(frozen=True, slots=True)
class Totals:
    """How many were counted, by class, and how many are registered as staying inside."""

    counted: Mapping[PersonClass, int]
    registered: int


class ShelterTotals:
    """Sums of shelters, kept until somebody is counted or moves."""

    def __init__(self, counts: HeadCounts, stays: Stays, register: ShelterRegister) -> None:
        self._counts = counts
        self.CHANGED: Event[UUID] = Event()
        """The sums of this shelter changed."""
        self._known: dict[tuple[UUID, bool], Totals] = {}
        self._version: dict[UUID, int] = defaultdict(int)
        self._computing = asyncio.Lock()
        counts.CHANGED.listen(self._changed)
        stays.CHANGED.listen(self._changed)
        register.CHANGED.listen(self._changed)

    async def of(self, shelter: UUID, *, practice: bool) -> Totals:
        """The sums as they are now."""
        async with self._computing:
            version = self._version[shelter]
            known = self._known.get((shelter, practice))
            totals = known or await self._compute(shelter, practice)
            if version == self._version[shelter]:
                self._known[shelter, practice] = totals
            return totals

    async def _compute(self, shelter: UUID, practice: bool) -> Totals:
        reconciled = await self._counts.reconcile(shelter, practice=practice)
        return Totals(by_class(reconciled.counted.items()), sum(reconciled.registered.values()))

    def _changed(self, shelter: UUID) -> None:
        self._version[shelter] += 1
        self._known.pop((shelter, True), None)
        self._known.pop((shelter, False), None)
        self.CHANGED.emit(shelter)
