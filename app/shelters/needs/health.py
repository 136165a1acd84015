"""Who has which symptoms, who saw it, and where they were brought to."""

import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.needs.models import HealthCase
from app.shelters.places import Area
from app.shelters.stays import Stays
from app.shelters.values import AreaKind, Place
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Owner, RecordClass, Vault

CASE_NOTED = 'shelters.health_noted'
CASE_ISOLATED = 'shelters.health_isolated'
CASE_ENDED = 'shelters.health_ended'
MOST_PEOPLE, LONGEST_WORDS = 1000, 500


class Symptom(StrEnum):
    """What was seen or told."""

    FEVER = 'fever'
    COUGH = 'cough'
    STOMACH = 'stomach'
    """嘔吐・下痢."""
    RASH = 'rash'
    INJURY = 'injury'
    OTHER = 'other'


CATCHING = frozenset({Symptom.FEVER, Symptom.COUGH, Symptom.STOMACH, Symptom.RASH})
"""May spread: a place apart is proposed."""


class CaseRefused(Exception):
    """Nothing was written; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """One person, or a number of people without names."""

    shelter: UUID
    symptoms: frozenset[Symptom] = field(repr=False)
    evacuee: UUID | None = None
    people: int = 1
    remarks: str = field(default='', repr=False)
    seen_by: str = field(default='', repr=False)
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInfo:
    """A case as it stands; without its key it has no symptoms any more."""

    id: UUID
    entry: CaseEntry
    area: UUID | None
    noticed_at: datetime
    ended_at: datetime | None

    @property
    def is_catching(self) -> bool:
        """Whether a place apart is proposed."""
        return bool(self.entry.symptoms & CATCHING)


def proposed_area(areas: Iterable[Area]) -> Area | None:
    """The place apart: the first area that is kept for isolation and is not blocked."""
    apart = [area for area in areas if area.kind is AreaKind.ISOLATION]
    return next((area for area in apart if area.capacity is None or area.blocked < area.capacity), None)


class HealthLog:
    """The cases of the shelters of this box."""

    def __init__(self, vault: Vault, journal: Journal, stays: Stays) -> None:
        self._vault = vault
        self._journal = journal
        self._stays = stays
        self.CHANGED: Event[UUID] = Event()
        """A case of this shelter was noted or changed."""

    async def note(self, entry: CaseEntry, actor: Actor) -> CaseInfo:
        """Write a case down, sealed under the person, else under the case.

        Raises:
            CaseRefused: no symptom, a number that cannot be, or words that are too long.
        """
        _check(entry)
        case = uuid.uuid4()
        await self._vault.ensure([_owner(case, entry.evacuee)])

        async def work(tx: Transaction) -> CaseInfo:
            row = await HealthCase.create(
                id=case,
                shelter=entry.shelter,
                evacuee=entry.evacuee,
                people=entry.people,
                details=self._vault.seal(_owner(case, entry.evacuee), _place(case), _text(entry)),
                noticed_at=clock.now(),
                practice=entry.practice,
                using_db=tx.connection,
            )
            subject = _owner(case, entry.evacuee)[0]
            sealed = Sealed(subject, RecordClass.SHELTER, {'details': _text(entry)})
            await self._write(tx, CASE_NOTED, row, actor, (sealed,))
            return self._info(row)

        return await transaction(work)

    async def isolate(self, case: UUID, area: UUID, actor: Actor) -> None:
        """The person, or the people, were brought to an area; a person who is registered moves there.

        Raises:
            CaseRefused: there is no such open case.
            NotHere: the person has no open stay at the shelter.
        """
        row = await _open_case(case)
        if row.evacuee is not None:
            await self._stays.move(row.evacuee, row.shelter, actor, area=area, place=Place.SHELTER)
        await self._update(case, CASE_ISOLATED, actor, {'area': area})

    async def end(self, case: UUID, actor: Actor) -> None:
        """Well again, or looked after elsewhere.

        Raises:
            CaseRefused: there is no such open case.
        """
        await _open_case(case)
        await self._update(case, CASE_ENDED, actor, {'ended_at': clock.now()})

    async def open(self, shelter: UUID, *, practice: bool) -> Sequence[CaseInfo]:
        """The cases that have not ended, the newest first."""
        rows = await HealthCase.filter(shelter=shelter, practice=practice, ended_at=None).order_by('-noticed_at')
        return [self._info(row) for row in rows]

    async def has_any(self, shelter: UUID, *, practice: bool) -> bool:
        """Whether somebody ever noted a case, so that none open means none."""
        return await HealthCase.filter(shelter=shelter, practice=practice).exists()

    async def _update(self, case: UUID, kind: str, actor: Actor, columns: dict[str, object]) -> None:
        async def work(tx: Transaction) -> None:
            row = await HealthCase.get(id=case, using_db=tx.connection)
            await HealthCase.filter(id=case).using_db(tx.connection).update(**columns)
            row.update_from_dict(columns)
            await self._write(tx, kind, row, actor)

        await transaction(work)

    async def _write(
        self, tx: Transaction, kind: str, row: HealthCase, actor: Actor, sealed: tuple[Sealed, ...] = ()
    ) -> None:
        payload = {
            'case': str(row.id),
            'shelter': str(row.shelter),
            'people': row.people,
            'area': str(row.area) if row.area else None,
            'practice': row.practice,
        }
        subjects = (row.shelter, row.id, *((row.evacuee,) if row.evacuee else ()))
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=subjects, payload=payload, sealed=sealed))
        tx.after_commit(lambda: self.CHANGED.emit(row.shelter))

    def _info(self, row: HealthCase) -> CaseInfo:
        text = self._vault.open(_owner(row.id, row.evacuee), _place(row.id), row.details) or '{}'
        known = json.loads(text)
        entry = CaseEntry(
            shelter=row.shelter,
            symptoms=frozenset(Symptom(one) for one in known.get('symptoms', ())),
            evacuee=row.evacuee,
            people=row.people,
            remarks=known.get('remarks', ''),
            seen_by=known.get('seen_by', ''),
            practice=row.practice,
        )
        return CaseInfo(id=row.id, entry=entry, area=row.area, noticed_at=row.noticed_at, ended_at=row.ended_at)


async def _open_case(case: UUID) -> HealthCase:
    row = await HealthCase.get_or_none(id=case, ended_at=None)
    if row is None:
        raise CaseRefused('case')
    return row


def _check(entry: CaseEntry) -> None:
    if not entry.symptoms:
        raise CaseRefused('symptoms')
    if not 1 <= entry.people <= MOST_PEOPLE or (entry.evacuee is not None and entry.people != 1):
        raise CaseRefused('people')
    if len(entry.remarks) > LONGEST_WORDS or len(entry.seen_by) > LONGEST_WORDS:
        raise CaseRefused('remarks')


def _owner(case: UUID, evacuee: UUID | None) -> Owner:
    return (evacuee or case, RecordClass.SHELTER)


def _place(case: UUID) -> str:
    return f'health_case.details.{case}'


def _text(entry: CaseEntry) -> str:
    known = {'symptoms': sorted(entry.symptoms), 'remarks': entry.remarks.strip(), 'seen_by': entry.seen_by.strip()}
    return json.dumps(known, ensure_ascii=False)
