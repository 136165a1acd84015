"""Help of the command line in Japanese and English; argparse brings English only."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from app.commands.exit_codes import USAGE
from app.language import _

LANGUAGE_VARIABLES = ('LC_ALL', 'LC_MESSAGES', 'LANG')


def language_of_environment() -> str:
    """`ja` where the person's locale is Japanese, otherwise `en`."""
    locale = next((value for name in LANGUAGE_VARIABLES if (value := os.environ.get(name))), '')
    return 'ja' if locale.lower().startswith('ja') else 'en'


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Usage line in the person's language."""

    usage_word = ''

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Put our word in front."""
        super().add_usage(usage, actions, groups, self.usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose groups, usage and errors are in the language in which it was built."""

    def __init__(self, *, prog: str, description: str, epilog: str = '') -> None:
        class Formatter(HelpFormatter):
            usage_word = _('使い方: ')

        super().__init__(
            prog=prog, description=description, epilog=epilog, add_help=False, allow_abbrev=False,
            formatter_class=Formatter,
        )  # fmt: skip
        self.arguments = self.add_argument_group(_('引数'))
        self.options = self.add_argument_group(_('オプション'))
        self.options.add_argument('-h', '--help', action='help', help=_('この説明を表示する'))
        self._wrong = _('引数が正しくありません: {message}')

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, f'{self._wrong.format(message=message)}\n')


def subcommands(parser: Parser, name: str) -> Any:
    """Where the subcommands of a parser are added."""
    return parser.add_subparsers(dest=name, metavar=name.upper(), required=True, title=_('命令'))


def add_command(commands: Any, name: str, summary: str, description: str = '', epilog: str = '') -> Parser:
    """A subcommand; `--data-dir` may stand before or after it."""
    prog = f'{commands._prog_prefix} {name}'
    text = f'{summary}\n{description}' if description else summary
    parser: Parser = commands.add_parser(name, help=summary, prog=prog, description=text, epilog=epilog)
    # SUPPRESS: where it is not given here, it may have been given before the subcommand.
    parser.options.add_argument('--data-dir', metavar='DIR', type=Path, default=argparse.SUPPRESS, help=data_dir_help())
    return parser


def data_dir_help() -> str:
    """Help of `--data-dir`."""
    return _('箱のデータのフォルダー(なければ環境変数 MACHIBAKO_DATA_DIR)')


def port_number(text: str) -> int:
    """A TCP port, as an argument.

    Raises:
        ValueError: there is no such port.
    """
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def some_seconds(text: str) -> float:
    """A time of up to an hour, as an argument.

    Raises:
        ValueError: no such time.
    """
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise ValueError(text)
    return seconds
