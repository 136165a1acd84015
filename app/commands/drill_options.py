"""What can be asked of `machibako drill`."""

from typing import Any

from app.commands.help import add_command, subcommands
from app.language import _


def build_drill(commands: Any) -> None:
    """Add `drill replay` to the commands."""
    actions = subcommands(add_command(commands, 'drill', _('訓練')), 'action')
    description = _(
        '避難所の開設からの4時間を架空の人で再現し、途中で電源を切り、終わりに失われたものがないか確かめる。'
        '--data-dir には空のフォルダーを指定する'
    )
    replay = add_command(actions, 'replay', _('避難の再現'), description)
    replay.options.add_argument('--people', metavar='N', type=_number, default=2000, help=_('来る人の数'))
    replay.options.add_argument('--tablets', metavar='N', type=_number, default=10, help=_('受付のタブレットの数'))
    replay.options.add_argument('--seed', metavar='N', type=_number, default=1, help=_('同じ数なら同じ人が来る'))
    replay.options.add_argument('--without-cut', action='store_true', help=_('電源を切らない'))
    replay.options.add_argument(
        '--nanao', action='store_true', help=_('七尾市の避難所の2024年1月から9月までを再現する')
    )


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 20_000:
        raise ValueError(text)
    return number
