"""A Garoon that lets in only who shows a certificate, over real TLS."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates

from app.vehicles.garoon.certificates import ClientCertificate, tls_context
from app.vehicles.garoon.client import Garoon, GaroonAccess
from app.vehicles.garoon.errors import BadAnswer, BadCertificate, Unreachable
from app.vehicles.garoon.transport import Patience
from tests.fakes.garoon.server import Tls, running
from tests.fakes.garoon.store import GaroonStore
from tests.support.certificates import own_certificate

PASSWORD = 'himitsu'


@pytest.fixture(scope='module')
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a server, and those of a client in every form."""
    directory = tmp_path_factory.mktemp('tls')
    own_certificate(directory)
    public, _private, certificate, key = own_certificate(directory, 'client')
    for name, sealing in (('open', NoEncryption()), ('sealed', BestAvailableEncryption(PASSWORD.encode()))):
        pfx = serialize_key_and_certificates(b'box', key, certificate, None, sealing)
        (directory / f'{name}.pfx').write_bytes(pfx)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, sealing)
        (directory / f'{name}.pem').write_bytes(public.read_bytes() + pem)
    (directory / 'empty.pfx').write_bytes(b'')
    (directory / 'without_key.pfx').write_bytes(
        serialize_key_and_certificates(b'box', None, None, [certificate], NoEncryption())
    )
    return directory


@pytest.fixture(scope='module')
def access(files: Path) -> Iterator[GaroonAccess]:
    store = GaroonStore()
    tls = Tls(certificate=files / 'server.pem', key=files / 'server.key', clients=files / 'client.pem')
    with running(store, tls=tls) as address:
        yield GaroonAccess(
            base_url=address, login=store.login, password=store.password, verify=str(files / 'server.pem')
        )


@pytest.mark.parametrize(
    ('name', 'password'), [('sealed.pfx', PASSWORD), ('open.pfx', ''), ('sealed.pem', PASSWORD), ('open.pem', '')]
)
async def test_who_shows_the_certificate_is_let_in(access: GaroonAccess, files: Path, name: str, password: str) -> None:
    shown = ClientCertificate(file=files / name, password=password)
    async with Garoon(replace(access, client_certificate=shown)) as garoon:
        assert await garoon.facilities() == ()


async def test_who_shows_none_gets_no_answer(access: GaroonAccess) -> None:
    async with Garoon(access, Patience(tries=1)) as garoon:
        with pytest.raises((Unreachable, BadAnswer)):
            await garoon.facilities()


@pytest.mark.parametrize(
    ('name', 'password'),
    [
        ('sealed.pfx', 'wrong'),
        ('sealed.pfx', ''),
        ('sealed.pem', 'wrong'),
        ('sealed.pem', ''),
        ('client.pem', ''),
        ('without_key.pfx', ''),
        ('empty.pfx', ''),
        ('nowhere.pfx', ''),
    ],
)
def test_a_file_that_cannot_be_used_is_told_before_anything_is_asked(
    access: GaroonAccess, files: Path, name: str, password: str
) -> None:
    certificate = ClientCertificate(file=files / name, password=password)
    with pytest.raises(BadCertificate) as refused:
        Garoon(replace(access, client_certificate=certificate))
    assert PASSWORD not in f'{refused.value} {certificate!r}'


def test_no_key_stays_behind_in_the_open(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('tempfile.tempdir', str(tmp_path))
    assert tls_context(True, ClientCertificate(file=files / 'sealed.pfx', password=PASSWORD))
    assert list(tmp_path.iterdir()) == []
