"""Reservations as the box last heard of them; Garoon stays their place."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar
from uuid import UUID

from app import clock
from app.events import Event
from app.storage.remembered import Remembered, Worked
from app.storage.transaction import Transaction, transaction
from app.vehicles.garoon.events import Reservation as Told
from app.vehicles.garoon.logins import login_key
from app.vehicles.garoon.models import GaroonLogin
from app.vehicles.garoon.sync import Window
from app.vehicles.models import Reservation, ReservationSource, Trip, Vehicle
from app.vehicles.reservation_rows import row_of, told_of

EARLY = timedelta(hours=2)
"""A reservation is offered from this long before it begins."""
AHEAD = timedelta(days=1)
"""The board of cars looks so far ahead."""
READ_AGAIN_AFTER = timedelta(minutes=10)
ROWS_AT_ONCE = 200
ONLY_SOURCE = 1
REPLACED = (
    'event', 'facility', 'start', 'end', 'subject', 'purpose', 'creator', 'attendees', 'fetched_at', 'gone_at',
)  # fmt: skip
Item = TypeVar('Item')


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationInfo:
    """A car booked for a stretch of time, half open."""

    key: str
    vehicle: UUID
    start: datetime
    end: datetime
    subject: str
    purpose: str
    people: tuple[str, ...]
    """Staff numbers of those who may be the driver: who goes along first, then who booked."""


@dataclass(frozen=True, slots=True)
class _Soon:
    """What was to come when it was read, in the order of the beginnings."""

    read_at: datetime
    unused: list[ReservationInfo]
    first_end: datetime
    """Until then all of them count."""


@dataclass(frozen=True, slots=True)
class Coming:
    """The reservations that are still to be used, as they were at one moment."""

    at: datetime
    unused: Sequence[ReservationInfo]
    """In the order of their beginnings."""
    _next: Worked[Mapping[UUID, ReservationInfo]]
    no_show_after: timedelta = timedelta.max
    """So long after its beginning a reservation for which nobody came keeps its car from nobody any more."""
    is_polled: bool = True
    """Whether Garoon is asked for them; otherwise somebody imports its CSV."""

    def of_person(self, number: str) -> list[ReservationInfo]:
        """What the person with this staff number may take now or soon, the nearest first."""
        soon = self.unused[: _begun_before(self.unused, self.at + EARLY)]
        return [each for each in soon if number in each.people]

    @property
    def next_of_cars(self) -> Mapping[UUID, ReservationInfo]:
        """The next one of each car within a day; the same mapping as long as it says the same."""
        count, late = _begun_before(self.unused, self.at + AHEAD), self._late
        return self._next.out('next', (self.unused, count, late), lambda: _first_of_cars(self.unused[late:count]))

    @property
    def no_shows(self) -> Mapping[UUID, ReservationInfo]:
        """Of each car the one that runs and for which nobody came (未使用); the same mapping as `next_of_cars`."""
        late = self._late
        return self._next.out('late', (self.unused, late), lambda: _first_of_cars(self.unused[:late]))

    @property
    def _late(self) -> int:
        if self.no_show_after is timedelta.max:
            return 0
        return _begun_before(self.unused, self.at - self.no_show_after)


class Reservations:
    """Keeps what Garoon told, and answers from it also when Garoon is away."""

    def __init__(self, no_show_after: timedelta = timedelta.max, *, is_polled: bool = True) -> None:
        """A reservation for which nobody came keeps its car for so long after its beginning."""
        self._no_show_after, self._is_polled = no_show_after, is_polled
        self.CHANGED: Event[None] = Event()
        """Garoon told something new."""
        self._soon = Remembered(self._read_soon)
        self._next: Worked[Mapping[UUID, ReservationInfo]] = Worked()
        self.CHANGED.listen(lambda _none: self.forget())
        self.heard_at: datetime | None = None
        """When Garoon last answered."""
        self._numbers: Mapping[str, str] = {}

    async def load(self) -> None:
        """Remember when Garoon last answered, and who is who in it."""
        self._numbers = {row.login: row.number for row in await GaroonLogin.all()}
        source = await ReservationSource.get_or_none(id=ONLY_SOURCE)
        self.heard_at = source.heard_at.astimezone(clock.TOKYO) if source else None

    def know(self, numbers: Mapping[str, str]) -> None:
        """These logins (as `login_key` spells them) stand for these staff numbers; every other one is the number."""
        self._numbers = numbers
        self.CHANGED.emit(None)

    @property
    def known_logins(self) -> int:
        """For how many logins a list says the staff number."""
        return len(self._numbers)

    async def keep(self, told: Iterable[Told], gone: Sequence[str] = ()) -> None:
        """Take over what Garoon told: these are as they are now, and those (by key) are gone.

        Also with nothing to take over it was heard. Many rows go in several short transactions.
        """
        now = clock.now()
        rows = {each.key: row_of(each, now) for each in told}
        for part in _parts(list(rows.values())):
            await transaction(partial(_write, rows=part))
        for keys in _parts(list(gone)):
            await transaction(partial(_mark_gone, keys=keys, now=now))
        await transaction(lambda tx: _heard(tx, now))
        self.heard_at = now
        self.CHANGED.emit(None)

    async def known(self, window: Window) -> list[Told]:
        """What is kept of this stretch of time, as `as_kept` makes it, to compare with what Garoon tells now."""
        rows = await Reservation.filter(gone_at=None, start__gte=window.starts_from, start__lt=window.starts_before)
        return [told_of(row) for row in rows]

    async def coming(self, now: datetime) -> Coming:
        """What is still to be used."""
        return Coming(now, await self._unused(now), self._next, self._no_show_after, self._is_polled)

    def forget(self) -> None:
        """One was used, or the facility of a car changed."""
        self._soon.forget()

    async def people_of(self, key: str) -> tuple[str, ...]:
        """Staff numbers of those who may be the driver of a reservation."""
        row = await Reservation.get_or_none(key=key)
        return self._people(row) if row else ()

    async def next_of(self, vehicle: UUID, after: datetime) -> ReservationInfo | None:
        """The first reservation of this car that begins at this time or later."""
        car = await Vehicle.get_or_none(id=vehicle)
        if car is None or not car.facility:
            return None
        row = await Reservation.filter(gone_at=None, facility=car.facility, start__gte=after).order_by('start').first()
        return self._info(row, vehicle) if row else None

    async def between(self, start: datetime, end: datetime) -> list[ReservationInfo]:
        """All reservations that touch this stretch of time, for the time line."""
        rows = await Reservation.filter(gone_at=None, start__lt=end, end__gt=start).order_by('start')
        return await self._with_cars(list(rows))

    async def _unused(self, now: datetime) -> list[ReservationInfo]:
        soon = await self._soon.get()
        if not soon.read_at <= now < soon.read_at + READ_AGAIN_AFTER:
            self.forget()
            soon = await self._soon.get()
        return soon.unused if now < soon.first_end else [each for each in soon.unused if each.end > now]

    async def _read_soon(self) -> '_Soon':
        now = clock.now()
        before = now + AHEAD + READ_AGAIN_AFTER
        rows = await Reservation.filter(gone_at=None, end__gt=now, start__lt=before).order_by('start')
        used = {trip.reservation for trip in await Trip.filter(reservation__in=[row.key for row in rows])}
        unused = await self._with_cars([row for row in rows if row.key not in used])
        return _Soon(now, unused, min((each.end for each in unused), default=before))

    async def _with_cars(self, rows: list[Reservation]) -> list[ReservationInfo]:
        facilities = {row.facility for row in rows}
        cars = await Vehicle.filter(facility__in=list(facilities), retired_at=None)
        by_facility = {car.facility: car.id for car in cars if car.facility}
        return [self._info(row, by_facility[row.facility]) for row in rows if row.facility in by_facility]

    def _people(self, row: Reservation) -> tuple[str, ...]:
        logins = [*row.attendees, row.creator]
        return tuple(dict.fromkeys(self._numbers.get(login_key(login), login) for login in logins))

    def _info(self, row: Reservation, vehicle: UUID) -> ReservationInfo:
        return ReservationInfo(
            key=row.key,
            vehicle=vehicle,
            start=row.start.astimezone(clock.TOKYO),
            end=row.end.astimezone(clock.TOKYO),
            subject=row.subject,
            purpose=row.purpose,
            people=self._people(row),
        )


def _first_of_cars(reservations: Sequence[ReservationInfo]) -> dict[UUID, ReservationInfo]:
    return {each.vehicle: each for each in reversed(reservations)}


def _begun_before(reservations: Sequence[ReservationInfo], at: datetime) -> int:
    return bisect_left(reservations, at, key=lambda each: each.start)


async def _write(tx: Transaction, rows: Sequence[Reservation]) -> None:
    await Reservation.bulk_create(rows, on_conflict=['key'], update_fields=list(REPLACED), using_db=tx.connection)


async def _mark_gone(tx: Transaction, keys: Sequence[str], now: datetime) -> None:
    await Reservation.filter(key__in=keys, gone_at=None).using_db(tx.connection).update(gone_at=now)


async def _heard(tx: Transaction, now: datetime) -> None:
    changed = await ReservationSource.filter(id=ONLY_SOURCE).using_db(tx.connection).update(heard_at=now)
    if not changed:
        await ReservationSource.create(id=ONLY_SOURCE, heard_at=now, using_db=tx.connection)


def _parts(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    return (items[at : at + ROWS_AT_ONCE] for at in range(0, len(items), ROWS_AT_ONCE))
