"""What somebody should look after soon: plain facts, worded by the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock
from app.desks.devices import DeskDevices, DeviceKind
from app.desks.engine import DeskEngine
from app.desks.readers import Readers
from app.desks.register import DeskRegister
from app.exchange.concerns import ExchangeConcern
from app.exchange.service import Exchange
from app.journal.history import History
from app.people.card_dates import count_certificates_ending
from app.retention.disposal import Disposals
from app.settings import Settings
from app.shelters.reports.service import Reports
from app.storage.backup import BACKUP_MADE
from app.vehicles.garoon_logins import without_driver
from app.vehicles.garoon_polling import GaroonFault, GaroonState
from app.vehicles.matter_values import Matter
from app.vehicles.matters import CarMatters
from app.vehicles.reservation_use import deleted_while_out
from app.vehicles.room import Vehicles
from device_drivers.card_reader.interface import ReaderState
from device_drivers.cards.certificate import TrustStore

ROOT_NOTICE = timedelta(days=180)
CLOCK_CHANGED = 'box.clock_changed'
GAROON_PATIENCE = timedelta(minutes=20)
HELPED_BY_A_PERSON = (GaroonFault.ADDRESS, GaroonFault.CERTIFICATE, GaroonFault.SIGN_IN, GaroonFault.FORBIDDEN)
NOT_FAULTS = (ReaderState.READY, ReaderState.STARTING)


class ConcernKind(StrEnum):
    """What is the matter."""

    READER = 'reader'
    DESK_WITHOUT_READER = 'desk_without_reader'
    CHECKER = 'checker'
    """The alcohol checker of a desk does not answer."""
    CLOCK = 'clock'
    NO_DESK = 'no_desk'
    BACKUP_READABLE = 'backup_readable'
    NO_BACKUP = 'no_backup'
    BACKUP_OLD = 'backup_old'
    CERTIFICATES = 'certificates'
    ROOT = 'root'
    GAROON = 'garoon'
    FACILITIES = 'facilities'
    DRIVER_UNKNOWN = 'driver_unknown'
    """Reservations whose people are not known here: nobody is offered their cars."""
    RESERVATION_GONE = 'reservation_gone'
    DISPOSAL = 'disposal'
    REPORT_DUE = 'report_due'


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One matter."""

    kind: ConcernKind
    about: str = ''
    """The desk, the certificate authority, the plate of the car."""
    state: str = ''
    """The state of the reader or of the clock, the fault of Garoon."""
    since: datetime | None = None
    """Since when it is so, where that is known."""
    until: datetime | None = None
    """When it will become a fault."""
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """Looks through the parts of a box for what needs a person."""

    settings: Settings
    desks: DeskRegister
    engine: DeskEngine
    readers: Readers
    devices: DeskDevices
    trust: TrustStore
    history: History
    disposals: Disposals
    vehicles: Vehicles
    cars: CarMatters
    exchange: Exchange
    reports: Reports

    async def concerns(self) -> list[Concern | Matter | ExchangeConcern]:
        """Everything found, the most urgent first; matters of the car pool are for those with their permission."""
        return [
            *await self._reports(),
            *await self._desks(),
            *self._checkers(),
            *await self._clock(),
            *self._garoon(),
            *await self.exchange.concerns(),
            *await self.cars.all(),
            *await self._reservations(),
            *_roots(self.trust.last_days),
            *await self._certificates(),
            *await self._backups(),
            *await self._disposals(),
        ]

    async def _reports(self) -> list[Concern]:
        """The first report from the opening on, later ones once they are due (FDMA: within 30 minutes)."""
        now, found = clock.now(), await self.reports.waiting()
        return [
            Concern(
                kind=ConcernKind.REPORT_DUE,
                about=due.shelter.entry.name,
                state='practice' if due.shelter.practice else '',
                since=due.at if due.at <= now else None,
                until=due.at if due.at > now else None,
            )
            for due in found
        ]

    async def _desks(self) -> list[Concern]:
        desks = await self.desks.all()
        if not desks:
            return [Concern(kind=ConcernKind.NO_DESK)]
        states = self.readers.states()
        faults = [desk for desk in desks if states.get(desk.reader, ReaderState.READY) not in NOT_FAULTS]
        without = [desk for desk in desks if self.engine.controller(desk.id) is None]
        return [
            *(
                Concern(
                    kind=ConcernKind.READER,
                    about=desk.name,
                    state=str(states[desk.reader]),
                    since=self.readers.since(desk.reader),
                )
                for desk in faults
            ),
            *(Concern(kind=ConcernKind.DESK_WITHOUT_READER, about=desk.name, state=desk.reader) for desk in without),
        ]

    def _checkers(self) -> list[Concern]:
        found = [one for one in self.devices.conditions() if one.kind is DeviceKind.CHECKER]
        return [
            Concern(kind=ConcernKind.CHECKER, about=one.desk.name, state=one.state, since=one.since)
            for one in found
            if one.state not in NOT_FAULTS
        ]

    async def _clock(self) -> list[Concern]:
        quality = clock.moment().quality
        if not quality.doubtful:
            return []
        changed = await self.history.last(CLOCK_CHANGED)
        return [Concern(kind=ConcernKind.CLOCK, state=str(quality), since=changed.recorded_at if changed else None)]

    async def _disposals(self) -> list[Concern]:
        due = await self.disposals.due()
        return [Concern(kind=ConcernKind.DISPOSAL, count=len(due))] if due else []

    async def _certificates(self) -> list[Concern]:
        until = clock.now() + timedelta(days=self.settings.cards.expiry_notice_days)
        count = await count_certificates_ending(until)
        return [Concern(kind=ConcernKind.CERTIFICATES, count=count, until=until)] if count else []

    def _garoon(self) -> list[Concern]:
        """What passes by itself is told after a while only."""
        status = self.vehicles.garoon.status
        found = []
        if status.state is GaroonState.AWAY and status.fault and status.silent_since:
            is_old = clock.now() - status.silent_since >= GAROON_PATIENCE
            if is_old or status.fault in HELPED_BY_A_PERSON:
                found.append(Concern(kind=ConcernKind.GAROON, state=status.fault, since=status.silent_since))
        if left_over := len(status.unmatched) + len(status.missing):
            found.append(Concern(kind=ConcernKind.FACILITIES, count=left_over))
        return found

    async def _reservations(self) -> list[Concern]:
        gone = await deleted_while_out()
        unknown = await without_driver(self.vehicles.reservations)
        return [
            *(Concern(kind=ConcernKind.RESERVATION_GONE, about=one.plate, since=one.deleted_at) for one in gone),
            *([Concern(kind=ConcernKind.DRIVER_UNKNOWN, count=len(unknown))] if unknown else []),
        ]

    async def _backups(self) -> list[Concern]:
        readable = [] if self.settings.backup.recipients else [Concern(kind=ConcernKind.BACKUP_READABLE)]
        last = await self.history.last(BACKUP_MADE)
        if last is None:
            return [Concern(kind=ConcernKind.NO_BACKUP), *readable]
        age = clock.now() - last.recorded_at
        if age <= self.settings.backup.longest_age:
            return readable
        return [Concern(kind=ConcernKind.BACKUP_OLD, since=last.recorded_at, count=age.days), *readable]


def _roots(last_days: Iterable[tuple[str, datetime]]) -> list[Concern]:
    now = clock.now()
    return [
        Concern(kind=ConcernKind.ROOT, about=name, until=end)
        for name, end in last_days
        if now <= end < now + ROOT_NOTICE
    ]
