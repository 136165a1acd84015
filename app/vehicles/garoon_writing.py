"""Writes the state of lendings to their events in Garoon, each state once, also after Garoon was away."""

import logging
from datetime import timedelta
from typing import Any

from app import clock
from app.storage.transaction import Transaction, transaction
from app.vehicles.garoon.client import Garoon
from app.vehicles.garoon.csv_import import EVENT_PREFIX
from app.vehicles.garoon.errors import Forbidden, NotFound, Rejected
from app.vehicles.models import Reservation, Trip, Vehicle
from app.vehicles.trip_values import kilometres_between

OUT = 'out'
RETURNED = 'returned'
WORTH_WRITING = timedelta(days=7)
MOST_AT_ONCE = 200
log = logging.getLogger(__name__)


class StateWriter:
    """What waits is read from the trips themselves, so that nothing that waits can be lost."""

    async def write(self, garoon: Garoon, name: str) -> int:
        """Write what is waiting, the oldest first, and return how many were written.

        Where Garoon was away during hand-over and return, only the return is written. An event that is gone, or that
        the user may not change, is not tried again.

        Raises:
            GaroonError: Garoon is away; what was not written waits.
        """
        written = 0
        for row, trip in await _waiting():
            state = _state(trip)
            try:
                await garoon.write_state(row.event, name, await _value(trip, state))
                written += 1
            except (NotFound, Rejected, Forbidden) as error:
                log.warning('The state of a lending was not written to its event (%s)', type(error).__name__)
            await _remember(row.key, state)
        return written


async def _waiting() -> list[tuple[Reservation, Trip]]:
    since = clock.now() - WORTH_WRITING
    recent = Trip.filter(reservation__isnull=False, out_at__gt=since)
    trips = await recent.order_by('sequence')
    by_key = {trip.reservation: trip for trip in trips if trip.reservation}
    rows = {row.key: row for row in await Reservation.filter(key__in=list(by_key))}
    found = [(rows[key], trip) for key, trip in by_key.items() if key in rows]
    return [(row, trip) for row, trip in found if _is_waiting(row, trip)][:MOST_AT_ONCE]


def _is_waiting(row: Reservation, trip: Trip) -> bool:
    return row.written_back != _state(trip) and row.gone_at is None and not row.event.startswith(EVENT_PREFIX)


def _state(trip: Trip) -> str:
    return OUT if trip.returned_at is None else RETURNED


async def _value(trip: Trip, state: str) -> dict[str, Any]:
    """Times in ISO 8601 with zone, kilometres; nobody is named, because all who see the event can read it."""
    car = await Vehicle.get_or_none(id=trip.vehicle)
    return {
        'state': state,
        'plate': car.plate if car else '',
        'outAt': trip.out_at.astimezone(clock.TOKYO).isoformat(timespec='seconds'),
        'returnedAt': trip.returned_at.astimezone(clock.TOKYO).isoformat(timespec='seconds')
        if trip.returned_at
        else None,
        'distance': kilometres_between(trip.odometer_out, trip.odometer_in),
    }


async def _remember(key: str, state: str) -> None:
    async def work(tx: Transaction) -> None:
        await Reservation.filter(key=key).using_db(tx.connection).update(written_back=state)

    await transaction(work)
