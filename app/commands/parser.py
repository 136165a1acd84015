"""The command `machibako`: what can be asked of it, and who answers."""

import argparse
import base64
import sys
from collections.abc import Callable, Sequence
from contextvars import copy_context
from pathlib import Path
from typing import Any

from app.commands.disaster_options import build_disaster
from app.commands.drill_options import build_drill
from app.commands.exit_codes import FAILED, INTERRUPTED
from app.commands.help import (
    Parser,
    add_command,
    data_dir_help,
    language_of_environment,
    port_number,
    some_seconds,
    subcommands,
)
from app.commands.shelter_options import build_shelter
from app.language import _, use_language
from app.storage.layout import DataDirectory

PROGRAM = 'machibako'
JOBS = ('attendance', 'vehicles', 'shelter')
WAIT_FOR_CARD_SECONDS = 60
LARGEST_STAFF_LIST = 20_000_000

SENT_AS_GIVEN = {
    'desk add': ('name', 'job', 'reader', 'checker', 'camera'),
    'desk change': ('name', 'checker', 'camera'),
    'desk enrol': ('name',),
    'token create': ('name', 'scope'),
    'disaster declare': ('name', 'reason', 'practice'),
    'disaster end': ('reason',),
}


class CannotRead(Exception):
    """A file that the person named cannot be read; the message names it."""


def build_parser() -> argparse.ArgumentParser:
    """All subcommands, with help in the language of the environment."""
    context = copy_context()
    context.run(use_language, language_of_environment())
    return context.run(_build)


def run_command(arguments: Sequence[str]) -> int:
    """Carry out every subcommand but `run`; returns the exit code."""
    context = copy_context()
    context.run(use_language, language_of_environment())
    return context.run(_run, arguments)


def _build() -> Parser:
    parser = Parser(prog=PROGRAM, description=_('まちばこ: カードのタッチを、消えない記録にする箱'))
    parser.options.add_argument('--data-dir', metavar='DIR', type=Path, help=data_dir_help())
    commands = subcommands(parser, 'command')
    run = add_command(commands, 'run', _('箱を動かす'))
    run.options.add_argument(
        '--port', metavar='N', type=port_number, help=_('待ち受けるポート(設定 server.port より優先)')
    )
    run.options.add_argument('--demo', action='store_true', help=_('架空の市でデモをする。本番のデータには使わない'))
    _build_staff(commands)
    build_shelter(commands)
    build_disaster(commands)
    _build_desk(commands)
    _build_card(commands)
    _build_token(commands)
    _build_journal(commands)
    _build_exchange(commands)
    _build_backup(commands)
    build_drill(commands)
    return parser


def _build_staff(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'staff', _('職員')), 'action')
    description = _('CSV か Excel。列は 職員番号、氏名、フリガナ、所属(順は自由)。誤りがあれば何も取り込まない')
    import_ = add_command(actions, 'import', _('職員の一覧(CSV か Excel)を取り込む'), description)
    import_.arguments.add_argument('file', metavar='FILE', type=Path, help=_('職員の一覧'))


def _build_desk(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'desk', _('デスク(タブレットとカードリーダーの組)')), 'action')
    add = add_command(actions, 'add', _('デスクを追加する'))
    add.arguments.add_argument('name', metavar='NAME', help=_('デスクの名前'))
    add.options.add_argument('--job', choices=JOBS, required=True, help=_('出退勤、公用車、避難所'))
    add.options.add_argument('--reader', metavar='ADDRESS', required=True, help=_reader_help())
    _add_devices(add)
    change = add_command(actions, 'change', _('アルコール検知器とカメラを変える。指定しないものはそのまま'))
    change.arguments.add_argument('name', metavar='NAME', help=_('デスクの名前'))
    _add_devices(change)
    add_command(actions, 'list', _('名前、仕事、リーダー、検知器、カメラを一覧にする'))
    enrol = add_command(actions, 'enrol', _('タブレットで一度だけ開くアドレスを表示する'))
    enrol.arguments.add_argument('name', metavar='NAME', help=_('デスクの名前'))


def _add_devices(parser: Parser) -> None:
    parser.options.add_argument(
        '--checker', metavar='ADDRESS', help=_('アルコール検知器 serial:/dev/… ble:… photo:カメラ、空なら手入力')
    )
    parser.options.add_argument('--camera', metavar='ADDRESS', help=_('カメラ usb:名前 http://… rtsp://…、空ならなし'))


def _build_card(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'card', _('カード')), 'action')
    link = add_command(
        actions, 'link', _('カードがタッチされるのを待ち、職員に登録する'), _link_description(), _link_codes()
    )
    link.options.add_argument('--staff-number', metavar='N', required=True, help=_('職員番号'))
    link.options.add_argument('--reader', metavar='ADDRESS', required=True, help=_reader_help())
    link.options.add_argument(
        '--pin-from-stdin', action='store_true', help=_('暗証番号を標準入力の1行目から読む(尋ねない)')
    )
    link.options.add_argument(
        '--timeout', metavar='SECONDS', type=some_seconds, default=WAIT_FOR_CARD_SECONDS,
        help=_('カードを待つ秒数(既定 {seconds})').format(seconds=WAIT_FOR_CARD_SECONDS),
    )  # fmt: skip


