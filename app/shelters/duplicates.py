"""Records that may be of the same human being: proposed with reasons, decided by a person, taken back by a person."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import class_of, open_person, person_text, seal_person
from app.shelters.duplicate_pairs import Pair
from app.shelters.evacuees import Evacuees
from app.shelters.households import Households
from app.shelters.joined_details import joined
from app.shelters.likely_doubles import LikelyDoubles
from app.shelters.memberships import By
from app.shelters.merging import move_back, move_to
from app.shelters.models import Evacuee
from app.shelters.people_models import DuplicateDecision
from app.shelters.search import PeopleSearch
from app.shelters.stays import Stays
from app.shelters.values import PersonClass
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

MERGED = 'shelters.merged'
MERGE_UNDONE = 'shelters.merge_undone'
DIFFERENT = 'shelters.different_people'


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided about two records."""

    id: UUID
    kept: UUID
    other: UUID
    same: bool
    decided_at: datetime


class CannotDecide(Exception):
    """One of the two does not exist, was merged already, is the other, or belongs to a drill. Nothing was changed."""


class Duplicates:
    """Proposes, and carries out what a person decides; never merges by itself."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        search: PeopleSearch,
        evacuees: Evacuees,
        stays: Stays,
        households: Households,
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._likely = LikelyDoubles(search)
        self._evacuees = evacuees
        self._stays = stays
        self._households = households

    async def candidates(self, *, sees_protected: bool = False, practice: bool = False) -> list[Pair]:
        """Pairs to decide, the likeliest first."""
        rows = await DuplicateDecision.filter(undone_at=None)
        decided = {frozenset({row.kept, row.other}) for row in rows}
        return [
            pair
            for pair in await self._likely.all()
            if frozenset({pair.one.evacuee, pair.other.evacuee}) not in decided
            and pair.one.practice == practice
            and (sees_protected or not (pair.one.details.protected or pair.other.details.protected))
        ]

    async def merge(self, kept: UUID, other: UUID, actor: Actor, desk: UUID | None = None) -> Decision:
        """The same human being: `kept` stays, with tokens, stays and household of `other`, which leads to it.

        Raises:
            CannotDecide: nothing was changed.
        """

        async def work(tx: Transaction) -> Decision:
            first, second = await _two(tx, kept, other)
            decision, at = uuid.uuid4(), clock.now()
            before = open_person(self._vault, kept, first.details)
            after = joined(before, open_person(self._vault, other, second.details))
            told = class_of(after, clock.today())
            await (
                Evacuee.filter(id=kept)
                .using_db(tx.connection)
                .update(
                    details=seal_person(self._vault, kept, after),
                    person_class=first.person_class if told is PersonClass.UNKNOWN else str(told),
                    details_at=first.details_at or second.details_at,
                    changed_at=at,
                )
            )
            await Evacuee.filter(id=other).using_db(tx.connection).update(merged_into=kept, changed_at=at)
            moved = await move_to(tx, self._households, other, kept, By(actor, desk))
            row = await DuplicateDecision.create(
                id=decision,
                kept=kept,
                other=other,
                same=True,
                moved=moved,
                details_before=first.details,
                decided_at=at,
                using_db=tx.connection,
            )
            sealed = Sealed(kept, RecordClass.SHELTER, {'details': person_text(after)})
            await self._write(tx, MERGED, row, actor, desk, (sealed,))
            return _decision(row)

        return await transaction(work)

    async def keep_apart(self, one: UUID, other: UUID, actor: Actor, desk: UUID | None = None) -> Decision:
        """Different people: the pair is not proposed again.

        Raises:
            CannotDecide: nothing was changed.
        """

        async def work(tx: Transaction) -> Decision:
            await _two(tx, one, other)
            row = await DuplicateDecision.create(
                id=uuid.uuid4(),
                kept=one,
                other=other,
                same=False,
                moved={},
                decided_at=clock.now(),
                using_db=tx.connection,
            )
            await self._write(tx, DIFFERENT, row, actor, desk)
            return _decision(row)

        return await transaction(work)

    async def undo(self, decision: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """Take a decision back; details that were changed since the merging stay as they are.

        Raises:
            CannotDecide: there is no such decision, or a later one has to be taken back first.
        """

        async def work(tx: Transaction) -> None:
            row = await DuplicateDecision.get_or_none(id=decision, undone_at=None, using_db=tx.connection)
            if row is None:
                raise CannotDecide
            if row.same:
                await self._part(tx, row, By(actor, desk))
            await DuplicateDecision.filter(id=decision).using_db(tx.connection).update(undone_at=clock.now())
            await self._write(tx, MERGE_UNDONE, row, actor, desk)

        await transaction(work)

    async def decisions(self, limit: int = 50) -> list[Decision]:
        """What was decided and not taken back, the newest first."""
        rows = await DuplicateDecision.filter(undone_at=None).order_by('-decided_at').limit(limit)
        return [_decision(row) for row in rows]

    async def current(self, evacuee: UUID) -> UUID:
        """The record that stands for this person now."""
        row = await Evacuee.get_or_none(id=evacuee)
        return evacuee if row is None or row.merged_into is None else await self.current(row.merged_into)

    async def _part(self, tx: Transaction, row: DuplicateDecision, by: By) -> None:
        kept = await Evacuee.get_or_none(id=row.kept, merged_into=None, using_db=tx.connection)
        if kept is None:
            raise CannotDecide
        if kept.changed_at == row.decided_at and row.details_before is not None:
            told = class_of(open_person(self._vault, row.kept, row.details_before), clock.today())
            await (
                Evacuee.filter(id=row.kept)
                .using_db(tx.connection)
                .update(
                    details=row.details_before,
                    person_class=kept.person_class if told is PersonClass.UNKNOWN else str(told),
                    changed_at=clock.now(),
                )
            )
        await Evacuee.filter(id=row.other).using_db(tx.connection).update(merged_into=None, changed_at=clock.now())
        await move_back(tx, self._households, row.other, row.kept, row.moved, by)

    async def _write(
        self,
        tx: Transaction,
        kind: str,
        row: DuplicateDecision,
        actor: Actor,
        desk: UUID | None,
        sealed: tuple[Sealed, ...] = (),
    ) -> None:
        both = (row.kept, row.other)
        payload = {'decision': str(row.id), 'moved': row.moved}
        act = Act(kind=kind, actor=actor, subjects=both, desk=desk, payload=payload, sealed=sealed)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: _emit_all(self._evacuees.CHANGED, both))
        if row.same:
            shelters = await _shelters_of(tx, both)
            tx.after_commit(lambda: _emit_all(self._stays.CHANGED, shelters))


def _emit_all(event: Event[UUID], ids: Iterable[UUID]) -> None:
    for each in ids:
        event.emit(each)


async def _shelters_of(tx: Transaction, evacuees: tuple[UUID, ...]) -> set[UUID]:
    query = 'SELECT DISTINCT shelter FROM stay WHERE evacuee IN (?, ?)'
    rows = await tx.connection.execute_query_dict(query, [str(each) for each in evacuees])
    return {UUID(row['shelter']) for row in rows}


async def _two(tx: Transaction, one: UUID, other: UUID) -> tuple[Evacuee, Evacuee]:
    first = await Evacuee.get_or_none(id=one, merged_into=None, using_db=tx.connection)
    second = await Evacuee.get_or_none(id=other, merged_into=None, using_db=tx.connection)
    if first is None or second is None or one == other or first.practice != second.practice:
        raise CannotDecide
    return first, second


def _decision(row: DuplicateDecision) -> Decision:
    return Decision(id=row.id, kept=row.kept, other=row.other, same=row.same, decided_at=row.decided_at)
