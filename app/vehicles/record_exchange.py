"""The legal records that other boxes tell of: breath tests, licences as they were seen, and detectors.

A trip may have its test before the drive at one box and that after it at another; the record book is whole at both.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import TOKYO
from app.events import Event
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault
from app.vehicles.alcohol import CHECKED, COUNT, INSTRUCTED
from app.vehicles.checkers import CHECKER_ADDED
from app.vehicles.licences import LICENCE_SIGHTED
from app.vehicles.models import AlcoholCheck, Checker, Licence, Trip
from app.vehicles.record_checks import CONFIRMED
from app.vehicles.trip_columns import column_of_people, people_of, renamed
from app.vehicles.trip_lines import HANDED_OVER, TAKEN_BACK
from app.vehicles.trip_values import trip_info
from app.vehicles.trips import Trips

PEOPLE_OF_TRIPS = ('driver', 'returned_by', 'handed_over_by', 'received_by')
PEOPLE_OF_CHECKS = ('driver', 'confirmer', 'instructed_by')
WHO_WENT_ALONG = ('second_drivers', 'passenger_staff')
WENT_ALONG = """
    SELECT id FROM trip WHERE EXISTS (SELECT 1 FROM json_each(trip.second_drivers) WHERE value = ?1)
                           OR EXISTS (SELECT 1 FROM json_each(trip.passenger_staff) WHERE value = ?1)
"""
KEYS_MOVED = """
    SELECT payload FROM (
        SELECT json_extract(line, '$.payload') AS payload FROM exchange_line
        WHERE box = ? AND epoch = ? AND sequence > ? AND kind IN (?, ?)
    ) WHERE json_extract(payload, '$.check') = ? LIMIT 1
"""
INSTRUCTIONS = """
    SELECT happened_at, id FROM journal_line WHERE kind = ?1 AND json_extract(payload, '$.check') = ?2
    UNION ALL
    SELECT json_extract(line, '$.happened_at'), json_extract(line, '$.id') FROM exchange_line
    WHERE kind = ?1 AND json_extract(json_extract(line, '$.payload'), '$.check') = ?2
