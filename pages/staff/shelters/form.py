"""The fields of a shelter: drawn, and read from what was posted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.language import _
from app.shelters.list_words import field_words
from app.shelters.places import ShelterEntry
from app.shelters.values import ShelterKind
from components.plain_forms import entry, many_lines, selection
from pages.staff.cars.values import WrongValue, decimal_of, number_of
from pages.staff.shelters.words import kind_words

TEXTS = {'name': 200, 'kana': 200, 'address': 300, 'district': 100, 'phone': 40, 'accepts': 300, 'remarks': 500}


def draw_shelter_fields(of: ShelterEntry, kinds: tuple[ShelterKind, ...] = tuple(ShelterKind)) -> None:
    """What staff know of a shelter."""
    words = field_words()
    entry('name', words['name'], of.name, required=True, most=TEXTS['name'])
    selection('kind', words['kind'], {str(kind): kind_words()[kind] for kind in kinds}, str(of.kind))
    entry('address', _('所在地'), of.address, hint=_('番地がなければ「〇〇公園の北側」のように'), most=TEXTS['address'])
    entry('district', words['district'], of.district, most=TEXTS['district'])
    entry('capacity', words['capacity'], _shown(of.capacity), kind='number', hint=_('分からないときは空のまま'))
    blocked = _shown(of.blocked_capacity or None)
    entry('blocked_capacity', words['blocked_capacity'], blocked, kind='number', hint=_('壊れた部屋など'))
    entry('area_m2', words['area_m2'], _shown(of.area_m2), kind='number', step='0.1')
    entry('phone', words['phone'], of.phone, most=TEXTS['phone'])
    entry('accepts', words['accepts'], of.accepts, most=TEXTS['accepts'])
    many_lines('remarks', words['remarks'], of.remarks, most=TEXTS['remarks'])


def posted_shelter(form: Mapping[str, str], known: ShelterEntry) -> ShelterEntry:
    """What was typed; what the form does not ask for stays as it is known.

    Raises:
        WrongValue: a number is none, or more is blocked than there is.
    """
    words = field_words()
    area = decimal_of(form.get('area_m2', ''), words['area_m2'])
    texts: dict[str, Any] = {name: form.get(name, '').strip()[:most] for name, most in TEXTS.items() if name in form}
    typed = replace(
        known,
        **texts,
        kind=_kind(form.get('kind', ''), known.kind),
        capacity=number_of(form.get('capacity', ''), words['capacity']),
        blocked_capacity=number_of(form.get('blocked_capacity', ''), words['blocked_capacity']) or 0,
        area_m2=float(area) if area is not None else None,
    )
    if not typed.name:
        raise WrongValue(_('名称を入力してください。'))
    if typed.capacity is not None and typed.blocked_capacity > typed.capacity:
        raise WrongValue(_('使えない人数が収容人数より多くなっています。'))
    return typed


def _kind(posted: str, known: ShelterKind) -> ShelterKind:
    return ShelterKind(posted) if posted in set(ShelterKind) else known


def _shown(value: float | None) -> str:
    return '' if value is None else f'{value:g}'
