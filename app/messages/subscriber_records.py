"""The rows of subscribers: their addresses are sealed, each with a key of its own."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages.languages import Language
from app.messages.models import Delivery, Subscriber, SubscriberTag
from app.messages.notice import Channel
from app.messages.outbox import DeliveryState
from app.storage.transaction import Transaction
from app.storage.vault import Owner, RecordClass, Vault

SUBSCRIBED = 'messages.subscribed'
ENDED = 'messages.subscription_ended'


class SubscriberState(StrEnum):
    """How far a subscription is."""

    PENDING = 'pending'
    """Nobody has shown yet that the address is theirs; without that it is thrown away after two days."""
    ACTIVE = 'active'
    ENDED = 'ended'


class EndedBy(StrEnum):
    """Who ended a subscription."""

    SUBSCRIBER = 'subscriber'
    STAFF = 'staff'
    REPLACED = 'replaced'
    """The same address subscribed anew."""
    TIME = 'time'
    """It was never confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody wants to be told. What is left empty leaves nothing out."""

    language: Language
    topics: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


class SubscriberRecords:
    """Writes and opens the rows; each method that writes is part of a transaction."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal

    async def create(
        self,
        tx: Transaction,
        subscriber: UUID,
        channel: Channel,
        wishes: Wishes,
        *,
        address: bytes | None = None,
        address_index: str = '',
        code_index: str = '',
    ) -> None:
        """A pending subscriber with their wishes."""
        await Subscriber.create(
            id=subscriber,
            channel=str(channel),
            state=str(SubscriberState.PENDING),
            address=address,
            address_index=address_index,
            code_index=code_index,
            language=wishes.language.value,
            created_at=clock.now(),
            using_db=tx.connection,
        )
        tags = {'topic': wishes.topics, 'area': wishes.areas, 'need': wishes.needs}
        rows = [SubscriberTag(subscriber=subscriber, kind=kind, tag=tag) for kind in tags for tag in sorted(tags[kind])]
        await SubscriberTag.bulk_create(rows, using_db=tx.connection)

    async def begin(self, tx: Transaction, subscriber: UUID, channel: str, index: str) -> None:
        """The address is theirs: messages begin, and whatever stood for the same address ends."""
        await self.end_all(tx, index, SubscriberState.PENDING, except_for=subscriber)
        await self.end_all(tx, index, SubscriberState.ACTIVE, except_for=subscriber)
        rows = Subscriber.filter(id=subscriber).using_db(tx.connection)
        await rows.update(state=SubscriberState.ACTIVE, confirmed_at=clock.now())
        await self.note(tx, SUBSCRIBED, subscriber, Actor.system(), channel=str(channel))

    async def end_all(self, tx: Transaction, index: str, state: SubscriberState, *, except_for: UUID) -> None:
        """End what stands for this address, but for one."""
        rows = await Subscriber.filter(address_index=index, state=state).using_db(tx.connection).all()
        for row in rows:
            if row.id != except_for:
                await self.end(tx, row.id, EndedBy.REPLACED, Actor.system())

    async def end(self, tx: Transaction, subscriber: UUID, by: EndedBy, actor: Actor) -> None:
        """End one subscription: address and wishes go, and what waits for it is not sent."""
        rows = Subscriber.filter(id=subscriber, state__not=SubscriberState.ENDED).using_db(tx.connection)
        gone = {'address': None, 'address_index': '', 'code_index': ''}
        if not await rows.update(state=SubscriberState.ENDED, ended_at=clock.now(), **gone):
            return
        await SubscriberTag.filter(subscriber=subscriber).using_db(tx.connection).delete()
        waiting = Delivery.filter(subscriber=subscriber, state=DeliveryState.WAITING).using_db(tx.connection)
        await waiting.update(state=DeliveryState.ENDED, changed_at=clock.now())
        await self.note(tx, ENDED, subscriber, actor, by=str(by))

    async def note(self, tx: Transaction, kind: str, subscriber: UUID, actor: Actor, **payload: str) -> None:
        """Write the journal line; it never names an address."""
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(subscriber,), payload=payload))

    def seal(self, subscriber: UUID, address: str) -> bytes:
        """The address as it is kept; the key must exist."""
        return self._vault.seal(owner_of(subscriber), _where(subscriber), address)

    def index(self, channel: Channel, address: str) -> str:
        """By which an equal address is found."""
        return self._vault.index(f'subscriber-{channel}', address)

    def address_of(self, row: Subscriber) -> str:
        """E-mail address or LINE user id; empty: it was thrown away."""
        return open_address(self._vault, row.id, row.address)


def owner_of(subscriber: UUID) -> Owner:
    """Whose key seals the address."""
    return subscriber, RecordClass.MESSAGES


def open_address(vault: Vault, subscriber: UUID, sealed: bytes | None) -> str:
    """The address as it was sealed; empty: there is none, or its key was thrown away."""
    return (vault.open(owner_of(subscriber), _where(subscriber), sealed) or '') if sealed else ''


def _where(subscriber: UUID) -> str:
    return f'subscriber.address.{subscriber}'
