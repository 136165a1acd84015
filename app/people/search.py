"""Finding members of staff by what a person types; names are sealed, so the search happens in memory, in a thread."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import jaconv

from app.people.staff import StaffMember
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import RecordClass, Vault

MOST_SHOWN = 20
SELECT = 'SELECT id, number, name, kana, department, active FROM staff ORDER BY number'
_GAPS = re.compile(r'[\s・･]+')
_VARIANTS = str.maketrans('髙﨑邊邉澤齋齊濱德', '高崎辺辺沢斎斉浜徳')


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many there were."""

    members: tuple[StaffMember, ...]
    total: int


class StaffSearch:
    """Finds staff by number, name or kana; width, kana, gaps and usual kanji variants make no difference."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def find(self, typed: str) -> Found:
        """Those whose number begins with it, or whose name or kana contains it; an exact number comes first."""
        wanted = folded(typed)
        if not wanted:
            return Found((), 0)

        def query(connection: sqlite3.Connection) -> Found:
            hits = [member for member in everyone(connection, self._vault) if matches(member, wanted)]
            hits.sort(key=lambda member: (folded(member.number) != wanted, not member.active, member.number))
            return Found(tuple(hits[:MOST_SHOWN]), len(hits))

        return await self._reading.read(query)


def everyone(connection: sqlite3.Connection, vault: Vault) -> Iterator[StaffMember]:
    """All staff in the order of their numbers. Blocks: call it in a thread."""
    for row in connection.execute(SELECT):
        yield _opened(row, vault)


def matches(member: StaffMember, wanted: str) -> bool:
    """Whether a member of staff is meant by what was typed and `folded`."""
    return folded(member.number).startswith(wanted) or wanted in folded(member.name) or wanted in folded(member.kana)


def folded(text: str) -> str:
    """One spelling for texts that a person would call the same: width, case, hiragana, gaps, usual variants."""
    plain = unicodedata.normalize('NFKC', text).casefold().translate(_VARIANTS)
    return _GAPS.sub('', str(jaconv.hira2kata(plain)))


def _opened(row: sqlite3.Row, vault: Vault) -> StaffMember:
    staff = UUID(row['id'])
    owner = (staff, RecordClass.STAFF)
    return StaffMember(
        id=staff,
        number=row['number'],
        name=vault.open(owner, f'staff.name.{staff}', row['name']) or '',
        kana=vault.open(owner, f'staff.kana.{staff}', row['kana']) or '',
        department=row['department'],
        active=bool(row['active']),
    )
