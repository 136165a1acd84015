"""What keeps two boxes from knowing all of each other is told, with since when."""

import base64
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from app import clock
from app.clock import TOKYO, SettableClock
from app.exchange.concerns import (
    ExchangeConcern,
    ExchangeMatter,
    concerns_of_certificates,
    concerns_of_lines,
    concerns_of_peers,
    concerns_of_what_came,
)
from app.exchange.identity import NEVER_ENDS, certify
from app.exchange.message import Batch, SentLine
from app.exchange.only_here import lines_only_here
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.exchange.receiver import Receiver
from app.exchange.refusals import Refusal
from app.exchange.sender import PeerHealth, PeerState
from app.journal.line import line_hash
from app.runtime import Box
from app.storage.transaction import Transaction
from tests.app.exchange.recorded import Recording
from tests.support.box import opened_box, until
from tests.support.process import free_port

MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=TOKYO)
PATIENCE = timedelta(minutes=10)
PEER = '第二本庁舎'


def health(state: PeerState, refusal: Refusal | None = None) -> PeerHealth:
    return PeerHealth(PEER, state, None, 3, since=MORNING, refusal=refusal)


@pytest.mark.parametrize(('minutes', 'is_told'), [(9, False), (10, True)])
def test_a_peer_that_is_not_reached_is_told_after_a_while(minutes: int, is_told: bool) -> None:
    with clock.use(SettableClock(MORNING + timedelta(minutes=minutes))):
        found = list(concerns_of_peers([health(PeerState.UNREACHABLE)], PATIENCE))
    expected = ExchangeConcern(matter=ExchangeMatter.AWAY, peer=PEER, count=3, since=MORNING)
    assert found == ([expected] if is_told else [])


def test_a_peer_that_refuses_is_told_at_once_with_the_reason() -> None:
    with clock.use(SettableClock(MORNING)):
        (found,) = concerns_of_peers([health(PeerState.REFUSED, Refusal.REWRITTEN)], PATIENCE)
    assert (found.matter, found.reason, found.since) == (ExchangeMatter.REFUSES, Refusal.REWRITTEN, MORNING)


def test_a_peer_that_answers_is_no_concern() -> None:
    assert list(concerns_of_peers([health(PeerState.CONNECTED), health(PeerState.NOT_YET)], PATIENCE)) == []


@pytest.mark.parametrize(('days', 'is_told'), [(61, False), (59, True), (-1, True)])
def test_a_certificate_is_told_from_sixty_days_before_its_end(days: int, is_told: bool) -> None:
    certificate = certify(ec.generate_private_key(ec.SECP256R1()), clock.now() + timedelta(days=days))
    found = list(concerns_of_certificates([(PEER, certificate.public_bytes(Encoding.DER))]))
    assert [one.peer for one in found] == ([PEER] if is_told else [])


def test_a_certificate_without_a_last_day_is_never_told() -> None:
    certificate = certify(ec.generate_private_key(ec.SECP256R1()), NEVER_ENDS)
    assert list(concerns_of_certificates([('', certificate.public_bytes(Encoding.DER))])) == []


async def test_a_line_that_cannot_be_applied_is_named_while_it_waits(box: Box, recording: Recording) -> None:
    kinds, odd = ExchangedKinds(), recording.lines[3]

    async def apply(_tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        if str(line.id) == odd.line['id']:
            raise ValueError('nobody expected this')

    for kind in box.exchange.kinds.names():
        kinds.add(kind, apply)
    await Receiver(box.vault, box.journal, kinds).receive(PEER, batch(recording, recording.lines))
    with clock.use(SettableClock(clock.now() + PATIENCE + timedelta(seconds=1))):
        (waiting,) = await box.reading.read(lambda connection: concerns_of_lines(connection, PATIENCE))
    place = f'{odd.line["kind"]} {str(recording.box)[:8]}:{odd.line["sequence"]}'
    assert (waiting.matter, waiting.count, waiting.about) == (ExchangeMatter.WAITING, 1, place)

    await box.exchange.receiver.settle()
    assert await box.reading.read(lambda connection: concerns_of_lines(connection, timedelta(0))) == []


async def test_a_rewritten_history_is_told_until_the_right_one_comes(box: Box, recording: Recording) -> None:
    receiver = box.exchange.receiver
    await receiver.receive(PEER, batch(recording, recording.lines[:2]))
    second = recording.lines[1]
    line = {**second.line, 'actor': 'somebody'}
    rewritten = second.model_copy(update={'line': {**line, 'hash': line_hash(line)}})
    await receiver.receive(PEER, batch(recording, [rewritten]))
    (found,) = concerns_of_what_came(receiver.not_taken.values())
    assert (found.matter, found.peer, found.reason) == (ExchangeMatter.NOT_TAKEN, PEER, 'rewritten')

    await receiver.receive(PEER, batch(recording, recording.lines))
    assert list(concerns_of_what_came(receiver.not_taken.values())) == []


async def test_what_a_restored_peer_has_lost_is_told_and_listed(box: Box, recording: Recording) -> None:
    old = [sent for sent in recording.lines if sent.line['epoch'] != recording.epoch]
    new = [sent for sent in recording.lines if sent.line['epoch'] == recording.epoch]
    await box.exchange.receiver.receive(PEER, batch(recording, old))
    last = old[-3].line
    line = {**new[0].line, 'sequence': int(str(last['sequence'])) + 2}
    fork = new[0].model_copy(update={'line': {**line, 'hash': line_hash(line)}, 'after': str(last['hash'])})
    await box.exchange.receiver.receive(PEER, batch(recording, [fork]))

    (told,) = await box.reading.read(lambda connection: concerns_of_lines(connection, PATIENCE))
    assert (told.matter, told.peer, told.count) == (ExchangeMatter.RESTORED, PEER, 2)
    lost = await box.reading.read(lines_only_here)
    assert [(one.peer, one.kind) for one in lost] == [(PEER, sent.line['kind']) for sent in old[-2:]]


async def test_a_running_box_tells_of_its_peers_itself(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    ends = certify(ec.generate_private_key(ec.SECP256R1()), clock.now() + timedelta(days=20))
    certificate = base64.b64encode(ends.public_bytes(Encoding.DER)).decode()
    peer = {'name': PEER, 'url': f'https://127.0.0.1:{free_port()}', 'certificate': certificate}
    exchange = {'host': '127.0.0.1', 'port': free_port(), 'tell_after_minutes': 0, 'peers': [peer]}
    async with opened_box(tmp_path / 'box', exchange=exchange) as box:
        await box.exchange.start()
        await until(lambda: box.exchange.health()[0].state is PeerState.UNREACHABLE)
        found = {(one.matter, one.peer) for one in await box.exchange.concerns()}
    assert found == {(ExchangeMatter.AWAY, PEER), (ExchangeMatter.CERTIFICATE, PEER)}


def batch(recording: Recording, lines: Sequence[SentLine]) -> Batch:
    return Batch(box=recording.box, epoch=recording.epoch, lines=tuple(lines))
