"""Members of staff, with their names sealed."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.people.models import Staff
from app.storage.rows import first_row, rows
from app.storage.transaction import Rows, Transaction, transaction
from app.storage.vault import RecordClass, Vault

STAFF_ADDED = 'people.staff_added'
STAFF_CHANGED = 'people.staff_changed'
ROWS_AT_ONCE = 100
_NAME_GAP = re.compile(r'[\s\u3000]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEntry:
    """What the HR system tells of a member of staff."""

    number: str
    name: str
    kana: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A member of staff (職員). A name whose key was thrown away is empty."""

    id: UUID
    number: str
    name: str
    kana: str
    department: str
    active: bool

    @property
    def surname(self) -> str:
        """The part of the name that is shown where others read along; all of it if it has one part."""
        return _NAME_GAP.split(self.name.strip())[0]


class StaffRegister:
    """Finds, adds and changes members of staff."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self.ADDED: Event[None] = Event()
        """Somebody is known now who was not."""
        self._numbers: dict[UUID, str] = {}
        """Numbers asked for before; nobody's ever changes."""

    async def find_by_number(self, number: str) -> StaffMember | None:
        """The member of staff with this 職員番号."""
        row = await Staff.get_or_none(number=number)
        return self._opened(row) if row else None

    async def get(self, staff: UUID) -> StaffMember | None:
        """The member of staff with this id."""
        return self.asked(await rows('SELECT * FROM staff WHERE id = ?', [str(staff)]))

    def asked(self, found: Rows) -> StaffMember | None:
        """The member of staff of the first row, if there is one."""
        if not found:
            return None
        row = found[0]
        staff = UUID(row['id'])
        return StaffMember(
            id=staff,
            number=row['number'],
            name=self._open(staff, 'name', row['name']),
            kana=self._open(staff, 'kana', row['kana']),
            department=row['department'],
            active=bool(row['active']),
        )

    async def number_of(self, staff: UUID) -> str | None:
        """The 職員番号 of the member of staff with this id."""
        if staff not in self._numbers:
            row = await first_row('SELECT number FROM staff WHERE id = ?', [str(staff)])
            if row is None:
                return None
            self._numbers[staff] = row['number']
        return self._numbers[staff]

    async def get_many(self, ids: Iterable[UUID]) -> dict[UUID, StaffMember]:
        """Those of the ids that exist."""
        return {row.id: self._opened(row) for row in await Staff.filter(id__in=list(set(ids)))}

    async def page(self, offset: int, limit: int) -> tuple[list[StaffMember], int]:
        """A window of all staff in the order of their numbers, and how many there are."""
        window = await Staff.all().order_by('number').offset(offset).limit(limit)
        return [self._opened(row) for row in window], await Staff.all().count()

    async def everyone(self) -> list[StaffMember]:
        """All staff, to search among them in memory; names cannot be searched in the database."""
        return [self._opened(row) for row in await Staff.all().order_by('number')]

    async def create(self, entry: StaffEntry, actor: Actor) -> StaffMember:
        """Add one member of staff."""
        await self.save([entry], actor)
        member = await self.find_by_number(entry.number)
        assert member is not None  # noqa: S101 - it was committed one line above
        return member

    async def save(self, entries: Sequence[StaffEntry], actor: Actor) -> tuple[int, int]:
        """Add new staff and change known ones; each changed person gets a journal line of one batch.

        Returns:
            How many were added and how many changed. Numbers must be distinct.
        """
        batch = uuid.uuid4()
        added = changed = 0
        for start in range(0, len(entries), ROWS_AT_ONCE):
            chunk = entries[start : start + ROWS_AT_ONCE]
            chunk_added, chunk_changed = await self._save_chunk(chunk, actor, batch)
            added += chunk_added
            changed += chunk_changed
        return added, changed

    async def _save_chunk(self, entries: Sequence[StaffEntry], actor: Actor, batch: UUID) -> tuple[int, int]:
        known = {row.number: row for row in await Staff.filter(number__in=[entry.number for entry in entries])}
        new = {entry.number: uuid.uuid4() for entry in entries if entry.number not in known}
        changed = [entry for entry in entries if entry.number in known and self._differs(known[entry.number], entry)]
        await self._vault.ensure((staff, RecordClass.STAFF) for staff in new.values())

        async def work(tx: Transaction) -> None:
            for entry in entries:
                if entry.number in new:
                    await Staff.create(**self._row(new[entry.number], entry), using_db=tx.connection)
            for entry in changed:
                row = self._row(known[entry.number].id, entry)
                await Staff.filter(id=row.pop('id')).using_db(tx.connection).update(**row, active=True)
            acts = [self._act(STAFF_ADDED, new[e.number], e, actor, batch) for e in entries if e.number in new]
            acts += [self._act(STAFF_CHANGED, known[e.number].id, e, actor, batch) for e in changed]
            await self._journal.append_all(tx, acts)
            if new:
                tx.after_commit(lambda: self.ADDED.emit(None))

        if new or changed:
            await transaction(work)
        return len(new), len(changed)

    def _differs(self, row: Staff, entry: StaffEntry) -> bool:
        member = self._opened(row)
        return (member.name, member.kana, member.department) != (entry.name, entry.kana, entry.department)

    def _row(self, staff: UUID, entry: StaffEntry) -> dict[str, object]:
        owner = (staff, RecordClass.STAFF)
        return {
            'id': staff,
            'number': entry.number,
            'name': self._vault.seal(owner, f'staff.name.{staff}', entry.name),
            'kana': self._vault.seal(owner, f'staff.kana.{staff}', entry.kana),
            'department': entry.department,
        }

    def _opened(self, row: Staff) -> StaffMember:
        return StaffMember(
            id=row.id,
            number=row.number,
            name=self._open(row.id, 'name', row.name),
            kana=self._open(row.id, 'kana', row.kana),
            department=row.department,
            active=row.active,
        )

    def _open(self, staff: UUID, column: str, sealed: bytes) -> str:
        return self._vault.open((staff, RecordClass.STAFF), f'staff.{column}.{staff}', sealed) or ''

    @staticmethod
    def _act(kind: str, staff: UUID, entry: StaffEntry, actor: Actor, batch: UUID) -> Act:
        fields = {'number': entry.number, 'name': entry.name, 'kana': entry.kana, 'department': entry.department}
        sealed = (Sealed(staff, RecordClass.STAFF, fields),)
        return Act(kind=kind, actor=actor, subjects=(staff,), sealed=sealed, batch=batch)
