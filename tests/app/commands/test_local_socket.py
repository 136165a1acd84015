"""The command line beside a box that runs, and where none runs any more."""

import asyncio
import os
import socket
import stat
from pathlib import Path

from app.commands.client import connect
from app.commands.local_socket import serve
from app.storage.layout import DataDirectory
from tests.app.commands.conftest import Give
from tests.support.box import hire, opened_box, until
from tests.support.process import run, running_box


async def test_only_the_owner_reaches_the_socket(served) -> None:
    assert stat.S_IMODE(served.directory.socket.stat().st_mode) == 0o600


async def test_a_running_box_carries_the_command_out(served, give: Give) -> None:
    ended = await give('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'SONY RC-S300')
    assert ended.code == 0
    assert [desk.name for desk in await served.desks.all()] == ['東玄関']


async def test_a_path_longer_than_a_socket_allows_does_no_harm(tmp_path: Path, give: Give) -> None:
    deep = tmp_path / ('庁舎' * 30) / ('b' * 150)
    async with opened_box(deep) as box:
        server = await serve(box)
        assert len(os.fsencode(box.directory.socket)) > 108
        assert (await give('desk', 'list', data=deep)).code == 0
        await server.close()


async def test_the_socket_of_a_killed_box_is_no_box(tmp_path: Path, give: Give, monkeypatch) -> None:
    async with opened_box(tmp_path / 'box') as box:
        directory = box.directory
    monkeypatch.chdir(directory.root)
    left_behind = socket.socket(socket.AF_UNIX)
    left_behind.bind(directory.socket.name)
    left_behind.close()
    assert connect(directory) is None
    assert (await give('desk', 'list')).code == 0


async def test_a_new_box_takes_the_place_of_a_stale_socket(tmp_path: Path, give: Give) -> None:
    async with opened_box(tmp_path / 'box') as box:
        stale = await serve(box)
        assert stale._server is not None
        stale._server.close()
        server = await serve(box)
        assert (await give('desk', 'list')).code == 0
        await server.close()
        assert not box.directory.socket.exists()


async def test_a_directory_held_by_a_program_that_does_not_answer_is_said(
    tmp_path: Path, give: Give, monkeypatch
) -> None:
    monkeypatch.setattr('app.commands.client.STARTING_SECONDS', 0.3)
    directory = DataDirectory(tmp_path / 'box')
    directory.create()
    lock = directory.lock()
    ended = await give('desk', 'list')
    lock.release()
    assert ended.code == 1
    assert 'ほかのプログラムが使っています' in ended.err


async def test_a_box_that_accepts_but_never_greets_is_said(tmp_path: Path, give: Give, monkeypatch) -> None:
    monkeypatch.setattr('app.commands.client.GREETING_SECONDS', 0.3)
    directory = DataDirectory(tmp_path / 'box')
    directory.create()
    frozen = socket.socket(socket.AF_UNIX)
    frozen.bind(f'/proc/self/fd/{os.open(directory.root, os.O_PATH)}/{directory.socket.name}')
    frozen.listen()
    ended = await give('desk', 'list')
    frozen.close()
    assert ended.code == 1
    assert '返事をしません' in ended.err


async def test_a_command_whose_giver_went_away_is_withdrawn(served) -> None:
    await hire(served)
    connection = await asyncio.to_thread(connect, served.directory)
    assert connection is not None
    request = '{"command": "card link", "arguments": {"staff_number": "1001", "reader": "sim:a", "timeout": 60}}\n'
    connection.sendall(request.encode())
    reader = served.readers.use('sim:a')
    await until(lambda: reader._pending is not None)
    connection.close()
    await until(lambda: reader._pending is None)


async def test_the_command_opens_the_box_where_none_runs(tmp_path: Path, give: Give) -> None:
    assert (await give('desk', 'add', '西', '--job', 'attendance', '--reader', 'X')).code == 0
    assert (await give('desk', 'list')).out == '西\tattendance\tpcsc:X\n'
    assert not (tmp_path / 'box' / 'running').exists()


async def test_nonsense_on_the_socket_ends_the_conversation_only(served, give: Give) -> None:
    for nonsense in (b'{]\n', b'\xff\xfe\n', b'[]\n', b'{"command": "no such"}\n', b'7\n'):
        connection = await asyncio.to_thread(connect, served.directory)
        assert connection is not None
        connection.sendall(nonsense)
        connection.shutdown(socket.SHUT_WR)
        await asyncio.to_thread(connection.recv, 65536)
        connection.close()
    assert (await give('desk', 'list')).code == 0


def test_a_box_process_takes_commands_and_its_death_is_no_obstacle(tmp_path: Path) -> None:
    with running_box(tmp_path / 'box') as box:
        assert box.command('desk', 'add', '南', '--job', 'attendance', '--reader', 'X').returncode == 0
        box.kill()
        ended = run('desk', 'list', data=tmp_path / 'box')
    assert (ended.returncode, ended.stdout) == (0, '南\tattendance\tpcsc:X\n')
