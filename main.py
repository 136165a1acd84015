"""The process: reads the settings, builds the box, runs it."""

import gc
import os
import socket
import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING

from app.commands.help import language_of_environment
from app.commands.parser import build_parser, run_command
from app.language import _, use_language
from app.settings import DEFAULT_DATA_DIRECTORY, SettingsError, default_data_directory, load_settings
from app.storage.layout import DataDirectory, DirectoryInUse

if TYPE_CHECKING:
    from app.runtime import Condition

DEMONSTRATION_DIRECTORY = DEFAULT_DATA_DIRECTORY / 'demonstration'
EXIT_CANNOT_START = 78


def main() -> int:
    """Entry point of the command `machibako`; returns the exit code."""
    arguments = build_parser().parse_args()
    if arguments.command != 'run':
        return run_command(sys.argv[1:])
    use_language(language_of_environment())
    try:
        return run_box(arguments)
    except (SettingsError, DirectoryInUse, OSError) as error:
        print(_cannot_start(error), file=sys.stderr)
        return EXIT_CANNOT_START


def run_box(arguments: Namespace) -> int:
    """Run the box until it is told to stop.

    Raises:
        SettingsError, DirectoryInUse, OSError: it cannot start; the message says why.
    """
    directory = _directory(arguments)
    given = {'server': {'port': arguments.port}} if arguments.port else {}
    settings = load_settings(directory.root, **given)
    directory.create()
    lock = directory.lock()
    _refuse_taken_port(settings.server.host, settings.server.port)
    # NiceGUI reads where its files go when it is imported, and everything in pages/ imports it.
    os.environ['NICEGUI_STORAGE_PATH'] = str(directory.browser_state)
    # Looking for garbage among what is being loaded takes a fifth of the start; Lifecycle.start allows it again.
    gc.disable()
    from app.runtime import Condition
    from pages.site import serve

    try:
        return serve(Condition(settings=settings, directory=directory, demo=arguments.demo), announce)
    finally:
        lock.release()


def announce(condition: 'Condition') -> None:
    """Print where the box is reached, and how one gets in for the first time."""
    address = condition.settings.server.address
    if condition.box is None:
        print(_('記録できません: {reason}').format(reason=condition.failure), flush=True)
        return
    print(_('まちばこが動いています: {address}').format(address=address), flush=True)
    code = condition.box.access.setup.new_code()
    if code is not None:
        message = _('最初の管理者を登録してください: {address}/setup 登録コード {code}(1回だけ使えます)')
        print(message.format(address=address, code=code), flush=True)
    if condition.demo:
        _announce_demonstration(condition, address)


def _announce_demonstration(condition: 'Condition', address: str) -> None:
    from app.demonstration import city

    print(_('デモンストレーションです。人も記録もすべて架空のものです。'), flush=True)
    for sign_in in city.SIGN_INS:
        print(f'  {sign_in.number} / {sign_in.password}  {sign_in.role_in_words()}', flush=True)
    print(_('カードを試すページ: {address}/dev/cards').format(address=address), flush=True)
    for name, code in condition.enrolment_codes.items():
        print(
            _('窓口「{name}」の画面: {address}/enrol/{code}').format(name=name, address=address, code=code), flush=True
        )


def _directory(arguments: Namespace) -> DataDirectory:
    if arguments.demo and arguments.data_dir is None:
        return DataDirectory(DEMONSTRATION_DIRECTORY)
    return DataDirectory(arguments.data_dir or default_data_directory())


def _refuse_taken_port(host: str, port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise SettingsError(_('ポート {port} はほかのプログラムが使っています').format(port=port)) from None


def _cannot_start(error: Exception) -> str:
    if isinstance(error, DirectoryInUse):
        return _('データの場所 {directory} はほかのまちばこが使っています').format(directory=error)
    return _('起動できません: {reason}').format(reason=error)


if __name__ in {'__main__', '__mp_main__'}:
    sys.exit(main())
