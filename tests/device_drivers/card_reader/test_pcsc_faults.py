import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from device_drivers.card_reader.interface import CardRefused, CardRemoved, ReaderState
from device_drivers.card_reader.pcsc import PcscCardReader
from device_drivers.card_reader.pcsc_calls import PcscContext
from device_drivers.cards.credential import CardProblem
from device_drivers.cards.identify import CardIdentifier
from tests.device_drivers.card_reader.conftest import QUICK
from tests.device_drivers.card_reader.witness import Witness
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.faults import Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard
from tests.virtual_card.pcscd import PrivatePcscd

IDM = bytes.fromhex('0139A1B2C3D4E5F6')


async def test_a_mute_card_is_given_up_the_other_reader_goes_on_and_this_one_comes_back(
    pcsc: PrivatePcscd, desk_a: Witness, desk_b: Witness, card_authority: CardAuthority
) -> None:
    mute = Faults(mute_at=4)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority), faults=mute)
    assert (await desk_a.refused()).problem is CardProblem.NO_ANSWER
    assert desk_a.reader.state is ReaderState.STUCK

    await asyncio.to_thread(pcsc.links[1].insert, FelicaCard(IDM))
    assert (await desk_b.presented()).credential.identifier == IDM.hex().upper()

    await asyncio.to_thread(pcsc.links[0].remove)
    await desk_a.state(ReaderState.READY)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x31))
    assert (await desk_a.presented()).credential.identifier == '31'
    assert len(desk_a.all(CardRefused)) == 1


async def test_a_card_that_answers_late_gives_no_late_tap_and_frees_the_reader(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    slow = Faults(latency=2.7)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority), faults=slow)
    assert (await desk_a.refused()).problem is CardProblem.NO_ANSWER
    await asyncio.to_thread(pcsc.links[0].remove)
    await desk_a.state(ReaderState.READY)
    assert desk_a.identifiers == []


async def test_a_reader_stuck_for_good_asks_for_a_restart_once_and_spends_no_more_threads(
    pcsc: PrivatePcscd, desk_a: Witness, identifier: CardIdentifier, card_authority: CardAuthority
) -> None:
    await desk_a.reader.stop()
    calls: list[str] = []
    hopeless = asyncio.Event()

    def ask_for_restart() -> None:
        calls.append('restart')
        hopeless.set()

    reader = PcscCardReader('pcsc:Desk A 00 00', identifier, QUICK, ask_for_restart)
    witness = Witness(reader)
    reader.start()
    await witness.state(ReaderState.READY)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority), faults=Faults(mute_at=1))
    await asyncio.wait_for(hopeless.wait(), 30)
    await asyncio.to_thread(pcsc.links[0].remove)
    await witness.state(ReaderState.READY)
    await reader.stop()
    assert calls == ['restart']
    assert len(witness.all(CardRefused)) == 1


async def test_a_killed_and_restarted_service_is_found_again(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, 'device_drivers')
    await asyncio.to_thread(pcsc.kill)
    await desk_a.state(ReaderState.NO_SERVICE)
    await asyncio.to_thread(pcsc.start)
    await desk_a.state(ReaderState.READY)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x41))
    assert (await desk_a.presented()).credential.identifier == '41'
    assert [record.getMessage() for record in caplog.records] == [
        'pcsc:Desk A 00 00 is lost: no_service',
        'pcsc:Desk A 00 00 is back',
    ]


async def test_a_service_killed_in_the_middle_of_a_tap_leaves_no_half_tap(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    link = pcsc.links[0]
    card = MyNumberCard(card_authority, serial=0x42)
    await asyncio.to_thread(link.insert, card, faults=Faults(latency=0.2))
    await asyncio.to_thread(link.wait_for_apdus, 3)
    await asyncio.to_thread(pcsc.kill)
    assert (await desk_a.refused()).problem is CardProblem.TORN
    await asyncio.to_thread(pcsc.start)
    assert (await desk_a.presented()).credential.identifier == '42'


async def test_a_reader_absent_at_the_start_is_missing_until_it_appears_and_again_when_it_goes(
    pcsc: PrivatePcscd, identifier: CardIdentifier, card_authority: CardAuthority
) -> None:
    witness = Witness(PcscCardReader('pcsc:Desk B 00 00', identifier, QUICK))
    with without_desk_b(pcsc):
        await asyncio.to_thread(pcsc.restart)
        witness.reader.start()
        await witness.state(ReaderState.MISSING)
    await asyncio.to_thread(pcsc.restart)
    await witness.state(ReaderState.READY)
    await asyncio.to_thread(pcsc.links[1].insert, MyNumberCard(card_authority, serial=0x47))
    assert (await witness.presented()).credential.identifier == '47'
    with without_desk_b(pcsc):
        await asyncio.to_thread(pcsc.restart)
        await witness.state(ReaderState.MISSING)
    await witness.reader.stop()
    await asyncio.to_thread(pcsc.restart)


@contextmanager
def without_desk_b(pcsc: PrivatePcscd) -> Iterator[None]:
    """A service that knows one reader less, from its next start on."""
    readers = Path(pcsc.client_settings['PCSCLITE_CSOCK_NAME']).parents[2] / 'readers' / 'desks'
    whole = readers.read_text()
    readers.write_text(whole[: whole.index('FRIENDLYNAME "Desk B"')])
    yield
    readers.write_text(whole)


async def test_a_box_started_before_the_service_waits_for_it(
    pcsc: PrivatePcscd, identifier: CardIdentifier, card_authority: CardAuthority
) -> None:
    await asyncio.to_thread(pcsc.kill)
    reader = PcscCardReader('pcsc:Desk A 00 00', identifier, QUICK)
    witness = Witness(reader)
    reader.start()
    await witness.state(ReaderState.NO_SERVICE)
    await asyncio.to_thread(pcsc.start)
    await witness.state(ReaderState.READY)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x43))
    assert (await witness.presented()).credential.identifier == '43'
    await reader.stop()


async def test_another_program_holding_the_card_is_told_and_does_not_block_the_next_tap(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await desk_a.reader.stop()
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x44))
    context = PcscContext()
    held = await asyncio.to_thread(context.connect, 'Desk A 00 00', exclusive=True)
    desk_a.reader.start()
    assert (await desk_a.refused()).problem is CardProblem.READER_BUSY
    await asyncio.to_thread(held.disconnect)
    context.release()
    await asyncio.to_thread(pcsc.links[0].remove)
    await desk_a.until(lambda: bool(desk_a.all(CardRemoved)))
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x45))
    assert (await desk_a.presented()).credential.identifier == '45'


async def test_stopping_and_starting_again_works_and_leaves_no_thread(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await desk_a.reader.stop()
    assert desk_a.reader.state is ReaderState.STOPPED
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x46))
    desk_a.reader.start()
    assert (await desk_a.presented()).credential.identifier == '46'
