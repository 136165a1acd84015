"""The composition root: opens one box, hands each room what it needs, and closes it."""

import asyncio
import logging
from dataclasses import dataclass, field
from uuid import UUID

from app import clock
from app.access.principals import Permission, roles_allow
from app.access.service import Access
from app.attendance.clock_repair import repair_times
from app.attendance.desk import AttendanceDesk
from app.attendance.punching import Attendance
from app.attendance.retained import RETAINED as RETAINED_ATTENDANCE
from app.desks.devices import DeskDevices
from app.desks.engine import DeskEngine
from app.desks.readers import Readers
from app.desks.register import DeskInfo, DeskRegister, Job
from app.documents.service import Documents
from app.events import Event
from app.exchange.people import join_guards
from app.exchange.service import Exchange, Parts
from app.files.store import FileStore
from app.journal.checkpoints import write_checkpoint
from app.journal.epochs import begin_or_continue
from app.journal.journal import Head, Journal, read_head
from app.journal.line import Act, Actor
from app.journal.security_log import SecurityLog
from app.messages.service import Messages
from app.people.cards import CardRegister
from app.people.staff import StaffRegister
from app.retention.disposal import Disposals
from app.retention.holds import Holds
from app.settings import Settings
from app.shelters.room import Shelters, build_shelters
from app.storage.database import Database, check_database, open_database
from app.storage.failures import StorageError, StorageFailed
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import STORAGE_FAILED, transaction
from app.storage.vault import Vault
from app.trust import load_trust, time_for_certificates
from app.upkeep import Upkeep
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.counter import CarCounter
from app.vehicles.desk import CarDesk
from app.vehicles.exchange import join_exchange
from app.vehicles.fleet_study import FleetStudies
from app.vehicles.retained import RETAINED as RETAINED_CARS
from app.vehicles.room import Vehicles, build_vehicles
from device_drivers.card_reader.interface import CardReader
from device_drivers.card_reader.settings import PcscSettings
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.identify import CardIdentifier

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
        self.upkeep.every(60, 'messages', self.messages.sweep)
        self.upkeep.once('sending', self.messages.run)
        self.upkeep.once('full check', self._check_later)
        self.upkeep.once('disposals', self.disposals.carry_out)
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


async def open_box(directory: DataDirectory, settings: Settings, *, demo: bool = False) -> Box:
    """Open the box in this directory; its lock must be held. Nothing runs before `Box.begin`.

    Raises:
        SettingsError: a root to be trusted cannot be.
        StorageError: the database is damaged, or the disk cannot be relied on.
    """
    trust = load_trust(settings.trust)
    database = await open_database(directory)
    try:
        box = await _compose(directory, settings, demo, trust, database)
        if (await transaction(read_head)).sequence == 1:
            # The first checkpoint stands at the first line, so that later ones cannot pass for the first.
            await box.checkpoint()
        return box
    except BaseException:
        await database.abandon()
        raise


async def _compose(
    directory: DataDirectory, settings: Settings, demo: bool, trust: TrustStore, database: Database
) -> Box:
    vault = await asyncio.to_thread(Vault, directory.keys, directory.box_key, directory.erasures)
    journal = Journal(vault, await begin_or_continue(vault))
    security_log = SecurityLog()
    staff = StaffRegister(vault, journal)
    cards = CardRegister(vault, journal, settings.cards)
    access = Access(vault, journal, security_log, staff)
    await access.load()
    attendance = Attendance(vault, journal, settings.attendance)
    vehicles = build_vehicles(vault, journal, staff, cards, settings.vehicles, settings.garoon)
    await vehicles.reservations.load()
    counter = CarCounter(vehicles, access.accounts.roles_of, settings.contact.text, demo=demo)
    reading = ReadOnlyDatabase(directory.database)
    exchange = Exchange(settings.exchange, Parts(directory, vault, journal, staff, reading, security_log))
    join_exchange(vehicles, exchange.kinds, vault)
    join_guards(vehicles.guards, exchange.kinds)
    desks = DeskRegister(vault, journal)
    devices, files = DeskDevices(settings.vehicles.line_patterns), FileStore(vault, journal)
    pictures = BreathPictures(devices, files, face=settings.vehicles.face_still)
    counter = CarCounter(vehicles, access.accounts.roles_of, settings.contact.text, pictures, demo=demo)
    hopeless: Event[None] = Event()
    identifier = CardIdentifier(trust, settings.cards.allow_type_a, time_for_certificates)
    reader_settings = PcscSettings(answer_timeout=settings.cards.answer_seconds)
    readers = Readers(identifier, reader_settings, lambda: hopeless.emit(None))

    def may_confirm(staff_id: UUID) -> bool:
        return roles_allow(access.accounts.roles_of(staff_id), Permission.APPROVE_RENEWAL)

    def attendance_desk(desk: DeskInfo, reader: CardReader) -> AttendanceDesk:
        return AttendanceDesk(
            desk,
            reader,
            attendance=attendance,
            cards=cards,
            staff=staff,
            may_confirm=may_confirm,
            settings=settings,
            demo=demo,
        )

    def car_desk(desk: DeskInfo, reader: CardReader) -> CarDesk:
        return CarDesk(desk, reader, counter, devices)

    return Box(
        settings=settings,
        directory=directory,
        demo=demo,
        database=database,
        vault=vault,
        journal=journal,
        security_log=security_log,
        reading=reading,
        trust=trust,
        access=access,
        staff=staff,
        cards=cards,
        attendance=attendance,
        vehicles=vehicles,
        shelters=build_shelters(vault, journal, reading, settings.shelters),
        desks=desks,
        readers=readers,
        devices=devices,
        engine=DeskEngine(
            desks,
            readers,
            devices,
            {Job.ATTENDANCE: attendance_desk, Job.VEHICLES: car_desk},
        ),
        documents=Documents(),
        files=files,
        breath_pictures=pictures,
        disposals=Disposals(vault, journal, reading, settings.retention, RETAINED_ATTENDANCE + RETAINED_CARS),
        holds=Holds(vault, journal),
        fleet=FleetStudies(reading),
        upkeep=Upkeep(),
        exchange=exchange,
        messages=Messages(vault, journal, reading, settings),
        HOPELESS=hopeless,
    )
