import pytest

from device_drivers.cards import my_number
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import prove
from tests.device_drivers.cards.direct_line import DirectLine
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.my_number import MyNumberCard, Variant

PIN = '4791'
CHALLENGE = bytes(range(32))


def line_to(card: MyNumberCard) -> DirectLine:
    line = DirectLine(card)
    assert my_number.select(line)
    return line


def refusal_of(line: DirectLine, card: MyNumberCard, pin: str) -> CardError:
    with pytest.raises(CardError) as caught:
        prove(line, pin, card.certificate_der, CHALLENGE)
    return caught.value


@pytest.mark.parametrize('strict', [True, False])
def test_the_right_pin_proves_the_card(card_authority: CardAuthority, strict: bool) -> None:
    card = MyNumberCard(card_authority, pin=PIN, reselect_clears_verify=strict)
    line = line_to(card)
    prove(line, PIN, card.certificate_der, CHALLENGE)
    assert line.journal.verify_bodies() == (PIN.encode(),)


def test_between_verify_and_signature_only_a_key_is_selected(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    line = line_to(card)
    prove(line, PIN, card.certificate_der, CHALLENGE)
    instructions = [(command[1], command[2]) for command in line.journal.commands()[1:]]
    assert instructions == [(0xA4, 0x02), (0x20, 0x00), (0x20, 0x00), (0xA4, 0x02), (0x2A, 0x00)]


def test_a_wrong_pin_costs_one_try_and_says_how_many_are_left(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    error = refusal_of(line_to(card), card, '0000')
    assert (error.problem, error.tries_left) == (CardProblem.PIN_WRONG, 2)
    assert card.pin_tries_left() == 2


def test_the_last_try_is_never_made(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, pin=PIN, variant=Variant.ONE_TRY_LEFT)
    line = line_to(card)
    error = refusal_of(line, card, PIN)
    assert (error.problem, error.tries_left) == (CardProblem.PIN_LAST_TRY, 1)
    assert line.journal.verify_bodies() == ()


@pytest.mark.parametrize('variant', [Variant.PIN_BLOCKED, Variant.FACE_ONLY])
def test_a_blocked_pin_is_told_without_sending_it(card_authority: CardAuthority, variant: Variant) -> None:
    card = MyNumberCard(card_authority, pin=PIN, variant=variant)
    line = line_to(card)
    error = refusal_of(line, card, PIN)
    assert (error.problem, error.tries_left) == (CardProblem.PIN_BLOCKED, 0)
    assert line.journal.verify_bodies() == ()


@pytest.mark.parametrize('counter', ['63C0', '6983', '6984'])
def test_each_status_word_for_blocked_means_blocked(card_authority: CardAuthority, counter: str) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    line = DirectLine(card, replies={3: bytes.fromhex(counter)})
    assert my_number.select(line)
    assert refusal_of(line, card, PIN).problem is CardProblem.PIN_BLOCKED


@pytest.mark.parametrize('pin', ['', '123', '12345', '12a4', '1234'.translate({49: 0xFF11}), '１２３４'])
def test_a_pin_that_is_not_four_digits_never_reaches_the_card(card_authority: CardAuthority, pin: str) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    line = line_to(card)
    error = refusal_of(line, card, pin)
    assert (error.problem, error.tries_left, line.count) == (CardProblem.PIN_WRONG, None, 1)


def test_a_card_that_replays_anothers_certificate_fails_the_proof(card_authority: CardAuthority) -> None:
    card, victim = MyNumberCard(card_authority, pin=PIN), MyNumberCard(card_authority)
    with pytest.raises(CardError) as caught:
        prove(line_to(card), PIN, victim.certificate_der, CHALLENGE)
    assert caught.value.problem is CardProblem.PROOF_FAILED


def test_a_pin_appears_in_no_error(card_authority: CardAuthority) -> None:
    card = MyNumberCard(card_authority, pin=PIN)
    error = refusal_of(line_to(card), card, '8888')
    assert '8888' not in f'{error!r}{error}{error.args}{error.__context__!r}'
