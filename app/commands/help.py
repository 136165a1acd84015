"""Help of the command line in Japanese and English; argparse brings English only."""

import argparse
import os
import sys
from collections.abc import Iterable
from typing import NoReturn

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