def _build_token(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'token', _('ほかのシステムのためのトークン')), 'action')
    create = add_command(actions, 'create', _('トークンを作って表示する(表示は1回だけ)'))
    create.options.add_argument('--name', metavar='X', required=True, help=_('どのシステムのものか'))
    create.options.add_argument('--scope', metavar='S', required=True, help=_('できること: attendance:read'))


def _build_journal(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'journal', _('記録')), 'action')
    codes = _('終了コード: 0 正しくつながっている / 1 そうでない(1件を1行で示す)')
    add_command(actions, 'verify', _('記録が変えられていないか確かめる'), epilog=codes)


def _build_exchange(commands: Any) -> None:
    actions = subcommands(add_command(commands, 'exchange', _('ほかの箱との交換')), 'action')
    add_command(actions, 'identity', _('相手の箱の設定に書く行と、この箱の証明書の指紋を表示する'))
    codes = _('終了コード: 0 問題なし、1 することがある')
    add_command(actions, 'status', _('相手ごとの様子と、することを表示する'), epilog=codes)
    add_command(actions, 'only-here', _('復元した相手が失い、この箱にだけある記録を表示する'))


def _build_backup(commands: Any) -> None:
    backup = add_command(commands, 'backup', _('バックアップを作り、読み戻して確かめる'))
    backup.arguments.add_argument('file', metavar='FILE', type=Path, help=_('作るファイル'))
    description = _('中身を確かめてから置き換える。箱は止めておく。前のファイルは backups/replaced-… に残る')
    restore = add_command(commands, 'restore', _('バックアップから復元する'), description)
    restore.arguments.add_argument('file', metavar='FILE', type=Path, help=_('バックアップ'))
    restore.options.add_argument(
        '--identity', metavar='KEYFILE', type=Path, help=_('暗号化したバックアップを開く age の秘密の鍵')
    )
    restore.options.add_argument(
        '--accept-broken-journal', action='store_true', help=_('記録が正しくつながっていなくても復元する')
    )


def _reader_help() -> str:
    return _('pcsc:リーダーの名前(名前だけでもよい)')


def _link_description() -> str:
    return _(
        'マイナンバーカードは、登録のときだけ暗証番号で本人のカードか確かめる(端末では尋ねる)。ほかのカードには要らない'
    )


def _link_codes() -> str:
    return _(
        '終了コード: 0 登録した(登録済みを含む) / 1 そのほかの誤り / 2 引数の誤り / 3 カードが置かれなかった /\n'
        '  4 暗証番号(違う、ロック、残り1回、ない) / 5 使えないカード / 6 ほかの人に登録されている /\n'
        '  7 職員番号がない / 8 リーダーが使えない'
    )


def _run(arguments: Sequence[str]) -> int:
    from app.commands.client import NoAnswer

    given = _build().parse_args(arguments)
    try:
        directory = DataDirectory(given.data_dir or _default_directory())
        return _answer(given)(directory, given)
    except (NoAnswer, CannotRead) as error:
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return INTERRUPTED


def _default_directory() -> Path:
    from app.settings import default_data_directory

    return default_data_directory()


def _answer(given: argparse.Namespace) -> Callable[[DataDirectory, argparse.Namespace], int]:
    if given.command == 'restore':
        return _restore
    if given.command == 'drill':
        from app.commands.drill import replay_here

        return replay_here
    return _give


def _give(directory: DataDirectory, given: argparse.Namespace) -> int:
    from app.commands.client import give

    command = ' '.join(word for word in (given.command, getattr(given, 'action', '')) if word)
    return give(directory, command, _arguments(command, given))


def _arguments(command: str, given: argparse.Namespace) -> dict[str, Any]:
    if command == 'staff import':
        return {'content': base64.b64encode(_read(given.file)).decode()}
    if command == 'shelter import':
        return {'content': base64.b64encode(_read(given.file)).decode(), 'municipality': given.municipality}
    if command == 'shelter copy':
        return {'directory': str(given.directory.absolute())}
    if command == 'shelter read-copy':
        identity = base64.b64encode(_read(given.identity)).decode() if given.identity else ''
        return {'content': base64.b64encode(_read(given.file)).decode(), 'identity': identity}
    if command == 'backup':
        return {'file': str(given.file.absolute())}
    if command == 'card link':
        pin = sys.stdin.readline().strip() if given.pin_from_stdin else None
        return {'staff_number': given.staff_number, 'reader': given.reader, 'timeout': given.timeout, 'pin': pin}
    return {name: getattr(given, name) for name in SENT_AS_GIVEN.get(command, ())}


def _read(file: Path) -> bytes:
    try:
        with file.open('rb') as content:
            return content.read(LARGEST_STAFF_LIST + 1)
    except OSError as error:
        raise CannotRead(_('ファイルを読めません: {file}: {reason}').format(file=file, reason=error.strerror)) from None


def _restore(directory: DataDirectory, given: argparse.Namespace) -> int:
    from app.commands.restore_here import restore_here

    return restore_here(directory, given.file, given.identity, given.accept_broken_journal)
