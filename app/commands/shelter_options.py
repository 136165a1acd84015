"""What `machibako shelter` can be asked."""

from pathlib import Path
from typing import Any

from app.commands.help import add_command, subcommands
from app.language import _


def build_shelter(commands: Any) -> None:
    """The subcommands of shelters."""
    actions = subcommands(add_command(commands, 'shelter', _('避難所')), 'action')
    description = _(
        '国土地理院の一覧か、自治体標準オープンデータセット(39列)。直した行と取り込めない行を1行ずつ示す。一覧にない避難所は消えない'
    )
    import_ = add_command(actions, 'import', _('避難所の一覧(CSV か Excel)を取り込む'), description)
    import_.arguments.add_argument('file', metavar='FILE', type=Path, help=_('避難所の一覧'))
    import_.options.add_argument('--municipality', metavar='NAME', default='', help=_('この市町村の行だけ(例: 金沢市)'))
    codes = _('終了コード: 0 どれも開かず、記録も正しくつながっている / 1 そうでない')
    add_command(actions, 'prove-anonymised', _('匿名化した避難者の記録が一つも開かないことを確かめる'), epilog=codes)
    copy = add_command(actions, 'copy', _('本部に渡す写し(暗号と署名つき)をUSBメモリーに書く'))
    copy.arguments.add_argument('directory', metavar='DIRECTORY', type=Path, help=_('USBメモリーのフォルダー'))
    description = _('署名、鍵、新しさをすべて確かめてから読み込む')
    read = add_command(actions, 'read-copy', _('ほかの箱の写しを本部の箱で読み込む'), description)
    read.arguments.add_argument('file', metavar='FILE', type=Path, help=_('写し(.machibako)'))
    read.options.add_argument(
        '--identity', metavar='KEYFILE', type=Path, help=_('age の秘密の鍵(なければ設定 shelters.identity_file)')
    )
