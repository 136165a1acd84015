"""A box with subscribers, at noon."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from app import clock
from app.journal.line import Actor
from app.messages.languages import Language
from app.messages.models import Delivery, Message
from app.messages.notice import Notice, Text
from app.messages.subscriber_records import Wishes
from app.messages.subscribers import CONFIRM
from app.runtime import Box
from app.storage.transaction import transaction
from tests.fakes.line.server import TOKEN
from tests.support.box import opened_box

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=clock.TOKYO)
ACTOR = Actor.system()
SECRET = 'channel-secret'
JAPANESE = Wishes(language=Language.JAPANESE)


def user(number: int) -> str:
    """A LINE user id."""
    return f'U{number:032x}'


def notice(**changes: Any) -> Notice:
    """An announcement of the water truck."""
    texts = {
        Language.JAPANESE: Text('給水車が来ます', '15時に体育館の前です。'),
        Language.ENGLISH: Text('Water truck', 'At 15:00 in front of the gymnasium.'),
    }
    return Notice(**{'texts': texts, 'topic': '給水・物資'} | changes)


@asynccontextmanager
async def messages_box(new_box: Path, root: Path, **messages: Any) -> AsyncIterator[tuple[Box, clock.SettableClock]]:
    """A box with these settings of messages, whose clocks stand still at noon."""
    await asyncio.to_thread(_copy, new_box, root)
    noon = clock.SettableClock(NOON)
    with clock.use(noon):
        async with opened_box(root, messages=messages) as box:
            yield box, noon


def _copy(new_box: Path, root: Path) -> None:
    if not root.exists():
        shutil.copytree(new_box, root)


def mail(port: int, **more: Any) -> dict[str, Any]:
    """Settings of a plain mail server on this machine."""
    return {
        'host': '127.0.0.1',
        'port': port,
        'security': 'plain',
        'sender': 'oshirase@city.example.jp',
        'per_minute': 100_000,
        'timeout_seconds': 5,
        **more,
    }


async def subscribe(box: Box, address: str, wishes: Wishes = JAPANESE) -> UUID:
    """Somebody who has confirmed, without a mail to ask them."""
    subscriber = await box.messages.subscribers.ask_by_mail(address, wishes)
    assert await box.messages.subscribers.confirm(box.messages.subscribers.tokens.make(CONFIRM, subscriber))
    await transaction(lambda tx: Delivery.filter(subscriber=subscriber).using_db(tx.connection).delete())
    await transaction(lambda tx: Message.filter(kind='confirmation').using_db(tx.connection).delete())
    return subscriber


async def send_all(box: Box, most: int = 20) -> None:
    """Let the channels send until nothing is due."""
    for lane in box.messages._lanes.values():
        for _index in range(most):
            if await lane.step() > 0:
                break


async def state_of(subscriber: UUID) -> tuple[str, str]:
    """State and reason of the one delivery for a subscriber."""
    row = await Delivery.get(subscriber=subscriber)
    return row.state, row.reason


def line(base_url: str, **more: Any) -> dict[str, Any]:
    """Settings of the fake LINE."""
    return {
        'base_url': base_url,
        'access_token': TOKEN,
        'channel_secret': SECRET,
        'per_minute': 100_000,
        'timeout_seconds': 2,
        **more,
    }


async def befriend(box: Box, count: int, wishes: Wishes = JAPANESE) -> list[str]:
    """So many friends of the LINE account."""
    users = [user(number) for number in range(1, count + 1)]
    assert (await box.messages.subscribers.import_line_users(users, wishes, ACTOR)).added == count
    return users


async def counted() -> dict[str, int]:
    """Deliveries by state."""
    found: dict[str, int] = {}
    for row in await Delivery.all():
        found[row.state] = found.get(row.state, 0) + 1
    return found
