"""`machibako exchange identity`: what one box prints is what another takes."""

from pathlib import Path

from app.exchange.identity import ensure_identity, fingerprint
from app.settings import FILE_NAME, load_settings
from app.storage.layout import DataDirectory
from tests.support.process import run


def test_the_printed_lines_are_the_settings_of_the_other_box(tmp_path: Path) -> None:
    one, other = tmp_path / 'one', tmp_path / 'other'
    printed = run('exchange', 'identity', data=one)
    other.mkdir()
    (other / FILE_NAME).write_text(printed.stdout, encoding='utf-8')
    (peer,) = load_settings(other).exchange.peers
    identity = ensure_identity(DataDirectory(one))
    assert (peer.name, peer.url, peer.der) == ('本庁舎', 'https://localhost:8443', identity.der)
    assert fingerprint(identity.der) in printed.stderr
    assert run('exchange', 'identity', data=one).stdout == printed.stdout
