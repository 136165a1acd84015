"""The alcohol detectors, kept valid at all times (常時有効に保持, 道路交通法施行規則9条の10第7号)."""

import uuid
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.remembered import Remembered
from app.storage.rows import rows
from app.storage.transaction import Transaction, transaction
from app.vehicles.checker_values import CheckerInfo, CheckerTerms, CheckerUnknown, checker_of, differences
from app.vehicles.models import Checker

CHECKER_ADDED = 'vehicles.checker_added'
CHECKER_TESTED = 'vehicles.checker_tested'
CHECKER_RETIRED = 'vehicles.checker_retired'
CHECKER_CHANGED = 'vehicles.checker_changed'
CHECKER_REACTIVATED = 'vehicles.checker_reactivated'
IN_USE = 'SELECT * FROM alcohol_checker WHERE retired_at IS NULL AND box IS NULL ORDER BY serial'
CHECKERS = uuid.UUID('6f0c1f0e-30f3-4d0e-9d55-7a1f5f0b9b11')


def checker_id(serial: str) -> UUID:
    """The id of a detector: the same at every box, so that a record says everywhere with which one it was made."""
    return uuid.uuid5(CHECKERS, serial)


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

    async def get(self, checker: UUID) -> CheckerInfo | None:
        """The detector of this box with this id, in use or retired."""
        row = await Checker.get_or_none(id=checker, box=None)
        return _info(row) if row else None

    async def retired(self) -> list[CheckerInfo]:
        """The detectors of this box that are not used any more, by serial number."""
        return [_info(row) for row in await Checker.filter(retired_at__not_isnull=True, box=None).order_by('serial')]

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

    async def change(self, checker: UUID, terms: CheckerTerms, actor: Actor) -> None:
        """Let the registry say this from now on; the journal keeps what it said before.

        Raises:
            CheckerUnknown: there is no such detector in use.
        """

        async def work(tx: Transaction) -> None:
            row = await Checker.get_or_none(id=checker, retired_at=None, box=None, using_db=tx.connection)
            if row is None:
                raise CheckerUnknown
            changes = differences(_info(row).terms, terms)
            if changes:
                await Checker.filter(id=checker).using_db(tx.connection).update(**asdict(terms))
                await self._write(tx, CHECKER_CHANGED, checker, actor, changes=changes)

        await transaction(work)

    async def reactivate(self, checker: UUID, actor: Actor) -> None:
        """Take a retired detector into use again; it opens no gate before somebody has seen it work.

        Raises:
            CheckerUnknown: there is no such detector that was retired.
        """

        async def work(tx: Transaction) -> None:
            retired = Checker.filter(id=checker, retired_at__not_isnull=True, box=None).using_db(tx.connection)
            if not await retired.update(retired_at=None, function_checked_at=None):
                raise CheckerUnknown
            await self._write(tx, CHECKER_REACTIVATED, checker, actor)

        await transaction(work)

    async def _write(self, tx: Transaction, kind: str, checker: UUID, actor: Actor, **payload: Any) -> None:
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
        desk=row.desk,
    )
