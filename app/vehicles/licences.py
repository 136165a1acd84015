"""Driving licences as they were seen (domain/vehicles_and_attendance.md 1.4): a My Number Card shows nothing of one."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.storage.rows import rows
from app.storage.transaction import Rows, Statement, Transaction, transaction
from app.storage.vault import RecordClass, Vault
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.models import Licence

LICENCE_SIGHTED = 'vehicles.licence_sighted'
SEEN_LAST = 'SELECT * FROM licence WHERE staff = ? AND ended_at IS NULL ORDER BY sighted_on DESC LIMIT 1'


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceInfo:
    """What somebody saw on a day."""

    staff: UUID
    classes: frozenset[str]
    """Such as 普通, 準中型, 中型, 大型."""
    conditions: frozenset[str]
    """限定条件, as `LicenceCondition` names them."""
    valid_until: date
    sighted_on: date


class Licences:
    """Who was seen to have which licence."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def of(self, staff: UUID) -> LicenceInfo | None:
        """The licence that was seen last."""
        return licence_of(staff, await rows(*asking_licence(staff)))

    async def ending_before(self, day: date) -> list[LicenceInfo]:
        """Licences that end before this day, the nearest first."""
        rows = await Licence.filter(ended_at=None, valid_until__lt=day).order_by('valid_until')
        return [_info(row) for row in rows]

    async def sight(
        self,
        staff: UUID,
        classes: Iterable[str],
        valid_until: date,
        actor: Actor,
        *,
        conditions: Iterable[LicenceCondition] = (),
    ) -> LicenceInfo:
        """Somebody has seen this licence today; it takes the place of the one seen before."""
        await self._vault.ensure([(staff, RecordClass.VEHICLES)])
        seen, limits = sorted(set(classes)), ','.join(sorted(set(conditions)))
        row_id = uuid.uuid4()

        async def work(tx: Transaction) -> Licence:
            await Licence.filter(staff=staff, ended_at=None).using_db(tx.connection).update(ended_at=clock.now())
            row = await Licence.create(
                id=row_id,
                staff=staff,
                classes=seen,
                conditions=limits,
                valid_until=valid_until,
                sighted_on=clock.today(),
                sighted_by=actor.id,
                sighted_at=clock.now(),
                using_db=tx.connection,
            )
            fields = {'classes': '、'.join(seen), 'conditions': limits, 'valid_until': valid_until.isoformat()}
            sealed = (Sealed(staff, RecordClass.VEHICLES, fields),)
            await self._journal.append(tx, Act(kind=LICENCE_SIGHTED, actor=actor, subjects=(staff,), sealed=sealed))
            return row

        return _info(await transaction(work))


def asking_licence(staff: UUID) -> Statement:
    """What is asked for the licence that was seen last, to be read by `licence_of`."""
    return SEEN_LAST, [str(staff)]


def licence_of(staff: UUID, found: Rows) -> LicenceInfo | None:
    """The licence, if one was seen."""
    if not found:
        return None
    row = found[0]
    return LicenceInfo(
        staff=staff,
        classes=frozenset(json.loads(row['classes'])),
        conditions=conditions_of(row['conditions']),
        valid_until=date.fromisoformat(row['valid_until']),
        sighted_on=date.fromisoformat(row['sighted_on']),
    )


def _info(row: Licence) -> LicenceInfo:
    return LicenceInfo(
        staff=row.staff,
        classes=frozenset(row.classes),
        conditions=conditions_of(row.conditions),
        valid_until=row.valid_until,
        sighted_on=row.sighted_on,
    )


def conditions_of(text: str) -> frozenset[str]:
    """限定条件 as they are kept: the names with commas between."""
    return frozenset(name for name in text.split(',') if name)
