"""One running box: its rooms, its periodic work, and how it stops."""

import asyncio
import logging
from dataclasses import dataclass, field

from app import clock
from app.access.service import Access
from app.attendance.clock_repair import repair_times
from app.attendance.punching import Attendance
from app.desks.devices import DeskDevices
from app.desks.engine import DeskEngine
from app.desks.readers import Readers
from app.desks.register import DeskRegister
from app.documents.service import Documents
from app.events import Event
from app.exchange.service import Exchange
from app.files.store import FileStore
from app.journal.checkpoints import write_checkpoint
from app.journal.journal import Head, Journal, read_head
from app.journal.line import Act, Actor
from app.journal.security_log import SecurityLog
from app.messages.service import Messages
from app.people.cards import CardRegister
from app.people.staff import StaffRegister
from app.retention.disposal import Disposals
from app.retention.holds import Holds
from app.settings import Settings
from app.shelters.copies.service import Copies
from app.shelters.papers.service import Papers
from app.shelters.room import Shelters
from app.storage.database import Database, check_database
from app.storage.failures import StorageError, StorageFailed
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import STORAGE_FAILED, transaction
from app.storage.vault import Vault
from app.upkeep import Upkeep
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.fleet_study import FleetStudies
from app.vehicles.room import Vehicles
from device_drivers.cards.certificate import TrustStore

CLOCK_STEPPED = 'box.clock_changed'
CLOCK_WATCH_SECONDS = 10
ACCESS_SWEEP_SECONDS = 5
FULL_CHECK_AFTER_SECONDS = 60
log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Box:
    """One running box. Open it with `open_box`."""

    settings: Settings
    directory: DataDirectory
    demo: bool
    database: Database
    vault: Vault
    journal: Journal
    security_log: SecurityLog
    reading: ReadOnlyDatabase
    trust: TrustStore
    access: Access
    staff: StaffRegister
    cards: CardRegister
    attendance: Attendance
    vehicles: Vehicles
    shelters: Shelters
    copies: Copies
    papers: Papers
    desks: DeskRegister
    readers: Readers
    devices: DeskDevices
    breath_pictures: BreathPictures
    engine: DeskEngine
    documents: Documents
    files: FileStore
    disposals: Disposals
    holds: Holds
    fleet: FleetStudies
    upkeep: Upkeep
    exchange: Exchange
    messages: Messages
    HOPELESS: Event[None]
    """A device can only be helped by a restart of the process."""
    _last_checkpoint: Head | None = None
    _quality: clock.ClockQuality = clock.ClockQuality.UNSYNCHRONISED

    async def begin(self) -> None:
        """Start the desks and the periodic work."""
        await self.engine.refresh()
        self.desks.CHANGED.listen(lambda _none: self.upkeep.once('desks', self.engine.refresh))
        self._quality = clock.moment().quality
        self.upkeep.every(self.settings.journal.checkpoint_minutes * 60, 'checkpoint', self.checkpoint)
        self.upkeep.every(60, 'security log', self.security_log.write)
        self.upkeep.every(ACCESS_SWEEP_SECONDS, 'sessions', self.access.sweep)
        self.upkeep.every(CLOCK_WATCH_SECONDS, 'clock', self._watch_clock)
        self.upkeep.every(60, 'shifts', self.vehicles.shifts.end_aged)
        self.upkeep.every(60, 'messages', self.messages.sweep)
        self.upkeep.every(60, 'status reports', self.shelters.reports.draft_due)
        self.upkeep.every(300, 'family drafts', self.shelters.families.sweep)
        if self.settings.exchange.peers:
            self.upkeep.once('key of the boxes', self.shelters.across.keep_a_key)
            self.upkeep.every(60, 'figures of shelters', self.shelters.headquarters.tell_others)
            self.upkeep.every(60, 'key of the boxes', self.shelters.across.keep_a_key)
        self.upkeep.once('sending', self.messages.run)
        self.upkeep.once('full check', self._check_later)
        self.upkeep.once('disposals', self.disposals.carry_out)
        self.upkeep.once('anonymising', self.shelters.anonymiser.carry_out)
        self.vehicles.garoon.start(self.upkeep)
        await self.exchange.start()

    async def checkpoint(self) -> None:
        """Sign how far the journal went, if it went on since the last time."""
        head = await transaction(read_head)
        if head == self._last_checkpoint:
            return
        directory = self.settings.journal.checkpoint_directory or self.directory.checkpoints
        await asyncio.to_thread(write_checkpoint, directory, self.vault, self.journal.identity, head)
        self._last_checkpoint = head

    async def close(self) -> None:
        """Stop taking, finish what was taken, and close."""
        await self.exchange.close()
        await self.engine.close()
        await self.readers.close()
        await self.devices.close()
        await self.breath_pictures.close()
        await self.upkeep.close()
        await self.messages.close()
        await self.security_log.write()
        await self.checkpoint()
        self.access.close()
        await self.documents.close()
        await self.files.close()
        await self.fleet.close()
        self.reading.close()
        await self.database.close()

    async def _watch_clock(self) -> None:
        quality = clock.moment().quality
        if quality is not self._quality:
            payload = {'before': str(self._quality), 'after': str(quality)}
            self._quality = quality
            act = Act(kind=CLOCK_STEPPED, actor=Actor.system(), payload=payload)
            await transaction(lambda tx: self.journal.append(tx, act))
            self.engine.redraw()
        await repair_times(self.journal, self.settings.attendance)

    async def _check_later(self) -> None:
        await asyncio.sleep(FULL_CHECK_AFTER_SECONDS)
        problems = await asyncio.to_thread(check_database, self.directory.database)
        if problems:
            log.critical('The database is damaged: %s', problems[0])
            STORAGE_FAILED.emit(StorageFailed(problems[0]))


@dataclass(slots=True, kw_only=True)
class Condition:
    """A box that may not have come up: what pages and the HTTP interface ask."""

    settings: Settings
    directory: DataDirectory
    demo: bool = False
    box: Box | None = None
    failure: StorageError | None = None
    """Why nothing can be recorded; None while all is well."""
    enrolment_codes: dict[str, str] = field(default_factory=dict)
    """Of the demonstration: one code for each desk, by its name."""

    def access(self) -> Access | None:
        """Who may do what; None while the box is not open."""
        return self.box.access if self.box else None

    def require_box(self) -> Box:
        """The box.

        Raises:
            StorageError: it did not come up.
        """
        if self.box is None:
            raise self.failure or StorageFailed('not open yet')
        return self.box
