"""The page that is sealed into the key box of a shelter."""

from app.documents.steps_sheet import Step, StepsSheet
from app.language import _
from app.shelters.sealed_codes import shown_code

OPEN_PATH = '/open'


def sealed_sheet(name: str, code: str, box_address: str) -> StepsSheet:
    """What a resident with a torch needs to open a shelter; `box_address` as a phone in its Wi-Fi reaches it."""
    return StepsSheet(
        title=_('避難所を開けるための紙'),
        place=name,
        brief=_('建物に大きなひび・傾き・ガスの臭いがあったら、中に入らないでください。'),
        steps=(
            Step(
                _('箱の電源を入れる'),
                _('タブレットの「住民による開設」を押します。スマホなら、箱のWi-Fiにつなぎ、右下の四角を写します。'),
            ),
            Step(_('下の8文字を入れる'), _('間違えても、入れ直せます。')),
            Step(_('聞かれることに答える'), _('建物の確認が五つあります。終わると、受付を始められます。')),
        ),
        code_label=_('開設コード'),
        code=shown_code(code),
        address=f'{box_address}{OPEN_PATH}',
        notes=(
            _('市の職員が来ていないとき、どなたでも開けられます。名前は書かなくてもかまいません。'),
            _('数字の 0 と 1、文字の O と I は使っていません。大文字と小文字の区別もありません。'),
            _('使い終わった紙は、市の職員に渡してください。新しい紙を鍵の箱に入れます。'),
        ),
    )
