"""A receiver takes each line of another box once, whatever the network does to the batches."""

import asyncio
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.exchange.message import Answer, BadMessage, Batch, Fault, SentLine, encode_batch, read_batch
from app.exchange.models import ExchangeApplied, ExchangeLine
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.exchange.receiver import APPLIED, PEER_RESTORED, OtherBox, Receiver
from app.journal.line import line_hash
from app.journal.models import JournalLine
from app.runtime import Box
from app.storage.transaction import Transaction
from app.vehicles.models import AlcoholCheck, Trip
from app.vehicles.trip_lines import TAKEN_BACK
from tests.app.exchange.recorded import CARS, TRIPS, Recording
from tests.support.box import hire, opened_box

PEER = '第二本庁舎'


def batch_of(recording: Recording, lines: Sequence[SentLine], *, more: bool = False) -> Batch:
    return Batch(box=recording.box, epoch=recording.epoch, lines=tuple(lines), more=more)


async def receive(box: Box, recording: Recording, lines: Sequence[SentLine]) -> Answer:
    return await box.exchange.receiver.receive(PEER, batch_of(recording, lines))


async def kept(box: Box) -> list[str]:
    return [row.hash for row in await ExchangeLine.all().order_by('id')]


network = st.lists(
    st.one_of(
        st.tuples(st.just('deliver'), st.integers(1, 9)),
        st.tuples(st.just('lose request'), st.integers(1, 9)),
        st.tuples(st.just('lose answer'), st.integers(1, 9)),
        st.tuples(st.just('deliver twice'), st.integers(1, 9)),
        st.tuples(st.just('deliver late'), st.integers(0, 30)),
        st.tuples(st.just('cut'), st.integers(1, 400)),
        st.tuples(st.just('mix up'), st.integers(2, 9)),
        st.tuples(st.just('begin again'), st.just(0)),
    ),
    max_size=14,
)


@given(happenings=network)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_after_the_network_healed_every_line_was_applied_exactly_once_and_in_order(
    recording: Recording, new_box: Path, happenings: list[tuple[str, int]]
) -> None:
    with TemporaryDirectory() as directory:
        shutil.copytree(new_box, Path(directory) / 'box')
        asyncio.run(_play(recording, Path(directory) / 'box', happenings))


async def _play(recording: Recording, root: Path, happenings: list[tuple[str, int]]) -> None:
    async with opened_box(root) as box:
        lane = Lane(box, recording)
        for what, number in happenings:
            await lane.happen(what, number)
        while lane.position < len(recording.lines):
            await lane.happen('deliver', 9)
        assert await kept(box) == [str(sent.line['hash']) for sent in recording.lines]
        assert await ExchangeApplied.all().count() == len(recording.lines)
        assert await JournalLine.filter(kind=APPLIED).count() == len(recording.lines)
        assert {trip.id for trip in (await box.vehicles.trips.open_trips()).values()} == recording.open_trips
        tested = [row.trip for row in await AlcoholCheck.all()]
        assert len(tested) == len(set(tested)) == len(await Trip.all()) == CARS * TRIPS


class Lane:
    """The way from the recorded box to the receiver, and what the sender knows of it."""

    def __init__(self, box: Box, recording: Recording) -> None:
        self.position = 0
        """How many lines the sender knows to be there."""
        self._box = box
        self._recording = recording
        self._sent: list[Batch] = []
        self._places = {
            (str(sent.line['epoch']), sent.line['sequence']): place for place, sent in enumerate(recording.lines, 1)
        }

    async def happen(self, what: str, number: int) -> None:
        lines = self._recording.lines
        batch = batch_of(self._recording, lines[self.position : self.position + number])
        if what == 'begin again':
            self.position = 0
        elif what == 'deliver late':
            await self._take(self._sent[number] if number < len(self._sent) else batch)
        elif what == 'cut':
            with pytest.raises(BadMessage):
                read_batch(encode_batch(batch)[:-number])
        elif what == 'mix up':
            await self._take(batch_of(self._recording, batch.lines[::-1]))
        elif what != 'lose request':
            await self._deliver(what, batch)

    async def _deliver(self, what: str, batch: Batch) -> None:
        self._sent.append(batch)
        if what == 'deliver twice':
            await asyncio.gather(self._take(batch), self._take(batch))
        answer = await self._take(batch)
        if what != 'lose answer':
            assert answer.cursor is None or self._places[answer.cursor.epoch, answer.cursor.sequence] > 0
            self.position = self._places[answer.cursor.epoch, answer.cursor.sequence] if answer.cursor else 0

    async def _take(self, batch: Batch) -> Answer:
        return await self._box.exchange.receiver.receive(PEER, read_batch(encode_batch(batch)))


async def test_lines_behind_a_gap_are_asked_for_again(box: Box, recording: Recording) -> None:
    await receive(box, recording, recording.lines[:2])
    answer = await receive(box, recording, recording.lines[3:5])
    assert answer.fault is Fault.GAP
    assert answer.cursor is not None
    assert answer.cursor.sequence == recording.lines[1].line['sequence']


@pytest.mark.parametrize(
    ('changes', 'fault'),
    [
        ({'kind': 'vehicles.vehicle_retired'}, Fault.HASH),
        ({'payload': '{}'}, Fault.HASH),
        ({'hash_version': 2}, Fault.UNREADABLE),
    ],
)
async def test_a_line_that_is_not_what_was_written_is_not_taken_and_those_before_it_are(
    box: Box, recording: Recording, changes: dict[str, str], fault: Fault
) -> None:
    first, second = recording.lines[:2]
    altered = second.model_copy(update={'line': {**second.line, **changes}, 'opened': ()})
    answer = await receive(box, recording, [first, altered])
    assert answer.fault is fault
    assert await kept(box) == [first.line['hash']]


