"""The counter of one desk: presses, and taking the last one back."""

from collections.abc import Iterable
from uuid import UUID

from app.journal.line import Actor
from app.shelters.counting import HeadCounts, Press
from app.shelters.desk_places import DeskPlace
from app.shelters.models import HeadCount
from app.shelters.values import RECEIVING, PersonClass

REMEMBERED = 200


def still_standing(presses: Iterable[tuple[PersonClass, int]]) -> list[PersonClass]:
    """Presses that were not taken back, the oldest first; one taken back ends the newest of its class."""
    standing: list[PersonClass] = []
    for person_class, change in presses:
        if change > 0:
            standing.append(person_class)
        elif person_class in standing:
            newest = len(standing) - 1 - standing[::-1].index(person_class)
            del standing[newest]
    return standing


class DeskCounter:
    """Counts at one desk; after a restart it knows again what it counted last."""

    def __init__(self, desk: UUID, actor: Actor, counts: HeadCounts) -> None:
        self._desk = desk
        self._actor = actor
        self._counts = counts

    async def last(self, place: DeskPlace) -> PersonClass | None:
        """The class of the press that would be taken back."""
        if place.shelter is None:
            return None
        shelter, practice = place.shelter.id, place.shelter.practice
        since = await self._counts.base(shelter, practice=practice)
        mine = HeadCount.filter(desk=self._desk, shelter=shelter, practice=practice, sequence__gt=since)
        rows = await mine.order_by('-sequence').limit(REMEMBERED)
        standing = still_standing((PersonClass(row.person_class), row.change) for row in reversed(rows))
        return standing[-1] if standing else None

    async def count(self, place: DeskPlace, person_class: PersonClass, attempt: str) -> None:
        """One person more."""
        await self._press(place, person_class, 1, attempt)

    async def take_back(self, place: DeskPlace, attempt: str) -> None:
        """The last press of this desk did not count; without one, nothing happens."""
        last = await self.last(place)
        if last is not None:
            await self._press(place, last, -1, attempt)

    async def _press(self, place: DeskPlace, person_class: PersonClass, change: int, attempt: str) -> None:
        if place.shelter is None or place.shelter.state not in RECEIVING:
            return
        press = Press(
            shelter=place.shelter.id,
            person_class=person_class,
            change=change,
            area=place.area,
            attempt=f'{self._desk}:{attempt}',
            practice=place.shelter.practice,
        )
        await self._counts.press(press, self._actor, self._desk)
