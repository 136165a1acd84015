import pytest

from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.type_a import PhoneCard, RandomUidCard, TypeACard
from tests.virtual_card.type_b import DriverLicenceCard

READ_UID = bytes.fromhex('FFCA000000')
SELECT_JPKI = bytes.fromhex('00A4040C0AD392F000260100000001')
IDM = bytes.fromhex('01101234567890AB')


def test_a_felica_card_gives_its_idm():
    assert FelicaCard(IDM).transmit(READ_UID) == IDM + b'\x90\x00'


def test_the_pmm_is_not_given():
    assert FelicaCard(IDM).transmit(bytes.fromhex('FFCA010000')).hex() == '6a81'


@pytest.mark.parametrize(
    ('card', 'atr'),
    [
        (FelicaCard(IDM), '3b8f8001804f0ca00000030611003b0000000042'),
        (TypeACard(bytes(4)), '3b8f8001804f0ca000000306030001000000006a'),
        (TypeACard(bytes(7)), '3b8f8001804f0ca0000003060300030000000068'),
    ],
)
def test_the_answer_to_reset_is_the_one_in_the_smartcard_list(card: FelicaCard | TypeACard, atr: str):
    assert card.atr.hex() == atr


@pytest.mark.parametrize('uid', ['04A1B2C3', '04A1B2C3D4E5F6'])
def test_a_type_a_card_gives_its_uid(uid: str):
    assert TypeACard(bytes.fromhex(uid)).transmit(READ_UID).hex() == f'{uid.lower()}9000'


@pytest.mark.parametrize('card', [RandomUidCard(), PhoneCard()])
def test_a_random_uid_starts_with_08_and_changes_at_each_activation(card: RandomUidCard | PhoneCard):
    seen = set()
    for _ in range(8):
        card.power_on()
        seen.add(card.transmit(READ_UID))
    assert len(seen) > 1
    assert {each[:1] for each in seen} == {b'\x08'}


@pytest.mark.parametrize('card', [DriverLicenceCard(), PhoneCard()])
def test_other_cards_know_no_jpki_application(card: DriverLicenceCard | PhoneCard):
    assert card.transmit(SELECT_JPKI).hex() == '6a82'


def test_an_idm_or_uid_of_impossible_length_is_refused():
    with pytest.raises(ValueError, match='8 bytes'):
        FelicaCard(b'1234')
    with pytest.raises(ValueError, match='4, 7 or 10'):
        TypeACard(b'12345')