async def test_a_line_that_does_not_name_the_one_before_it_is_not_taken(box: Box, recording: Recording) -> None:
    first, second = next(
        pair for pair in pairwise(recording.lines) if int(str(pair[0].line['sequence'])) + 1 == pair[1].line['sequence']
    )
    forged = {**second.line, 'previous_hash': 'f' * 64}
    forged['hash'] = line_hash(forged)
    lines = [*recording.lines[: recording.lines.index(first) + 1], second.model_copy(update={'line': forged})]
    assert (await receive(box, recording, lines)).fault is Fault.CHAIN


async def test_another_line_at_a_place_that_is_taken_is_a_rewritten_history(box: Box, recording: Recording) -> None:
    await receive(box, recording, recording.lines[:2])
    second = recording.lines[1]
    rewritten = {**second.line, 'actor': 'somebody'}
    rewritten['hash'] = line_hash(rewritten)
    answer = await receive(box, recording, [second.model_copy(update={'line': rewritten})])
    assert answer.fault is Fault.REWRITTEN


async def test_what_a_restored_box_has_lost_stays_here_and_is_told(box: Box, recording: Recording) -> None:
    old = [sent for sent in recording.lines if sent.line['epoch'] != recording.epoch]
    new = [sent for sent in recording.lines if sent.line['epoch'] == recording.epoch]
    await receive(box, recording, old)
    # The box was put back to where it had all but the last two lines of its earlier life, and began another.
    last = old[-3].line
    line = resealed(new[0], int(str(last['sequence'])) + 2)
    fork = new[0].model_copy(update={'line': line, 'after': str(last['hash'])})
    assert (await receive(box, recording, [fork])).fault is Fault.NONE
    (told,) = await JournalLine.filter(kind=PEER_RESTORED)
    assert '"only_here":2' in told.payload
    assert await ExchangeLine.all().count() == len(old) + 1


def resealed(sent: SentLine, sequence: int) -> dict[str, str | int | None]:
    line = {**sent.line, 'sequence': sequence}
    return {**line, 'hash': line_hash(line)}


async def test_a_peer_that_comes_with_the_id_of_another_box_is_refused(box: Box, recording: Recording) -> None:
    await receive(box, recording, [])
    for other in (uuid4(), box.journal.identity.box):
        with pytest.raises(OtherBox):
            await box.exchange.receiver.receive(PEER, Batch(box=other, epoch='x'))


async def test_a_kind_that_only_a_newer_version_knows_waits_and_is_applied_by_it(
    box: Box, recording: Recording
) -> None:
    older = ExchangedKinds()
    await receiver_with(box, older).receive(PEER, batch_of(recording, recording.lines))
    assert await ExchangeApplied.all().count() == 0

    await box.exchange.receiver.settle()

    assert await ExchangeApplied.all().count() == len(recording.lines)


async def test_a_line_that_cannot_be_applied_does_not_keep_the_others_back(box: Box, recording: Recording) -> None:
    kinds = ExchangedKinds()
    applied: list[UUID] = []
    odd = recording.lines[3]

    async def apply(_tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        if str(line.id) == odd.line['id']:
            raise ValueError('nobody expected this')
        applied.append(line.id)

    for kind in box.exchange.kinds.names():
        kinds.add(kind, apply)
    answer = await receiver_with(box, kinds).receive(PEER, batch_of(recording, recording.lines))

    assert answer.fault is Fault.NONE
    assert await ExchangeApplied.all().count() == len(recording.lines) - 1
    assert len(await kept(box)) == len(recording.lines)
    await box.exchange.receiver.settle()
    assert await ExchangeApplied.all().count() == len(recording.lines)


async def test_a_line_waits_for_the_one_that_it_needs(box: Box, recording: Recording) -> None:
    ready = False
    kinds = ExchangedKinds()

    async def is_ready(_tx: Transaction, _line: ReceivedLine) -> bool:
        return ready

    async def apply(_tx: Transaction, _line: ReceivedLine, _sequence: int) -> None:
        return None

    kinds.add(TAKEN_BACK, apply, is_ready)
    receiver = receiver_with(box, kinds)
    await receiver.receive(PEER, batch_of(recording, recording.lines))
    assert await ExchangeApplied.all().count() == 0
    ready = True
    await receiver.settle()
    returns = [sent for sent in recording.lines if sent.line['kind'] == TAKEN_BACK]
    assert await ExchangeApplied.all().count() == len(returns) > 0


async def test_a_driver_is_known_by_the_staff_number_and_the_number_is_sealed_here(
    box: Box, recording: Recording
) -> None:
    driver = await hire(box)
    await receive(box, recording, recording.lines)
    trips = await box.vehicles.trips.open_trips()
    assert {trip.driver for trip in trips.values()} == {driver.id}
    assert not [row.opened for row in await ExchangeLine.all() if '1001' in row.opened]


async def test_received_lines_cannot_be_changed(box: Box, recording: Recording) -> None:
    await receive(box, recording, recording.lines)
    for act in (ExchangeLine.all().delete(), ExchangeLine.all().update(kind='x'), ExchangeApplied.all().delete()):
        with pytest.raises(Exception, match='append-only'):
            await act


def receiver_with(box: Box, kinds: ExchangedKinds) -> Receiver:
    return Receiver(box.vault, box.journal, kinds)
