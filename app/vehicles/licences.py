"""Driving licences as they were seen (domain/vehicles_and_attendance.md 1.4): a My Number Card shows nothing of one."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
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

    async def of_many(self, staff: Iterable[UUID]) -> dict[UUID, list[LicenceInfo]]:
        """Everything that was ever seen of these people."""
        found: dict[UUID, list[LicenceInfo]] = {}
        for row in await Licence.filter(staff__in=list(staff)):
            found.setdefault(row.staff, []).append(_info(row))
        return found

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
        on: date | None = None,
    ) -> LicenceInfo:
        """Somebody has seen this licence, today or on an earlier day; the one seen last counts."""
        await self._vault.ensure([(staff, RecordClass.VEHICLES)])
        seen, limits = sorted(set(classes)), ','.join(sorted(set(conditions)))
        row_id, moment = uuid.uuid4(), _noon(on) if on and on != clock.today() else None
        sighted_at = moment.at if moment else clock.now()

        async def work(tx: Transaction) -> Licence:
            counting = Licence.filter(staff=staff, ended_at=None).using_db(tx.connection)
            is_overtaken = await counting.filter(sighted_on__gt=sighted_at.date()).exists()
            if not is_overtaken:
                await counting.update(ended_at=clock.now())
            row = await Licence.create(
                id=row_id,
                staff=staff,
                classes=seen,
                conditions=limits,
                valid_until=valid_until,
                sighted_on=sighted_at.date(),
                sighted_by=actor.id,
                sighted_at=sighted_at,
                ended_at=clock.now() if is_overtaken else None,
                using_db=tx.connection,
            )
            fields = {'classes': '、'.join(seen), 'conditions': limits, 'valid_until': valid_until.isoformat()}
            sealed = (Sealed(staff, RecordClass.VEHICLES, fields),)
            act = Act(kind=LICENCE_SIGHTED, actor=actor, subjects=(staff,), sealed=sealed, happened=moment)
            await self._journal.append(tx, act)
            return row

        return _info(await transaction(work))


def _noon(day: date) -> Moment:
    at = datetime.combine(day, time(12), clock.TOKYO)
    return Moment(at, 0, 'list', ClockQuality.RECONSTRUCTED)


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
