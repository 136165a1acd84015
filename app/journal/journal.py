"""The one append-only, hash-chained record of every act."""

import base64
import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app import clock
from app.journal.line import COLUMNS, GENESIS, HASH_VERSION, Act, Sealed, Written, canonical, line_hash, uuid7
from app.storage.transaction import Rows, Statement, Transaction
from app.storage.vault import Vault

INSERT = f'INSERT INTO journal_line ({", ".join(COLUMNS)}) VALUES ({", ".join("?" * len(COLUMNS))})'  # noqa: S608
Reaction = Callable[[Transaction, Act], Awaitable[None]]
HEAD_NOTE = 'journal head'
HEAD = 'SELECT sequence, hash FROM journal_line ORDER BY sequence DESC LIMIT 1'
HEAD_AND_ATTEMPT = """
    SELECT sequence, hash, (SELECT sequence FROM journal_line WHERE attempt = ?) AS of_attempt
    FROM journal_line ORDER BY sequence DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of the journal."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class BoxIdentity:
    """Which box writes, and in which of its lives."""

    box: UUID
    epoch: str


class Journal:
    """Appends acts to the journal, in the transaction that changes the state."""

    def __init__(self, vault: Vault, identity: BoxIdentity) -> None:
        self._vault = vault
        self.identity = identity
        self._reactions: dict[str, list[Reaction]] = {}

    def when_written(self, kind: str, reaction: Reaction) -> None:
        """Do this in the transaction of each act of a kind that is appended, right after its line."""
        self._reactions.setdefault(kind, []).append(reaction)

    async def ensure_keys(self, parts: Iterable[Sealed]) -> None:
        """Make the keys that these parts will be sealed with; before the transaction that appends them.

        Raises:
            StorageError: none was made.
        """
        await self._vault.ensure((part.subject, part.record_class) for part in parts)

    async def append(self, tx: Transaction, act: Act) -> Written:
        """Write one line. Keys of the sealed subjects must exist (`Vault.ensure`)."""
        (written,) = await self.append_all(tx, [act])
        return written

    async def append_all(self, tx: Transaction, acts: Iterable[Act]) -> list[Written]:
        """Write lines one after the other, in one go."""
        await tx.write_what_is_left()
        await read_head(tx)
        told = list(acts)
        lines = [self._next(tx, act) for act in told]
        await tx.connection.execute_many(INSERT, [values for _written, values in lines])
        for act in told:
            for reaction in self._reactions.get(act.kind, ()):
                await reaction(tx, act)
        return [written for written, _values in lines]

    def append_last(self, tx: Transaction, act: Act) -> Written:
        """Write one line when the work has ended; only after the attempt was asked for."""
        written, values = self._next(tx, act)
        tx.write_last((INSERT, values))
        return written

    @staticmethod
    def asking_attempt(attempt: str) -> Statement:
        """What a work asks at its beginning, to be read by `asked_attempt`."""
        return HEAD_AND_ATTEMPT, [attempt]

    @staticmethod
    def asked_attempt(tx: Transaction, rows: Rows) -> int | None:
        """Sequence of the line that this attempt wrote, if it did; opens the way for `append_last`."""
        _note_head(tx, rows)
        return rows[0]['of_attempt'] if rows else None

    @classmethod
    def known_attempt(cls, tx: Transaction, attempt: str) -> int | None:
        """The same, asked in a decision."""
        return cls.asked_attempt(tx, tx.ask(cls.asking_attempt(attempt)))

    async def sequence_of_attempt(self, tx: Transaction, attempt: str) -> int | None:
        """The same, asked in the middle of a work."""
        return self.asked_attempt(tx, await tx.connection.execute_query_dict(HEAD_AND_ATTEMPT, [attempt]))

    @staticmethod
    async def subjects_of_attempt(tx: Transaction, attempt: str) -> tuple[UUID, ...]:
        """The subjects of the line that this attempt wrote; empty if it wrote none."""
        query = 'SELECT subjects FROM journal_line WHERE attempt = ?'
        rows = await tx.connection.execute_query_dict(query, [attempt])
        return tuple(UUID(subject) for row in rows for subject in json.loads(row['subjects']))

    def _next(self, tx: Transaction, act: Act) -> tuple[Written, list[object]]:
        head: Head = tx.notes[HEAD_NOTE]
        recorded = clock.moment()
        id_ = uuid7(int(recorded.at.timestamp() * 1000))
        line = self._line(act, head, recorded, str(id_))
        tx.notes[HEAD_NOTE] = Head(line['sequence'], line['hash'])
        return Written(line['sequence'], id_, recorded), [line[column] for column in COLUMNS]

    def _line(self, act: Act, head: Head, recorded: clock.Moment, id_: str) -> dict[str, Any]:
        happened = act.happened or recorded
        line: dict[str, Any] = {
            'sequence': head.sequence + 1,
            'id': id_,
            'box': str(self.identity.box),
            'epoch': self.identity.epoch,
            'kind': act.kind,
            'version': act.version,
            'subjects': canonical([str(subject) for subject in act.subjects]),
            'actor': act.actor.id,
            'assurance': str(act.actor.assurance),
            'desk': str(act.desk) if act.desk else None,
            'attempt': act.attempt or id_,
            'happened_at': happened.at.isoformat(),
            'recorded_at': recorded.at.isoformat(),
            'boot_id': happened.boot_id,
            'monotonic_ns': happened.monotonic_ns,
            'clock_quality': str(happened.quality),
            'batch': str(act.batch) if act.batch else None,
            'payload': canonical({**act.payload, **self._sealed(act.sealed, id_)}),
            'hash_version': HASH_VERSION,
            'previous_hash': head.hash,
        }
        return {**line, 'hash': line_hash(line)}

    def _sealed(self, parts: tuple[Sealed, ...], line_id: str) -> dict[str, Any]:
        if not parts:
            return {}
        return {
            'sealed': [
                {
                    'subject': str(part.subject),
                    'record_class': str(part.record_class),
                    'fields': self._seal(part, f'journal_line.{index}.{line_id}'),
                }
                for index, part in enumerate(parts)
            ]
        }

    def _seal(self, part: Sealed, where: str) -> str:
        sealed = self._vault.seal((part.subject, part.record_class), where, canonical(dict(part.fields)))
        return base64.b64encode(sealed).decode()


async def read_head(tx: Transaction) -> Head:
    """The last line as this transaction sees it."""
    if HEAD_NOTE not in tx.notes:
        _note_head(tx, await tx.connection.execute_query_dict(HEAD))
    head: Head = tx.notes[HEAD_NOTE]
    return head


def _note_head(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> None:
    tx.notes[HEAD_NOTE] = Head(int(rows[0]['sequence']), str(rows[0]['hash'])) if rows else Head(0, GENESIS)