"""


class RecordExchange:
    """Applies what other boxes have recorded about drivers and detectors."""

    def __init__(self, vault: Vault, trips: Trips, counted: Event[UUID]) -> None:
        self._vault = vault
        self._trips = trips
        self._counted = counted

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange the records."""
        kinds.add(CHECKED, self._checked)
        kinds.add(INSTRUCTED, self._instructed, _knows_check)
        kinds.add(LICENCE_SIGHTED, self._sighted)
        kinds.add(CHECKER_ADDED, self._checker_added)
        kinds.add(CONFIRMED, self._confirmed)
        kinds.when_identified(self._identified)

    async def _checked(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        told, check = line.opened[0], UUID(line.payload['check'])
        # A test whose key was thrown away is past its retention: there is nothing left to keep.
        if told is None or await AlcoholCheck.filter(id=check).using_db(tx.connection).exists():
            return
        key = await _key_moved_with(tx, line)
        await AlcoholCheck.create(
            sequence=sequence,
            id=check,
            phase=told['phase'],
            driver=line.person(line.subjects[0]),
            vehicle=_id(key.get('vehicle') or told['vehicle']),
            trip=_id(key.get('trip') or line.payload['trip']),
            checked_at=line.happened_at,
            confirmer=line.person(line.actor),
            method=told['method'],
            checker=_id(told['checker']),
            value=Decimal(told['value']),
            is_positive=told['positive'] == str(True),
            desk=line.desk,
            changed=sequence,
            using_db=tx.connection,
        )
        if checker := _id(told['checker']):
            await tx.connection.execute_query(COUNT, [str(checker)])
            tx.after_commit(lambda: self._counted.emit(checker))

    async def _instructed(self, tx: Transaction, line: ReceivedLine, sequence: int) -> None:
        told, check = line.opened[0], UUID(line.payload['check'])
        if told is None or await _is_overtaken(tx, line, check):
            return
        row = await AlcoholCheck.get(id=check, using_db=tx.connection)
        sealed = self._vault.seal((row.driver, RecordClass.ALCOHOL), _instruction_of(check), told['instruction'])
        changes = {'instruction': sealed, 'instructed_by': line.person(line.actor), 'changed': sequence}
        await AlcoholCheck.filter(id=check).using_db(tx.connection).update(**changes)

    async def _sighted(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        told = line.opened[0]
        if told is None:
            return
        staff = line.person(line.subjects[0])
        await Licence.create(
            id=line.id,
            staff=staff,
            classes=told['classes'].split('、') if told['classes'] else [],
            conditions=told.get('conditions', ''),
            valid_until=date.fromisoformat(told['valid_until']),
            sighted_on=line.happened_at.astimezone(TOKYO).date(),
            sighted_by=str(line.acted or line.actor),
            sighted_at=line.happened_at,
            using_db=tx.connection,
        )
        await _keep_last_licence(tx, staff)

    async def _checker_added(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        told = line.payload
        if await Checker.filter(serial=told['serial']).using_db(tx.connection).exists():
            return
        await Checker.create(
            id=UUID(told['checker']),
            serial=told['serial'],
            model=told['model'],
            started_on=line.happened_at.astimezone(TOKYO).date(),
            box=line.box,
            using_db=tx.connection,
        )

    async def _confirmed(self, _tx: Transaction, _line: ReceivedLine, _sequence: int) -> None:
        """Nothing to write: who looks for what was confirmed finds the line itself."""

    async def _identified(self, tx: Transaction, there: UUID, here: UUID) -> None:
        await self._reseal_instructions(tx, there, here)
        for name in PEOPLE_OF_CHECKS:
            await AlcoholCheck.filter(**{name: there}).using_db(tx.connection).update(**{name: here})
        await Licence.filter(sighted_by=str(there)).using_db(tx.connection).update(sighted_by=str(here))
        if await Licence.filter(staff=there).using_db(tx.connection).update(staff=here):
            await _keep_last_licence(tx, here)
        for name in PEOPLE_OF_TRIPS:
            await self._rename_in_trips(tx, name, there, here)
        await self._rename_who_went_along(tx, there, here)

    async def _reseal_instructions(self, tx: Transaction, there: UUID, here: UUID) -> None:
        for row in await AlcoholCheck.filter(driver=there, instruction__not_isnull=True).using_db(tx.connection):
            place = _instruction_of(row.id)
            text = self._vault.open((there, RecordClass.ALCOHOL), place, row.instruction or b'')
            sealed = None if text is None else self._vault.seal((here, RecordClass.ALCOHOL), place, text)
            await AlcoholCheck.filter(id=row.id).using_db(tx.connection).update(instruction=sealed)

    async def _rename_in_trips(self, tx: Transaction, name: str, there: UUID, here: UUID) -> None:
        for row in await Trip.filter(**{name: there}).using_db(tx.connection):
            await Trip.filter(id=row.id).using_db(tx.connection).update(**{name: here})
            self._tell(tx, await Trip.get(id=row.id, using_db=tx.connection))

    async def _rename_who_went_along(self, tx: Transaction, there: UUID, here: UUID) -> None:
        for found in await tx.connection.execute_query_dict(WENT_ALONG, [str(there)]):
            row = await Trip.get(id=found['id'], using_db=tx.connection)
            columns = {name: people_of(getattr(row, name)) for name in WHO_WENT_ALONG}
            values = {name: column_of_people(renamed(people, there, here)) for name, people in columns.items()}
            await Trip.filter(id=row.id).using_db(tx.connection).update(**values)
            self._tell(tx, await Trip.get(id=row.id, using_db=tx.connection))

    def _tell(self, tx: Transaction, row: Trip) -> None:
        info = trip_info(row)
        tx.after_commit(lambda: self._trips.CHANGED.emit(info))


async def _knows_check(tx: Transaction, line: ReceivedLine) -> bool:
    return await AlcoholCheck.filter(id=UUID(line.payload['check'])).using_db(tx.connection).exists()


async def _key_moved_with(tx: Transaction, line: ReceivedLine) -> dict[str, str]:
    """What was told of the key that this test let go out or come back, where the test itself was applied late."""
    place = [str(line.box), line.epoch, line.sequence, HANDED_OVER, TAKEN_BACK]
    found = await tx.connection.execute_query_dict(KEYS_MOVED, [*place, line.payload['check']])
    payload: dict[str, str] = json.loads(found[0]['payload']) if found else {}
    return payload


async def _is_overtaken(tx: Transaction, line: ReceivedLine, check: UUID) -> bool:
    rows = await tx.connection.execute_query_dict(INSTRUCTIONS, [INSTRUCTED, str(check)])
    told = [(datetime.fromisoformat(row['happened_at']), row['id']) for row in rows]
    return any(each > (line.happened_at, str(line.id)) for each in told)


async def _keep_last_licence(tx: Transaction, staff: UUID | None) -> None:
    """Of several that count, the one seen last goes on to do so."""
    rows = await Licence.filter(staff=staff, ended_at=None).using_db(tx.connection)
    overtaken = [row.id for row in sorted(rows, key=_seen_at)[:-1]]
    await Licence.filter(id__in=overtaken).using_db(tx.connection).update(ended_at=clock.now())


def _seen_at(row: Licence) -> tuple[datetime, str]:
    midnight = datetime.combine(row.sighted_on, datetime.min.time(), TOKYO)
    return (row.sighted_at or midnight).astimezone(UTC), str(row.id)


def _instruction_of(check: UUID) -> str:
    return f'alcohol_check.instruction.{check}'


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
