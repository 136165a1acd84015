from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_drivers.cards.certificate import TrustStore
from device_drivers.cards.credential import CardError, CardKind, CardProblem
from device_drivers.cards.identify import CardIdentifier, Identified
from tests.device_drivers.cards.direct_line import DirectLine
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.card import CONTACT_ATR, TYPE_B_ATR, Card
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import Activation, MyNumberCard, Variant
from tests.virtual_card.type_a import PhoneCard, RandomUidCard, TypeACard
from tests.virtual_card.type_b import DriverLicenceCard

IDM = bytes.fromhex('0139A1B2C3D4E5F6')


def identifier(authority: CardAuthority, *, allow_type_a: bool = False) -> CardIdentifier:
    return CardIdentifier(TrustStore([authority.root_pem]), allow_type_a, lambda: datetime.now(UTC))


@pytest.fixture(scope='session')
def identify(card_authority: CardAuthority) -> Callable[[DirectLine], Identified]:
    drivers = identifier(card_authority, allow_type_a=True)
    return lambda line: drivers.identify(line.card.atr, line)


@pytest.fixture(scope='session')
def card(card_authority: CardAuthority) -> MyNumberCard:
    return MyNumberCard(card_authority)


def problem_of(attempt: Callable[[], object]) -> CardProblem:
    with pytest.raises(CardError) as caught:
        attempt()
    return caught.value.problem


@pytest.mark.parametrize('activation', list(Activation))
@pytest.mark.parametrize(
    'variant', [Variant.NORMAL, Variant.PIN_BLOCKED, Variant.ONE_TRY_LEFT, Variant.FACE_ONLY, Variant.LONG_ADDRESS]
)
def test_a_my_number_card_is_its_serial_whatever_its_atr_and_pins(
    card_authority: CardAuthority,
    identify: Callable[[DirectLine], Identified],
    variant: Variant,
    activation: Activation,
) -> None:
    card = MyNumberCard(card_authority, variant=variant, activation=activation, serial=0x1A2B3C4D)
    identified = identify(DirectLine(card))
    assert identified.credential.kind is CardKind.MY_NUMBER
    assert identified.credential.identifier == '1A2B3C4D'
    assert identified.certificate == card.certificate_der


@pytest.mark.parametrize(
    ('variant', 'problem'),
    [
        (Variant.NO_CERTIFICATE, CardProblem.NO_CERTIFICATE),
        (Variant.EXPIRED, CardProblem.EXPIRED),
        (Variant.NOT_YET_VALID, CardProblem.NOT_YET_VALID),
        (Variant.FOREIGN_CHAIN, CardProblem.FOREIGN_CHAIN),
        (Variant.J_LIS_TEST, CardProblem.FOREIGN_CHAIN),
        (Variant.ANDROID, CardProblem.PHONE_TOKEN),
        (Variant.IPHONE, CardProblem.PHONE_TOKEN),
        (Variant.OLD_RESIDENT_CARD, CardProblem.OLD_RESIDENT_CARD),
    ],
)
def test_each_card_that_cannot_be_used_says_why(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified], variant: Variant, problem: CardProblem
) -> None:
    card = MyNumberCard(card_authority, variant=variant)
    assert problem_of(lambda: identify(DirectLine(card))) is problem


