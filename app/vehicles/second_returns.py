"""Of two returns of one trip the earlier counts; the later may end the trip on which the car went meanwhile."""

import uuid
from datetime import datetime
from uuid import UUID

from app.exchange.received import ReceivedLine
from app.storage.transaction import Transaction
from app.vehicles.alcohol_values import Phase
from app.vehicles.models import AlcoholCheck, Trip
from app.vehicles.month_texts import told_by
from app.vehicles.trip_lines import plain
from app.vehicles.two_rooms_models import LoneReturn

OTHERS = ('fuel_litres', 'fuel_yen', 'has_receipt', 'abnormality', 'is_accident')
TOLD_FROM = "SELECT json_extract(payload, '$.box') AS box FROM journal_line WHERE sequence = ?"


def second_return_id(trip: UUID, returned_at: datetime) -> UUID:
    """The id of a later return of this trip, the same at every box."""
    return uuid.uuid5(trip, str(returned_at.timestamp()))


async def keep_told(
    tx: Transaction, line: ReceivedLine, key: UUID, sequence: int, recorded_for: UUID | None = None
) -> None:
    """Keep a return as another box told of it, under this id, unless it is known."""
    if await LoneReturn.filter(id=key).using_db(tx.connection).exists():
        return
    told = told_by(line)
    await LoneReturn.create(
        id=key,
        sequence=sequence,
        box=line.box,
        vehicle=line.subjects[0],
        returned_at=line.happened_at,
        returned_by=line.person(told['returned_by']),
        received_by=line.person(told['received_by']),
        desk=told['desk_in'],
        odometer=told['odometer_in'],
        check_id=told['check'],
        others={name: told[name] for name in OTHERS},
        recorded_for=recorded_for,
        using_db=tx.connection,
    )


async def set_free(tx: Transaction, trip: UUID, counts: datetime, here: UUID) -> None:
    """An earlier return of this trip turned out to count, at this time: the one that stands there is kept beside it.

    `here` is the id of this box.
    """
    row = await Trip.get(id=trip, using_db=tx.connection)
    if row.returned_at is None or row.returned_by is None or row.odometer_in is None:
        return
    joined = LoneReturn.filter(trip=trip, returned_at=row.returned_at).using_db(tx.connection)
    if await joined.update(trip=None):
        return
    await LoneReturn.create(
        id=second_return_id(trip, row.returned_at),
        sequence=row.sequence,
        box=await _told_from(tx, row.sequence) or here,
        vehicle=row.vehicle,
        returned_at=row.returned_at,
        returned_by=row.returned_by,
        received_by=row.received_by,
        desk=row.desk_in,
        odometer=row.odometer_in,
        check_id=await _check_after(tx, trip, counts),
        others={**plain({name: getattr(row, name) for name in OTHERS}), 'abnormality': row.abnormality},
        recorded_for=trip,
        using_db=tx.connection,
    )


async def move_checks(tx: Transaction, recorded_for: UUID, trip: UUID) -> None:
    """Breath tests after the return that counts belong to the trip that the later return ended."""
    counts = (await Trip.get(id=recorded_for, using_db=tx.connection)).returned_at
    later = AlcoholCheck.filter(trip=recorded_for, phase=str(Phase.AFTER), checked_at__gt=counts)
    await later.using_db(tx.connection).update(trip=trip)


async def _told_from(tx: Transaction, sequence: int) -> UUID | None:
    found = await tx.connection.execute_query_dict(TOLD_FROM, [sequence])
    return UUID(found[0]['box']) if found and found[0]['box'] else None


async def _check_after(tx: Transaction, trip: UUID, counts: datetime) -> UUID | None:
    """The last breath test of the trip after the return that counts."""
    checks = AlcoholCheck.filter(trip=trip, phase=str(Phase.AFTER), checked_at__gt=counts)
    last = await checks.using_db(tx.connection).order_by('-checked_at').first()
    return last.id if last else None
