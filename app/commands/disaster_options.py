"""What `machibako disaster` can be asked."""

from typing import Any

from app.commands.help import add_command, subcommands
from app.language import _


def build_disaster(commands: Any) -> None:
    """The subcommands of the state of disaster."""
    actions = subcommands(add_command(commands, 'disaster', _('災害の宣言')), 'action')
    description = _(
        '宣言した間だけ、避難行動要支援者名簿を開け、災害用の車を貸し出せる。だれがいつなぜ宣言したかを記録する'
    )
    declare = add_command(actions, 'declare', _('災害を宣言する'), description)
    declare.arguments.add_argument('name', metavar='NAME', help=_('災害の名前'))
    declare.options.add_argument('--reason', metavar='REASON', required=True, help=_('宣言する理由'))
    declare.options.add_argument('--practice', action='store_true', help=_('訓練(本番の名簿は開かず、車も出さない)'))
    end = add_command(actions, 'end', _('災害の対応を終える'))
    end.options.add_argument('--reason', metavar='REASON', required=True, help=_('終える理由'))
    add_command(actions, 'status', _('宣言されているかを表示する'))
