"""Whatever goes wrong at whatever moment: everybody who was meant gets a notice, nobody a second one."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.messages.carrying import Parcel
from app.messages.lane import Lane
from app.messages.models import Delivery, Message
from app.messages.notice import Channel
from app.messages.outcomes import ChannelDown, Later, Outcome, Reason, Refused, Taken
from app.messages.packing import Packing
from app.messages.subscriber_records import SubscriberRecords
from app.messages.waiting import Waiting
from app.messages_settings import MessageSettings
from app.runtime import Box
from app.storage.transaction import Transaction, transaction
from tests.app.messages.scene import ACTOR, NOON, befriend, notice, subscribe
from tests.support.box import opened_box

PEOPLE = 5


class Fate(StrEnum):
    """What becomes of one attempt."""

    TAKEN = 'taken'
    LOST_BEFORE = 'lost_before'
    """The process dies before the server has it."""
    LOST_AFTER = 'lost_after'
    """The process dies when the server has it, before that is written down."""
    ANSWER_LOST = 'answer_lost'
    """The server has it, and the answer is lost."""
    LATER = 'later'
    DOWN = 'down'
    DOWN_AFTER = 'down_after'
    REFUSED = 'refused'


class Killed(BaseException):
    """The process is gone."""


@dataclass(slots=True)
class Server:
    """Takes each key once, as LINE does by its retry key and readers do by the Message-ID."""

    fates: Iterator[Fate]
    keys: set[object] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def carry(self, parcel: Parcel) -> Outcome:
        fate = next(self.fates, Fate.TAKEN)
        if fate is Fate.LOST_BEFORE:
            raise Killed
        if fate is Fate.LATER:
            return Later(Reason.BUSY)
        if fate is Fate.DOWN:
            raise ChannelDown(Reason.UNREACHABLE)
        if fate is Fate.REFUSED and parcel.key not in self.keys:
            self.refused |= set(parcel.addresses) if len(parcel.addresses) == 1 else set()
            return Refused(Reason.CONTENT)
        if parcel.key not in self.keys:
            self.keys.add(parcel.key)
            self.shown.extend(parcel.addresses)
        if fate is Fate.LOST_AFTER:
            raise Killed
        if fate is Fate.ANSWER_LOST:
            return Later(Reason.ANSWER)
        if fate is Fate.DOWN_AFTER:
            raise ChannelDown(Reason.SERVER)
        return Taken()

    async def rest(self) -> None:
        return None


@dataclass(slots=True)
class Scene:
    """One box for all examples."""

    runner: asyncio.Runner
    box: Box
    time: clock.SettableClock

    def lane(self, channel: Channel, server: Server) -> Lane:
        """As the box has it after a start."""
        subscribers = self.box.messages.subscribers
        packing = Packing(SubscriberRecords(self.box.vault, self.box.journal), subscribers.tokens, '箱', 'http://box')
        waiting = Waiting(channel, packing, self.box.reading)
        return Lane(channel, server, waiting, MessageSettings(), 1_000_000)


@pytest.fixture(scope='module')
def scene(new_box: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    root = tmp_path_factory.mktemp('machine') / 'box'
    shutil.copytree(new_box, root)
    noon = clock.SettableClock(NOON)
    with asyncio.Runner() as runner, clock.use(noon):
        opening = opened_box(root)
        box = runner.run(opening.__aenter__())
        for number in range(PEOPLE):
            runner.run(subscribe(box, f'{number}@example.jp'))
        runner.run(befriend(box, PEOPLE))
        yield Scene(runner, box, noon)
        runner.run(opening.__aexit__(None, None, None))


@settings(max_examples=60, deadline=None)
@given(channel=st.sampled_from(list(Channel)), fates=st.lists(st.sampled_from(list(Fate)), max_size=12))
def test_everybody_sees_a_notice_once_whatever_happens_on_the_way(
    scene: Scene, channel: Channel, fates: list[Fate]
) -> None:
    server = Server(iter(fates))
    scene.runner.run(_send(scene, channel, server, len(fates)))
    assert len(server.shown) == len(set(server.shown))
    assert len(server.shown) + len(server.refused) == PEOPLE


async def _send(scene: Scene, channel: Channel, server: Server, faults: int) -> None:
    await transaction(_forget)
    await scene.box.messages.post(notice(), ACTOR)
    lane = scene.lane(channel, server)
    for _index in range(4 * (faults + PEOPLE)):
        try:
            await lane.step()
        except Killed:
            lane = scene.lane(channel, server)
        scene.time.forward(minutes=31)
        scene.time.step(NOON)
    rows = await Delivery.filter(channel=channel)
    assert {row.state for row in rows} <= {'sent', 'failed'}
    assert sum(row.state == 'sent' for row in rows) == len(server.shown)


async def _forget(tx: Transaction) -> None:
    await Delivery.all().using_db(tx.connection).delete()
    await Message.all().using_db(tx.connection).delete()
