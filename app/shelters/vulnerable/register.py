"""The list of those who need help to flee: sealed per person, opened only while a disaster is declared."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.vulnerable.disasters import DisasterInfo, Disasters
from app.shelters.vulnerable.list_reading import VulnerableList
from app.shelters.vulnerable.models import VulnerableCall, VulnerablePerson
from app.shelters.vulnerable.opened_list import CALL_PLACE, PERSON_PLACE, read_people
from app.shelters.vulnerable.values import CallResult, VulnerableEntry, VulnerableInfo, entry_values
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

IMPORTED = 'shelters.vulnerable_imported'
OPENED = 'shelters.vulnerable_opened'
CALLED = 'shelters.vulnerable_called'
SETTLED = 'shelters.vulnerable_settled'
LONGEST_NOTE = 300
ROWS_AT_ONCE = 200


class ListClosed(Exception):
    """No disaster is declared: the list stays closed."""


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import did; all that is told while no disaster is declared."""

    added: int
    changed: int
    refused: int


@dataclass(frozen=True, slots=True)
class ListCounts:
    """How many are on the list, and since when."""

    people: int
    imported_at: datetime | None


class VulnerableRegister:
    """Takes the list, opens it in a disaster, compares it with the arrivals and keeps the calls."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, disasters: Disasters) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._disasters = disasters
        self.NEEDS_RESCUE: Event[UUID] = Event()
        """Somebody on the list has to be fetched."""

    async def take(self, listed: VulnerableList, actor: Actor, *, practice: bool) -> ImportCounts:
        """Seal and keep every row; a row that is known by name, birth date and address is replaced."""
        batch, added = uuid.uuid4(), 0
        for start in range(0, len(listed.entries), ROWS_AT_ONCE):
            rows = {self._index(one, practice): one for one in listed.entries[start : start + ROWS_AT_ONCE]}
            added += await self._take_some(rows, practice)
        counts = ImportCounts(added, len(listed.entries) - added, len(listed.refused))
        payload = {'added': added, 'changed': counts.changed, 'refused': counts.refused, 'practice': practice}
        act = Act(kind=IMPORTED, actor=actor, payload=payload, batch=batch)
        await transaction(lambda tx: self._journal.append(tx, act))
        return counts

    async def counts(self, *, practice: bool) -> ListCounts:
        """How many, without opening anything."""
        last = await VulnerablePerson.filter(practice=practice).order_by('-imported_at').first()
        return ListCounts(await VulnerablePerson.filter(practice=practice).count(), last.imported_at if last else None)

    async def open(self, actor: Actor, purpose: str, *, see_protected: bool) -> list[VulnerableInfo]:
        """Everybody on the list with who may have arrived; journaled before anything is opened.

        Raises:
            ListClosed: no disaster is declared.
            StorageError: it was not recorded, so nothing was opened.
        """
        disaster = await self._declared()
        payload = {'purpose': purpose, 'disaster': str(disaster.id), 'practice': disaster.practice}
        act = Act(kind=OPENED, actor=actor, subjects=(disaster.id,), payload=payload)
        await transaction(lambda tx: self._journal.append(tx, act))
        query = read_people(self._vault, disaster, see_protected=see_protected)
        return await self._reading.read(query)

    async def rescues(self) -> int:
        """How many wait for a rescue in the disaster of now, drills left out; nobody's record is opened."""
        disaster = await self._disasters.current()
        if disaster is None or disaster.practice:
            return 0
        calls = await VulnerableCall.filter(disaster=disaster.id).order_by('called_at')
        last = {call.person: call.result for call in calls}
        return list(last.values()).count(str(CallResult.NEEDS_RESCUE))

    async def call(self, person: UUID, result: CallResult, note: str, actor: Actor) -> None:
        """Record a call or a visit.

        Raises:
            ListClosed: no disaster is declared.
            LookupError: nobody of this id is on the list.
        """
        disaster = await self._declared()
        await self._known(person, disaster)
        call, told = uuid.uuid4(), note.strip()[:LONGEST_NOTE]
        sealed = self._vault.seal((person, RecordClass.SHELTER), CALL_PLACE.format(call), told)

        async def work(tx: Transaction) -> None:
            await VulnerableCall.create(
                id=call,
                person=person,
                disaster=disaster.id,
                called_at=clock.now(),
                caller=actor.id,
                result=str(result),
                note=sealed,
                using_db=tx.connection,
            )
            await self._write(tx, CALLED, person, actor, {'result': str(result), 'note': told}, disaster)
            if result is CallResult.NEEDS_RESCUE:
                tx.after_commit(lambda: self.NEEDS_RESCUE.emit(person))

        await transaction(work)

    async def settle(self, person: UUID, evacuee: UUID | None, actor: Actor) -> None:
        """A person decided who this is among the arrivals; None takes it back. Both records stay as they are.

        Raises:
            ListClosed: no disaster is declared.
            LookupError: nobody of this id is on the list.
        """
        disaster = await self._declared()
        await self._known(person, disaster)

        async def work(tx: Transaction) -> None:
            await VulnerablePerson.filter(id=person).using_db(tx.connection).update(evacuee=evacuee)
            await self._write(tx, SETTLED, person, actor, {'evacuee': str(evacuee or '')}, disaster)

        await transaction(work)

    async def _declared(self) -> DisasterInfo:
        disaster = await self._disasters.current()
        if disaster is None:
            raise ListClosed
        return disaster

    async def _known(self, person: UUID, disaster: DisasterInfo) -> None:
        if not await VulnerablePerson.filter(id=person, practice=disaster.practice).exists():
            raise LookupError('vulnerable_person')

    async def _take_some(self, rows: Mapping[str, VulnerableEntry], practice: bool) -> int:
        there = {row.entry_index: row.id for row in await VulnerablePerson.filter(entry_index__in=list(rows))}
        ids = {index: there.get(index) or uuid.uuid4() for index in rows}
        await self._vault.ensure((person, RecordClass.SHELTER) for person in ids.values())
        columns = {index: self._columns(ids[index], entry) for index, entry in rows.items()}

        async def work(tx: Transaction) -> int:
            for index in there:
                await VulnerablePerson.filter(id=ids[index]).using_db(tx.connection).update(**columns[index])
            new = [
                VulnerablePerson(id=ids[index], entry_index=index, practice=practice, **columns[index])
                for index in rows
                if index not in there
            ]
            await VulnerablePerson.bulk_create(new, using_db=tx.connection)
            return len(new)

        return await transaction(work)

    def _columns(self, person: UUID, entry: VulnerableEntry) -> dict[str, object]:
        text = json.dumps(entry_values(entry), ensure_ascii=False)
        details = self._vault.seal((person, RecordClass.SHELTER), PERSON_PLACE.format(person), text)
        return {'details': details, 'imported_at': clock.now()}

    def _index(self, entry: VulnerableEntry, practice: bool) -> str:
        key = json.dumps([entry.name, str(entry.birth_date), entry.address, practice], ensure_ascii=False)
        return self._vault.index('vulnerable-person', key)

    async def _write(
        self, tx: Transaction, kind: str, person: UUID, actor: Actor, fields: dict[str, str], disaster: DisasterInfo
    ) -> None:
        payload = {'disaster': str(disaster.id), 'practice': disaster.practice}
        sealed = (Sealed(person, RecordClass.SHELTER, fields),)
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(person,), payload=payload, sealed=sealed))
