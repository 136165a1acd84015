"""What the reception desks of a box have in common, and what stands around each of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from app.desks.register import DeskRegister
from app.journal.line import Actor
from app.shelters.area_places import free_in, taken_in
from app.shelters.calls import OpenCall, UrgentCalls
from app.shelters.clerk import Clerk
from app.shelters.counting import HeadCounts
from app.shelters.desk_counting import DeskCounter
from app.shelters.desk_flow import Flow
from app.shelters.desk_handing_values import NOTHING_AROUND, HandingAround
from app.shelters.desk_places import DeskPlace, DeskPlaces
from app.shelters.desk_shown import CallShown
from app.shelters.evacuees import Evacuees
from app.shelters.handing_desks import HandingDesks
from app.shelters.registry import ShelterRegister
from app.shelters.totals import ShelterTotals, Totals


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a desk shows beside whom it serves."""

    totals: Totals
    calls: tuple[CallShown, ...]
    handing: HandingAround = NOTHING_AROUND
    free: Mapping[UUID, int] = field(default_factory=dict)
    """Places by area, where a capacity is known."""


@dataclass(frozen=True, slots=True)
class DeskSetting:
    """What the rest of the box tells a reception desk."""

    desks: DeskRegister
    whom_to_call: str
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskParts:
    """The services that a reception desk works with."""

    clerk: Clerk
    handing: HandingDesks
    places: DeskPlaces
    register: ShelterRegister
    counts: HeadCounts
    totals: ShelterTotals
    calls: UrgentCalls
    evacuees: Evacuees
    prefix: str

    def counter(self, desk: UUID, actor: Actor) -> DeskCounter:
        """The counter of one desk."""
        return DeskCounter(desk, actor, self.counts)

    async def surroundings(self, place: DeskPlace, setting: DeskSetting, flow: Flow) -> Surroundings:
        """Sums and open calls of the desk's shelter, and what there is to hand out where the desk does that."""
        if place.shelter is None:
            return Surroundings(Totals({}, 0), ())
        shelter, practice = place.shelter.id, place.shelter.practice
        totals = await self.totals.of(shelter, practice=practice)
        calls = await self.calls.open(shelter, practice=practice)
        desks = {desk.id: desk.name for desk in await setting.desks.all()} if calls else {}
        shown = tuple([await self._shown(call, place, desks) for call in calls])
        has_capacity = any(area.capacity is not None for area in place.areas)
        free = free_in(place.areas, await taken_in(shelter, practice=practice)) if has_capacity else {}
        return Surroundings(totals, shown, await self.handing.around(place.shelter, flow), free)

    def listen(
        self, desk: UUID, shelter: Callable[[], UUID | None], redraw: Callable[[], None], move: Callable[[], None]
    ) -> list[Callable[[], None]]:
        """Call `redraw` when sums or calls of the shelter change, `move` when the desk or its shelter does."""

        def of_shelter(changed: UUID) -> None:
            if changed == shelter():
                redraw()

        def of_desk(changed: UUID) -> None:
            if changed == desk:
                move()

        return [
            self.totals.CHANGED.listen(of_shelter),
            self.calls.CHANGED.listen(of_shelter),
            self.places.CHANGED.listen(of_desk),
            self.register.CHANGED.listen(lambda _shelter: move()),
            *self.handing.listen(of_shelter, redraw),
        ]

    async def _shown(self, call: OpenCall, place: DeskPlace, desks: dict[UUID, str]) -> CallShown:
        info = await self.evacuees.get(call.help.evacuee) if call.help.evacuee else None
        area = next((each.name for each in place.areas if each.id == call.help.area), '')
        return CallShown(
            id=call.id,
            urgency=call.help.urgency,
            number=info.number if info else '',
            where=area or (desks.get(call.desk, '') if call.desk else ''),
            called_at=call.called_at,
        )