def test_an_expired_card_says_since_when(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    with pytest.raises(CardError) as caught:
        identify(DirectLine(MyNumberCard(card_authority, variant=Variant.EXPIRED)))
    assert caught.value.not_after is not None
    assert caught.value.not_after < datetime.now(UTC)


def test_a_box_without_a_clock_still_reads_a_card(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, variant=Variant.EXPIRED)
    drivers = CardIdentifier(TrustStore([card_authority.root_pem]), False, lambda: None)
    assert drivers.identify(card.atr, DirectLine(card)).certificate == card.certificate_der


@pytest.mark.parametrize(
    ('card', 'kind', 'number'),
    [
        (FelicaCard(IDM), CardKind.FELICA, '0139A1B2C3D4E5F6'),
        (TypeACard(bytes.fromhex('1A2B3C4D')), CardKind.TYPE_A, '1A2B3C4D'),
        (TypeACard(bytes.fromhex('04112233445566')), CardKind.TYPE_A, '04112233445566'),
        (TypeACard(bytes.fromhex('04112233445566778899')), CardKind.TYPE_A, '04112233445566778899'),
    ],
)
def test_a_memory_card_is_all_bytes_of_its_number(
    identify: Callable[[DirectLine], Identified], card: Card, kind: CardKind, number: str
) -> None:
    credential = identify(DirectLine(card)).credential
    assert (credential.kind, credential.issuer, credential.identifier) == (kind, '', number)


@pytest.mark.parametrize(
    ('card', 'problem'),
    [
        (RandomUidCard(), CardProblem.RANDOM_UID),
        (FelicaCard(bytes.fromhex('01FE123456789ABC')), CardProblem.RANDOM_UID),
        (FelicaCard(bytes(8)), CardProblem.UNREADABLE),
        (PhoneCard(), CardProblem.UNKNOWN_CARD),
        (DriverLicenceCard(), CardProblem.UNKNOWN_CARD),
    ],
)
def test_a_card_without_a_lasting_number_is_refused(
    identify: Callable[[DirectLine], Identified], card: Card, problem: CardProblem
) -> None:
    assert problem_of(lambda: identify(DirectLine(card))) is problem


def test_a_type_a_card_is_refused_where_the_setting_does_not_allow_it(card_authority: CardAuthority) -> None:
    card = TypeACard(bytes.fromhex('04112233445566'))
    drivers = identifier(card_authority, allow_type_a=False)
    assert problem_of(lambda: drivers.identify(card.atr, DirectLine(card))) is CardProblem.UID_NOT_ALLOWED


def test_a_first_command_answered_6f00_is_asked_again(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    card = MyNumberCard(card_authority)
    assert identify(DirectLine(card, replies={1: b'\x6f\x00'})).certificate == card.certificate_der


def test_only_free_files_of_the_jpki_application_are_touched_and_no_pin_is_sent(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    line = DirectLine(MyNumberCard(card_authority))
    identify(line)
    assert {selected.file for selected in line.journal.selected_files()} == {0x0006, 0x0008, 0x000A}
    assert line.journal.files_with_the_individual_number() == ()
    assert line.journal.verify_bodies() == ()


def test_a_card_torn_at_any_apdu_gives_no_identity(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    whole = DirectLine(MyNumberCard(card_authority))
    identify(whole)
    for torn_at in range(1, whole.count + 1):
        line = DirectLine(MyNumberCard(card_authority), torn_at=torn_at)
        assert problem_of(partial(identify, line)) is CardProblem.TORN


def test_a_swap_at_any_apdu_never_gives_a_mixed_identity(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    first, second = MyNumberCard(card_authority, serial=0x11), MyNumberCard(card_authority, serial=0x22)
    whole = DirectLine(first)
    identify(whole)
    for swapped_at in range(2, whole.count + 1):
        first.power_on()
        line = DirectLine(first, swapped_at={swapped_at: second})
        assert problem_of(partial(identify, line)) in (CardProblem.SWAPPED, CardProblem.UNREADABLE)


def test_a_swap_for_a_card_in_the_same_state_is_found_at_the_end(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    first, second = MyNumberCard(card_authority), MyNumberCard(card_authority)
    whole = DirectLine(second)
    identify(whole)
    replies = {whole.count: second.certificate_der[:256] + b'\x90\x00'}
    assert problem_of(lambda: identify(DirectLine(first, replies=replies))) is CardProblem.SWAPPED


def test_two_felica_cards_answering_by_turns_are_no_identity(identify: Callable[[DirectLine], Identified]) -> None:
    line = DirectLine(FelicaCard(IDM), swapped_at={2: FelicaCard(IDM[::-1])})
    assert problem_of(lambda: identify(line)) is CardProblem.SWAPPED


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.integers(1, 16), st.binary(min_size=1, max_size=300), min_size=1))
def test_garbage_at_any_apdu_gives_the_right_identity_or_a_typed_error(
    card: MyNumberCard, identify: Callable[[DirectLine], Identified], replies: dict[int, bytes]
) -> None:
    card.power_on()
    try:
        identified = identify(DirectLine(card, replies=replies))
    except CardError:
        return
    assert identified.certificate == card.certificate_der


@pytest.mark.parametrize('status', [b'\x90\x00', b'\x61\xff', b'\xff\xff'])
@pytest.mark.parametrize('number', range(1, 14))
def test_65_kb_at_any_apdu_give_the_right_identity_or_a_typed_error(
    card: MyNumberCard, identify: Callable[[DirectLine], Identified], number: int, status: bytes
) -> None:
    card.power_on()
    try:
        identified = identify(DirectLine(card, replies={number: bytes(0xFFFD) + status}))
    except CardError:
        return
    assert identified.certificate == card.certificate_der


@settings(deadline=None)
@given(st.binary(max_size=40) | st.just(TYPE_B_ATR) | st.just(CONTACT_ATR), st.lists(st.binary(max_size=300)))
def test_any_card_speaking_nonsense_is_refused_with_a_typed_error(
    card_authority: CardAuthority, atr: bytes, answers: list[bytes]
) -> None:
    line = DirectLine(PhoneCard(), replies=dict(enumerate(answers, start=1)))
    assert problem_of(lambda: identifier(card_authority, allow_type_a=False).identify(atr, line)) in CardProblem


def test_a_credential_shows_its_last_four_digits_only(
    card_authority: CardAuthority, identify: Callable[[DirectLine], Identified]
) -> None:
    credential = identify(DirectLine(FelicaCard(IDM))).credential
    assert repr(credential) == 'Credential(felica, …E5F6)'
    assert '0139A1B2' not in f'{credential}{credential!r}{[credential]}'
