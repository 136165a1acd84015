import asyncio
import logging

import pytest

from device_drivers.card_reader.interface import CardPresented, CardRefused, ReaderState
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier
from tests.device_drivers.card_reader.witness import Witness
from tests.device_drivers.cards.direct_line import apdus_of_a_tap
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.faults import Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard, Variant
from tests.virtual_card.pcscd import PrivatePcscd

PIN = '4791'
IDM = bytes.fromhex('0139A1B2C3D4E5F6')


async def test_the_next_card_is_proven_with_its_pin_and_is_no_tap(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    card = MyNumberCard(card_authority, pin=PIN, serial=0x51)
    capture = asyncio.create_task(desk_a.reader.capture(PIN, 20))
    await asyncio.to_thread(pcsc.links[0].insert, card)
    captured = await capture
    assert (captured.credential.identifier, captured.proven) == ('51', True)
    assert captured.certificate == card.certificate_der
    assert desk_a.all(CardPresented) == []
    assert pcsc.links[0].journal.verify_bodies() == (PIN.encode(),)
    assert PIN not in caplog.text
    assert PIN.encode().hex(' ') not in caplog.text


async def test_the_card_lying_there_is_taken_too(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, pin=PIN, serial=0x52))
    await desk_a.presented()
    captured = await desk_a.reader.capture(PIN, 20)
    assert (captured.credential.identifier, captured.proven) == ('52', True)
    assert len(desk_a.identifiers) == 1


async def test_a_card_that_was_lifted_the_moment_before_is_not_taken_for_the_next_one(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, pin=PIN, serial=0x53))
    await desk_a.presented()
    await asyncio.to_thread(pcsc.links[0].remove)
    capture = asyncio.create_task(desk_a.reader.capture(PIN, 20))
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, pin=PIN, serial=0x54))
    captured = await capture
    assert (captured.credential.identifier, captured.proven) == ('54', True)


async def test_without_a_pin_the_card_is_taken_unproven(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, pin=PIN))
    assert (await desk_a.reader.capture(None, 20)).proven is False
    assert pcsc.links[0].journal.verify_bodies() == ()


async def test_a_felica_card_is_taken_unproven_and_no_pin_is_sent(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, FelicaCard(IDM))
    captured = await desk_a.reader.capture(PIN, 20)
    assert (captured.credential.identifier, captured.proven, captured.certificate) == (IDM.hex().upper(), False, None)


@pytest.mark.parametrize(
    ('variant', 'pin', 'problem', 'tries_left'),
    [
        (Variant.NORMAL, '0000', CardProblem.PIN_WRONG, 2),
        (Variant.ONE_TRY_LEFT, PIN, CardProblem.PIN_LAST_TRY, 1),
        (Variant.PIN_BLOCKED, PIN, CardProblem.PIN_BLOCKED, 0),
        (Variant.EXPIRED, PIN, CardProblem.EXPIRED, None),
        (Variant.NORMAL, '', CardProblem.PIN_WRONG, None),
    ],
)
async def test_a_card_that_cannot_be_linked_says_why(  # noqa: PLR0917
    pcsc: PrivatePcscd,
    desk_a: Witness,
    card_authority: CardAuthority,
    variant: Variant,
    pin: str,
    problem: CardProblem,
    tries_left: int | None,
) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, pin=PIN, variant=variant))
    with pytest.raises(CardError) as caught:
        await desk_a.reader.capture(pin, 20)
    assert (caught.value.problem, caught.value.tries_left) == (problem, tries_left)


@pytest.mark.parametrize('torn', [True, False])
async def test_a_pin_is_sent_once_even_when_its_answer_is_lost(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, identifier: CardIdentifier, torn: bool
) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    verify = apdus_of_a_tap(card, identifier) + 3
    lost_answer = Faults(leave_after=verify - 1) if torn else Faults(replies={verify: b'\x6f'})
    capture = asyncio.create_task(desk_a.reader.capture('0000', 20))
    await asyncio.to_thread(pcsc.links[0].insert, card, faults=lost_answer)
    with pytest.raises(CardError) as caught:
        await capture
    assert caught.value.problem is (CardProblem.TORN if torn else CardProblem.UNREADABLE)
    assert pcsc.links[0].journal.verify_bodies() == (b'0000',)


async def test_no_card_ends_in_a_timeout_and_the_next_card_is_a_tap_again(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    with pytest.raises(TimeoutError):
        await desk_a.reader.capture(PIN, 0.2)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x53))
    assert (await desk_a.presented()).credential.identifier == '53'
    assert pcsc.links[0].journal.verify_bodies() == ()


async def test_a_cancelled_capture_is_withdrawn(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    capture = asyncio.create_task(desk_a.reader.capture(PIN, 20))
    await asyncio.sleep(0)
    capture.cancel()
    with pytest.raises(asyncio.CancelledError):
        await capture
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x54))
    assert (await desk_a.presented()).credential.identifier == '54'


async def test_a_second_capture_at_the_same_time_is_busy(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    first = asyncio.create_task(desk_a.reader.capture(None, 20))
    await asyncio.sleep(0)
    with pytest.raises(CardError) as caught:
        await desk_a.reader.capture(None, 20)
    assert caught.value.problem is CardProblem.READER_BUSY
    await asyncio.to_thread(pcsc.links[0].insert, FelicaCard(IDM))
    assert (await first).credential.identifier == IDM.hex().upper()


async def test_a_mute_card_ends_the_capture(pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority) -> None:
    capture = asyncio.create_task(desk_a.reader.capture(PIN, 20))
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority), faults=Faults(mute_at=2))
    with pytest.raises(CardError) as caught:
        await capture
    assert caught.value.problem is CardProblem.NO_ANSWER
    await asyncio.to_thread(pcsc.links[0].remove)
    await desk_a.state(ReaderState.READY)
    assert desk_a.all(CardRefused) == []


async def test_stopping_the_reader_ends_the_capture(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    capture = asyncio.create_task(desk_a.reader.capture(PIN, 20))
    await asyncio.sleep(0)
    await desk_a.reader.stop()
    with pytest.raises(CardError) as caught:
        await capture
    assert caught.value.problem is CardProblem.NO_ANSWER
