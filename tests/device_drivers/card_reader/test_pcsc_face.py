"""Reading the face through pcscd: the card lying there, or the next one, and nothing of it in the log."""

import asyncio
import logging

import pytest

from device_drivers.card_reader.interface import CardPresented
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier
from device_drivers.cards.text_application import FaceKey, FaceKeyKind
from tests.device_drivers.card_reader.witness import Witness
from tests.device_drivers.cards.direct_line import apdus_of_a_tap
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.faults import Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard, Variant
from tests.virtual_card.pcscd import PrivatePcscd

CODE_B = FaceKey(FaceKeyKind.CODE_B, '55021720352285')


async def test_the_card_lying_there_is_read_with_the_code_on_its_face(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, serial=0x61))
    await desk_a.presented()
    read = await desk_a.reader.read_face(CODE_B, 20)

    assert read.attributes.name == '金沢\u3000花子'
    assert read.credential is not None
    assert read.credential.identifier == '61'
    assert pcsc.links[0].journal.files_with_the_individual_number() == ()
    told = caplog.text + repr(read)
    hidden = ('55021720352285', b'55021720352285'.hex(' ').upper(), '花子', '広坂')
    assert not [word for word in hidden if word in told]


async def test_the_next_card_is_read_and_is_no_tap(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority
) -> None:
    reading = asyncio.create_task(desk_a.reader.read_face(FaceKey(FaceKeyKind.PIN, '1234'), 20))
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority))
    assert (await reading).attributes.address == '石川県金沢市広坂1丁目1番1号'
    assert desk_a.all(CardPresented) == []


@pytest.mark.parametrize('variant', [Variant.EXPIRED, Variant.NO_CERTIFICATE, Variant.FACE_ONLY])
async def test_a_face_is_read_although_its_certificate_cannot_be_used(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, variant: Variant
) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, MyNumberCard(card_authority, variant=variant))
    read = await desk_a.reader.read_face(CODE_B, 20)
    assert read.attributes.name == '金沢\u3000花子'
    assert (read.credential is None) == (variant is not Variant.FACE_ONLY)


async def test_another_kind_of_card_is_not_a_face(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    await asyncio.to_thread(pcsc.links[0].insert, FelicaCard(bytes.fromhex('0139A1B2C3D4E5F6')))
    with pytest.raises(CardError) as caught:
        await desk_a.reader.read_face(CODE_B, 20)
    assert caught.value.problem is CardProblem.UNKNOWN_CARD


async def test_a_card_torn_away_while_it_is_read_is_told_and_the_code_is_not_sent_again(
    pcsc: PrivatePcscd, desk_a: Witness, card_authority: CardAuthority, identifier: CardIdentifier
) -> None:
    card = MyNumberCard(card_authority)
    until_the_code = apdus_of_a_tap(card, identifier) + 4
    card.power_off()
    reading = asyncio.create_task(desk_a.reader.read_face(CODE_B, 20))
    await asyncio.to_thread(pcsc.links[0].insert, card, faults=Faults(leave_after=until_the_code))
    with pytest.raises(CardError) as caught:
        await reading
    assert caught.value.problem is CardProblem.TORN
    assert len(pcsc.links[0].journal.verify_bodies()) == 1


async def test_without_a_card_it_ends_in_time(pcsc: PrivatePcscd, desk_a: Witness) -> None:
    with pytest.raises(TimeoutError):
        await desk_a.reader.read_face(CODE_B, 0.2)
