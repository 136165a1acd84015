"""Who wants messages, at which address, in which language, about what. Addresses are sealed, each with its own key."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages.addresses import is_line_user, same_address
from app.messages.models import Subscriber
from app.messages.notice import Channel
from app.messages.outbox import MessageKind, Outbox
from app.messages.subscriber_records import EndedBy, SubscriberRecords, SubscriberState, Wishes, owner_of
from app.messages.tokens import Tokens, new_code, typed_code
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

ASKED = 'messages.subscription_asked'
IMPORTED = 'messages.subscribers_imported'
CONFIRM, UNSUBSCRIBE = 'confirm', 'unsubscribe'
CONFIRM_WITHIN = timedelta(hours=48)
IMPORTED_AT_ONCE = 200
ERASED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ImportedUsers:
    """What became of a list of LINE user ids."""

    added: int
    known: int
    wrong: tuple[str, ...]
    """Lines that are no user id."""


class Subscribers:
    """Signs people up and off."""

    def __init__(self, vault: Vault, journal: Journal, records: SubscriberRecords, outbox: Outbox) -> None:
        self._vault = vault
        self._journal = journal
        self._outbox = outbox
        self._records = records
        self.tokens = Tokens(vault)

    async def ask_by_mail(self, address: str, wishes: Wishes) -> UUID:
        """Note the wishes, and ask at the address whether they are its owner's; an earlier question is void.

        Raises:
            StorageError: nothing was noted, and nobody is asked.
        """
        subscriber = uuid.uuid4()
        await self._vault.ensure([owner_of(subscriber)])
        index = self._records.index(Channel.MAIL, same_address(address))

        async def work(tx: Transaction) -> None:
            await self._records.end_all(tx, index, SubscriberState.PENDING, except_for=subscriber)
            sealed = self._records.seal(subscriber, address)
            await self._records.create(tx, subscriber, Channel.MAIL, wishes, address=sealed, address_index=index)
            await self._outbox.post_to_one(tx, MessageKind.CONFIRMATION, subscriber)
            await self._records.note(tx, ASKED, subscriber, Actor.system(), channel='mail')

        await transaction(work)
        return subscriber

    async def ask_by_line(self, wishes: Wishes) -> str:
        """Note the wishes; returns the code that the person sends to the LINE account within a day.

        Raises:
            StorageError: nothing was noted.
        """
        subscriber, code = uuid.uuid4(), new_code()
        index = self._vault.index('line-code', code)

        async def work(tx: Transaction) -> None:
            await self._records.create(tx, subscriber, Channel.LINE, wishes, code_index=index)
            await self._records.note(tx, ASKED, subscriber, Actor.system(), channel='line')

        await transaction(work)
        return code

    async def confirm(self, token: str) -> bool:
        """The owner of the address wants messages; False: the link is not, or no longer, good."""
        subscriber = self.tokens.read(CONFIRM, token)
        if subscriber is None:
            return False

        async def work(tx: Transaction) -> bool:
            row = await Subscriber.filter(id=subscriber).using_db(tx.connection).first()
            if row is None or row.state == SubscriberState.ENDED:
                return False
            if row.state == SubscriberState.PENDING:
                await self._records.begin(tx, row.id, row.channel, row.address_index)
            return True

        return await transaction(work)

    async def take_line_code(self, user: str, text: str) -> bool:
        """A LINE user has sent a text; True: it was a code, and they are subscribed now."""
        code = typed_code(text)
        if not code or not is_line_user(user):
            return False
        pending = await Subscriber.filter(
            code_index=self._vault.index('line-code', code), state=SubscriberState.PENDING
        ).first()
        if pending is None:
            return False
        await self._vault.ensure([owner_of(pending.id)])
        index = self._records.index(Channel.LINE, user)

        async def work(tx: Transaction) -> bool:
            rows = Subscriber.filter(id=pending.id, state=SubscriberState.PENDING).using_db(tx.connection)
            sealed = self._records.seal(pending.id, user)
            if not await rows.update(address=sealed, address_index=index, code_index=''):
                return False
            await self._records.begin(tx, pending.id, Channel.LINE, index)
            await self._outbox.post_to_one(tx, MessageKind.WELCOME, pending.id)
            return True

        return await transaction(work)

    async def import_line_users(self, users: Sequence[str], wishes: Wishes, actor: Actor) -> ImportedUsers:
        """Take over people who are friends of the LINE account already, by their user ids.

        Raises:
            StorageError: some of them may have been taken; the same list may be given again.
        """
        right = list(dict.fromkeys(user for user in users if is_line_user(user)))
        added = 0
        for start in range(0, len(right), IMPORTED_AT_ONCE):
            added += await self._import_some(right[start : start + IMPORTED_AT_ONCE], wishes, actor)
        return ImportedUsers(added, len(right) - added, tuple(user for user in users if not is_line_user(user)))

    async def unsubscribe(self, token: str) -> bool:
        """The subscriber of this link wants no more messages; False: the link is not from this box."""
        subscriber = self.tokens.read(UNSUBSCRIBE, token)
        if subscriber is None:
            return False
        await self.end([subscriber], EndedBy.SUBSCRIBER, Actor.system())
        return True

    async def line_user_left(self, user: str) -> None:
        """A LINE user has blocked the account, or has asked it to stop."""
        rows = await Subscriber.filter(address_index=self._records.index(Channel.LINE, user)).all()
        await self.end([row.id for row in rows], EndedBy.SUBSCRIBER, Actor.system())

    async def end(self, subscribers: Iterable[UUID], by: EndedBy, actor: Actor) -> None:
        """End subscriptions; their addresses are thrown away for good.

        Raises:
            StorageError: some of them may still stand.
        """
        for subscriber in subscribers:
            await transaction(lambda tx, one=subscriber: self._records.end(tx, one, by, actor))  # type: ignore[misc]
        await self.erase_ended()

    async def sweep(self) -> None:
        """End what was never confirmed, and throw away keys that are left; call every few minutes."""
        late = Subscriber.filter(state=SubscriberState.PENDING, created_at__lt=clock.now() - CONFIRM_WITHIN)
        await self.end([row.id for row in await late.limit(ERASED_AT_ONCE)], EndedBy.TIME, Actor.system())

    async def erase_ended(self) -> None:
        """Throw away the keys of subscriptions that have ended."""
        ended = [
            row.id
            for row in await Subscriber.filter(state=SubscriberState.ENDED, key_erased=False).limit(ERASED_AT_ONCE)
        ]
        if not ended:
            return
        await self._vault.erase_all(owner_of(one) for one in ended)
        await transaction(lambda tx: Subscriber.filter(id__in=ended).using_db(tx.connection).update(key_erased=True))

    async def _import_some(self, users: list[str], wishes: Wishes, actor: Actor) -> int:
        indexes = {self._records.index(Channel.LINE, user): user for user in users}
        known = await Subscriber.filter(address_index__in=list(indexes), state=SubscriberState.ACTIVE).all()
        new = {index: uuid.uuid4() for index in indexes.keys() - {row.address_index for row in known}}
        await self._vault.ensure(owner_of(one) for one in new.values())

        async def work(tx: Transaction) -> None:
            for index, one in new.items():
                sealed = self._records.seal(one, indexes[index])
                await self._records.create(tx, one, Channel.LINE, wishes, address=sealed, address_index=index)
            rows = Subscriber.filter(id__in=list(new.values())).using_db(tx.connection)
            await rows.update(state=SubscriberState.ACTIVE, confirmed_at=clock.now())
            act = Act(kind=IMPORTED, actor=actor, subjects=tuple(new.values()), payload={'channel': 'line'})
            await self._journal.append(tx, act)

        if new:
            await transaction(work)
        return len(new)
