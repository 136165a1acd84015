"""What was sent, to how many, and how far each delivery got: pages of it, for staff."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.clock import TOKYO
from app.messages.addresses import masked
from app.messages.audience import audience_of
from app.messages.languages import Language
from app.messages.notice import Audience, Channel, Text
from app.messages.outbox import DeliveryState, texts_of
from app.messages.outcomes import Reason
from app.messages.subscriber_records import SubscriberState, open_address
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

_NOTICES = "FROM message WHERE kind = 'notice'"
_IN_ORDER = """
    ORDER BY CASE state WHEN 'failed' THEN 0 WHEN 'gave_up' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END, rowid
    LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentNotice:
    """A notice and how far it got."""

    id: UUID
    topic: str
    texts: Mapping[Language, Text]
    audience: Audience
    urgent: bool
    practice: bool
    """訓練."""
    receivers: int
    posted_at: datetime
    posted_by: str
    """Id of who wrote it, or the part of the box."""
    counts: Mapping[DeliveryState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryInfo:
    """One line of the delivery list."""

    channel: Channel
    receiver: str
    """Masked address; empty: it was thrown away."""
    language: Language
    state: DeliveryState
    attempts: int
    changed_at: datetime
    reason: Reason | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriberInfo:
    """One line of the list of subscribers."""

    id: UUID
    channel: Channel
    address: str
    """Masked; empty: a LINE code still waits."""
    state: SubscriberState
    language: Language
    tags: tuple[str, ...]
    created_at: datetime


class DeliveryList:
    """Reads messages, deliveries and subscribers page by page."""

    def __init__(self, reading: ReadOnlyDatabase, vault: Vault) -> None:
        self._reading = reading
        self._vault = vault

    async def notices(self, offset: int, limit: int) -> tuple[list[SentNotice], int]:
        """A window of the notices, the newest first, and how many there are."""

        def query(connection: sqlite3.Connection) -> tuple[list[SentNotice], int]:
            rows = connection.execute(
                f'SELECT * {_NOTICES} ORDER BY posted_at DESC, rowid DESC LIMIT ? OFFSET ?',
                [limit, offset],
            ).fetchall()
            total = connection.execute(f'SELECT count(*) {_NOTICES}').fetchone()[0]
            return [_notice(connection, row) for row in rows], int(total)

        return await self._reading.read(query)

    async def notice(self, message: UUID) -> SentNotice | None:
        """One notice."""

        def query(connection: sqlite3.Connection) -> SentNotice | None:
            row = connection.execute(f'SELECT * {_NOTICES} AND id = ?', [str(message)]).fetchone()
            return _notice(connection, row) if row else None

        return await self._reading.read(query)

    async def deliveries(self, message: UUID, offset: int, limit: int) -> list[DeliveryInfo]:
        """A window of the deliveries of one message; what failed first."""

        def query(connection: sqlite3.Connection) -> list[DeliveryInfo]:
            rows = connection.execute(
                f'SELECT * FROM delivery WHERE message = ? {_IN_ORDER}',  # noqa: S608 - fixed
                [str(message), limit, offset],
            ).fetchall()
            return [self._delivery(connection, row) for row in rows]

        return await self._reading.read(query)

    async def subscribers(self, offset: int, limit: int) -> tuple[list[SubscriberInfo], int]:
        """A window of those who are subscribed or asked to be, the newest first, and how many there are."""

        def query(connection: sqlite3.Connection) -> tuple[list[SubscriberInfo], int]:
            here = "FROM subscriber WHERE state <> 'ended'"
            total = connection.execute(f'SELECT count(*) {here}').fetchone()[0]
            rows = connection.execute(
                f'SELECT * {here} ORDER BY created_at DESC, rowid DESC LIMIT ? OFFSET ?', [limit, offset]
            ).fetchall()
            return [self._subscriber(connection, row) for row in rows], int(total)

        return await self._reading.read(query)

    def _delivery(self, connection: sqlite3.Connection, row: sqlite3.Row) -> DeliveryInfo:
        whose = connection.execute('SELECT id, address FROM subscriber WHERE id = ?', [row['subscriber']]).fetchone()
        return DeliveryInfo(
            channel=Channel(row['channel']),
            receiver=self._address(whose),
            language=Language(row['language']),
            state=DeliveryState(row['state']),
            attempts=row['attempts'],
            changed_at=_time(row['changed_at']),
            reason=Reason(row['reason']) if row['reason'] else None,
            detail=row['detail'],
        )

    def _subscriber(self, connection: sqlite3.Connection, row: sqlite3.Row) -> SubscriberInfo:
        tags = connection.execute('SELECT tag FROM subscriber_tag WHERE subscriber = ? ORDER BY id', [row['id']])
        return SubscriberInfo(
            id=UUID(row['id']),
            channel=Channel(row['channel']),
            address=self._address(row),
            state=SubscriberState(row['state']),
            language=Language(row['language']),
            tags=tuple(tag['tag'] for tag in tags),
            created_at=_time(row['created_at']),
        )

    def _address(self, row: sqlite3.Row | None) -> str:
        return masked(open_address(self._vault, UUID(row['id']), row['address'])) if row else ''


def _notice(connection: sqlite3.Connection, row: sqlite3.Row) -> SentNotice:
    counted = connection.execute(
        'SELECT state, count(*) AS number FROM delivery WHERE message = ? GROUP BY state', [row['id']]
    )
    return SentNotice(
        id=UUID(row['id']),
        topic=row['topic'],
        texts=texts_of(json.loads(row['texts'])),
        audience=audience_of(json.loads(row['audience'])),
        urgent=bool(row['urgent']),
        practice=bool(row['practice']),
        receivers=row['receivers'],
        posted_at=_time(row['posted_at']),
        posted_by=row['posted_by'],
        counts={DeliveryState(one['state']): one['number'] for one in counted},
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(TOKYO)
