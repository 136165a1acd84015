"""The form of an application for a benefit."""

from collections.abc import Mapping, Sequence

from app.language import _
from app.shelters.handouts.values import ItemInfo
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import entry, plain_form, selection
from pages.staff.shelters.handouts_frame import BENEFITS, ITEMS


def draw_application(shelter: ShelterInfo, items: Sequence[ItemInfo], form: Mapping[str, str]) -> None:
    """Who applies for what, and where the money goes."""
    with element('section', 'section', aria_label=_('申請を受け付ける')):
        text('h2', _('申請を受け付ける'), 'section-title')
        if not items:
            empty_state(_('受け付けている給付はありません'), _('「品目ときまり」で、給付金・見舞金を追加します。'))
            text('a', _('品目ときまり'), 'press press-quiet', href=ITEMS)
            return
        text('p', _('確認書類の写真は、次の画面で追加します。承認は、受け付けた人とは別の人がします。'), 'quiet')
        with plain_form(f'{BENEFITS}/apply', _('申請を受け付ける'), hidden={'shelter': str(shelter.id)}):
            names = {str(item.id): f'{item.entry.name} {item.entry.amount or 0:,}円' for item in items}
            selection('item', _('給付'), names, form.get('item', ''))
            hint = _('リストバンドや控えの番号')
            entry('person', _('申請する方の番号'), form.get('person', ''), hint=hint, required=True, most=20)
            entry('bank', _('銀行'), form.get('bank', ''), hint=_('窓口で払うときは、口座を空にします'), most=100)
            entry('branch', _('支店'), form.get('branch', ''), most=100)
            kinds = {_('普通'): _('普通'), _('当座'): _('当座'), _('貯蓄'): _('貯蓄')}
            selection('account_kind', _('種別'), {'': '', **kinds}, form.get('account_kind', ''))
            entry('number', _('口座番号'), form.get('number', ''), hint=_('7桁までの数字'), most=7)
            entry('holder', _('名義(カタカナ)'), form.get('holder', ''), most=100)
            entry('remarks', _('備考'), form.get('remarks', ''), most=100)
