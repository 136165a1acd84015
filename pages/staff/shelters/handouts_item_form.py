"""The fields of an item and its rules: drawn, and read from what was posted."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.language import _
from app.shelters.handouts.allergens import SPELLINGS
from app.shelters.handouts.values import (
    Entitled,
    ItemEntry,
    ItemInfo,
    ItemKind,
    ItemRefused,
    ItemRules,
    Proxies,
    Share,
)
from app.shelters.values import PersonClass
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, selection, tick
from pages.kiosk.shelter_words import class_words
from pages.staff.cars.values import WrongValue, decimal_of, is_ticked, number_of
from pages.staff.shelters.handouts_words import entitled_words, kind_words, proxy_words, share_words

CLASSES = tuple(each for each in PersonClass if each is not PersonClass.UNKNOWN)


def draw_item_fields(of: ItemEntry, others: Sequence[ItemInfo]) -> None:
    """Name and rules; what does not fit the kind is left out when it is saved."""
    rules = of.rules
    entry('name', _('名前'), of.name, required=True, most=100)
    entry('code', _('品目コード'), of.code, hint=_('市で決めた番号があるとき。ほかの箱と同じ物だと分かります'), most=32)
    selection('kind', _('種類'), {str(kind): word for kind, word in kind_words().items()}, str(rules.kind))
    entry('unit', _('単位'), of.unit, hint=_('食、本、枚など'), most=20)
    entry('portion', _('1回に渡す数'), str(rules.portion), kind='number', required=True)
    selection('share', _('回数の数え方'), {str(one): word for one, word in share_words().items()}, str(rules.share))
    hours = '' if rules.interval is None else f'{rules.interval.total_seconds() / 3600:g}'
    entry('hours', _('次に渡すまでの時間(時間)'), hours, kind='number', step='0.5', hint=_('決めないときは空'))
    entry('per_day', _('1日に渡す回数'), _shown(rules.per_day), kind='number', hint=_('朝5時に数え直します'))
    entry('in_all', _('全部で渡す回数'), _shown(rules.in_all), kind='number', hint=_('毛布のように1回だけのとき 1'))
    entitled = {str(one): word for one, word in entitled_words().items()}
    selection('entitled', _('渡す相手'), entitled, str(rules.entitled))
    proxies = {str(one): word for one, word in proxy_words().items()}
    selection('proxies', _('代わりの受け取り'), proxies, str(rules.proxies))
    entry('warn_below', _('これより減ったら要請を作る'), _shown(of.warn_below), kind='number')
    entry('amount', _('給付の額(円)'), _shown(of.amount), kind='number', hint=_('給付金・見舞金のとき'))
    tick('by_size', _('世帯の人数分を渡す'), rules.by_size)
    _ticks(
        _('対象の区分(選ばなければ全員)'),
        [(f'for_{one}', class_words()[one], one in rules.only_for) for one in CLASSES],
    )
    _draw_allergens(rules)
    _ticks(
        _('どちらか一方だけ渡す物'),
        [
            (f'excludes_{other.id}', other.entry.name, other.id in rules.excludes)
            for other in others
            if other.entry.rules.kind is not ItemKind.BENEFIT
        ],
    )


def posted_item(form: Mapping[str, str], others: Sequence[ItemInfo]) -> ItemEntry:
    """What was posted.

    Raises:
        WrongValue: a number is none.
        ItemRefused: an unknown choice.
    """
    try:
        kind, share = ItemKind(form.get('kind', '')), Share(form.get('share', ''))
        entitled, proxies = Entitled(form.get('entitled', '')), Proxies(form.get('proxies', ''))
    except ValueError:
        raise ItemRefused('kind') from None
    hours = decimal_of(form.get('hours', ''), _('次に渡すまでの時間'))
    rules = ItemRules(
        kind=kind,
        portion=number_of(form.get('portion', ''), _('1回に渡す数')) or 0,
        by_size=is_ticked(form, 'by_size'),
        share=share,
        interval=timedelta(hours=float(hours)) if hours else None,
        per_day=number_of(form.get('per_day', ''), _('1日に渡す回数')),
        in_all=number_of(form.get('in_all', ''), _('全部で渡す回数')),
        excludes=frozenset(other.id for other in others if is_ticked(form, f'excludes_{other.id}')),
        only_for=frozenset(one for one in CLASSES if is_ticked(form, f'for_{one}')),
        entitled=entitled,
        proxies=proxies,
        allergens=_allergens(form) if kind is ItemKind.MEAL else None,
    )
    return ItemEntry(
        name=form.get('name', ''),
        code=form.get('code', ''),
        unit=form.get('unit', ''),
        rules=rules,
        warn_below=number_of(form.get('warn_below', ''), _('これより減ったら要請を作る')),
        amount=number_of(form.get('amount', ''), _('給付の額')) if kind is ItemKind.BENEFIT else None,
    )


def item_problem(refused: ItemRefused | WrongValue) -> str:
    """Which field cannot be."""
    if isinstance(refused, WrongValue):
        return str(refused)
    return {
        'name': _('名前を100文字までで入れてください。'),
        'code': _('品目コードを32文字までで入れてください。'),
        'code_taken': _('品目コード: ほかの品目で使っています。'),
        'unit': _('単位を20文字までで入れてください。'),
        'portion': _('1回に渡す数: 1以上の数を入れてください。'),
        'per_day': _('1日に渡す回数: 1以上の数か、空にします。'),
        'in_all': _('全部で渡す回数: 1以上の数か、空にします。'),
        'interval': _('次に渡すまでの時間: 0より大きい数か、空にします。'),
        'amount': _('給付の額: 給付金・見舞金には、1円以上の額を入れてください。'),
    }.get(str(refused), _('入力を確かめてください。'))


def _draw_allergens(rules: ItemRules) -> None:
    chosen = rules.allergens or frozenset()
    names = [(f'allergen_{number}', name, name in chosen) for number, name in enumerate(SPELLINGS)]
    nothing = ('allergens_none', _('どれも含まない'), rules.allergens == frozenset())
    _ticks(_('食事に含まれるアレルゲン(分からなければ選ばない)'), [*names, nothing])
    others = '、'.join(sorted(chosen - set(SPELLINGS)))
    entry('allergens_other', _('そのほかのアレルゲン'), others, hint=_('「、」で区切ります'), most=200)


def _allergens(form: Mapping[str, str]) -> frozenset[str] | None:
    listed = {name for number, name in enumerate(SPELLINGS) if is_ticked(form, f'allergen_{number}')}
    other = {part.strip() for part in form.get('allergens_other', '').replace(',', '、').split('、') if part.strip()}
    if listed | other:
        return frozenset(listed | other)
    return frozenset() if is_ticked(form, 'allergens_none') else None


def _ticks(legend: str, ticks: Sequence[tuple[str, str, bool]]) -> None:
    if not ticks:
        return
    with element('fieldset', 'field field-wide message-choices'):
        text('legend', legend, 'field-label')
        for name, label, value in ticks:
            tick(name, label, value)


def _shown(number: int | None) -> str:
    return '' if number is None else str(number)
