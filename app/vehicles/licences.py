"""Driving licences as they were seen (domain/vehicles_and_attendance.md 1.4): a My Number Card shows nothing of one."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.storage.transaction import Rows, Statement, Transaction, transaction
from app.storage.vault import RecordClass, Vault
from app.vehicles.licence_classes import LicenceCondition
from app.vehicles.models import Licence

LICENCE_SIGHTED = 'vehicles.licence_sighted'
ROWS_AT_ONCE = 100
"""They are written in less than the 50 ms that a transaction may last."""
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
        seen = LicenceInfo(
            staff=staff,
            classes=frozenset(classes),
            conditions=frozenset(conditions),
            valid_until=valid_until,
            sighted_on=on or clock.today(),
        )
        await self._sight([seen], actor, batch=None)
        return seen

    async def sight_all(self, seen: Sequence[LicenceInfo], actor: Actor) -> None:
        """Somebody has seen these; each has a journal line of one batch, and not all of them share a transaction.

        Raises:
            StorageError: the first of them may have been recorded.
        """
        batch = uuid.uuid4()
        for start in range(0, len(seen), ROWS_AT_ONCE):
            await self._sight(seen[start : start + ROWS_AT_ONCE], actor, batch)

    async def _sight(self, seen: Sequence[LicenceInfo], actor: Actor, batch: UUID | None) -> None:
        await self._vault.ensure((one.staff, RecordClass.VEHICLES) for one in seen)

        async def work(tx: Transaction) -> None:
            counting = Licence.filter(staff__in={one.staff for one in seen}, ended_at=None).using_db(tx.connection)
            known = list(await counting)
            new = _sighted(seen, known, actor)
            ended = [row.id for row in known if row.ended_at]
            await Licence.filter(id__in=ended).using_db(tx.connection).update(ended_at=clock.now())
            await Licence.bulk_create(new, using_db=tx.connection)
            await self._journal.append_all(tx, [_act(one, actor, batch) for one in seen])

        await transaction(work)


def _sighted(seen: Iterable[LicenceInfo], known: Iterable[Licence], actor: Actor) -> list[Licence]:
    """Rows of what was seen; of each person's rows, these and the known ones, all but the one seen last are ended."""
    counting: dict[UUID, list[Licence]] = {}
    for row in known:
        counting.setdefault(row.staff, []).append(row)
    new = []
    for one in seen:
        row, others = _row(one, actor), counting.get(one.staff, [])
        if any(other.sighted_on > one.sighted_on for other in others):
            row.ended_at = clock.now()
        else:
            for other in others:
                other.ended_at = clock.now()
            counting[one.staff] = [row]
        new.append(row)
    return new


def _row(seen: LicenceInfo, actor: Actor) -> Licence:
    moment = _moment(seen.sighted_on)
    return Licence(
        id=uuid.uuid4(),
        staff=seen.staff,
        classes=sorted(seen.classes),
        conditions=_kept(seen.conditions),
        valid_until=seen.valid_until,
        sighted_on=seen.sighted_on,
        sighted_by=actor.id,
        sighted_at=moment.at if moment else clock.now(),
    )


def _act(seen: LicenceInfo, actor: Actor, batch: UUID | None) -> Act:
    fields = {
        'classes': '、'.join(sorted(seen.classes)),
        'conditions': _kept(seen.conditions),
        'valid_until': seen.valid_until.isoformat(),
    }
    return Act(
        kind=LICENCE_SIGHTED,
        actor=actor,
        subjects=(seen.staff,),
        sealed=(Sealed(seen.staff, RecordClass.VEHICLES, fields),),
        happened=_moment(seen.sighted_on),
        batch=batch,
    )


def _moment(day: date) -> Moment | None:
    return None if day == clock.today() else _noon(day)


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


def _kept(conditions: frozenset[str]) -> str:
    return ','.join(sorted(conditions))
