"""Registering people at a shelter, and what is known about them."""

import uuid
from dataclasses import replace
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import PersonDetails, class_of, open_person, person_text, seal_person
from app.shelters.evacuee_values import EvacueeInfo, Registered, Registration, SharesProtection
from app.shelters.models import Evacuee
from app.shelters.numbers import number_of
from app.shelters.stays import Stays
from app.shelters.tokens import Token, Tokens
from app.shelters.values import Assured, PersonClass
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

REGISTERED = 'shelters.registered'
DETAILS_CHANGED = 'shelters.details_changed'
TOKEN_BOUND = 'shelters.token_bound'  # noqa: S105 - a kind of line


__all__ = ['EvacueeInfo', 'Evacuees', 'Registered', 'Registration']


class Evacuees:
    """The people of the shelters of this box."""

    def __init__(self, vault: Vault, journal: Journal, stays: Stays, tokens: Tokens, number_prefix: str) -> None:
        self._vault = vault
        self._journal = journal
        self._stays = stays
        self._tokens = tokens
        self._prefix = number_prefix
        self.CHANGED: Event[UUID] = Event()
        """A person was registered or changed."""
        self.share_protection: SharesProtection | None = None
        """Asked before somebody is named; the room sets it."""

    async def register(self, registration: Registration, actor: Actor, desk: UUID | None = None) -> Registered:
        """Register somebody and record the arrival; a token that is known answers whose it is.

        Raises:
            StorageError: nothing was recorded.
        """
        (registered,) = await self.register_all([registration], actor, desk)
        return registered

    async def register_all(
        self, registrations: list[Registration], actor: Actor, desk: UUID | None = None
    ) -> list[Registered]:
        """Register several, such as a household, all or none."""
        ids = await self.prepare(len(registrations))
        hidden = [await self.hidden(each) for each in registrations]

        async def work(tx: Transaction) -> list[Registered]:
            pairs = zip(ids, hidden, strict=True)
            return [await self.register_in(tx, evacuee, each, actor, desk) for evacuee, each in pairs]

        return await transaction(work)

    async def hidden(self, registration: Registration) -> Registration:
        """The registration as `register_in` takes it: protected, if their own card says that they are who is.

        What was only told hides nobody, or telling a name at a desk would show who is protected.
        """
        is_sure = registration.assured is Assured.CARD_DATA
        if self.share_protection is None or not (is_sure or registration.details.protected):
            return registration
        practice = registration.arrival.practice
        return replace(registration, details=await self.share_protection(registration.details, practice=practice))

    async def prepare(self, people: int) -> list[UUID]:
        """The ids of people to come, with their keys; before a transaction that calls `register_in`."""
        ids = [uuid.uuid4() for _each in range(people)]
        await self._vault.ensure([(evacuee, RecordClass.SHELTER) for evacuee in ids])
        return ids

    async def set_details(
        self,
        evacuee: UUID,
        details: PersonDetails,
        actor: Actor,
        *,
        assured: Assured = Assured.TOLD,
        desk: UUID | None = None,
    ) -> EvacueeInfo:
        """Replace what is known about a person; what was known before stays in the journal.

        Raises:
            LookupError: there is no such person, or they were made nameless.
        """
        kept = await self._hidden_if_named(evacuee, details, assured)
        return await transaction(lambda tx: self.set_details_in(tx, evacuee, kept, actor, assured, desk))

    async def set_details_in(
        self, tx: Transaction, evacuee: UUID, details: PersonDetails, actor: Actor, assured: Assured, desk: UUID | None
    ) -> EvacueeInfo:
        """The same within a transaction that does more."""
        row = await Evacuee.get_or_none(id=evacuee, using_db=tx.connection)
        if row is None or not self._vault.has_key((evacuee, RecordClass.SHELTER)):
            raise LookupError('evacuee')
        told = class_of(details, clock.today())
        after = replace(
            self._info(row),
            details=details,
            person_class=PersonClass(row.person_class) if told is PersonClass.UNKNOWN else told,
            assured=assured,
            details_at=clock.now() if details.is_named else row.details_at,
            changed_at=clock.now(),
        )
        columns = {**self._columns(after), 'details': seal_person(self._vault, evacuee, details)}
        await Evacuee.filter(id=evacuee).using_db(tx.connection).update(**columns)
        await self._journal.append(tx, self._act(DETAILS_CHANGED, after, actor, desk))
        tx.after_commit(lambda: self.CHANGED.emit(evacuee))
        return after

    async def bind(self, evacuee: UUID, token: Token, actor: Actor, desk: UUID | None = None) -> UUID:
        """Let a card or a printed code lead to this person; answers whom it leads to, which may be somebody else."""

        async def work(tx: Transaction) -> UUID:
            holder = await self._tokens.bind(tx, evacuee, token)
            if holder == evacuee:
                sealed = (Sealed(evacuee, RecordClass.SHELTER, {'last_four': token.last_four}),)
                payload = {'kind': token.kind}
                act = Act(kind=TOKEN_BOUND, actor=actor, subjects=(evacuee,), desk=desk, payload=payload, sealed=sealed)
                await self._journal.append(tx, act)
            return holder

        return await transaction(work)

    async def get(self, evacuee: UUID) -> EvacueeInfo | None:
        """The person of this id; one that was merged answers as it stands."""
        row = await Evacuee.get_or_none(id=evacuee)
        return self._info(row) if row else None

    async def by_number(self, number: str) -> EvacueeInfo | None:
        """The person of this number, as `read_number` spells it; nobody, once they were made nameless."""
        row = await Evacuee.get_or_none(number=number)
        return self._info(row) if row and self._vault.has_key((row.id, RecordClass.SHELTER)) else None

    async def by_token(self, token: Token) -> EvacueeInfo | None:
        """The person whom this card or code leads to."""
        holder = await self._tokens.holder(token)
        return await self.get(holder) if holder else None

    async def all(self) -> list[EvacueeInfo]:
        """Everybody who was not merged. Opens each record: for the index in memory, not for pages."""
        return [self._info(row) for row in await Evacuee.filter(merged_into=None)]

    async def register_in(
        self, tx: Transaction, evacuee: UUID, registration: Registration, actor: Actor, desk: UUID | None
    ) -> Registered:
        """Register within a transaction that does more; `evacuee` comes from `prepare`."""
        known = await self._known(tx, registration)
        if known is not None:
            await self._stays.arrive_in(tx, known, registration.arrival, actor, desk)
            return Registered(self._info(await Evacuee.get(id=known, using_db=tx.connection)), already=True)
        at, details = clock.now(), registration.details
        has_class = registration.person_class is not PersonClass.UNKNOWN
        info = EvacueeInfo(
            id=evacuee,
            number=number_of(self._prefix, await Evacuee.all().using_db(tx.connection).count() + 1),
            person_class=registration.person_class if has_class else class_of(details, clock.today()),
            assured=registration.assured,
            details=details,
            details_at=at if details.is_named else None,
            registered_at=at,
            changed_at=at,
            merged_into=None,
            practice=registration.arrival.practice,
        )
        sealed = seal_person(self._vault, evacuee, details)
        columns = {**self._columns(info), 'number': info.number, 'registered_at': at, 'details': sealed}
        await Evacuee.create(id=evacuee, practice=info.practice, **columns, using_db=tx.connection)
        if registration.token is not None:
            await self._tokens.bind(tx, evacuee, registration.token)
        await self._journal.append(tx, self._act(REGISTERED, info, actor, desk, registration.attempt))
        await self._stays.arrive_in(tx, evacuee, registration.arrival, actor, desk)
        tx.after_commit(lambda: self.CHANGED.emit(evacuee))
        return Registered(info, already=False)

    async def _hidden_if_named(self, evacuee: UUID, details: PersonDetails, assured: Assured) -> PersonDetails:
        """Whose protection was lifted by a person stays as they are while their name does."""
        before = await self.get(evacuee)
        if before is None or self.share_protection is None:
            return details
        becomes_protected = details.protected and not before.details.protected
        is_named_by_card = assured is Assured.CARD_DATA and _identity(before.details) != _identity(details)
        if not (becomes_protected or is_named_by_card):
            return details
        return await self.share_protection(details, practice=before.practice, besides=evacuee)

    async def _known(self, tx: Transaction, registration: Registration) -> UUID | None:
        if registration.token is not None and (holder := await self._tokens.holder(registration.token, tx)):
            return holder
        if not registration.attempt:
            return None
        subjects = await self._journal.subjects_of_attempt(tx, registration.attempt)
        return subjects[0] if subjects else None

    @staticmethod
    def _columns(info: EvacueeInfo) -> dict[str, object]:
        return {
            'person_class': str(info.person_class),
            'assured': str(info.assured),
            'details_at': info.details_at,
            'changed_at': info.changed_at,
        }

    @staticmethod
    def _act(kind: str, info: EvacueeInfo, actor: Actor, desk: UUID | None, attempt: str = '') -> Act:
        sealed = Sealed(info.id, RecordClass.SHELTER, {'details': person_text(info.details), 'number': info.number})
        return Act(
            kind=kind,
            actor=actor,
            subjects=(info.id,),
            desk=desk,
            attempt=attempt,
            payload={'person_class': str(info.person_class), 'assured': str(info.assured), 'practice': info.practice},
            sealed=(sealed,),
        )

    def _info(self, row: Evacuee) -> EvacueeInfo:
        return EvacueeInfo(
            id=row.id,
            number=row.number,
            person_class=PersonClass(row.person_class),
            assured=Assured(row.assured),
            details=open_person(self._vault, row.id, row.details),
            details_at=row.details_at,
            registered_at=row.registered_at,
            changed_at=row.changed_at,
            merged_into=row.merged_into,
            practice=row.practice,
        )


def _identity(details: PersonDetails) -> tuple[object, ...]:
    return details.name, details.kana, details.birth_date
