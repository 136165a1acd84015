"""What somebody should look after soon: plain facts, worded by the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app import clock
from app.desks.engine import DeskEngine
from app.desks.readers import Readers
from app.desks.register import DeskRegister
from app.journal.history import History
from app.people.card_dates import count_certificates_ending
from app.settings import Settings
from device_drivers.card_reader.interface import ReaderState
from device_drivers.cards.certificate import TrustStore

ROOT_NOTICE = timedelta(days=180)
CLOCK_CHANGED = 'box.clock_changed'
NOT_FAULTS = (ReaderState.READY, ReaderState.STARTING)


class ConcernKind(StrEnum):
    """What is the matter."""

    READER = 'reader'
    DESK_WITHOUT_READER = 'desk_without_reader'
    CLOCK = 'clock'
    NO_DESK = 'no_desk'
    BACKUP_READABLE = 'backup_readable'
    CERTIFICATES = 'certificates'
    ROOT = 'root'


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One matter."""

    kind: ConcernKind
    about: str = ''
    """The desk, or the certificate authority."""
    state: str = ''
    """The state of the reader or of the clock."""
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
    trust: TrustStore
    history: History

    async def concerns(self) -> list[Concern]:
        """Everything found, the most urgent first."""
        return [
            *await self._desks(),
            *await self._clock(),
            *_roots(self.trust.last_days),
            *await self._certificates(),
            *self._backups(),
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

    async def _clock(self) -> list[Concern]:
        quality = clock.moment().quality
        if not quality.doubtful:
            return []
        changed = await self.history.last(CLOCK_CHANGED)
        return [Concern(kind=ConcernKind.CLOCK, state=str(quality), since=changed.recorded_at if changed else None)]

    async def _certificates(self) -> list[Concern]:
        until = clock.now() + timedelta(days=self.settings.cards.expiry_notice_days)
        count = await count_certificates_ending(until)
        return [Concern(kind=ConcernKind.CERTIFICATES, count=count, until=until)] if count else []

    def _backups(self) -> list[Concern]:
        return [] if self.settings.backup.recipients else [Concern(kind=ConcernKind.BACKUP_READABLE)]


def _roots(last_days: Iterable[tuple[str, datetime]]) -> list[Concern]:
    now = clock.now()
    return [
        Concern(kind=ConcernKind.ROOT, about=name, until=end)
        for name, end in last_days
        if now <= end < now + ROOT_NOTICE
    ]
