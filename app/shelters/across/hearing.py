"""What other boxes tell of people whose card or code may be known here, and what headquarters passes on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from app.exchange.received import ExchangedKinds, ReceivedLine
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.across.book import matches, put_fact, to_pass_on
from app.shelters.across.facts import Fact, read_fact
from app.shelters.across.keys import KEY_ENDED, KEY_MADE, SharedKeys
from app.shelters.across.models import AcrossKey, AcrossPerson
from app.shelters.across.telling import FACT_TOLD, Telling
from app.shelters.ending.scrub import scrub
from app.shelters.ending.values import Part
from app.shelters.models import Stay
from app.shelters.values import StayState
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

PASSED_ON = 'shelters.across_passed_on'
COPIED = 'shelters.across_copied'
AT_ONCE = 10
"""Facts of a copy that are taken in one transaction."""


class Hearing:
    """Takes the facts of other boxes; `changed` is called with each shelter of this box whose people they are."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        keys: SharedKeys,
        telling: Telling,
        changed: Callable[[UUID], None],
        *,
        passes_on: bool,
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._keys = keys
        self._telling = telling
        self._changed = changed
        self._passes_on = passes_on

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange the key and the facts."""
        kinds.add(KEY_MADE, self._keys.handed_over)
        kinds.add(KEY_ENDED, self._ended_elsewhere)
        kinds.add(FACT_TOLD, self._told)
        kinds.add(PASSED_ON, self._heard_again)
        kinds.when_settled(self._throw_away_again)

    async def _ended_elsewhere(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        for key in await self._keys.ended_elsewhere(tx, line.subjects):
            await scrub(tx, Part.ACROSS, [key])

    async def take_copied(self, told: Sequence[Mapping[str, str]], box: UUID, actor: Actor) -> int:
        """What a copy of a box on a stick tells, each fact once whether the line brings it too; how many were new.

        Raises:
            StorageError: some were taken; the same copy brings the others.
        """
        facts, new = list(_readable(told, box)), 0
        for start in range(0, len(facts), AT_ONCE):
            new += await self._take_some(facts[start : start + AT_ONCE], box, actor)
        return new

    async def _take_some(self, facts: Sequence[Fact], box: UUID, actor: Actor) -> int:
        async def work(tx: Transaction) -> int:
            new = [fact for fact in facts if self._vault.has_key((fact.key, RecordClass.SHELTER))]
            new = [fact for fact in new if await self._take_and_pass_on(tx, fact)]
            if new:
                payload = {'box': str(box), 'count': len(new)}
                keys = tuple({fact.key for fact in new})
                await self._journal.append(tx, Act(kind=COPIED, actor=actor, subjects=keys, payload=payload))
            return len(new)

        return await transaction(work)

    async def _told(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        if line.opened[0] is not None:
            await self._take_and_pass_on(tx, read_fact(line.subjects[0], line.opened[0]['fact']))

    async def _heard_again(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        if line.opened[0] is not None:
            await self._take(tx, read_fact(line.subjects[0], line.opened[0]['fact']))

    async def _take_and_pass_on(self, tx: Transaction, fact: Fact) -> bool:
        if not await self._take(tx, fact):
            return False
        known = await matches(tx, fact.person) if self._passes_on else []
        before = await AcrossPerson.filter(id=fact.person).exclude(passed_on='').using_db(tx.connection).exists()
        for person in [fact.person, *known] if self._passes_on and (known or before) else ():
            await self._pass_on(tx, fact.key, person)
        return True

    async def _take(self, tx: Transaction, fact: Fact) -> bool:
        if fact.box == self._journal.identity.box or not await _counts(tx, fact.key) or not await put_fact(tx, fact):
            return False
        await self._tell_here(tx, fact.person)
        return True

    async def _pass_on(self, tx: Transaction, key: UUID, person: UUID) -> None:
        if await AcrossPerson.filter(id=person, box=self._journal.identity.box).using_db(tx.connection).exists():
            return
        acts = [
            Act(
                kind=PASSED_ON,
                actor=Actor.system(),
                subjects=(key,),
                sealed=(Sealed(key, RecordClass.SHELTER, {'fact': fact.text()}),),
            )
            for fact in await to_pass_on(tx, person)
        ]
        await self._journal.append_all(tx, acts)

    async def _tell_here(self, tx: Transaction, person: UUID) -> None:
        people = await matches(tx, person)
        for evacuee in people:
            await self._telling.catch_up(tx, evacuee)
        here = Stay.filter(evacuee__in=people).exclude(state=str(StayState.LEFT)).using_db(tx.connection)
        for shelter in {row.shelter for row in await here}:
            tx.after_commit(lambda shelter=shelter: self._changed(shelter))  # type: ignore[misc]

    async def _throw_away_again(self) -> None:
        """A line that comes after the end is sealed with a new key of the disaster that is over: nobody needs it."""
        over = [(row.id, RecordClass.SHELTER) for row in await AcrossKey.filter(secret=b'')]
        await self._vault.erase_all(owner for owner in over if self._vault.has_key(owner))


def _readable(told: Iterable[Mapping[str, str]], box: UUID) -> Iterable[Fact]:
    """The facts that this version can read; a box speaks for its own people only."""
    for each in told:
        with suppress(ValueError, KeyError, TypeError):
            fact = read_fact(UUID(each['key']), each['fact'])
            if fact.box == box:
                yield fact


async def _counts(tx: Transaction, key: UUID) -> bool:
    return not await AcrossKey.filter(id=key, secret=b'').using_db(tx.connection).exists()
