"""The legal record of breath tests (道路交通法施行規則9条の10第6号・第7号; domain/vehicles_and_attendance.md 1.2)."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import Moment
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance, Sealed
from app.storage.rows import insert_into, insert_of
from app.storage.transaction import Rows, Statement, Transaction, decided, transaction
from app.storage.vault import RecordClass, Vault
from app.vehicles.alcohol_values import Breath, CheckInfo, CheckRefused, Method, OwnCheck, Phase, ReadingSource, Told
from app.vehicles.driver_record import DriverRecord, asking_record, record_asked
from app.vehicles.models import AlcoholCheck, AlcoholReading
from app.vehicles.month_texts import month_texts

CHECKED = 'vehicles.alcohol_checked'
INSTRUCTED = 'vehicles.alcohol_instructed'
NOT_COUNTED = 'vehicles.breath_not_counted'
HIGHEST_VALUE = Decimal('5')
THOUSANDTH = Decimal('0.001')
LIKE_THE_COLUMN = tuple(name for name in CheckInfo.__dataclass_fields__ if name not in ('instruction', 'instructed_by'))
COUNT = 'UPDATE alcohol_checker SET measurements = measurements + 1 WHERE id = ?'


class AlcoholRecord:
    """Writes and finds breath tests; every attempt is kept."""

    def __init__(self, vault: Vault, journal: Journal, limit: Decimal) -> None:
        self._vault = vault
        self._journal = journal
        self._limit = limit
        self.POSITIVE: Event[CheckInfo] = Event()
        """A driver must not drive before somebody has given an instruction."""
        self.COUNTED: Event[UUID] = Event()
        """This detector measured once more."""

    async def record(self, breath: Breath) -> CheckInfo:
        """Write down one attempt.

        Raises:
            CheckRefused: no breath has this value.
            OwnCheck: nobody confirms their own.
            StorageError: nothing was recorded.
        """
        check, _nothing = await self._recorded(breath, ())
        return check

    async def record_before_drive(self, breath: Breath) -> tuple[CheckInfo, DriverRecord]:
        """The same, and what else stands on record of the driver: read in the transaction that writes the attempt."""
        check, found = await self._recorded(breath, asking_record(breath.driver))
        return check, record_asked(breath.driver, found)

    async def _recorded(self, breath: Breath, asking: Sequence[Statement]) -> tuple[CheckInfo, list[Rows]]:
        if not Decimal(0) <= breath.value <= HIGHEST_VALUE:
            raise CheckRefused(str(breath.value))
        if breath.confirmer == breath.driver:
            raise OwnCheck
        row_id, at = uuid.uuid4(), breath.at.at if breath.at else clock.now()
        sealed = month_texts(at, _told(breath, breath.value > self._limit), RecordClass.ALCOHOL)
        await self._vault.ensure([(breath.driver, RecordClass.ALCOHOL), (sealed.subject, RecordClass.ALCOHOL)])

        def decision(tx: Transaction) -> tuple[CheckInfo | int, list[Rows]]:
            found = [tx.ask(query) for query in asking]
            return self._journal.known_attempt(tx, breath.attempt) or self._record(tx, breath, row_id, sealed), found

        check, found = await decided(decision)
        if isinstance(check, int):
            check = self._info(await AlcoholCheck.get(sequence=check))
        return check, found

    async def instruct(self, check: UUID, text: str, manager: UUID) -> None:
        """Add the instruction (指示事項) of the safe-driving manager or a deputy to a check."""
        row = await AlcoholCheck.get(id=check)
        owner = (row.driver, RecordClass.ALCOHOL)
        told = month_texts(row.checked_at, {'instruction': text}, RecordClass.ALCOHOL)
        await self._vault.ensure([owner, (told.subject, RecordClass.ALCOHOL)])

        async def work(tx: Transaction) -> None:
            sealed = self._vault.seal(owner, f'alcohol_check.instruction.{row.id}', text)
            act = Act(
                kind=INSTRUCTED,
                actor=Actor(str(manager), Assurance.PASSWORD),
                subjects=(row.driver,),
                payload={'check': str(check)},
                sealed=(told,),
            )
            written = await self._journal.append(tx, act)
            changes = {'instruction': sealed, 'instructed_by': manager, 'changed': written.sequence}
            await AlcoholCheck.filter(id=check).using_db(tx.connection).update(**changes)

        await transaction(work)

    async def keep_uncounted(
        self, desk: UUID, driver: UUID | None, value: Decimal, words: str, why: str, at: Moment
    ) -> None:
        """Keep a reading that is no breath test, for it came at the wrong time or from the wrong checker."""
        sealed = month_texts(at.at, {'value': str(value), 'words': words}, RecordClass.ALCOHOL)
        await self._journal.ensure_keys([sealed])
        act = Act(
            kind=NOT_COUNTED,
            actor=Actor.system(),
            subjects=(driver,) if driver else (),
            desk=desk,
            happened=at,
            payload={'why': why},
            sealed=(sealed,),
        )
        await transaction(lambda tx: self._journal.append(tx, act))

    async def told(self, check: UUID) -> Told | None:
        """How the value of a check came; None where the desk had no checker with a line."""
        row = await AlcoholReading.get_or_none(check_id=check)
        if row is None:
            return None
        owner = ((await AlcoholCheck.get(id=check)).driver, RecordClass.ALCOHOL)
        words = self._vault.open(owner, f'alcohol_reading.words.{check}', row.words) if row.words else ''
        return Told(ReadingSource(row.source), row.checker_state, words or '')

    async def get(self, check: UUID) -> CheckInfo:
        """One check."""
        return self._info(await AlcoholCheck.get(id=check))

    async def of_trip(self, trip: UUID) -> list[CheckInfo]:
        """All attempts of a trip, oldest first."""
        return [self._info(row) for row in await AlcoholCheck.filter(trip=trip).order_by('sequence')]

    def _record(self, tx: Transaction, breath: Breath, row_id: UUID, sealed: Sealed) -> CheckInfo:
        is_positive = breath.value > self._limit
        written = self._journal.append_last(tx, self._act(breath, row_id, sealed))
        check = CheckInfo(
            sequence=written.sequence,
            id=row_id,
            phase=breath.phase,
            driver=breath.driver,
            vehicle=breath.vehicle,
            trip=breath.trip,
            checked_at=(breath.at or written.recorded).at,
            confirmer=breath.confirmer,
            method=breath.method,
            checker=breath.checker,
            value=breath.value.quantize(THOUSANDTH).normalize(),
            is_positive=is_positive,
            instruction='',
            instructed_by=None,
        )
        row = {name: getattr(check, name) for name in LIKE_THE_COLUMN}
        tx.write_last(insert_into('alcohol_check', {**row, 'desk': breath.desk, 'changed': written.sequence}))
        if breath.checker is not None:
            self._count(tx, breath.checker)
        if breath.told is not None:
            tx.write_last(insert_of(self._reading(breath, breath.told, row_id)))
        if is_positive:
            tx.after_commit(lambda: self.POSITIVE.emit(check))
        return check

    def _count(self, tx: Transaction, checker: UUID) -> None:
        tx.write_last((COUNT, [str(checker)]))
        tx.after_commit(lambda: self.COUNTED.emit(checker))

    def _reading(self, breath: Breath, told: Told, check: UUID) -> AlcoholReading:
        owner = (breath.driver, RecordClass.ALCOHOL)
        words = self._vault.seal(owner, f'alcohol_reading.words.{check}', told.words) if told.words else None
        return AlcoholReading(check_id=check, source=str(told.source), checker_state=told.checker_state, words=words)

    @staticmethod
    def _act(breath: Breath, row_id: UUID, sealed: Sealed) -> Act:
        return Act(
            kind=CHECKED,
            actor=Actor(str(breath.confirmer), Assurance.CARD),
            subjects=(breath.driver,),
            desk=breath.desk,
            attempt=breath.attempt,
            happened=breath.at,
            payload={'check': str(row_id), 'trip': str(breath.trip) if breath.trip else None},
            sealed=(sealed,),
        )

    def _info(self, row: AlcoholCheck) -> CheckInfo:
        return CheckInfo(
            sequence=row.sequence,
            id=row.id,
            phase=Phase(row.phase),
            driver=row.driver,
            vehicle=row.vehicle,
            trip=row.trip,
            checked_at=row.checked_at,
            confirmer=row.confirmer,
            method=Method(row.method),
            checker=row.checker,
            value=row.value,
            is_positive=row.is_positive,
            instruction=self._instruction(row),
            instructed_by=row.instructed_by,
        )

    def _instruction(self, row: AlcoholCheck) -> str:
        if row.instruction is None:
            return ''
        owner = (row.driver, RecordClass.ALCOHOL)
        return self._vault.open(owner, f'alcohol_check.instruction.{row.id}', row.instruction) or ''


def _told(breath: Breath, is_positive: bool) -> dict[str, str]:
    told = {
        'value': str(breath.value),
        'positive': str(is_positive),
        'phase': str(breath.phase),
        'method': str(breath.method),
        'vehicle': str(breath.vehicle or ''),
        'checker': str(breath.checker or ''),
    }
    if breath.told is not None:
        told |= {'source': str(breath.told.source), 'words': breath.told.words}
    return told
