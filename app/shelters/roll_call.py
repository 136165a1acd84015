"""Roll calls (点呼): at night, area by area, closed with the name of who did it (domain/shelters.md 6)."""

import sqlite3
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.language import _
from app.shelters.counting import HeadCounts
from app.shelters.counting_base import ROLL_CALL_CLOSED
from app.shelters.people_models import RollCall, RollCallHeads, RollCallMark
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.roll_call_sheet import AreaSheet, Called, Mark, read_called, read_heads, sheets
from app.shelters.stays import Arrival, Stays
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

STARTED = 'shelters.roll_call_started'
MARKED = 'shelters.roll_call_marked'
HEADS_COUNTED = 'shelters.roll_call_heads'
MOST_HEADS = 9999
STILL_THERE = "SELECT 1 FROM stay WHERE evacuee = ? AND shelter = ? AND state <> 'left'"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallInfo:
    """A roll call of a shelter."""

    id: UUID
    shelter: UUID
    practice: bool
    started_at: datetime
    started_by: str
    closed_at: datetime | None
    closed_by: str | None
    """Id of the person who signed."""


class RollCallRefused(Exception):
    """There is no such roll call, it was signed already, the person is not there, or the number cannot be."""


class RollCalls:
    """Begins, marks and closes roll calls, each step a line of the journal."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        reading: ReadOnlyDatabase,
        register: ShelterRegister,
        stays: Stays,
        counts: HeadCounts,
        *,
        silent_hours: int,
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._register = register
        self._stays = stays
        self._counts = counts
        self._silent = timedelta(hours=silent_hours)
        self.CHANGED: Event[UUID] = Event()
        """Something was marked, counted or signed at this shelter."""

    async def begin(self, shelter: ShelterInfo, actor: Actor, desk: UUID | None = None) -> RollCallInfo:
        """Begin one; if one is under way it goes on, so that several tablets work on the same."""

        async def work(tx: Transaction) -> RollCallInfo:
            open_now = await RollCall.filter(shelter=shelter.id, closed_at=None).using_db(tx.connection).first()
            if open_now is not None:
                return _info(open_now)
            row = await RollCall.create(
                id=uuid.uuid4(),
                shelter=shelter.id,
                started_at=clock.now(),
                started_by=actor.id,
                practice=shelter.practice,
                using_db=tx.connection,
            )
            await self._write(tx, STARTED, row, actor, desk)
            return _info(row)

        return await transaction(work)

    async def mark(self, roll_call: UUID, evacuee: UUID, mark: Mark, actor: Actor, desk: UUID | None = None) -> None:
        """What was found of somebody; the last press counts. Who is present was seen, and is back if they were away.

        Raises:
            RollCallRefused: nothing was marked.
        """

        async def work(tx: Transaction) -> None:
            row = await _open(tx, roll_call)
            if not await tx.connection.execute_query_dict(STILL_THERE, [str(evacuee), str(row.shelter)]):
                raise RollCallRefused
            columns = {'mark': str(mark), 'marked_at': clock.now(), 'marked_by': actor.id}
            query = RollCallMark.filter(roll_call=roll_call, evacuee=evacuee).using_db(tx.connection)
            if not await query.update(**columns):
                await RollCallMark.create(
                    id=uuid.uuid4(), roll_call=roll_call, evacuee=evacuee, using_db=tx.connection, **columns
                )
            await self._write(tx, MARKED, row, actor, desk, (evacuee,), mark=str(mark))
            if mark is Mark.PRESENT:
                arrival = Arrival(shelter=row.shelter, practice=row.practice)
                await self._stays.arrive_in(tx, evacuee, arrival, actor, desk)

        await transaction(work)

    async def count_heads(
        self, roll_call: UUID, area: UUID | None, heads: int, actor: Actor, desk: UUID | None = None
    ) -> None:
        """So many heads were counted in the area, whoever they are; the last number counts.

        Raises:
            RollCallRefused: nothing was recorded.
        """
        if not 0 <= heads <= MOST_HEADS:
            raise RollCallRefused

        async def work(tx: Transaction) -> None:
            row = await _open(tx, roll_call)
            await RollCallHeads.create(
                id=uuid.uuid4(),
                roll_call=roll_call,
                area=area,
                heads=heads,
                counted_at=clock.now(),
                counted_by=actor.id,
                using_db=tx.connection,
            )
            await self._write(tx, HEADS_COUNTED, row, actor, desk, area=str(area) if area else None, heads=heads)

        await transaction(work)

    async def close(self, roll_call: UUID, actor: Actor, desk: UUID | None = None) -> RollCallInfo:
        """Sign it; the numbers of each area stand in the line of the journal, and counting goes on from them.

        Raises:
            RollCallRefused: it was signed already, or there is none.
        """
        known = await self.get(roll_call)
        if known is None:
            raise RollCallRefused
        result = [_numbers(sheet) for sheet in await self.sheets(known, sees_protected=False)]

        async def work(tx: Transaction) -> RollCallInfo:
            row = await _open(tx, roll_call)
            row.closed_at, row.closed_by = clock.now(), actor.id
            await row.save(using_db=tx.connection, update_fields=['closed_at', 'closed_by'])
            await self._write(tx, ROLL_CALL_CLOSED, row, actor, desk, areas=result)
            tx.after_commit(lambda: self._counts.CHANGED.emit(row.shelter))
            return _info(row)

        return await transaction(work)

    async def get(self, roll_call: UUID) -> RollCallInfo | None:
        """The roll call of this id."""
        row = await RollCall.get_or_none(id=roll_call)
        return _info(row) if row else None

    async def of(self, shelter: UUID, limit: int = 20) -> list[RollCallInfo]:
        """The roll calls of a shelter, the newest first."""
        return [_info(row) for row in await RollCall.filter(shelter=shelter).order_by('-started_at').limit(limit)]

    async def sheets(self, roll_call: RollCallInfo, *, sees_protected: bool) -> list[AreaSheet]:
        """The areas, with who should be there now."""
        found = await self._counts.reconcile(roll_call.shelter, practice=roll_call.practice)
        entrance: Counter[UUID | None] = Counter()
        for (area, _person_class), people in found.counted.items():
            entrance[area] += people
        silent_before = clock.now() - self._silent

        def query(connection: sqlite3.Connection) -> tuple[list[tuple[UUID | None, Called]], dict[UUID | None, int]]:
            called = read_called(
                connection, self._vault, roll_call.id, roll_call.shelter, roll_call.practice, silent_before
            )
            return called, read_heads(connection, roll_call.id)

        called, heads = await self._reading.read(query)
        areas = await self._register.areas(roll_call.shelter)
        return sheets(areas, called, entrance, heads, sees_protected=sees_protected, no_area=_('区画なし'))

    async def _write(
        self,
        tx: Transaction,
        kind: str,
        row: RollCall,
        actor: Actor,
        desk: UUID | None,
        evacuees: tuple[UUID, ...] = (),
        **payload: object,
    ) -> None:
        facts = {'roll_call': str(row.id), 'shelter': str(row.shelter), 'practice': row.practice, **payload}
        act = Act(kind=kind, actor=actor, subjects=(row.shelter, *evacuees), desk=desk, payload=facts)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: self.CHANGED.emit(row.shelter))


async def _open(tx: Transaction, roll_call: UUID) -> RollCall:
    row = await RollCall.get_or_none(id=roll_call, closed_at=None, using_db=tx.connection)
    if row is None:
        raise RollCallRefused
    return row


def _numbers(sheet: AreaSheet) -> dict[str, object]:
    return {
        'area': str(sheet.area) if sheet.area else None,
        'named': sheet.named,
        'away': sheet.away,
        'entrance': sheet.entrance,
        'heads': sheet.heads,
        'unanswered': sheet.unanswered,
        **{str(mark): sheet.marked.get(mark, 0) for mark in Mark},
    }


def _info(row: RollCall) -> RollCallInfo:
    return RollCallInfo(
        id=row.id,
        shelter=row.shelter,
        practice=row.practice,
        started_at=row.started_at,
        started_by=row.started_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )
