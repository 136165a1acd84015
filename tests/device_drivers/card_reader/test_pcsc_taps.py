import asyncio
import threading
import time

import pytest

from device_drivers.card_reader.interface import CardPresented, CardRefused, CardRemoved
from device_drivers.card_reader.pcsc import PcscCardReader
from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.credential import CardKind, CardProblem
from device_drivers.cards.identify import CardIdentifier
from tests.device_drivers.card_reader.conftest import QUICK, wait_until_empty
from tests.device_drivers.card_reader.witness import Witness
from tests.device_drivers.cards.direct_line import apdus_of_a_tap
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.card import Card
from tests.virtual_card.faults import Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.link import VpcdLink
from tests.virtual_card.my_number import Activation, MyNumberCard, Variant
from tests.virtual_card.pcscd import PrivatePcscd
from tests.virtual_card.type_a import PhoneCard, RandomUidCard, TypeACard
from tests.virtual_card.type_b import DriverLicenceCard

IDM = bytes.fromhex('0139A1B2C3D4E5F6')


class TwoFelicaCards(FelicaCard):
    """Two cards in one wallet, of which another answers each time."""

    def transmit(self, command: bytes) -> bytes:
        self.idm = self.idm[::-1]
        return FelicaCard.transmit(self, command)


class DeadCard(FelicaCard):
    """A card that is there and has no answer to reset worth the name."""

    @property
    def atr(self) -> bytes:
        return b'\xff\xff'


async def put(link: VpcdLink, card: Card, faults: Faults | None = None) -> None:
    await asyncio.to_thread(link.insert, card, faults=faults)


async def lift(link: VpcdLink) -> None:
    await asyncio.to_thread(link.remove)


@pytest.mark.parametrize('activation', list(Activation))
async def test_a_my_number_card_is_presented_with_its_serial(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, activation: Activation
) -> None:
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x1A2B3C4D, activation=activation))
    tap = await desk_a.presented()
    assert (tap.reader, tap.credential.identifier) == ('pcsc:Desk A 00 00', '1A2B3C4D')
    assert tap.presented_at < tap.answered_at < time.monotonic()


@pytest.mark.parametrize(
    ('card', 'kind', 'number'),
    [
        (FelicaCard(IDM), CardKind.FELICA, IDM.hex().upper()),
        (TypeACard(bytes.fromhex('04112233445566')), CardKind.TYPE_A, '04112233445566'),
    ],
)
async def test_a_memory_card_is_presented_with_its_number(
    pcsc: PrivatePcscd, desk_a: Witness, card: Card, kind: CardKind, number: str
) -> None:
    await put(pcsc.links[0], card)
    tap = await desk_a.presented()
    assert (tap.credential.kind, tap.credential.identifier) == (kind, number)


@pytest.mark.parametrize(
    ('variant', 'problem'),
    [
        (Variant.NO_CERTIFICATE, CardProblem.NO_CERTIFICATE),
        (Variant.EXPIRED, CardProblem.EXPIRED),
        (Variant.FOREIGN_CHAIN, CardProblem.FOREIGN_CHAIN),
        (Variant.J_LIS_TEST, CardProblem.FOREIGN_CHAIN),
        (Variant.ANDROID, CardProblem.PHONE_TOKEN),
        (Variant.OLD_RESIDENT_CARD, CardProblem.OLD_RESIDENT_CARD),
    ],
)
async def test_a_card_that_cannot_be_used_is_refused_with_its_reason(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, variant: Variant, problem: CardProblem
) -> None:
    await put(pcsc.links[0], MyNumberCard(card_authority, variant=variant))
    assert (await desk_a.refused()).problem is problem
    assert desk_a.identifiers == []


@pytest.mark.parametrize(
    ('card', 'problem'),
    [
        (DriverLicenceCard(), CardProblem.UNKNOWN_CARD),
        (PhoneCard(), CardProblem.UNKNOWN_CARD),
        (RandomUidCard(), CardProblem.RANDOM_UID),
    ],
)
async def test_a_card_without_a_lasting_number_is_refused(
    pcsc: PrivatePcscd, desk_a: Witness, card: Card, problem: CardProblem
) -> None:
    await put(pcsc.links[0], card)
    assert (await desk_a.refused()).problem is problem


async def test_a_card_held_on_is_one_tap_and_put_on_again_another(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    card = MyNumberCard(card_authority, serial=0x51)
    await put(pcsc.links[0], card)
    await desk_a.presented()
    await asyncio.sleep(2.5)
    assert desk_a.identifiers == ['51']
    await lift(pcsc.links[0])
    await desk_a.removed()
    await put(pcsc.links[0], card)
    await desk_a.presented(2)
    assert [type(event) for event in desk_a.events[-3:]] == [CardPresented, CardRemoved, CardPresented]


async def test_a_card_that_lay_there_before_the_start_is_presented(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await desk_a.reader.stop()
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x52))
    desk_a.reader.start()
    assert (await desk_a.presented()).credential.identifier == '52'


