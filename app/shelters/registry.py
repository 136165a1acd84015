"""The shelters of the city, their areas, and whether people can come."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.models import Shelter, ShelterArea
from app.shelters.places import Area, ShelterEntry, ShelterInfo, ShelterRefused, area_info, columns_of, shelter_info
from app.shelters.values import RECEIVING, ShelterState
from app.storage.transaction import Transaction, transaction

SHELTER_ADDED = 'shelters.added'
SHELTER_CHANGED = 'shelters.changed'
SHELTER_STATE = 'shelters.state'
AREA_ADDED = 'shelters.area_added'
AREA_CHANGED = 'shelters.area_changed'
BOX_STANDS = 'shelters.box_stands'


class ShelterRegister:
    """Adds, changes and finds shelters."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """A shelter, its areas or its state changed."""

    async def all(self) -> list[ShelterInfo]:
        """All shelters in use, by name."""
        return [shelter_info(row) for row in await Shelter.filter(retired_at=None).order_by('name')]

    async def get(self, shelter: UUID) -> ShelterInfo | None:
        """The shelter of this id."""
        row = await Shelter.get_or_none(id=shelter)
        return shelter_info(row) if row else None

    async def get_in(self, tx: Transaction, shelter: UUID) -> ShelterInfo | None:
        """The shelter in use, as a transaction sees it."""
        row = await Shelter.get_or_none(id=shelter, retired_at=None, using_db=tx.connection)
        return shelter_info(row) if row else None

    async def any_receives(self) -> bool:
        """Whether some shelter that is not given up receives people now."""
        return await Shelter.filter(state__in=[str(state) for state in RECEIVING], retired_at=None).exists()

    async def here(self) -> ShelterInfo | None:
        """The shelter that this box stands in."""
        row = await Shelter.filter(here=True, retired_at=None).first()
        return shelter_info(row) if row else None

    async def add(
        self, entry: ShelterEntry, actor: Actor, *, here: bool = False, practice: bool = False
    ) -> ShelterInfo:
        """Add a shelter, not opened yet; with `here`, this box stands in it from now on, and in no other.

        Raises:
            ShelterRefused: the code is in use, or the name is empty.
        """
        (added,) = await self.add_all([entry], actor, here=here, practice=practice)
        return added

    async def add_all(
        self,
        entries: Sequence[ShelterEntry],
        actor: Actor,
        *,
        here: bool = False,
        practice: bool = False,
        batch: UUID | None = None,
    ) -> list[ShelterInfo]:
        """Add several, all or none.

        Raises:
            ShelterRefused: as `add`; or `here`, where the box would stand in several.
        """
        if here and len(entries) > 1:
            raise ShelterRefused('here')

        async def work(tx: Transaction) -> list[ShelterInfo]:
            moves = here and await Shelter.filter(here=True).using_db(tx.connection).update(here=False)
            added = [await self._add(tx, entry, here=here, practice=practice) for entry in entries]
            acts = (_act(SHELTER_ADDED, each, actor, batch) for each in added)
            await self._journal.append_all(tx, acts)
            for each in added:
                self._tell(tx, each.id)
            if moves:
                stands = (Act(kind=BOX_STANDS, actor=actor, subjects=(each.id,), batch=batch) for each in added)
                await self._journal.append_all(tx, stands)
            return added

        return await transaction(work)

    async def change(self, shelter: UUID, entry: ShelterEntry, actor: Actor) -> ShelterInfo:
        """Replace what is known of a shelter; its code stays.

        Raises:
            ShelterRefused: there is no such shelter, or the name is empty.
        """

        async def work(tx: Transaction) -> ShelterInfo:
            row = await _row(tx, shelter)
            _check(entry)
            changed = replace(entry, code=row.code)
            await Shelter.filter(id=shelter).using_db(tx.connection).update(**columns_of(changed))
            after = replace(shelter_info(row), entry=changed)
            await self._journal.append(tx, _act(SHELTER_CHANGED, after, actor))
            self._tell(tx, shelter)
            return after

        return await transaction(work)

    async def set_state(
        self, shelter: UUID, state: ShelterState, actor: Actor, *, desk: UUID | None = None, reason: str = ''
    ) -> ShelterInfo:
        """Open, fill or close a shelter; who and when is in the journal. The same state again changes nothing."""

        async def work(tx: Transaction) -> ShelterInfo:
            return await self.set_state_in(tx, shelter, state, actor, desk=desk, reason=reason)

        return await transaction(work)

    async def set_state_in(
        self, tx: Transaction, shelter: UUID, state: ShelterState, actor: Actor, *, desk: UUID | None, reason: str = ''
    ) -> ShelterInfo:
        """The same within a transaction that does more."""
        row = await _row(tx, shelter)
        before = shelter_info(row)
        if before.state is state:
            return before
        at = clock.now()
        await Shelter.filter(id=shelter).using_db(tx.connection).update(state=str(state), state_since=at)
        payload = {'before': str(before.state), 'after': str(state), 'reason': reason, 'practice': before.practice}
        act = Act(kind=SHELTER_STATE, actor=actor, subjects=(shelter,), desk=desk, payload=payload)
        await self._journal.append(tx, act)
        self._tell(tx, shelter)
        return replace(before, state=state, state_since=at)

    async def areas(self, shelter: UUID) -> list[Area]:
        """The areas in use, in the order in which they were added."""
        rows = await ShelterArea.filter(shelter=shelter, retired_at=None).order_by('id')
        return [area_info(row) for row in rows]

    async def put_area(self, area: Area, actor: Actor) -> None:
        """Add an area, or change the one of this id."""
        if not area.name.strip():
            raise ShelterRefused('name')
        columns = {
            'shelter': area.shelter,
            'name': area.name.strip(),
            'kind': str(area.kind),
            'capacity': area.capacity,
            'blocked': area.blocked,
            'area_m2': area.area_m2,
        }

        async def work(tx: Transaction) -> None:
            changed = await ShelterArea.filter(id=area.id).using_db(tx.connection).update(**columns)
            if not changed:
                await ShelterArea.create(id=area.id, **columns, using_db=tx.connection)
            payload = {**columns, 'shelter': str(area.shelter), 'area': str(area.id)}
            kind = AREA_CHANGED if changed else AREA_ADDED
            await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(area.shelter,), payload=payload))
            self._tell(tx, area.shelter)

        await transaction(work)

    async def _add(self, tx: Transaction, entry: ShelterEntry, *, here: bool, practice: bool) -> ShelterInfo:
        _check(entry)
        if await Shelter.filter(code=entry.code).using_db(tx.connection).exists():
            raise ShelterRefused('code')
        state = str(ShelterState.NOT_OPENED)
        columns = {**columns_of(entry), 'state': state, 'here': here, 'practice': practice}
        return shelter_info(await Shelter.create(id=uuid.uuid4(), **columns, using_db=tx.connection))

    def _tell(self, tx: Transaction, shelter: UUID) -> None:
        tx.after_commit(lambda: self.CHANGED.emit(shelter))


def _check(entry: ShelterEntry) -> None:
    if not entry.name.strip():
        raise ShelterRefused('name')


async def _row(tx: Transaction, shelter: UUID) -> Shelter:
    row = await Shelter.get_or_none(id=shelter, retired_at=None, using_db=tx.connection)
    if row is None:
        raise ShelterRefused('shelter')
    return row


def _act(kind: str, shelter: ShelterInfo, actor: Actor, batch: UUID | None = None) -> Act:
    return Act(kind=kind, actor=actor, subjects=(shelter.id,), payload=columns_of(shelter.entry), batch=batch)
