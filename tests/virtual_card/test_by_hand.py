import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

BY_HAND = [sys.executable, '-m', 'tests.virtual_card']
SELECT_JPKI = bytes.fromhex('00A4040C0AD392F000260100000001')
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def reader() -> Iterator[socket.socket]:
    """A port that speaks first, as vpcd does."""
    with socket.create_server(('127.0.0.1', 0)) as listener:
        listener.settimeout(30)
        yield listener


def ask(card: socket.socket, message: bytes) -> bytes:
    card.sendall(len(message).to_bytes(2, 'big') + message)
    length = int.from_bytes(card.recv(2, socket.MSG_WAITALL), 'big')
    return card.recv(length, socket.MSG_WAITALL)


def test_a_card_held_by_hand_answers_and_hides_the_pin_in_what_it_prints(reader: socket.socket, tmp_path: Path):
    root = tmp_path / 'root.pem'
    command = [*BY_HAND, '--port', str(reader.getsockname()[1]), '--pin', '4649', '--root-out', str(root)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as held:
        card, _ = reader.accept()
        with card:
            card.sendall(b'\x00\x01\x01')
            assert ask(card, b'\x04')[:1] == b'\x3b'
            assert ask(card, SELECT_JPKI) == b'\x90\x00'
            assert ask(card, bytes.fromhex('0020009804') + b'4649') == b'\x90\x00'
            assert held.stdout is not None
            lines = [held.stdout.readline() for _ in range(3)]
            held.send_signal(signal.SIGINT)
        assert held.wait(30) == 0
    assert lines[0].startswith('MyNumberCard lies on the reader')
    assert lines[2] == '<00 20 00 98 04 ** ** ** ** -> 9000>\n'
    assert x509.load_pem_x509_certificate(root.read_bytes()).subject.rfc4514_string().endswith('O=JPKI,C=JP')


def test_without_a_reader_it_says_so_and_ends_with_1():
    with socket.create_server(('127.0.0.1', 0)) as taken:
        port = taken.getsockname()[1]
    ended = subprocess.run(
        [*BY_HAND, '--port', str(port), '--timeout', '0.1'],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert 'is pcscd running with vpcd?' in ended.stderr


def test_the_help_names_every_variant():
    shown = subprocess.run([*BY_HAND, '--help'], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    for word in ('pin-blocked', 'face-only', 'j-lis-test', 'iphone', '--felica', '--root-out'):
        assert word in shown
