"""Only a box whose certificate stands in the settings gets past the handshake."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.exchange.identity import NEVER_ENDS, Identity, certify, ensure_identity, fingerprint
from app.exchange.message import PATH, BadMessage, Batch, encode_batch
from app.exchange.models import ExchangePeer
from app.exchange.network import HttpsCarrier
from app.exchange.refusals import PeerRefused, Refusal
from app.exchange.sender import PeerState, PeerUnreachable
from app.exchange.service import Exchange, Parts
from app.exchange.tls import calling_context, listening_context
from app.exchange_settings import ExchangeSettings, PeerSettings
from app.runtime import Box
from app.settings import SettingsError
from app.storage.layout import DataDirectory
from tests.support.box import opened_box, until
from tests.support.process import free_port

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def an_identity(root: Path, until_day: datetime = NEVER_ENDS) -> Identity:
    """An identity with another last day than a box gives itself."""
    root.mkdir(parents=True)
    key = ec.generate_private_key(ec.SECP256R1())
    identity = Identity(root / 'exchange.pem', root / 'exchange.key')
    identity.key_file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    identity.certificate_file.write_bytes(certify(key, until_day).public_bytes(Encoding.PEM))
    return identity


@pytest.fixture
def peer(tmp_path: Path) -> Identity:
    """Another box, pinned in the settings of this one."""
    return an_identity(tmp_path / 'peer')


@pytest.fixture
async def port(box: Box, peer: Identity) -> AsyncIterator[int]:
    """The listener of this box, with the settings that pin the peer."""
    taken = free_port()
    exchange = exchange_with(box, peer, taken)
    await exchange.start()
    yield taken
    await exchange.close()


def exchange_with(box: Box, peer: Identity, port: int) -> Exchange:
    settings = PeerSettings(name='peer', url=f'https://localhost:{free_port()}', certificate=peer.one_line)
    parts = Parts(box.directory, box.vault, box.journal, box.staff, box.reading, box.security_log)
    return Exchange(ExchangeSettings(host='127.0.0.1', port=port, peers=(settings,)), parts)


def carrier(box: Box, port: int, caller: Identity, host: str = 'localhost') -> HttpsCarrier:
    """A way to the listener of this box."""
    return HttpsCarrier(f'https://{host}:{port}', calling_context(caller, ensure_identity(box.directory).der))


def question() -> Batch:
    return Batch(box=uuid4(), epoch='e1')


@pytest.mark.parametrize('host', ['localhost', '127.0.0.1'])
async def test_a_pinned_peer_is_answered_whatever_its_address_is_called(
    box: Box, port: int, peer: Identity, host: str
) -> None:
    answer = await carrier(box, port, peer, host).deliver(question())
    assert (answer.box, answer.cursor) == (box.journal.identity.box, None)
    row = await ExchangePeer.get(name='peer')
    assert row.box is not None


@pytest.mark.parametrize('until_day', [NEVER_ENDS, YESTERDAY])
async def test_an_unknown_certificate_is_refused(box: Box, port: int, tmp_path: Path, until_day: datetime) -> None:
    stranger = an_identity(tmp_path / 'stranger', until_day)
    with pytest.raises(PeerRefused) as refused:
        await carrier(box, port, stranger).deliver(question())
    assert refused.value.refusal is Refusal.UNKNOWN_HERE
    assert not await ExchangePeer.exists()


async def test_a_caller_without_a_certificate_is_refused(port: int) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    async with httpx.AsyncClient(verify=context) as client:
        with pytest.raises(httpx.TransportError):
            await client.post(f'https://localhost:{port}{PATH}', content=encode_batch(question()))


async def test_an_expired_certificate_is_refused_although_it_is_pinned(box: Box, tmp_path: Path) -> None:
    expired, port = an_identity(tmp_path / 'expired', YESTERDAY), free_port()
    exchange = exchange_with(box, expired, port)
    await exchange.start()
    with pytest.raises(PeerRefused) as refused:
        await carrier(box, port, expired).deliver(question())
    assert refused.value.refusal is Refusal.UNKNOWN_HERE
    await exchange.close()


async def test_a_listener_with_another_certificate_than_the_pinned_one_hears_nothing(
    box: Box, port: int, peer: Identity, tmp_path: Path
) -> None:
    other = an_identity(tmp_path / 'other')
    impostor = HttpsCarrier(f'https://localhost:{port}', calling_context(peer, other.der))
    with pytest.raises(PeerRefused) as refused:
        await impostor.deliver(question())
    assert refused.value.refusal is Refusal.PEER_UNKNOWN


async def test_a_peer_that_becomes_another_box_is_refused(box: Box, port: int, peer: Identity) -> None:
    way = carrier(box, port, peer)
    await way.deliver(question())
    with pytest.raises(PeerRefused) as refused:
        await way.deliver(question())
    assert refused.value.refusal is Refusal.OTHER_BOX


@pytest.mark.parametrize(
    ('method', 'path', 'content', 'status'),
    [
        ('POST', PATH, b'', 400),
        ('POST', PATH, b'{"box": 1}', 400),
        ('POST', PATH, b'[' * 100_000, 400),
        ('POST', PATH, b' ' * (16 * 1024 * 1024 + 1), 400),
        ('GET', PATH, b'', 405),
        ('POST', '/staff', b'', 404),
    ],
)
async def test_a_peer_that_sends_nonsense_is_told_so_and_nothing_else_is_open(
    box: Box, port: int, peer: Identity, *, method: str, path: str, content: bytes, status: int
) -> None:
    context = calling_context(peer, ensure_identity(box.directory).der)
    async with httpx.AsyncClient(verify=context, base_url=f'https://localhost:{port}') as client:
        assert (await client.request(method, path, content=content)).status_code == status


async def test_a_peer_that_does_not_answer_is_unreachable_in_the_health_of_the_box(box: Box, peer: Identity) -> None:
    exchange = exchange_with(box, peer, free_port())
    await exchange.start()
    await until(lambda: exchange.health()[0].state is PeerState.UNREACHABLE)
    await exchange.close()


@pytest.mark.parametrize(
    'answer',
    [
        b'HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n',
        b'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"box":',
        b'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}',
        b'SSH-2.0-OpenSSH_9.2\r\n',
        b'',
        None,
    ],
)
async def test_a_peer_that_answers_nonsense_or_nothing_has_not_taken_the_batch(
    box: Box, peer: Identity, answer: bytes | None
) -> None:
    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b'\r\n\r\n')
        if answer is None:
            await reader.read()
        writer.write(answer or b'')
        writer.close()

    own = ensure_identity(box.directory)
    server = await asyncio.start_server(answers, '127.0.0.1', 0, ssl=listening_context(peer, [own.der]))
    url = f'https://127.0.0.1:{server.sockets[0].getsockname()[1]}'
    way = HttpsCarrier(url, calling_context(own, peer.der), httpx.Timeout(5, read=0.2))
    with pytest.raises((PeerUnreachable, BadMessage)):
        await way.deliver(question())
    await way.close()
    server.close()


async def test_a_taken_port_is_named_as_the_setting_at_fault(box: Box, port: int, peer: Identity) -> None:
    with pytest.raises(SettingsError, match=f'exchange.port.*{port}'):
        await exchange_with(box, peer, port).start()


async def test_a_box_without_peers_listens_to_nobody_and_makes_no_identity(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'alone') as alone:
        await alone.exchange.start()
        assert alone.exchange.health() == []
        assert not (tmp_path / 'alone' / 'exchange.key').exists()


def test_an_identity_is_made_once_and_its_key_is_for_the_box_alone(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / 'box')
    directory.create()
    identity = ensure_identity(directory)
    assert ensure_identity(directory).der == identity.der
    assert identity.key_file.stat().st_mode & 0o077 == 0
    assert len(fingerprint(identity.der).replace(' ', '')) == 64


@pytest.mark.parametrize(
    ('changes', 'words'),
    [
        ({'url': 'http://box2:8443'}, 'https://'),
        ({'certificate': 'AAAA'}, 'machibako exchange identity'),
        ({'certificate': '証明書'}, 'machibako exchange identity'),
        ({'name': ''}, 'at least 1'),
    ],
)
def test_a_wrong_peer_in_the_settings_is_explained(peer: Identity, changes: dict[str, str], words: str) -> None:
    right = {'name': 'peer', 'url': 'https://box2:8443', 'certificate': peer.one_line}
    PeerSettings(**right)
    with pytest.raises(ValueError, match=words):
        PeerSettings(**{**right, **changes})


def test_two_peers_with_one_certificate_are_refused(peer: Identity) -> None:
    peers = [PeerSettings(name=name, url='https://box2:8443', certificate=peer.one_line) for name in ('a', 'b')]
    with pytest.raises(ValueError, match='same certificate'):
        ExchangeSettings(peers=tuple(peers))
