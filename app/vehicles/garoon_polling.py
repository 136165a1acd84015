"""Asks Garoon for reservations every few minutes, works on without it, and catches up."""

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock
from app.events import Event
from app.garoon_settings import GaroonSettings
from app.storage.failures import StorageError
from app.upkeep import Upkeep
from app.vehicles.garoon import errors
from app.vehicles.garoon.client import Garoon
from app.vehicles.garoon.events import Facility, Reservation
from app.vehicles.garoon.matching import Matching, match_facilities, spelled
from app.vehicles.garoon.oauth import RefreshTokens
from app.vehicles.garoon.sync import LONGEST_BOOKING, Changes, Fetched, Window, merge, window_around
from app.vehicles.garoon.transport import Patience
from app.vehicles.garoon_access import access_of
from app.vehicles.garoon_writing import StateWriter
from app.vehicles.ledger import VehicleLedger
from app.vehicles.reservation_rows import as_kept
from app.vehicles.reservations import Reservations

LONGEST_LOOK_BACK = timedelta(days=366)
LONGEST_PAUSE_SECONDS = 900.0
REJECTED = 'REJECTED'
LONGEST_KEY, LONGEST_EVENT_ID = 120, 40
log = logging.getLogger(__name__)


class GaroonState(StrEnum):
    """How Garoon is, in one word."""

    OFF = 'off'
    """No address is set."""
    STARTING = 'starting'
    OK = 'ok'
    AWAY = 'away'


class GaroonFault(StrEnum):
    """Why there is no answer that could be used."""

    ADDRESS = 'address'
    CERTIFICATE = 'certificate'
    """Of the box itself."""
    SIGN_IN = 'sign_in'
    FORBIDDEN = 'forbidden'
    BUSY = 'busy'
    SERVER = 'server'
    ANSWER = 'answer'
    UNREACHABLE = 'unreachable'
    NOT_KEPT = 'not_kept'
    """It answered, and the box could not keep what it said."""


