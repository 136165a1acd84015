"""Corrections of the run record: the row shows what counts, the journal keeps what stood there and why it changed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.people.models import Staff
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault
from app.vehicles.correctable import MOST_PEOPLE, Value, is_possible
from app.vehicles.models import Trip, Vehicle
from app.vehicles.month_texts import month_texts, with_corrected_texts, without_corrected_texts
from app.vehicles.trip_columns import column_of_people, people_of
from app.vehicles.trip_values import TripInfo, trip_info
from app.vehicles.trips import CORRECTED, LONGEST_DRIVE_KM, Trips

OF_THE_RETURN = ('returned_at', 'returned_by', 'odometer_in')
"""Only where the car came back; before that, the return itself is entered."""
LONGEST_REASON = 500


class CorrectionProblem(StrEnum):
    """Why nothing was corrected."""

    UNKNOWN_TRIP = 'unknown_trip'
    UNKNOWN_PERSON = 'unknown_person'
    SAME_PERSON = 'same_person'
    """Who drives or goes along stands there twice."""
    NO_REASON = 'no_reason'
    NO_CHANGE = 'no_change'
    BAD_VALUE = 'bad_value'
    STILL_OUT = 'still_out'
    TIME_BACK = 'time_back'
    TIME_AHEAD = 'time_ahead'
    ODOMETER_BACK = 'odometer_back'
    ODOMETER_TOO_FAR = 'odometer_too_far'


class CorrectionRefused(Exception):
    """Nothing was corrected. `field` is the one at fault, where it is one."""

    def __init__(self, problem: CorrectionProblem, field: str = '') -> None:
        super().__init__(f'{problem.value} {field}'.strip())
        self.problem = problem
        self.field = field


class Corrections:
    """Corrects trips."""

    def __init__(self, vault: Vault, journal: Journal, trips: Trips) -> None:
        self._vault = vault
        self._journal = journal
        self._trips = trips

    async def correct(self, trip: UUID, changes: Mapping[str, Value], reason: str, actor: Actor) -> TripInfo:
        """Let the record of this trip say something else from now on.

        Raises:
            CorrectionRefused: it says so already, it cannot be true, or nobody said why.
        """
        if not 0 < len(reason.strip()) <= LONGEST_REASON:
            raise CorrectionRefused(CorrectionProblem.NO_REASON)
        for name, value in changes.items():
            if not is_possible(name, value):
                raise CorrectionRefused(CorrectionProblem.BAD_VALUE, name)
        row = await Trip.get_or_none(id=trip)
        if row is None:
            raise CorrectionRefused(CorrectionProblem.UNKNOWN_TRIP)
        following = (await self._trips.open_trips()).get(row.vehicle)
        drivers = {row.driver, *([following.driver] if following else [])}
        await self._vault.ensure([(driver, RecordClass.VEHICLES) for driver in drivers])
        people = {row.driver, *_people_in(changes)}
        numbers = [part for person in sorted(people) for part in await self._trips.staff_number_of(person)]
        why, month = reason.strip(), row.returned_at or row.out_at
        months = [month, *([following.out_at] if following else [])]
        await self._journal.ensure_keys(month_texts(at, {}) for at in months)

        async def work(tx: Transaction) -> TripInfo:
            before = await Trip.get(id=trip, using_db=tx.connection)
            texts = month_texts(month, {'reason': why})
            info = await self._correct(tx, before, changes, texts, actor, numbers)
            if info.odometer_in != before.odometer_in and await _is_last_return(tx, before):
                await Vehicle.filter(id=before.vehicle).using_db(tx.connection).update(odometer=info.odometer_in)
                await self._carry_on(tx, following, before.odometer_in, info.odometer_in, why, actor)
            return info

        return await transaction(work)

    async def _correct(
        self,
        tx: Transaction,
        row: Trip,
        changes: Mapping[str, Value],
        texts: Sealed,
        actor: Actor,
        numbers: Iterable[Sealed] = (),
    ) -> TripInfo:
        changed = {name: value for name, value in changes.items() if _stands(row, name) != value}
        if not changed:
            raise CorrectionRefused(CorrectionProblem.NO_CHANGE)
        await _refuse_unknown_people(tx, changed)
        _refuse_impossible(row, changed)
        before_and_after = {name: [_plain(_stands(row, name)), _plain(value)] for name, value in changed.items()}
        act = Act(
            kind=CORRECTED,
            actor=actor,
            subjects=(row.vehicle, row.driver, row.id),
            payload={'trip': str(row.id), 'changes': without_corrected_texts(before_and_after)},
            sealed=(with_corrected_texts(texts, before_and_after), *numbers),
        )
        written = await self._journal.append(tx, act)
        values = {name: _stored(value) for name, value in changed.items()} | {'sequence': written.sequence}
        await Trip.filter(id=row.id).using_db(tx.connection).update(**values)
        info = trip_info(await Trip.get(id=row.id, using_db=tx.connection))
        tx.after_commit(lambda: self._trips.CHANGED.emit(info))
        return info

    async def _carry_on(
        self,
        tx: Transaction,
        following: TripInfo | None,
        before: int | None,
        odometer: int | None,
        reason: str,
        actor: Actor,
    ) -> None:
        """The trip under way began with the number that was wrong: it began with the right one."""
        row = await Trip.get_or_none(id=following.id, returned_at=None, using_db=tx.connection) if following else None
        if row is not None and row.odometer_out == before:
            texts = month_texts(row.out_at, {'reason': reason})
            await self._correct(tx, row, {'odometer_out': odometer}, texts, actor)


async def _refuse_unknown_people(tx: Transaction, changed: Mapping[str, Value]) -> None:
    for name in changed:
        people = _people_in({name: changed[name]})
        if await Staff.filter(id__in=people).using_db(tx.connection).count() < len(people):
            raise CorrectionRefused(CorrectionProblem.UNKNOWN_PERSON, name)


def _refuse_impossible(row: Trip, changed: Mapping[str, Value]) -> None:
    people = [_after(row, changed, 'driver')]
    for name in MOST_PEOPLE:
        people += _after(row, changed, name)
        if len(set(people)) < len(people):
            raise CorrectionRefused(CorrectionProblem.SAME_PERSON, name)
    is_out = row.returned_at is None
    if is_out and any(name in changed for name in OF_THE_RETURN):
        raise CorrectionRefused(CorrectionProblem.STILL_OUT)
    out_at, returned_at = _after(row, changed, 'out_at'), _after(row, changed, 'returned_at')
    if returned_at is not None and returned_at < out_at:
        raise CorrectionRefused(CorrectionProblem.TIME_BACK, 'returned_at')
    if max(out_at, returned_at or out_at) > clock.now():
        raise CorrectionRefused(CorrectionProblem.TIME_AHEAD, 'out_at' if out_at > clock.now() else 'returned_at')
    start, end = _after(row, changed, 'odometer_out'), _after(row, changed, 'odometer_in')
    if start is None or end is None:
        return
    if end < start:
        raise CorrectionRefused(CorrectionProblem.ODOMETER_BACK, 'odometer_in')
    if end - start > LONGEST_DRIVE_KM:
        raise CorrectionRefused(CorrectionProblem.ODOMETER_TOO_FAR, 'odometer_in')


def _after(row: Trip, changed: Mapping[str, Value], name: str) -> Any:
    return changed.get(name, _stands(row, name))


async def _is_last_return(tx: Transaction, row: Trip) -> bool:
    later = Trip.filter(vehicle=row.vehicle, returned_at__gt=row.returned_at).using_db(tx.connection)
    return not await later.exists()


def _people_in(changes: Mapping[str, Value]) -> set[UUID]:
    values = list(changes.values())
    several = [each for value in values if isinstance(value, tuple) for each in value]
    return {*several, *(value for value in values if isinstance(value, UUID))}


def _stands(row: Trip, name: str) -> Any:
    value = getattr(row, name)
    if name in MOST_PEOPLE:
        return people_of(value)
    return value or '' if name == 'passenger_names' else value


def _stored(value: Value) -> Any:
    return column_of_people(value) if isinstance(value, tuple) else value


def _plain(value: Value) -> str | int | bool | list[str] | None:
    if isinstance(value, tuple):
        return [str(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(clock.TOKYO).isoformat(timespec='seconds')
    return value if isinstance(value, int | None) else str(value)
