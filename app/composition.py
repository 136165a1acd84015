"""The composition root: opens one box and hands each room what it needs."""

import asyncio
from uuid import UUID

from app.access.principals import Permission, roles_allow
from app.access.service import Access
from app.attendance.desk import AttendanceDesk
from app.attendance.punching import Attendance
from app.attendance.renewal import Renewals
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
from app.journal.epochs import begin_or_continue
from app.journal.journal import Journal, read_head
from app.journal.security_log import SecurityLog
from app.messages.service import Messages
from app.people.cards import CardRegister
from app.people.staff import StaffRegister
from app.retention.disposal import Disposals
from app.retention.holds import Holds
from app.runtime import Box
from app.settings import Settings
from app.shelters.copies.service import Copies
from app.shelters.desk_parts import DeskSetting
from app.shelters.desk_room import shelter_desks
from app.shelters.papers.service import Papers
from app.shelters.room import build_shelters
from app.storage.database import Database, open_database
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.storage.vault import Vault
from app.trust import load_trust, time_for_certificates
from app.upkeep import Upkeep
from app.vehicles.breath_pictures import BreathPictures
from app.vehicles.counter import CarCounter
from app.vehicles.counters import Counters
from app.vehicles.desk import CarDesk
from app.vehicles.exchange import join_exchange
from app.vehicles.fleet_study import FleetStudies
from app.vehicles.practice import practice_of
from app.vehicles.retained import RETAINED as RETAINED_CARS
from app.vehicles.room import build_vehicles
from device_drivers.card_reader.interface import CardReader
from device_drivers.card_reader.settings import PcscSettings
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.identify import CardIdentifier


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
    vehicles = build_vehicles(
        vault, journal, staff, cards, settings.vehicles, settings.garoon, garoon_token=directory.garoon_token
    )
    await vehicles.reservations.load()
    reading = ReadOnlyDatabase(directory.database)
    exchange = Exchange(settings.exchange, Parts(directory, vault, journal, staff, reading, security_log))
    join_exchange(vehicles, exchange.kinds, vault)
    join_guards(vehicles.guards, exchange.kinds)
    desks = DeskRegister(vault, journal)
    messages = Messages(vault, journal, reading, settings)
    shelters = build_shelters(
        vault, journal, reading, settings.shelters, security_log, messages, own_templates=directory.exchange_templates
    )
    vehicles.declare(await shelters.disasters.is_real())
    shelters.disasters.DECLARED.listen(vehicles.declare)
    shelters.headquarters.sharing.join(exchange.kinds)
    shelters.across.join(exchange.kinds)
    shelter_desk = shelter_desks(shelters.reception, DeskSetting(desks, settings.contact.text, demo))
    devices, files = DeskDevices(settings.vehicles.line_patterns), FileStore(vault, journal)
    pictures = BreathPictures(devices, files, face=settings.vehicles.face_still)
    roles_of, contact = access.accounts.roles_of, settings.contact.text

    def deputies() -> list[UUID]:
        return access.accounts.who_may(Permission.INSTRUCT_DRIVERS)

    counters = Counters(
        CarCounter(vehicles, roles_of, contact, pictures, deputies=deputies, demo=demo),
        lambda: CarCounter(practice_of(vehicles), roles_of, contact, deputies=deputies, demo=demo),
        desks.practices,
    )
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
            renewals=Renewals(cards, staff, may_confirm),
            settings=settings,
            practices=desks.practices,
            demo=demo,
        )

    def car_desk(desk: DeskInfo, reader: CardReader) -> CarDesk:
        return CarDesk(desk, reader, counters, devices)

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
        shelters=shelters,
        papers=Papers(vault, journal, files),
        copies=Copies(
            vault=vault,
            journal=journal,
            reading=reading,
            settings=settings.shelters,
            exchange=settings.exchange,
            name=settings.name,
            take_facts=shelters.across.hearing.take_copied,
        ),
        desks=desks,
        readers=readers,
        devices=devices,
        engine=DeskEngine(
            desks,
            readers,
            devices,
            {Job.ATTENDANCE: attendance_desk, Job.VEHICLES: car_desk, Job.SHELTER: shelter_desk},
        ),
        documents=Documents(),
        files=files,
        breath_pictures=pictures,
        disposals=Disposals(vault, journal, reading, settings.retention, RETAINED_ATTENDANCE + RETAINED_CARS),
        holds=Holds(vault, journal),
        fleet=FleetStudies(reading),
        upkeep=Upkeep(),
        exchange=exchange,
        messages=messages,
        HOPELESS=hopeless,
    )
