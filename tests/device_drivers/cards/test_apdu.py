import pytest

from device_drivers.cards import apdu
from device_drivers.cards.apdu import Command, MalformedResponse, Response, describe, exchange


class Script:
    """A card that answers in a fixed order and keeps what it was told."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.heard: list[str] = []

    def __call__(self, command: bytes) -> Response:
        self.heard.append(command.hex().upper())
        return Response.parse(bytes.fromhex(self.answers.pop(0)))


def test_commands_are_encoded_as_the_card_knows_them() -> None:
    assert apdu.select_file(0x000A).encode().hex() == '00a4020c02000a'
    assert apdu.read_binary(0x0100).encode().hex() == '00b0010000'
    assert apdu.count_tries().encode().hex() == '00200080'
    assert apdu.get_uid().encode().hex() == 'ffca000000'
    assert apdu.sign(b'\x30\x31').encode().hex() == '802a008002303100'


def test_a_wrong_length_is_asked_again_with_the_length_the_card_names() -> None:
    card = Script('6C03', '0102039000')
    assert exchange(card, apdu.read_binary(0)).data == b'\x01\x02\x03'
    assert card.heard == ['00B0000000', '00B0000003']


def test_announced_data_is_fetched_until_the_end() -> None:
    card = Script('016102', '02036101', '049000')
    assert exchange(card, apdu.read_binary(0)) == Response(b'\x01\x02\x03\x04', 0x9000)
    assert card.heard[1:] == ['00C0000002', '00C0000001']


def test_a_card_that_announces_data_without_end_is_given_up() -> None:
    with pytest.raises(MalformedResponse):
        exchange(lambda _: Response(b'', 0x6101), apdu.read_binary(0))


@pytest.mark.parametrize('raw', [b'', b'\x90'])
def test_less_than_a_status_word_is_no_response(raw: bytes) -> None:
    with pytest.raises(MalformedResponse):
        Response.parse(raw)


def test_an_empty_pin_is_never_sent_because_it_would_only_count() -> None:
    with pytest.raises(ValueError, match='empty'):
        apdu.verify(b'')


@pytest.mark.parametrize('command', [apdu.verify(b'4791'), Command(0x00, 0x24, 0x01, 0x80, b'4791')])
def test_a_pin_shows_in_no_description_of_its_command(command: Command) -> None:
    shown = [repr(command), str(command), f'{command!r}', describe(command.encode())]
    assert not [text for text in shown if '4791' in text or b'4791'.hex(' ') in text]
    assert describe(command.encode()).endswith('**')


def test_a_response_shows_its_size_and_status_but_no_data() -> None:
    assert repr(Response(b'secret', 0x9000)) == 'Response(6 bytes, 9000)'
