"""The alcohol detectors, kept valid at all times (常時有効に保持, 道路交通法施行規則9条の10第7号)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.remembered import Remembered
from app.storage.rows import rows
from app.storage.transaction import Transaction, transaction
from app.vehicles.models import Checker

CHECKER_ADDED = 'vehicles.checker_added'
CHECKER_TESTED = 'vehicles.checker_tested'
CHECKER_RETIRED = 'vehicles.checker_retired'
IN_USE = 'SELECT * FROM alcohol_checker WHERE retired_at IS NULL AND box IS NULL ORDER BY serial'
TEST_INTERVAL = timedelta(days=7)
CHECKERS = uuid.UUID('6f0c1f0e-30f3-4d0e-9d55-7a1f5f0b9b11')


def checker_id(serial: str) -> UUID:
    """The id of a detector: the same at every box, so that a record says everywhere with which one it was made."""
    return uuid.uuid5(CHECKERS, serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerInfo:
    """A detector and what is left of its life; None: the maker sets no such limit."""

    id: UUID
    serial: str
    model: str
    started_on: date
    expires_on: date | None
    measurement_limit: int | None
    measurements: int
    function_checked_at: datetime | None

    def is_valid(self, today: date) -> bool:
        """Whether neither its date nor its count is used up."""
        if self.expires_on is not None and self.expires_on < today:
            return False
        return self.measurement_limit is None or self.measurements < self.measurement_limit

    def is_tested(self, now: datetime) -> bool:
        """Whether somebody has seen it work within a week."""
        return self.function_checked_at is not None and now - self.function_checked_at < TEST_INTERVAL


class Checkers:
    """The registry of detectors."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._in_use = Remembered(_read_in_use)

    async def all(self) -> list[CheckerInfo]:
        """All detectors in use."""
        return list(await self._in_use.get())

    def counted(self, checker: UUID) -> None:
        """This detector measured once more: call it after the commit."""
        self._in_use.amend(lambda known: [_counted(each) if each.id == checker else each for each in known])

    async def find(self, serial: str) -> CheckerInfo | None:
        """The detector in use with this serial number."""
        row = await Checker.get_or_none(serial=serial, retired_at=None, box=None)
        return _info(row) if row else None

    async def is_known(self, serial: str) -> bool:
        """Whether this serial number is taken, also by a detector that is not used any more."""
        return await Checker.filter(serial=serial, box=None).exists()

    async def add(
        self,
        serial: str,
        model: str,
        actor: Actor,
        *,
        started_on: date,
        expires_on: date | None = None,
        measurement_limit: int | None = None,
    ) -> CheckerInfo:
        """Take a detector into use."""
        row_id = checker_id(serial)

        async def work(tx: Transaction) -> Checker:
            measurements = await _taken_over(tx, serial)
            row = await Checker.create(
                id=row_id,
                serial=serial,
                model=model,
                started_on=started_on,
                expires_on=expires_on,
                measurement_limit=measurement_limit,
                measurements=measurements,
                using_db=tx.connection,
            )
            await self._write(tx, CHECKER_ADDED, row_id, actor, serial=serial, model=model)
            return row

        return _info(await transaction(work))

    async def tested(self, checker: UUID, actor: Actor, *, works: bool) -> None:
        """Somebody has tried whether it works; one that does not is taken out of use."""
        now = clock.now()

        async def work(tx: Transaction) -> None:
            changes = {'function_checked_at': now} if works else {'retired_at': now}
            await Checker.filter(id=checker).using_db(tx.connection).update(**changes)
            await self._write(tx, CHECKER_TESTED, checker, actor, works=works)

        await transaction(work)

    async def retire(self, checker: UUID, actor: Actor) -> None:
        """Take a detector out of use."""

        async def work(tx: Transaction) -> None:
            await Checker.filter(id=checker).using_db(tx.connection).update(retired_at=clock.now())
            await self._write(tx, CHECKER_RETIRED, checker, actor)

        await transaction(work)

    async def _write(self, tx: Transaction, kind: str, checker: UUID, actor: Actor, **payload: str | bool) -> None:
        await self._journal.append(tx, Act(kind=kind, actor=actor, payload={'checker': str(checker), **payload}))
        tx.after_commit(self._in_use.forget)


async def _read_in_use() -> list[CheckerInfo]:
    return [checker_of(row) for row in await rows(IN_USE)]


def _counted(checker: CheckerInfo) -> CheckerInfo:
    return replace(checker, measurements=checker.measurements + 1)


async def _taken_over(tx: Transaction, serial: str) -> int:
    """How often a detector that came here from another box was used there."""
    elsewhere = await Checker.get_or_none(serial=serial, box__not_isnull=True, using_db=tx.connection)
    if elsewhere is None:
        return 0
    await Checker.filter(id=elsewhere.id).using_db(tx.connection).delete()
    return elsewhere.measurements


def _info(row: Checker) -> CheckerInfo:
    return CheckerInfo(
        id=row.id,
        serial=row.serial,
        model=row.model,
        started_on=row.started_on,
        expires_on=row.expires_on,
        measurement_limit=row.measurement_limit,
        measurements=row.measurements,
        function_checked_at=row.function_checked_at,
    )


def checker_of(row: Mapping[str, Any]) -> CheckerInfo:
    """A row of the table as a value."""
    expires_on, checked_at = row['expires_on'], row['function_checked_at']
    return CheckerInfo(
        id=UUID(row['id']),
        serial=row['serial'],
        model=row['model'],
        started_on=date.fromisoformat(row['started_on']),
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
        measurement_limit=row['measurement_limit'],
        measurements=row['measurements'],
        function_checked_at=datetime.fromisoformat(checked_at).astimezone(clock.TOKYO) if checked_at else None,
    )
