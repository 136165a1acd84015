"""Puts deliveries into parcels: the address opened, the words in the receiver's language."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app import clock
from app.messages.carrying import Parcel
from app.messages.languages import Language
from app.messages.models import Delivery, Message, Subscriber
from app.messages.notice import Channel, Text
from app.messages.outbox import MessageKind, texts_of
from app.messages.subscriber_records import SubscriberRecords
from app.messages.subscribers import CONFIRM, UNSUBSCRIBE
from app.messages.tokens import Tokens
from app.messages.words import text_for


class Packing:
    """Makes parcels."""

    def __init__(self, records: SubscriberRecords, tokens: Tokens, sender: str, site: str) -> None:
        self._records = records
        self._tokens = tokens
        self._sender = sender
        self._site = site

    async def singly(self, rows: Sequence[Delivery]) -> list[Parcel]:
        """One parcel for each delivery, under its own id."""
        messages, people = await _messages(rows), await _people(rows)
        return [self._parcel([row], row.id, messages[row.message], people) for row in rows]

    async def together(self, rows: Sequence[Delivery]) -> list[Parcel]:
        """One parcel for all, under the id of their batch."""
        if not rows or rows[0].batch is None:
            return []
        messages, people = await _messages(rows[:1]), await _people(rows)
        return [self._parcel(list(rows), rows[0].batch, messages[rows[0].message], people)]

    async def same_text(self, rows: Sequence[Delivery]) -> list[Delivery]:
        """Of deliveries of one message, those that read the same as the first."""
        if not rows:
            return []
        message = (await _messages(rows[:1]))[rows[0].message]
        wanted = self._text(message, rows[0], '')
        return [row for row in rows if self._text(message, row, '') == wanted]

    def _parcel(self, rows: list[Delivery], key: UUID, message: Message, people: Mapping[UUID, Subscriber]) -> Parcel:
        first = rows[0]
        link = self._link(MessageKind(message.kind), first.subscriber)
        return Parcel(
            key=key,
            deliveries=tuple(row.id for row in rows),
            addresses=tuple(self._address(people.get(row.subscriber)) for row in rows),
            text=self._text(message, first, link),
            language=Language(first.language),
            posted_at=message.posted_at.astimezone(clock.TOKYO),
            attempts=max(row.attempts for row in rows),
            unsubscribe=self._link(MessageKind.NOTICE, first.subscriber) if message.kind == MessageKind.NOTICE else '',
        )

    def _text(self, message: Message, row: Delivery, link: str) -> Text:
        texts, language = texts_of(message.texts), Language(row.language)
        return text_for(MessageKind(message.kind), texts, language, self._sender, Channel(row.channel), link)

    def _address(self, person: Subscriber | None) -> str:
        return self._records.address_of(person) if person else ''

    def _link(self, kind: MessageKind, subscriber: UUID) -> str:
        if kind is MessageKind.CONFIRMATION:
            return f'{self._site}/subscribe/{self._tokens.make(CONFIRM, subscriber)}'
        return f'{self._site}/unsubscribe/{self._tokens.make(UNSUBSCRIBE, subscriber)}'


async def _messages(rows: Sequence[Delivery]) -> dict[UUID, Message]:
    return {row.id: row for row in await Message.filter(id__in=list({row.message for row in rows}))}


async def _people(rows: Sequence[Delivery]) -> dict[UUID, Subscriber]:
    return {row.id: row for row in await Subscriber.filter(id__in=list({row.subscriber for row in rows}))}
