"""Which shelter a reception desk belongs to."""

from dataclasses import dataclass
from uuid import UUID

from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.desk_screens import Mode
from app.shelters.models import ShelterDesk
from app.shelters.places import Area, ShelterInfo
from app.shelters.registry import ShelterRegister
from app.storage.transaction import Transaction, transaction

DESK_PLACED = 'shelters.desk_placed'


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPlace:
    """Where a desk stands: its shelter, the area people are put in, and what it begins with."""

    shelter: ShelterInfo | None = None
    """None: this box stands in no shelter, and nobody chose one for the desk."""
    areas: tuple[Area, ...] = ()
    area: UUID | None = None
    mode: Mode = Mode.RECEPTION


class DeskPlaces:
    """The desks of this box and their shelters; a desk of which nothing is known belongs to the box's own shelter."""

    def __init__(self, register: ShelterRegister, journal: Journal) -> None:
        self._register = register
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """This desk belongs somewhere else now."""

    async def of(self, desk: UUID) -> DeskPlace:
        """Where the desk stands now."""
        row = await ShelterDesk.get_or_none(desk=desk)
        shelter = await self._register.get(row.shelter) if row else await self._register.here()
        if shelter is None:
            return DeskPlace()
        areas = tuple(await self._register.areas(shelter.id))
        if row is None:
            return DeskPlace(shelter=shelter, areas=areas)
        area = row.area if row.area in {each.id for each in areas} else None
        mode = Mode(row.mode) if row.mode in set(Mode) else Mode.RECEPTION
        return DeskPlace(shelter=shelter, areas=areas, area=area, mode=mode)

    async def put(self, desk: UUID, shelter: UUID, actor: Actor, *, area: UUID | None, mode: Mode) -> None:
        """Let the desk receive people for this shelter."""
        columns: dict[str, object] = {'shelter': shelter, 'area': area, 'mode': str(mode)}

        async def work(tx: Transaction) -> None:
            changed = await ShelterDesk.filter(desk=desk).using_db(tx.connection).update(**columns)
            if not changed:
                await ShelterDesk.create(desk=desk, **columns, using_db=tx.connection)
            payload = {'shelter': str(shelter), 'area': str(area) if area else None, 'mode': str(mode)}
            act = Act(kind=DESK_PLACED, actor=actor, subjects=(shelter,), desk=desk, payload=payload)
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self.CHANGED.emit(desk))

        await transaction(work)
