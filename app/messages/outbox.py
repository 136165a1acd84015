"""What was written and waits to be sent: taken in one transaction, so that nothing of it is ever lost."""

import sqlite3
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages import audience as audiences
from app.messages.languages import Language
from app.messages.models import Delivery, Message
from app.messages.notice import Audience, Channel, Notice, Posted, Text, Urgency, check_notice
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction

POSTED = 'messages.posted'


class MessageKind(StrEnum):
    """What a message is for."""

    NOTICE = 'notice'
    CONFIRMATION = 'confirmation'
    """Asks the owner of an address whether they want messages."""
    WELCOME = 'welcome'
    """Says that messages come from now on, and how they are stopped."""


class DeliveryState(StrEnum):
    """How far a delivery got."""

    WAITING = 'waiting'
    SENT = 'sent'
    """The mail server or LINE has taken it."""
    FAILED = 'failed'
    """It was refused for good."""
    GAVE_UP = 'gave_up'
    """It could not be delivered within the time of `give_up_hours`."""
    ENDED = 'ended'
    """The subscriber left before it was sent."""
    PRACTICE = 'practice'
    """訓練: nothing was sent."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message before it is written."""

    kind: MessageKind
    notice: Notice


class Outbox:
    """Takes notices."""

    def __init__(self, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._journal = journal
        self._reading = reading
        self.POSTED: Event[None] = Event()
        """Something waits to be sent."""

    async def post(self, notice: Notice, actor: Actor, tx: Transaction | None = None) -> Posted:
        """Take a notice: one message, one delivery for each who is meant, one journal line. See `Messages.post`."""
        check_notice(notice)
        if tx is not None:
            return await self._write(tx, notice, actor)
        return await transaction(lambda own: self._write(own, notice, actor))

    async def post_to_one(self, tx: Transaction, kind: MessageKind, subscriber: UUID) -> None:
        """Write the box's own words to one subscriber: they are made when they are sent."""
        urgent = Notice(texts={}, topic='', urgency=Urgency.URGENT)
        message = await self._create(tx, NewMessage(kind, urgent), str(uuid.uuid4()), Actor.system())
        await audiences.deliver_to_one(tx, message, subscriber)
        await Message.filter(id=message).using_db(tx.connection).update(receivers=1)
        tx.after_commit(lambda: self.POSTED.emit(None))

    async def count(self, topic: str, audience: Audience) -> Mapping[Channel, int]:
        """How many would get a notice now."""

        def query(connection: sqlite3.Connection) -> dict[Channel, int]:
            rows = connection.execute(audiences.COUNT, audiences.asked(topic, audience))
            return {Channel(row['channel']): row['receivers'] for row in rows}

        return await self._reading.read(query)

    async def _write(self, tx: Transaction, notice: Notice, actor: Actor) -> Posted:
        attempt = notice.attempt or str(uuid.uuid4())
        known = await Message.filter(attempt=attempt).using_db(tx.connection).first()
        if known is not None:
            return Posted(known.id, known.receivers, is_repeat=True)
        message = await self._create(tx, NewMessage(MessageKind.NOTICE, notice), attempt, actor)
        await audiences.deliver_to_audience(tx, message, notice)
        receivers = await Delivery.filter(message=message).using_db(tx.connection).count()
        is_over = notice.practice or not receivers
        finished = clock.now() if is_over else None
        await Message.filter(id=message).using_db(tx.connection).update(receivers=receivers, finished_at=finished)
        payload = {
            'message': str(message),
            'topic': notice.topic,
            'texts': _plain(notice.texts),
            'audience': audiences.plain(notice.audience),
            'urgency': str(notice.urgency),
            'practice': notice.practice,
            'receivers': receivers,
        }
        await self._journal.append(
            tx, Act(kind=POSTED, actor=actor, subjects=(message, *notice.subjects), payload=payload)
        )
        tx.after_commit(lambda: self.POSTED.emit(None))
        return Posted(message, receivers)

    @staticmethod
    async def _create(tx: Transaction, new: NewMessage, attempt: str, actor: Actor) -> UUID:
        message, moment, notice = uuid.uuid4(), clock.moment(), new.notice
        await Message.create(
            id=message,
            kind=str(new.kind),
            attempt=attempt,
            topic=notice.topic,
            texts=_plain(notice.texts),
            audience=audiences.plain(notice.audience),
            urgent=notice.urgency is Urgency.URGENT,
            practice=notice.practice,
            receivers=0,
            posted_at=moment.at,
            posted_by=actor.id,
            tried_since=moment.at,
            boot_id=moment.boot_id,
            monotonic_ns=moment.monotonic_ns,
            using_db=tx.connection,
        )
        return message


def texts_of(kept: Mapping[str, list[str]]) -> dict[Language, Text]:
    """The texts of a message as they were kept."""
    return {Language(language): Text(subject, body) for language, (subject, body) in kept.items()}


def _plain(texts: Mapping[Language, Text]) -> dict[str, list[str]]:
    return {language.value: [text.subject, text.body] for language, text in texts.items()}