async def test_two_people_with_the_same_atr_are_both_recorded_while_the_program_is_busy(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, identifier: CardIdentifier
) -> None:
    link = pcsc.links[0]
    first, second = MyNumberCard(card_authority, serial=0x61), MyNumberCard(card_authority, serial=0x62)
    assert first.atr == second.atr
    apdus = apdus_of_a_tap(first, identifier)

    def queue() -> None:
        for card in (first, second, first):
            link.insert(card)
            link.wait_for_apdus(apdus)
            time.sleep(0.5)
            link.remove()
            time.sleep(0.5)

    passing = asyncio.get_running_loop().run_in_executor(None, queue)
    time.sleep(3)  # noqa: ASYNC251 - the loop itself is what is busy
    await passing
    await desk_a.presented(3)
    assert desk_a.identifiers == ['61', '62', '61']


async def test_a_card_exchanged_while_the_thread_is_busy_is_told_by_the_event_count(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await desk_a.reader.stop()
    is_busy, may_go_on = threading.Event(), threading.Event()

    def slow_clock() -> None:
        is_busy.set()
        may_go_on.wait(30)

    slow = CardIdentifier(TrustStore([card_authority.root_pem]), False, slow_clock)
    witness = Witness(PcscCardReader('pcsc:Desk A 00 00', slow, QUICK))
    witness.reader.start()
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x63))
    await asyncio.to_thread(is_busy.wait, 30)
    await lift(pcsc.links[0])
    await asyncio.to_thread(wait_until_empty, 'Desk A 00 00')
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x64))
    may_go_on.set()
    await witness.presented(2)
    await witness.reader.stop()
    assert witness.identifiers == ['63', '64']


async def test_taps_at_two_readers_do_not_disturb_each_other(
    pcsc: PrivatePcscd, desk_a: Witness, desk_b: Witness, card_authority: CardAuthority
) -> None:
    await asyncio.gather(
        put(pcsc.links[0], MyNumberCard(card_authority, serial=0x71)), put(pcsc.links[1], FelicaCard(IDM))
    )
    await desk_a.presented()
    await desk_b.presented()
    assert (desk_a.identifiers, desk_b.identifiers) == (['71'], [IDM.hex().upper()])


async def test_a_card_torn_at_any_apdu_is_refused_and_nothing_is_known_of_it(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    link = pcsc.links[0]
    await put(link, MyNumberCard(card_authority))
    await desk_a.presented()
    apdus = link.apdu_count
    for answered in range(apdus):
        await lift(link)
        await desk_a.removed(answered + 1)
        await put(link, MyNumberCard(card_authority), Faults(leave_after=answered))
        assert (await desk_a.refused(answered + 1)).problem is CardProblem.TORN
    assert len(desk_a.identifiers) == 1


async def test_a_first_command_answered_6f00_does_not_spoil_the_tap(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x53), Faults(first_command_fails=True))
    assert (await desk_a.presented()).credential.identifier == '53'


@pytest.mark.parametrize('reply', [b'\x90', bytes(0xFFFF), b'\xff' * 0x1000, b'\x00' * 300])
async def test_a_nonsensical_reply_is_refused_and_the_next_tap_is_read(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, reply: bytes
) -> None:
    garbled = Faults(replies={number: reply for number in range(1, 40)})
    await put(pcsc.links[0], MyNumberCard(card_authority), garbled)
    refused = await desk_a.refused()
    assert refused.problem in (CardProblem.UNREADABLE, CardProblem.UNKNOWN_CARD, CardProblem.TORN)
    await lift(pcsc.links[0])
    await desk_a.removed()
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x54))
    assert (await desk_a.presented()).credential.identifier == '54'


async def test_a_card_swapped_while_read_is_the_second_card(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, identifier: CardIdentifier
) -> None:
    link = pcsc.links[0]
    first, second = MyNumberCard(card_authority, serial=0x11), MyNumberCard(card_authority, serial=0x22)
    for number in range(2, apdus_of_a_tap(first, identifier) + 1):
        before = len(desk_a.identifiers)
        await put(link, first, Faults(swap_before=(number, second)))
        await desk_a.presented(before + 1)
        await lift(link)
        await desk_a.removed(before + 1)
    assert set(desk_a.identifiers) == {'22'}
    assert desk_a.all(CardRefused) == []


async def test_two_cards_answering_by_turns_are_refused_as_two(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    await put(pcsc.links[0], TwoFelicaCards(IDM))
    assert (await desk_a.refused()).problem is CardProblem.TWO_CARDS
    assert desk_a.identifiers == []


async def test_a_card_with_a_nonsensical_answer_to_reset_is_unknown(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    await put(pcsc.links[0], DeadCard(IDM))
    assert (await desk_a.refused()).problem is CardProblem.UNKNOWN_CARD


async def test_a_card_whose_first_answer_to_reset_is_garbled_is_powered_anew_and_read(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await put(pcsc.links[0], MyNumberCard(card_authority, serial=0x55), Faults(first_reset_fails=True))
    assert (await desk_a.presented()).credential.identifier == '55'
    assert desk_a.all(CardRefused) == []


async def test_a_tap_touches_neither_the_individual_number_nor_a_pin(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    await put(pcsc.links[0], MyNumberCard(card_authority))
    await desk_a.presented()
    journal = pcsc.links[0].journal
    assert {selected.file for selected in journal.selected_files()} == {0x0006, 0x0008, 0x000A}
    assert journal.files_with_the_individual_number() == ()
    assert journal.verify_bodies() == ()
