"""What this box tells of its people, written down with the act that changes it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from app import clock
from app.journal.journal import Journal, read_head
from app.journal.line import Act, Actor, Sealed
from app.journal.models import Epoch
from app.shelters.across.book import matches, person_told, put_fact
from app.shelters.across.claims import claim_of, claim_values, own_claims
from app.shelters.across.facts import COLUMNS, About, Fact, place
from app.shelters.across.keys import SharedKey, SharedKeys
from app.shelters.across.models import AcrossClaim, AcrossPerson, AcrossStay, AcrossToken
from app.shelters.details import open_person
from app.shelters.duplicates import MERGE_UNDONE, MERGED
from app.shelters.ending.values import ERASED, Part
from app.shelters.evacuees import DETAILS_CHANGED, REGISTERED, TOKEN_BOUND
from app.shelters.handouts.benefits import APPLIED, DECIDED
from app.shelters.handouts.records import HANDED_OUT, TAKEN_BACK
from app.shelters.handouts.same_person import household_of, members_of, records_of
from app.shelters.label_prints import TOKEN_ENDED
from app.shelters.memberships import HOUSEHOLD_JOINED, HOUSEHOLD_LEFT
from app.shelters.models import Evacuee, EvacueeToken, HouseholdMember, Shelter, Stay
from app.shelters.stays import ARRIVED, CAME_BACK, LEFT, SEEN, WENT_OUT
from app.shelters.tokens import TOKEN_RECOGNISED
from app.shelters.values import StayState
from app.shelters.withdrawing import WITHDRAWN
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault

FACT_TOLD = 'shelters.across_fact'
ABOUT_PEOPLE = (REGISTERED, TOKEN_BOUND, TOKEN_ENDED, TOKEN_RECOGNISED, DETAILS_CHANGED, WITHDRAWN)
ABOUT_STAYS = (ARRIVED, WENT_OUT, CAME_BACK, LEFT, SEEN)
ABOUT_HOUSEHOLDS = (HOUSEHOLD_JOINED, HOUSEHOLD_LEFT)
ABOUT_CLAIMS = (HANDED_OUT, TAKEN_BACK, APPLIED, DECIDED)


class Telling:
    """Turns the acts of this box into facts for the others, in the transaction of the act."""

    def __init__(self, vault: Vault, journal: Journal, keys: SharedKeys) -> None:
        self._vault = vault
        self._journal = journal
        self._keys = keys

    def join(self) -> None:
        """Listen to the journal of this box."""
        reactions = {
            ABOUT_PEOPLE: self._person_changed,
            ABOUT_STAYS: self._stay_changed,
            ABOUT_HOUSEHOLDS: self._household_changed,
            ABOUT_CLAIMS: self._claimed,
            (MERGED, MERGE_UNDONE): self._merged,
        }
        for kinds, reaction in reactions.items():
            for kind in kinds:
                self._journal.when_written(kind, reaction)
        self._journal.when_written(ERASED, self._ended)

    async def _ended(self, tx: Transaction, act: Act) -> None:
        if act.payload['records'] == Part.ACROSS:
            await self._keys.ended_here(tx, act.subjects)

    async def catch_up(self, tx: Transaction, evacuee: UUID) -> None:
        """Somebody is known elsewhere as well: tell when they were last seen here, if that was not told."""
        key = await self._key_of(tx, evacuee)
        rows = Stay.filter(evacuee=evacuee).exclude(state=str(StayState.LEFT)).using_db(tx.connection)
        for row in await rows if key else ():
            told = await AcrossStay.get_or_none(id=row.id, using_db=tx.connection)
            if key is not None and told is not None and told.seen_at != row.seen_at:
                await self._tell_stay(tx, key, row)

    async def _person_changed(self, tx: Transaction, act: Act) -> None:
        if key := await self._keys.current(tx):
            evacuee = act.subjects[0]
            await self._refresh(tx, key, [evacuee, *await members_of(tx, evacuee)])

    async def _household_changed(self, tx: Transaction, act: Act) -> None:
        if key := await self._keys.current(tx):
            household, *evacuees = act.subjects
            rows = HouseholdMember.filter(household=household, ended_at=None).using_db(tx.connection)
            await self._refresh(tx, key, [*evacuees, *[row.evacuee for row in await rows]])
            for evacuee in evacuees:
                await self._shares_changed(tx, evacuee)

    async def _merged(self, tx: Transaction, act: Act) -> None:
        if key := await self._keys.current(tx):
            kept, other = act.subjects
            await self._refresh(tx, key, [other, kept])
            if of_kept := await self._key_of(tx, kept):
                await self._tell_all_of(tx, of_kept, kept)

    async def _stay_changed(self, tx: Transaction, act: Act) -> None:
        key = await self._key_of(tx, act.subjects[0])
        if key is not None and (act.kind != SEEN or await matches(tx, act.subjects[0])):
            await self._tell_stay(tx, key, await Stay.get(id=UUID(act.payload['stay']), using_db=tx.connection))

    async def _claimed(self, tx: Transaction, act: Act) -> None:
        if not act.subjects or await self._keys.current(tx) is None:
            return
        claim = UUID(act.payload.get('handout') or act.payload['benefit'])
        if act.kind in (HANDED_OUT, APPLIED):
            await self._tell_claim(tx, claim, act)
            return
        stands = act.kind == DECIDED and act.payload['state'] != 'declined'
        for row in await AcrossClaim.filter(Q(id=claim) | Q(root=claim)).using_db(tx.connection):
            await self._tell_whether_it_stands(tx, row, stands=stands)

    async def _tell_claim(self, tx: Transaction, claim: UUID, act: Act) -> None:
        receiver = await _standing(tx, act.subjects[0])
        others = await members_of(tx, act.subjects[0]) if act.payload.get('household') else []
        for person in (receiver, *others):
            key = await self._key_of(tx, person)
            values = await claim_values(tx, act.payload, person, clock.now()) if key else {}
            if key and values:
                root = None if person == receiver else claim
                id_ = claim_of(claim, person) if root else claim
                await self._tell(tx, key, About.CLAIM, id_, {**values, 'root': root})

    async def _tell_whether_it_stands(self, tx: Transaction, row: AcrossClaim, *, stands: bool) -> None:
        key = await self._key_of(tx, row.person)
        if key is not None and row.stands is not stands:
            values = {name: getattr(row, name) for name in COLUMNS[About.CLAIM]}
            await self._tell(tx, key, About.CLAIM, row.id, {**values, 'stands': stands})

    async def _shares_changed(self, tx: Transaction, evacuee: UUID) -> None:
        """What the household received is told of those who belong to it now."""
        key = await self._key_of(tx, evacuee)
        if key is None:
            return
        records, household = await records_of(tx, evacuee), await household_of(tx, evacuee)
        shared = {id_: values for id_, values in await own_claims(tx, records, evacuee, household) if values['root']}
        told = await AcrossClaim.filter(person=evacuee).exclude(root=None).using_db(tx.connection)
        for row in told:
            await self._tell_whether_it_stands(tx, row, stands=row.id in shared)
        for id_ in shared.keys() - {row.id for row in told}:
            await self._tell(tx, key, About.CLAIM, id_, shared[id_])

    async def _key_of(self, tx: Transaction, person: UUID) -> UUID | None:
        """With which key somebody is told of; None: nobody is told of them."""
        if await self._keys.current(tx) is None:
            return None
        told = await person_told(tx, person)
        return told.key if told and self._vault.has_key((told.key, RecordClass.SHELTER)) else None

    async def _refresh(self, tx: Transaction, key: SharedKey, evacuees: Iterable[UUID]) -> None:
        for evacuee in dict.fromkeys(evacuees):
            row = await Evacuee.get_or_none(id=evacuee, using_db=tx.connection)
            if row is not None:
                await self._refresh_one(tx, key, row)

    async def _refresh_one(self, tx: Transaction, key: SharedKey, row: Evacuee) -> None:
        shown = row.merged_into is None and not await self._is_hidden(tx, row)
        indexes = await _indexes(tx, row.id, key.id) if shown else []
        before = await AcrossPerson.get_or_none(id=row.id, using_db=tx.connection)
        was_told = before is not None and not before.withdrawn and before.key == key.id
        if not indexes and not was_told:
            return
        if was_told and before is not None and before.indexes == indexes:
            return
        number = row.number if indexes else ''
        values = {'number': number, 'indexes': indexes, 'withdrawn': not indexes, 'practice': row.practice}
        keeps = before.since if was_told and before is not None and indexes else None
        await self._tell(tx, key.id, About.PERSON, row.id, {**values, 'since': keeps})
        if indexes and not was_told:
            await self._tell_all_of(tx, key.id, row.id)

    async def _tell_all_of(self, tx: Transaction, key: UUID, evacuee: UUID) -> None:
        stays = Stay.filter(evacuee=evacuee).exclude(state=str(StayState.LEFT)).using_db(tx.connection)
        for stay in await stays:
            await self._tell_stay(tx, key, stay)
        records, household = await records_of(tx, evacuee), await household_of(tx, evacuee)
        for claim, values in await own_claims(tx, records, evacuee, household):
            await self._tell(tx, key, About.CLAIM, claim, values)

    async def _tell_stay(self, tx: Transaction, key: UUID, row: Stay) -> None:
        shelter = await Shelter.get_or_none(id=row.shelter, using_db=tx.connection)
        values = {
            'person': row.evacuee,
            'shelter': row.shelter,
            'shelter_name': shelter.name if shelter else '',
            'state': row.state,
            'arrived_at': row.arrived_at,
            'seen_at': row.seen_at,
        }
        await self._tell(tx, key, About.STAY, row.id, values)

    async def _tell(self, tx: Transaction, key: UUID, about: About, subject: UUID, values: Mapping[str, Any]) -> None:
        told = place(await self._life(tx), (await read_head(tx)).sequence + 1)
        values = {**values, 'box': self._journal.identity.box}
        if about is About.PERSON:
            values['since'] = values['since'] or told
        fact = Fact(about=about, id=subject, key=key, told=told, values=values)
        await put_fact(tx, fact)
        sealed = Sealed(key, RecordClass.SHELTER, {'fact': fact.text()})
        act = Act(kind=FACT_TOLD, actor=Actor.system(), subjects=(key,), sealed=(sealed,))
        await self._journal.append(tx, act)

    async def _life(self, tx: Transaction) -> int:
        return (await Epoch.get(id=self._journal.identity.epoch, using_db=tx.connection)).number

    async def _is_hidden(self, tx: Transaction, row: Evacuee) -> bool:
        members = await members_of(tx, row.id) if await household_of(tx, row.id) else []
        others = await Evacuee.filter(id__in=members).using_db(tx.connection)
        return any(open_person(self._vault, each.id, each.details).protected for each in (row, *others))


async def _indexes(tx: Transaction, evacuee: UUID, key: UUID) -> list[str]:
    rows = await EvacueeToken.filter(evacuee=evacuee, ended_at=None).using_db(tx.connection)
    tokens = AcrossToken.filter(id__in=[row.id for row in rows], key=key).using_db(tx.connection)
    return sorted(token.token_index for token in await tokens)


async def _standing(tx: Transaction, evacuee: UUID) -> UUID:
    seen = {evacuee}
    while (row := await Evacuee.get_or_none(id=evacuee, using_db=tx.connection)) and row.merged_into:
        evacuee = row.merged_into
        if evacuee in seen:
            break
        seen.add(evacuee)
    return evacuee
