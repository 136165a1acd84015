import asyncio
from datetime import UTC, datetime

import pytest

from device_drivers.card_reader.interface import (
    CardPresented,
    CardReader,
    CardRefused,
    CardRemoved,
    ReaderChanged,
    ReaderState,
)
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from device_drivers.cards.credential import CardError, CardKind, CardProblem, Credential
from tests.device_drivers.card_reader.witness import Witness

SUICA = SimulatedCard(credential=Credential(CardKind.FELICA, '', '0139A1B2C3D4E5F6'))
PIN = '4791'


def my_number_card(tries_left: int = 3) -> SimulatedCard:
    end = datetime(2030, 4, 1, tzinfo=UTC)
    credential = Credential(CardKind.MY_NUMBER, 'ab' * 32, '1A2B3C4D', end)
    return SimulatedCard(credential=credential, certificate=b'\x30\x00', pin=PIN, tries_left=tries_left)


@pytest.fixture
async def reader() -> SimulatedCardReader:
    reader = SimulatedCardReader('sim:desk')
    reader.start()
    return reader


def test_it_has_the_face_of_a_reader() -> None:
    reader: CardReader = SimulatedCardReader('sim:desk')
    assert reader.state is ReaderState.STOPPED


async def test_a_tap_is_a_card_put_on_and_taken_off(reader: SimulatedCardReader) -> None:
    witness = Witness(reader)
    reader.tap(SUICA)
    assert [type(event) for event in witness.events] == [CardPresented, CardRemoved]
    assert witness.identifiers == ['0139A1B2C3D4E5F6']


async def test_a_card_with_a_problem_is_refused_for_it(reader: SimulatedCardReader) -> None:
    witness = Witness(reader)
    card = my_number_card()
    card.problem = CardProblem.EXPIRED
    reader.tap(card)
    refused = witness.all(CardRefused)[0]
    assert (refused.problem, refused.not_after) == (CardProblem.EXPIRED, card.credential.not_after)


async def test_an_unplugged_reader_sees_no_cards_until_it_is_plugged_in(reader: SimulatedCardReader) -> None:
    witness = Witness(reader)
    reader.unplug()
    reader.tap(SUICA)
    reader.plug()
    reader.tap(SUICA)
    assert [event.state for event in witness.all(ReaderChanged)] == [ReaderState.MISSING, ReaderState.READY]
    assert len(witness.identifiers) == 1


async def test_unsubscribing_ends_the_events_even_when_done_twice(reader: SimulatedCardReader) -> None:
    heard: list[object] = []
    unsubscribe = reader.listen(heard.append)
    unsubscribe()
    unsubscribe()
    reader.tap(SUICA)
    assert heard == []


async def test_a_listener_that_fails_does_not_keep_the_tap_from_the_others(reader: SimulatedCardReader) -> None:
    def fail(_: object) -> None:
        raise RuntimeError('a page went away')

    reader.listen(fail)
    witness = Witness(reader)
    reader.tap(SUICA)
    assert len(witness.identifiers) == 1


async def test_a_capture_proves_the_card_with_its_pin_and_is_no_tap(reader: SimulatedCardReader) -> None:
    witness = Witness(reader)
    capture = asyncio.create_task(reader.capture(PIN, 5))
    await asyncio.sleep(0)
    reader.tap(my_number_card())
    captured = await capture
    assert (captured.credential.identifier, captured.proven) == ('1A2B3C4D', True)
    assert witness.events == []


async def test_a_capture_takes_the_card_that_lies_there(reader: SimulatedCardReader) -> None:
    reader.hold(SUICA)
    assert (await reader.capture(PIN, 5)).proven is False


@pytest.mark.parametrize(
    ('pin', 'tries', 'problem', 'tries_left'),
    [
        ('0000', 3, CardProblem.PIN_WRONG, 2),
        ('', 3, CardProblem.PIN_WRONG, None),
        (PIN, 1, CardProblem.PIN_LAST_TRY, 1),
        (PIN, 0, CardProblem.PIN_BLOCKED, 0),
    ],
)
async def test_a_capture_fails_as_a_real_card_would(
    reader: SimulatedCardReader, pin: str, tries: int, problem: CardProblem, tries_left: int | None
) -> None:
    reader.hold(my_number_card(tries))
    with pytest.raises(CardError) as caught:
        await reader.capture(pin, 5)
    assert (caught.value.problem, caught.value.tries_left) == (problem, tries_left)


async def test_a_capture_without_a_card_ends_in_a_timeout(reader: SimulatedCardReader) -> None:
    with pytest.raises(TimeoutError):
        await reader.capture(None, 0.01)
    witness = Witness(reader)
    reader.tap(SUICA)
    assert len(witness.identifiers) == 1
