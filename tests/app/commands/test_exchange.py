"""`machibako exchange`: what one box prints is what another takes, and what keeps them apart."""

import asyncio
import shutil
from pathlib import Path

from app.commands.exchange import exchange_status
from app.commands.exit_codes import FAILED
from app.exchange.identity import ensure_identity, fingerprint
from app.exchange.sender import PeerState
from app.exchange.tls import listening_context
from app.settings import FILE_NAME, load_settings
from app.storage.layout import DataDirectory
from tests.app.commands.conftest import Clerk
from tests.support.box import opened_box, until
from tests.support.process import free_port, run


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


def test_a_box_without_peers_has_nothing_to_do(tmp_path: Path) -> None:
    ended = run('exchange', 'status', data=tmp_path / 'one')
    assert (ended.returncode, ended.stdout.strip()) == (0, '交換する相手がないか、箱が動いていません')
    assert 'ありません' in run('exchange', 'only-here', data=tmp_path / 'one').stderr


async def test_a_peer_that_refuses_is_named_with_what_to_do(new_box: Path, tmp_path: Path) -> None:
    shutil.copytree(new_box, tmp_path / 'box')
    shutil.copytree(new_box, tmp_path / 'other')
    other, port = ensure_identity(DataDirectory(tmp_path / 'other')), free_port()
    (tmp_path / 'impostor').mkdir()
    impostor = ensure_identity(DataDirectory(tmp_path / 'impostor'))
    listener = await asyncio.start_server(
        lambda _reader, writer: writer.close(), '127.0.0.1', port, ssl=listening_context(impostor, [other.der])
    )
    peer = {'name': '第二本庁舎', 'url': f'https://127.0.0.1:{port}', 'certificate': other.one_line}
    exchange = {'host': '127.0.0.1', 'port': free_port(), 'peers': [peer]}
    async with opened_box(tmp_path / 'box', exchange=exchange) as box:
        await box.exchange.start()
        await until(lambda: box.exchange.health()[0].state is PeerState.REFUSED)
        clerk = Clerk()
        assert await exchange_status(box, {}, clerk) == FAILED
    listener.close()
    assert '第二本庁舎\t交換できません' in clerk.shown[0]
    assert 'machibako exchange identity' in clerk.shown[1]
