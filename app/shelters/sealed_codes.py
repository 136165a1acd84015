"""Codes on sealed paper in the key box: made, printed once, found by what somebody types."""

import secrets
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.models import OpeningCode, Shelter
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

CODE_MADE = 'shelters.code_made'
CODE_ENDED = 'shelters.code_ended'
LETTERS = '23456789ACDEFGHJKLMNPQRTUVWXY'
"""29, a prime number, without 0, O, 1, I and those taken for digits (B, S, Z)."""
CODE_LENGTH = 8
"""With the check character at the end; 29 to the power of 7 codes, about 34 bits."""
GROUP = 4
_INDEX = 'opening-code'
_READ_AS = str.maketrans({'B': '8', 'S': '5', 'Z': '2', 'I': 'L', '1': 'L', 'O': 'D', '0': 'D'})


@dataclass(frozen=True, slots=True)
class MadeCode:
    """A new code; nobody can read it again later."""

    id: UUID
    shelter: UUID
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LivingCode:
    """A code that opens, as the box knows it."""

    id: UUID
    shelter: UUID
    made_at: datetime
    used_at: datetime | None


class SealedCodes:
    """At most one code of a shelter opens it."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def make(self, shelters: Sequence[UUID], actor: Actor) -> list[MadeCode]:
        """A new code for each; the codes before open no more. Print them at once.

        Raises:
            LookupError: there is no such shelter.
            StorageError: nothing was changed.
        """

        async def work(tx: Transaction) -> list[MadeCode]:
            return [await self.make_in(tx, shelter, actor) for shelter in shelters]

        return await transaction(work)

    async def make_in(self, tx: Transaction, shelter: UUID, actor: Actor) -> MadeCode:
        """The same within a transaction that does more."""
        if not await Shelter.filter(id=shelter, retired_at=None).using_db(tx.connection).exists():
            raise LookupError('shelter')
        await self.end_in(tx, shelter, actor)
        made = MadeCode(uuid.uuid4(), shelter, new_code())
        await OpeningCode.create(
            id=made.id,
            shelter=shelter,
            code_index=self._index(made.code),
            sealed_at=clock.now(),
            sealed_by=actor.id,
            using_db=tx.connection,
        )
        await self._journal.append(
            tx, Act(kind=CODE_MADE, actor=actor, subjects=(shelter,), payload={'code': str(made.id)})
        )
        return made

    async def end_in(self, tx: Transaction, shelter: UUID, actor: Actor) -> None:
        """The living code of a shelter opens no more."""
        rows = await OpeningCode.filter(shelter=shelter, ended_at=None).using_db(tx.connection)
        for row in rows:
            await OpeningCode.filter(id=row.id).using_db(tx.connection).update(ended_at=clock.now())
            act = Act(kind=CODE_ENDED, actor=actor, subjects=(shelter,), payload={'code': str(row.id)})
            await self._journal.append(tx, act)

    async def find(self, typed: str) -> LivingCode | None:
        """The living code that somebody typed."""
        row = await OpeningCode.get_or_none(code_index=self._index(read_code(typed) or ''), ended_at=None)
        return _living(row) if row else None

    async def of(self, shelter: UUID) -> LivingCode | None:
        """The living code of a shelter, without its letters."""
        row = await OpeningCode.filter(shelter=shelter, ended_at=None).first()
        return _living(row) if row else None

    async def shelters_with_code(self) -> set[UUID]:
        """Shelters that residents could open."""
        return {row.shelter for row in await OpeningCode.filter(ended_at=None).only('id', 'shelter')}

    def _index(self, code: str) -> str:
        return self._vault.index(_INDEX, code)


def new_code() -> str:
    """A code with its check character."""
    body = ''.join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH - 1))
    return body + check_letter(body)


def check_letter(body: str) -> str:
    """By which one wrong letter, or two neighbours in the wrong order, are always noticed (weights modulo 29)."""
    total = sum(place * LETTERS.index(letter) for place, letter in enumerate(body, start=1))
    return LETTERS[-total * pow(CODE_LENGTH, -1, len(LETTERS)) % len(LETTERS)]


def read_code(typed: str) -> str | None:
    """The code that was meant: any width and case, without gaps; None: one of its letters must be wrong."""
    plain = unicodedata.normalize('NFKC', typed[:64]).upper()
    code = ''.join(letter for letter in plain if letter.isalnum()).translate(_READ_AS)
    if len(code) != CODE_LENGTH or any(letter not in LETTERS for letter in code):
        return None
    return code if check_letter(code[:-1]) == code[-1] else None


def shown_code(code: str) -> str:
    """In groups, as it stands on the paper."""
    return '-'.join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _living(row: OpeningCode) -> LivingCode:
    return LivingCode(row.id, row.shelter, row.sealed_at, row.used_at)