_FAULTS: tuple[tuple[type[Exception], GaroonFault], ...] = (
    (errors.BadAddress, GaroonFault.ADDRESS),
    (errors.BadCertificate, GaroonFault.CERTIFICATE),
    (errors.Unauthorized, GaroonFault.SIGN_IN),
    (errors.Forbidden, GaroonFault.FORBIDDEN),
    (errors.NotFound, GaroonFault.FORBIDDEN),
    (errors.TooManyRequests, GaroonFault.BUSY),
    (errors.ServerFault, GaroonFault.SERVER),
    (errors.BadAnswer, GaroonFault.ANSWER),
    (errors.Rejected, GaroonFault.ANSWER),
    (errors.Unreachable, GaroonFault.UNREACHABLE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GaroonStatus:
    """What is known of Garoon now; times with zone."""

    state: GaroonState
    fault: GaroonFault | None = None
    silent_since: datetime | None = None
    """Since when it gives no usable answer; None while it does."""
    unmatched: tuple[Facility, ...] = ()
    """Facilities that no car of the ledger names."""
    missing: tuple[str, ...] = ()
    """What the ledger names and Garoon does not show."""


class GaroonLink:
    """The connection to Garoon over the life of the box."""

    def __init__(
        self,
        settings: GaroonSettings,
        ledger: VehicleLedger,
        reservations: Reservations,
        writer: StateWriter,
        patience: Patience | None = None,
        *,
        refresh: RefreshTokens | None = None,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._reservations = reservations
        self._writer = writer
        self._patience = patience
        self._refresh = refresh
        self._failures = 0
        self._woken = asyncio.Event()
        self.status = GaroonStatus(state=GaroonState.STARTING if settings.base_url else GaroonState.OFF)
        self.CHANGED: Event[GaroonStatus] = Event()
        """Garoon was lost or is back, or other facilities are left over."""

    @property
    def last_answer(self) -> datetime | None:
        """When reservations were last heard of, also before the last start of the box."""
        return self._reservations.heard_at

    def start(self, upkeep: Upkeep) -> None:
        """Ask from now on, where an address is set."""
        if self._settings.base_url:
            upkeep.once('Garoon', self._run)

    def wake(self) -> None:
        """A lending has another state: write it back without waiting for the next time."""
        self._woken.set()

    async def poll(self, garoon: Garoon) -> float:
        """Ask once, keep what changed, write back what is waiting; returns the seconds until the next time."""
        try:
            await self._read(garoon)
            if self._settings.write_back:
                await self._writer.write(garoon, self._settings.datastore_name)
        except errors.GaroonError as error:
            return self._lost(error, _fault_of(error))
        except StorageError as error:
            return self._lost(error, GaroonFault.NOT_KEPT)
        except Exception as error:
            log.exception('Reservations could not be taken over')
            return self._lost(error, GaroonFault.NOT_KEPT)
        self._found()
        return self._settings.poll_seconds

    async def _run(self) -> None:
        try:
            garoon = Garoon(access_of(self._settings), self._patience, refresh=self._refresh)
        except (errors.BadAddress, errors.BadCertificate) as error:
            self._lost(error, _fault_of(error))
            return
        async with garoon:
            while True:
                self._woken.clear()
                due = clock.monotonic() + await self.poll(garoon)
                while await self._is_woken_before(due):
                    await self._write_between(garoon)

    async def _is_woken_before(self, due: float) -> bool:
        try:
            async with asyncio.timeout(max(0.0, due - clock.monotonic())):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True

    async def _write_between(self, garoon: Garoon) -> None:
        if self.status.state is not GaroonState.OK:
            return
        try:
            await self._writer.write(garoon, self._settings.datastore_name)
        except (errors.GaroonError, StorageError) as error:
            log.info('States of lendings wait for Garoon (%s)', type(error).__name__)

    async def _read(self, garoon: Garoon) -> None:
        cars = await self._ledger.all()
        matching = match_facilities(await garoon.facilities(), (car.entry.facility for car in cars))
        window = self._window()
        fetched = _usable(spelled(await garoon.reservations(matching.matched, window), matching))
        changes = merge(await self._reservations.known(window), fetched)
        await self._reservations.keep((*changes.added, *changes.changed), [each.key for each in changes.gone])
        self._tell(matching, changes)

    def _window(self) -> Window:
        """Back to where Garoon fell silent: what was driven meanwhile belongs to the statistics."""
        now = clock.now()
        silent = max(now - self.last_answer, timedelta()) if self.last_answer else timedelta()
        return window_around(now, min(LONGEST_BOOKING + silent, LONGEST_LOOK_BACK))

    def _tell(self, matching: Matching, changes: Changes) -> None:
        if changes:
            counts = len(changes.added), len(changes.changed), len(changes.gone)
            log.info('Reservations: %d new, %d changed, %d gone', *counts)
        self._set(replace(self.status, unmatched=matching.unmatched, missing=matching.missing))

    def _found(self) -> None:
        if self.status.state is GaroonState.AWAY:
            log.warning('Garoon answers again')
        self._failures = 0
        self._set(replace(self.status, state=GaroonState.OK, fault=None, silent_since=None))

    def _lost(self, error: Exception, fault: GaroonFault) -> float:
        if self.status.state is not GaroonState.AWAY:
            log.warning('No reservations from Garoon: %s (%s)', type(error).__name__, fault)
        self._failures += 1
        since = self.status.silent_since or clock.now()
        self._set(replace(self.status, state=GaroonState.AWAY, fault=fault, silent_since=since))
        asked = error.retry_after if isinstance(error, errors.TooManyRequests) else None
        doubled = self._settings.poll_seconds * 2.0 ** min(self._failures - 1, 10)
        return max(min(doubled, LONGEST_PAUSE_SECONDS), self._settings.poll_seconds, asked or 0.0)

    def _set(self, status: GaroonStatus) -> None:
        if status != self.status:
            self.status = status
            self.CHANGED.emit(status)


def _usable(fetched: Fetched) -> Fetched:
    """Without requests that were refused (施設利用申請) and ids that cannot be, and with no more than the box keeps."""
    wanted = (each for each in fetched.reservations if each.usage_request_status != REJECTED and _is_possible(each))
    return replace(fetched, reservations=tuple(as_kept(each) for each in wanted))


def _is_possible(told: Reservation) -> bool:
    return len(told.key) <= LONGEST_KEY and len(told.event_id) <= LONGEST_EVENT_ID


def _fault_of(error: errors.GaroonError) -> GaroonFault:
    return next(fault for kind, fault in _FAULTS if isinstance(error, kind))
