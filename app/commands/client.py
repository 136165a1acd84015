"""Giving a command to the running box, or carrying it out here where none runs."""

import asyncio
import json
import os
import pwd
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app import clock
from app.commands.exit_codes import FAILED
from app.commands.terminal import FileNotTaken, OwnTerminal, ask_pin, take_file
from app.language import _, current_language
from app.storage.layout import DataDirectory, DirectoryInUse, DirectoryLock

GREETING_SECONDS = 10
STARTING_SECONDS = 10
LOOK_EVERY_SECONDS = 0.1


class NoAnswer(Exception):
    """The command could not be given; the message says why, in words for the person."""


def give(directory: DataDirectory, command: str, arguments: Mapping[str, Any]) -> int:
    """Carry out a command, by the box that runs or in this process.

    Raises:
        NoAnswer: somebody holds the directory and does not answer, or it belongs to another user.
    """
    connection = connect(directory)
    if connection is not None:
        return converse(connection, directory, command, arguments)
    refuse_other_users(directory)
    directory.create()
    held = take_lock(directory)
    if isinstance(held, socket.socket):
        return converse(held, directory, command, arguments)
    try:
        return _here(directory, command, arguments)
    finally:
        held.release()


def take_lock(directory: DataDirectory) -> DirectoryLock | socket.socket:
    """The lock of the directory, or the box that came up in the meantime.

    Raises:
        NoAnswer: another program holds the directory and takes no commands.
    """
    end = clock.monotonic() + STARTING_SECONDS
    while True:
        try:
            return directory.lock()
        except DirectoryInUse:
            connection = connect(directory)
            if connection is not None:
                return connection
            if clock.monotonic() >= end:
                message = _(
                    'データのフォルダー {folder} を、ほかのプログラムが使っています(箱が起動か停止の途中かもしれません)'
                )
                raise NoAnswer(message.format(folder=directory.root)) from None
        # The client is synchronous, so that Ctrl-C ends it at once.
        time.sleep(LOOK_EVERY_SECONDS)


def connect(directory: DataDirectory) -> socket.socket | None:
    """A connection to the running box; None where none runs.

    Raises:
        NoAnswer: a box is there, but does not greet, or belongs to another user.
    """
    try:
        folder = os.open(directory.root, os.O_PATH | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(GREETING_SECONDS)
    try:
        connection.connect(f'/proc/self/fd/{folder}/{directory.socket.name}')
    except PermissionError:
        connection.close()
        raise NoAnswer(_belongs_to(directory.root)) from None
    except OSError:
        # A socket whose box was killed refuses the connection.
        connection.close()
        return None
    finally:
        os.close(folder)
    return connection


def converse(connection: socket.socket, directory: DataDirectory, command: str, arguments: Mapping[str, Any]) -> int:
    """Send the request, show what comes back, answer what is asked, and return the exit code.

    Raises:
        NoAnswer: the box does not greet, or went away.
    """
    terminal = OwnTerminal()
    request = {'command': command, 'language': current_language(), 'arguments': dict(arguments)}
    with connection, connection.makefile('rb') as stream:
        try:
            if not stream.readline():
                raise ConnectionResetError
            connection.settimeout(None)
            _send(connection, request)
            for line in stream:
                message = json.loads(line)
                if 'exit' in message:
                    return int(message['exit'])
                _react(message, directory, terminal, connection)
        except TimeoutError:
            raise NoAnswer(_('箱が返事をしません')) from None
        except (ConnectionError, BrokenPipeError):
            pass
    raise NoAnswer(_('箱が途中で止まりました'))


def refuse_other_users(directory: DataDirectory) -> None:
    """Files that another user creates could not be opened by the box any more.

    Raises:
        NoAnswer: the directory belongs to somebody else.
    """
    if directory.root.exists() and directory.root.stat().st_uid != os.geteuid():
        raise NoAnswer(_belongs_to(directory.root))


def _react(message: dict[str, Any], directory: DataDirectory, terminal: OwnTerminal, connection: socket.socket) -> None:
    if 'out' in message:
        terminal.out(message['out'])
    elif 'note' in message:
        terminal.note(message['note'])
    elif 'ask_pin' in message:
        _send(connection, {'pin': ask_pin(message['ask_pin'])})
    elif 'take_file' in message:
        try:
            _send(connection, {'sha256': take_file(directory.root / message['take_file'], message['target'])})
        except FileNotTaken as error:
            _send(connection, {'failure': str(error)})


def _send(connection: socket.socket, message: dict[str, Any]) -> None:
    connection.sendall(json.dumps(message, ensure_ascii=False).encode() + b'\n')


def _here(directory: DataDirectory, command: str, arguments: Mapping[str, Any]) -> int:
    from app.commands.failures import explain

    try:
        return asyncio.run(_open_and_perform(directory, command, arguments))
    except Exception as error:
        sentences = explain(error)
        if not sentences:
            raise
        print('\n'.join(sentences), file=sys.stderr)
        return FAILED


async def _open_and_perform(directory: DataDirectory, command: str, arguments: Mapping[str, Any]) -> int:
    from app.commands.registry import perform
    from app.composition import open_box
    from app.settings import load_settings

    box = await open_box(directory, load_settings(directory.root))
    try:
        return await perform(box, command, arguments, OwnTerminal())
    finally:
        await box.close()


def _belongs_to(folder: Path) -> str:
    owner = folder.stat().st_uid
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = str(owner)
    return _('データのフォルダー {folder} は利用者 {owner} のものです。その利用者で実行してください').format(
        folder=folder, owner=name
    )
