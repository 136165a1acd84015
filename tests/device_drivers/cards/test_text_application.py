"""Reading the face of a My Number Card: name, address, birth date and sex, and never the individual number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import read_face
from device_drivers.cards.text_application import FaceAttributes, FaceKey, FaceKeyKind, FaceSex, parse_face
from device_drivers.cards.tlv import TlvError
from tests.device_drivers.cards.direct_line import DirectLine
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard, Variant
from tests.virtual_card.text_application import Holder, tlv

PIN = '4791'
CODE_B = '55021720352285'


def pin(digits: str = PIN) -> FaceKey:
    return FaceKey(FaceKeyKind.PIN, digits)


def code_b(digits: str = CODE_B) -> FaceKey:
    return FaceKey(FaceKeyKind.CODE_B, digits)


def refusal_of(line: DirectLine, key: FaceKey) -> CardError:
    with pytest.raises(CardError) as caught:
        read_face(line, key)
    return caught.value


@pytest.mark.parametrize('key', [pin(), code_b()], ids=['pin', 'code_b'])
def test_the_four_attributes_are_read(card_authority: CardAuthority, key: FaceKey) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    face = read_face(line, key)
    assert (face.name, face.address) == ('金沢\u3000花子', '石川県金沢市広坂1丁目1番1号')
    assert (face.birth_date, face.sex) == (date(1980, 2, 17), FaceSex.FEMALE)


@pytest.mark.parametrize('key', [pin(), code_b()], ids=['pin', 'code_b'])
def test_only_the_key_and_the_attributes_are_ever_selected(card_authority: CardAuthority, key: FaceKey) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    read_face(line, key)
    own = {FaceKeyKind.PIN: 0x11, FaceKeyKind.CODE_B: 0x15}[key.kind]
    assert [each.file for each in line.journal.selected_files()] == [own, 0x02]
    assert line.journal.files_with_the_individual_number() == ()


def test_an_address_longer_than_one_read_is_whole(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, pin=PIN, variant=Variant.LONG_ADDRESS)
    face = read_face(DirectLine(card), code_b())
    assert len(face.address.encode()) > 300
    assert face.address == card.holder.address


def test_a_wrong_pin_says_how_many_tries_are_left_and_stops_at_one(card_authority: CardAuthority) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    assert [refusal_of(line, pin('0000')).tries_left for _try in range(2)] == [2, 1]
    error = refusal_of(line, pin())
    assert (error.problem, error.tries_left) == (CardProblem.PIN_LAST_TRY, 1)
    assert len(line.journal.verify_bodies()) == 2


def test_a_wrong_code_from_the_face_counts_of_its_own(card_authority: CardAuthority) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    error = refusal_of(line, code_b('55021720352286'))
    assert (error.problem, error.tries_left) == (CardProblem.PIN_WRONG, 9)
    assert read_face(line, pin()).name == '金沢\u3000花子'


def test_a_card_without_pins_is_read_with_the_code_on_its_face(card_authority: CardAuthority) -> None:
    line = DirectLine(MyNumberCard(card_authority, variant=Variant.FACE_ONLY))
    assert refusal_of(line, pin()).problem is CardProblem.PIN_BLOCKED
    assert line.journal.verify_bodies() == ()
    assert read_face(line, code_b()).birth_date == date(1980, 2, 17)


@pytest.mark.parametrize(
    'key', [pin(''), pin('123'), pin('12a4'), pin('１２３４'), code_b('5502172035228'), code_b('')]
)
def test_what_is_not_complete_never_reaches_the_card(card_authority: CardAuthority, key: FaceKey) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    assert refusal_of(line, key).problem is CardProblem.PIN_WRONG
    assert line.count == 0


def test_a_card_that_has_no_text_application_says_so() -> None:
    assert refusal_of(DirectLine(FelicaCard(bytes(8))), pin()).problem is CardProblem.UNKNOWN_CARD


@pytest.mark.parametrize('torn_at', range(1, 8))
def test_a_card_taken_away_at_any_moment_is_torn(card_authority: CardAuthority, torn_at: int) -> None:
    card = MyNumberCard(card_authority, pin=PIN, variant=Variant.LONG_ADDRESS)
    assert refusal_of(DirectLine(card, torn_at=torn_at), code_b()).problem is CardProblem.TORN


def test_neither_key_nor_attributes_appear_in_any_text(card_authority: CardAuthority) -> None:
    line = DirectLine(MyNumberCard(card_authority, pin=PIN))
    error = refusal_of(line, pin('8888'))
    face = read_face(line, code_b())
    told = f'{pin("8888")!r}{code_b()!r}{error!r}{error.args}{error.__context__!r}{face!r}{face}'
    assert not [word for word in ('8888', CODE_B, '花子', '広坂', '1980') if word in told]


@pytest.mark.parametrize(
    ('value', 'expected'), [(b'19800217', date(1980, 2, 17)), (b'00000000', None), (b'', None), (b'\xff\xfe', None)]
)
def test_a_birth_date_that_is_not_whole_is_left_out(value: bytes, expected: date | None) -> None:
    content = tlv(0xFF20, tlv(0xDF22, '山田'.encode()) + tlv(0xDF24, value))
    assert parse_face(content) == FaceAttributes('山田', '', expected, FaceSex.UNKNOWN)


def test_a_face_without_a_name_is_not_believed() -> None:
    with pytest.raises(TlvError):
        parse_face(tlv(0xFF20, tlv(0xDF23, '石川県'.encode())))


@given(
    name=st.text('山田𠮷邉葛󠄀 \u3000', min_size=1).filter(lambda text: text.strip(' \u3000')),
    address=st.text(max_size=400),
)
def test_names_with_rare_characters_and_long_addresses_are_read_as_written(name: str, address: str) -> None:
    content = tlv(0xFF20, tlv(0xDF22, name.encode()) + tlv(0xDF23, address.encode())) + b'\xff' * 5
    face = parse_face(content)
    assert (face.name, face.address) == (name.strip(' \0\u3000'), address.strip(' \0\u3000'))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_face_are_refused_and_break_nothing(content: bytes) -> None:
    try:
        assert parse_face(b'\xff\x20' + content).name
    except TlvError:
        return


def test_the_holder_of_the_tests_matches_the_published_example() -> None:
    assert Holder().code_b.decode() == CODE_B
