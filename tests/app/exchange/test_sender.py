"""A sender brings every line to its peer, whatever the network does, and asks what it has after a restore."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app import clock
from app.exchange.message import MOST_LINES, Answer, Batch, Fault
from app.exchange.outbox import Outbox
from app.exchange.refusals import PeerRefused
from app.exchange.sender import ASK_EVERY, PeerState, PeerUnreachable, Sender
from app.journal.epochs import Cursor, begin_after_restore
from app.journal.journal import Journal
from app.journal.line import GENESIS, Actor
from app.people.staff import StaffEntry
from app.runtime import Box
from app.vehicles.ledger import VehicleEntry, VehicleLedger
from tests.support.box import opened_box, until
from tests.support.two_boxes import lines_of, outbox_of

PEER = '第二本庁舎'


class Peer:
    """Another box as the sender knows it: it holds lines, says how far, and the way to it may fail."""

    def __init__(self) -> None:
        self.box = uuid4()
        self.held: list[tuple[str, int, str]] = []
        self.faults: Iterator[str] = iter(())
        self.answers_with = Fault.NONE
        self.asked = 0

    async def deliver(self, batch: Batch) -> Answer:
        self.asked += 1
        fault = next(self.faults, 'none')
        if fault == 'request lost':
            raise PeerUnreachable(fault)
        answer = self._take(batch)
        if fault == 'answer lost':
            raise PeerUnreachable(fault)
        return answer

    def _take(self, batch: Batch) -> Answer:
        hashes = {GENESIS, *(hash_ for _epoch, _sequence, hash_ in self.held)}
        for sent in batch.lines:
            if sent.line['hash'] in hashes:
                continue
            if sent.after not in hashes:
                return Answer(self.box, self._cursor(), Fault.GAP)
            hashes.add(str(sent.line['hash']))
            self.held.append((str(sent.line['epoch']), int(str(sent.line['sequence'])), str(sent.line['hash'])))
        return Answer(self.box, self._cursor(), self.answers_with)

    def _cursor(self) -> Cursor | None:
        return Cursor(*self.held[-1][:2]) if self.held else None


def sender_of(box: Box, peer: Peer) -> Sender:
    return Sender(PEER, outbox_of(box), peer)


async def add_cars(box: Box, first: int, count: int) -> None:
    for number in range(first, first + count):
        await box.vehicles.ledger.add(VehicleEntry(plate=f'金沢 {number}'), Actor.system())


async def send_all(sender: Sender) -> None:
    while await sender.step():
        pass


@given(
    happenings=st.lists(
        st.sampled_from(
            ['none', 'request lost', 'answer lost', 'new line', 'other line', 'peer restored', 'started again']
        ),
        max_size=15,
    )
)
@example(happenings=['new line', 'new line', 'none', 'none', 'none', 'peer restored'])
@example(happenings=['new line', 'none', 'none', 'started again', 'new line', 'answer lost', 'peer restored'])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_the_network_healed_the_peer_has_every_line_once_in_order(new_box: Path, happenings: list[str]) -> None:
    with TemporaryDirectory() as directory:
        shutil.copytree(new_box, Path(directory) / 'box')
        asyncio.run(_play(Path(directory) / 'box', happenings))


async def _play(root: Path, happenings: list[str]) -> None:
    now = clock.SettableClock(clock.now())
    async with opened_box(root) as box:
        with clock.use(now):
            peer = Peer()
            sender = sender_of(box, peer)
            for number, what in enumerate(happenings):
                if what == 'new line':
                    await add_cars(box, number, 1)
                elif what == 'other line':
                    await box.staff.create(
                        StaffEntry(number=str(number), name='山田', kana='', department=''), Actor.system()
                    )
                elif what == 'peer restored':
                    peer.held = peer.held[: number // 3]
                elif what == 'started again':
                    sender = sender_of(box, peer)
                else:
                    peer.faults = iter([what])
                    await _try(sender)
            peer.faults = iter(())
            now.forward(seconds=ASK_EVERY)
            await send_all(sender)
            assert [hash_ for *_place, hash_ in peer.held] == [sent.line['hash'] for sent in await lines_of(box)]
            assert sender.health.waiting == 0


async def _try(sender: Sender) -> None:
    try:
        await sender.step()
    except PeerUnreachable:
        return


async def test_more_lines_than_fit_into_a_batch_go_in_several(box: Box) -> None:
    peer = Peer()
    await add_cars(box, 0, MOST_LINES + 5)
    await send_all(sender_of(box, peer))
    assert len(peer.held) == MOST_LINES + 5
    assert peer.asked == 3


async def test_a_peer_without_new_lines_is_asked_again_only_after_a_while(box: Box) -> None:
    now = clock.SettableClock(clock.now())
    with clock.use(now):
        peer = Peer()
        sender = sender_of(box, peer)
        for _time in range(3):
            await sender.step()
        assert peer.asked == 1
        now.forward(seconds=ASK_EVERY)
        await sender.step()
        assert peer.asked == 2


async def test_a_restored_box_goes_on_after_the_last_line_that_both_have(box: Box) -> None:
    peer = Peer()
    await add_cars(box, 0, 3)
    await send_all(sender_of(box, peer))
    epoch, sequence, _hash = peer.held[-1]
    lost = (epoch, sequence + 4, 'f' * 64)
    peer.held.append(lost)
    identity = await begin_after_restore(box.vault)
    ledger = VehicleLedger(Journal(box.vault, identity))
    await ledger.add(VehicleEntry(plate='金沢 4'), Actor.system())

    outbox = Outbox(box.vault, identity, box.reading, box.exchange.kinds)
    await send_all(Sender(PEER, outbox, peer))

    assert [hash_ for *_place, hash_ in peer.held if hash_ != lost[2]] == [
        sent.line['hash'] for sent in await lines_of(box)
    ]
    assert peer.held[-1][0] == identity.epoch


async def test_a_sender_starts_anew_where_the_peer_does_not_know_what_it_is_said_to_hold(box: Box) -> None:
    peer = Peer()
    await add_cars(box, 0, 3)
    await send_all(sender_of(box, peer))
    await add_cars(box, 3, 2)
    epoch, sequence, _hash = peer.held[-1]
    peer.held = [(epoch, sequence, 'f' * 64)]
    sender = sender_of(box, peer)
    for _time in range(4):
        await sender.step()
    assert {hash_ for *_place, hash_ in peer.held} >= {sent.line['hash'] for sent in await lines_of(box)}


@pytest.mark.parametrize('fault', [Fault.HASH, Fault.CHAIN, Fault.REWRITTEN, Fault.UNREADABLE])
async def test_a_line_that_the_peer_does_not_take_is_a_matter_for_a_person(box: Box, fault: Fault) -> None:
    peer = Peer()
    peer.answers_with = fault
    await add_cars(box, 0, 1)
    with pytest.raises(PeerRefused, match=fault.value):
        await sender_of(box, peer).step()


async def test_another_box_under_the_same_certificate_is_not_believed(box: Box) -> None:
    peer, other = Peer(), Peer()
    await sender_of(box, peer).step()
    with pytest.raises(PeerRefused):
        await sender_of(box, other).step()


async def test_a_running_sender_tells_when_the_way_is_gone_and_goes_on_when_it_hears_from_the_peer(box: Box) -> None:
    peer = Peer()
    peer.faults = iter(['request lost'])
    sender = sender_of(box, peer)
    running = asyncio.create_task(sender.run())
    await until(lambda: sender.health.state is PeerState.UNREACHABLE)
    sender.wake()
    await until(lambda: sender.health.state is PeerState.CONNECTED)
    running.cancel()
