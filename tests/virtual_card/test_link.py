from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from smartcard.CardConnection import CardConnection
from smartcard.Exceptions import CardConnectionException, NoCardException
from smartcard.System import readers

from tests.virtual_card import commands
from tests.virtual_card.apdu_journal import JPKI_APPLICATION
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.faults import LARGEST_REPLY, Faults
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard
from tests.virtual_card.pcscd import PrivatePcscd
from tests.virtual_card.type_a import TypeACard

READ_UID = bytes.fromhex('FFCA000000')
SELECT_JPKI = commands.select_application(JPKI_APPLICATION)
IDM = bytes.fromhex('01101234567890AB')


@contextmanager
def connected(reader_name: str) -> Iterator[CardConnection]:
    connection = next(each for each in readers() if str(each) == reader_name).createConnection()
    try:
        connection.connect()
        yield connection
    finally:
        connection.disconnect()
        connection.release()


def transmit(connection: CardConnection, command: bytes) -> bytes:
    data, sw1, sw2 = connection.transmit(list(command))
    return bytes([*data, sw1, sw2])


def test_each_desk_has_its_own_card(pcsc: PrivatePcscd):
    pcsc.link('Desk A').insert(FelicaCard(IDM))
    pcsc.link('Desk B').insert(TypeACard(bytes.fromhex('04A1B2C3')))
    with connected('Desk A 00 00') as desk_a, connected('Desk B 00 00') as desk_b:
        assert transmit(desk_a, READ_UID) == IDM + b'\x90\x00'
        assert transmit(desk_b, READ_UID).hex() == '04a1b2c39000'


def test_the_reader_reports_the_answer_to_reset_of_the_card(pcsc: PrivatePcscd, card_authority: CardAuthority):
    card = MyNumberCard(card_authority)
    pcsc.link('Desk A').insert(card)
    with connected('Desk A 00 00') as desk:
        assert bytes(desk.getATR()) == card.atr


def test_every_exchange_is_in_the_journal_of_the_link(pcsc: PrivatePcscd, card_authority: CardAuthority):
    link = pcsc.link('Desk A')
    link.insert(MyNumberCard(card_authority))
    with connected('Desk A 00 00') as desk:
        transmit(desk, SELECT_JPKI)
        transmit(desk, commands.select_file(0x18))
        transmit(desk, commands.verify(b'0000'))
    assert [exchange.status for exchange in link.journal.exchanges] == [0x9000, 0x9000, 0x63C2]
    assert link.journal.verify_bodies() == (b'0000',)


def test_a_removed_card_is_gone_for_the_next_connection(pcsc: PrivatePcscd):
    link = pcsc.link('Desk A')
    link.insert(FelicaCard(IDM))
    link.remove()
    assert link.card is None
    link.insert(FelicaCard(IDM[::-1]))
    with connected('Desk A 00 00') as desk:
        assert transmit(desk, READ_UID) == IDM[::-1] + b'\x90\x00'


def test_a_card_lifted_in_mid_read_answers_so_many_commands_and_no_more(
    pcsc: PrivatePcscd, card_authority: CardAuthority
):
    link = pcsc.link('Desk A')
    link.insert(MyNumberCard(card_authority), faults=Faults(leave_after=2))
    with pytest.raises(CardConnectionException), connected('Desk A 00 00') as desk:
        assert transmit(desk, SELECT_JPKI) == b'\x90\x00'
        assert transmit(desk, commands.select_file(0x0A)) == b'\x90\x00'
        transmit(desk, commands.read_binary(0))
    link.wait_until_removed()
    assert link.card is None
    assert link.journal.exchanges[-1].response is None


def test_the_first_command_after_power_up_can_fail(pcsc: PrivatePcscd, card_authority: CardAuthority):
    pcsc.link('Desk A').insert(MyNumberCard(card_authority), faults=Faults(first_command_fails=True))
    with connected('Desk A 00 00') as desk:
        assert transmit(desk, SELECT_JPKI) == b'\x6f\x00'
        assert transmit(desk, SELECT_JPKI) == b'\x90\x00'


def test_a_reply_can_be_garbage(pcsc: PrivatePcscd):
    pcsc.link('Desk A').insert(FelicaCard(IDM), faults=Faults(replies={1: b'\xde\xad\xbe\xef'}))
    with connected('Desk A 00 00') as desk:
        assert transmit(desk, READ_UID) == b'\xde\xad\xbe\xef'
        assert transmit(desk, READ_UID) == IDM + b'\x90\x00'


def test_a_reply_of_65535_bytes_reaches_the_client_whole(pcsc: PrivatePcscd):
    pcsc.link('Desk A').insert(FelicaCard(IDM), faults=Faults(replies={1: LARGEST_REPLY}))
    with connected('Desk A 00 00') as desk:
        assert transmit(desk, READ_UID) == LARGEST_REPLY


def test_a_reply_of_one_byte_reaches_the_client_as_it_is(pcsc: PrivatePcscd):
    link = pcsc.link('Desk A')
    link.insert(FelicaCard(IDM), faults=Faults(replies={1: b'\x90'}))
    with pytest.raises((CardConnectionException, IndexError)), connected('Desk A 00 00') as desk:
        transmit(desk, READ_UID)
    assert link.journal.exchanges[0].response == b'\x90'


def test_an_empty_reply_takes_the_card_off(pcsc: PrivatePcscd):
    link = pcsc.link('Desk A')
    link.insert(FelicaCard(IDM), faults=Faults(replies={1: b''}))
    with pytest.raises(CardConnectionException), connected('Desk A 00 00') as desk:
        transmit(desk, READ_UID)
    link.wait_until_removed()
    with pytest.raises((NoCardException, CardConnectionException)), connected('Desk A 00 00'):
        pass


def test_a_card_exchanged_between_two_commands_has_nothing_selected(pcsc: PrivatePcscd, card_authority: CardAuthority):
    first, second = MyNumberCard(card_authority), MyNumberCard(card_authority)
    link = pcsc.link('Desk A')
    link.insert(first, faults=Faults(swap_before=(3, second)))
    with connected('Desk A 00 00') as desk:
        transmit(desk, SELECT_JPKI)
        transmit(desk, commands.select_file(0x0A))
        assert transmit(desk, commands.read_binary(0)) == b'\x69\x85'
        transmit(desk, SELECT_JPKI)
        assert transmit(desk, commands.read_binary_short(0x0A))[:-2] == second.certificate_der[:256]
    assert link.card is second


def test_a_slow_card_still_answers(pcsc: PrivatePcscd):
    pcsc.link('Desk A').insert(FelicaCard(IDM), faults=Faults(latency=0.05))
    with connected('Desk A 00 00') as desk:
        assert transmit(desk, READ_UID) == IDM + b'\x90\x00'


def test_a_reply_too_long_for_vpcd_is_refused_when_it_is_ordered():
    with pytest.raises(ValueError, match='65535'):
        Faults(replies={1: bytes(0x10000)})
