"""Handing out: one touch, judged and written in one transaction, whatever other boxes know."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Actor
from app.shelters.details import open_person
from app.shelters.handouts.given_elsewhere import given_elsewhere
from app.shelters.handouts.models import Handout, HandoutItem
from app.shelters.handouts.records import HandoutInfo, HandoutRecords, NewHandout, given_of
from app.shelters.handouts.requests import SupplyRequests
from app.shelters.handouts.rules import Given, Objection, Receiver, judge, quantity_for
from app.shelters.handouts.same_person import household_of, known_to, members_of, open_stay, records_of
from app.shelters.handouts.values import ItemInfo, Share, item_info
from app.shelters.handouts.wanted import Count, Outcome, ReasonMissing, UnknownItem, Wanted, collector_of
from app.shelters.models import Evacuee
from app.shelters.values import PersonClass
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

COUNTED = """
    SELECT COALESCE(SUM(quantity), 0) AS pieces, COUNT(*) AS times FROM handout
    WHERE shelter = ? AND item = ? AND given_at >= ? AND taken_back_at IS NULL AND practice = ? AND origin IS NULL
"""


class Handouts:
    """What this box hands out. What other boxes told is said before, and stops nobody (docs/adr/015.md)."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, requests: SupplyRequests) -> None:
        self._vault = vault
        self._records = HandoutRecords(vault, journal)
        self._reading = reading
        self._requests = requests
        self.CHANGED: Event[tuple[UUID, UUID]] = Event()
        """Something went out or was taken back at this shelter: (shelter, item)."""

    async def give(self, wanted: Wanted, actor: Actor, desk: UUID | None = None) -> Outcome:
        """Give it if the rules or an officer allow; the same attempt twice is answered with the first handout.

        Raises:
            LookupError: there is no such person.
            UnknownItem: it cannot be handed out.
            ReasonMissing: something is to be set aside without a reason.
            StorageError: nothing was recorded.
        """
        if wanted.overridden and not wanted.reason.strip():
            raise ReasonMissing

        async def work(tx: Transaction) -> Outcome:
            before = await self._records.of_attempt(tx, wanted.attempt)
            return Outcome(before, None) if before else await self._give(tx, wanted, actor, desk)

        return await transaction(work)

    async def give_surplus(
        self,
        item: UUID,
        shelter: UUID,
        actor: Actor,
        *,
        quantity: int = 1,
        attempt: str = '',
        practice: bool = False,
        desk: UUID | None = None,
    ) -> HandoutInfo:
        """Hand out what is left over, to nobody in particular; no rule applies.

        Raises:
            UnknownItem: it cannot be handed out.
            ValueError: fewer than one piece.
        """
        if quantity < 1:
            raise ValueError('a surplus of at least one piece')

        async def work(tx: Transaction) -> HandoutInfo:
            before = await self._records.of_attempt(tx, attempt)
            if before:
                return before
            found = await _item(tx, item)
            new = NewHandout(item=item, shelter=shelter, quantity=quantity, attempt=attempt, practice=practice)
            return await self._write(tx, found, new, actor, desk)

        return await transaction(work)

    async def take_back(self, handout: UUID, actor: Actor, *, reason: str = '', desk: UUID | None = None) -> bool:
        """It was not given after all; whether there was something to take back."""

        async def work(tx: Transaction) -> bool:
            query = Handout.filter(id=handout, taken_back_at=None, origin=None)
            row = await query.using_db(tx.connection).first()
            if row is None:
                return False
            await self._records.take_back(tx, row, actor, desk, reason)
            tx.after_commit(lambda: self.CHANGED.emit((row.shelter, row.item)))
            return True

        return await transaction(work)

    async def count(self, shelter: UUID, item: UUID, since: datetime, *, practice: bool) -> Count:
        """How much of an item a shelter has handed out since."""
        values = [str(shelter), str(item), since.astimezone(clock.TOKYO).isoformat(sep=' '), practice]

        def query(connection: sqlite3.Connection) -> Count:
            row = connection.execute(COUNTED, values).fetchone()
            return Count(row['pieces'], row['times'])

        return await self._reading.read(query)

    async def waiting_members(self, wanted: Wanted) -> list[UUID]:
        """Others of the household who stay here and could be given the same now, for one who collects for all."""

        async def work(tx: Transaction) -> list[UUID]:
            item = await _item(tx, wanted.item)
            waiting = []
            for member in await self._members(tx, wanted.evacuee):
                of_member = Wanted(
                    item=wanted.item, shelter=wanted.shelter, evacuee=member, collected_by=wanted.evacuee,
                    practice=wanted.practice,
                )  # fmt: skip
                is_here = await open_stay(tx, await records_of(tx, member), wanted.shelter) is not None
                if is_here and (await self._judged(tx, item, of_member))[0] is None:
                    waiting.append(member)
            return waiting

        return await transaction(work)

    async def of(self, evacuee: UUID) -> list[HandoutInfo]:
        """What a person was given, the newest first."""
        return [self._records.info(row) for row in await Handout.filter(evacuee=evacuee).order_by('-given_at')]

    async def latest(
        self, shelter: UUID, *, practice: bool, offset: int = 0, limit: int = 50
    ) -> tuple[Sequence[HandoutInfo], int]:
        """A page of what a shelter handed out, the newest first, and how many there are."""
        rows = Handout.filter(shelter=shelter, practice=practice)
        found = await rows.order_by('-given_at').offset(offset).limit(limit)
        return [self._records.info(row) for row in found], await rows.count()

    async def _give(self, tx: Transaction, wanted: Wanted, actor: Actor, desk: UUID | None) -> Outcome:
        item = await _item(tx, wanted.item)
        objection, size, household = await self._judged(tx, item, wanted)
        if objection is not None:
            return Outcome(None, objection)
        words = {'proxy': wanted.proxy.strip(), 'reason': wanted.reason.strip()}
        new = NewHandout(
            item=item.id,
            shelter=wanted.shelter,
            evacuee=wanted.evacuee,
            household=household if item.entry.rules.share is Share.HOUSEHOLD else None,
            collected_by=wanted.collected_by,
            quantity=quantity_for(item.entry.rules, size),
            overrode=wanted.overridden,
            words={name: text for name, text in words.items() if text},
            attempt=wanted.attempt,
            practice=wanted.practice,
        )
        return Outcome(await self._write(tx, item, new, actor, desk), None)

    async def _judged(
        self, tx: Transaction, item: ItemInfo, wanted: Wanted
    ) -> tuple[Objection | None, int, UUID | None]:
        row = await Evacuee.get_or_none(id=wanted.evacuee, using_db=tx.connection)
        if row is None:
            raise LookupError('evacuee')
        person = await records_of(tx, wanted.evacuee)
        household = await household_of(tx, wanted.evacuee)
        members = await self._members(tx, wanted.evacuee)
        size = 1 + len(members)
        shared = household if item.entry.rules.share is Share.HOUSEHOLD else None
        given = given_of(await self._earlier(tx, wanted, person, shared))
        stay = await open_stay(tx, person, wanted.shelter)
        receiver = Receiver(
            person_class=PersonClass(row.person_class),
            allergies=open_person(self._vault, row.id, row.details).allergies,
            place=stay[0] if stay else None,
            state=stay[1] if stay else None,
            household_size=size,
        )
        collector, now = collector_of(wanted), clock.moment()
        share = item.entry.rules.share
        told = [] if wanted.knowing_others else await given_elsewhere(tx, item.id, share, person, members)

        def judged(known: Sequence[Given]) -> Objection | None:
            return judge(
                item.id, item.entry.rules, receiver, known, now, collector=collector, overridden=wanted.overridden
            )

        objection = judged(given)
        if objection is None and told:
            by_others = judged([*given, *told])
            objection = replace(by_others, elsewhere=True) if by_others else None
        return objection, size, household

    async def _members(self, tx: Transaction, evacuee: UUID) -> list[UUID]:
        members = await members_of(tx, evacuee)
        known = await known_to(tx, self._vault, evacuee, members) if members else frozenset()
        return [member for member in members if member in known]

    async def _earlier(
        self, tx: Transaction, wanted: Wanted, person: frozenset[UUID], household: UUID | None
    ) -> list[Handout]:
        theirs = Q(evacuee__in=list(person)) | (Q(household=household) if household else Q(evacuee=wanted.evacuee))
        rows = Handout.filter(theirs, taken_back_at=None, origin=None, practice=wanted.practice)
        found = await rows.using_db(tx.connection)
        others = {row.evacuee for row in found if row.evacuee and row.evacuee not in person}
        known = person | (await known_to(tx, self._vault, wanted.evacuee, others) if others else frozenset())
        return [row for row in found if row.evacuee in known]

    async def _write(
        self, tx: Transaction, item: ItemInfo, new: NewHandout, actor: Actor, desk: UUID | None
    ) -> HandoutInfo:
        handout = await self._records.write(tx, new, actor, desk)
        await self._requests.draft_if_short_in(tx, new.shelter, item, practice=new.practice)
        tx.after_commit(lambda: self.CHANGED.emit((new.shelter, new.item)))
        return handout


async def _item(tx: Transaction, item: UUID) -> ItemInfo:
    rows = await HandoutItem.filter(retired_at=None).using_db(tx.connection)
    found = next((item_info(row) for row in rows if row.id == item), None)
    if found is None or found.entry.amount is not None:
        raise UnknownItem
    return _with_both_ways(found, [item_info(row) for row in rows])


def _with_both_ways(item: ItemInfo, items: Sequence[ItemInfo]) -> ItemInfo:
    others = frozenset(other.id for other in items if item.id in other.entry.rules.excludes)
    rules = replace(item.entry.rules, excludes=item.entry.rules.excludes | others)
    return ItemInfo(item.id, replace(item.entry, rules=rules))
