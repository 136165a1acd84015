"""Words of handing out that are stored; what people read stands in the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from app.shelters.handouts.models import HandoutItem
from app.shelters.values import PersonClass


class ItemKind(StrEnum):
    """What an item is."""

    MEAL = 'meal'
    GOODS = 'goods'
    BENEFIT = 'benefit'
    """Money (給付金, 見舞金): applied for and paid, never handed out at a desk."""


class Share(StrEnum):
    """Whose allowance a limit is."""

    PERSON = 'person'
    HOUSEHOLD = 'household'


class Entitled(StrEnum):
    """Who may have it by where they are."""

    PRESENT = 'present'
    """Those who stay in the shelter and have not gone out."""
    REGISTERED = 'registered'
    """Also those who live at home or in the car, and who are out."""


class Proxies(StrEnum):
    """Who may collect for somebody."""

    NOBODY = 'nobody'
    HOUSEHOLD = 'household'
    ANYBODY = 'anybody'
    """Anybody whose name is written down."""


class Collector(StrEnum):
    """Who stands at the desk."""

    THEMSELVES = 'themselves'
    HOUSEHOLD = 'household'
    NAMED = 'named'


class Answer(StrEnum):
    """What the desk answers; all but the first are reasons to wait, which an officer may set aside."""

    GIVEN = 'given'
    NOT_FOR = 'not_for'
    """Kept for others, such as infants."""
    NOT_PRESENT = 'not_present'
    NO_PROXY = 'no_proxy'
    IN_ALL = 'in_all'
    PER_DAY = 'per_day'
    TOO_SOON = 'too_soon'
    EXCLUSIVE = 'exclusive'
    """Something was given today that stands in its place."""
    ALLERGEN = 'allergen'
    ALLERGENS_UNKNOWN = 'allergens_unknown'
    """The person has an allergy, and nobody entered what the meal contains."""


class ItemRefused(Exception):
    """The item was not saved; the message names the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRules:
    """What holds for handing out an item. Limits count handouts; None: there is no such limit."""

    kind: ItemKind = ItemKind.GOODS
    portion: int = 1
    by_size: bool = False
    share: Share = Share.PERSON
    interval: timedelta | None = None
    per_day: int | None = None
    in_all: int | None = None
    excludes: frozenset[UUID] = frozenset()
    only_for: frozenset[PersonClass] = frozenset()
    """Empty: everybody. Somebody whose class is not known is never left out."""
    entitled: Entitled = Entitled.REGISTERED
    proxies: Proxies = Proxies.HOUSEHOLD
    allergens: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """An item as it is entered."""

    name: str
    code: str = ''
    """The city's own (品目コード); by it boxes know that they hand out the same. Empty: by the name."""
    unit: str = ''
    rules: ItemRules = ItemRules()
    warn_below: int | None = None
    amount: int | None = None
    """Yen, of a benefit."""


@dataclass(frozen=True, slots=True)
class ItemInfo:
    """An item of the list."""

    id: UUID
    entry: ItemEntry


def columns_of(entry: ItemEntry) -> dict[str, Any]:
    """The columns of a row."""
    rules = entry.rules
    return {
        'name': entry.name.strip(),
        'code': entry.code.strip(),
        'kind': str(rules.kind),
        'unit': entry.unit.strip(),
        'portion': rules.portion,
        'by_size': rules.by_size,
        'share': str(rules.share),
        'interval_minutes': None if rules.interval is None else int(rules.interval.total_seconds() // 60),
        'per_day': rules.per_day,
        'in_all': rules.in_all,
        'excludes': sorted(str(item) for item in rules.excludes),
        'only_for': sorted(str(person_class) for person_class in rules.only_for),
        'entitled': str(rules.entitled),
        'proxies': str(rules.proxies),
        'allergens': None if rules.allergens is None else sorted(rules.allergens),
        'warn_below': entry.warn_below,
        'amount': entry.amount,
    }


def item_info(row: HandoutItem) -> ItemInfo:
    """A row as a value."""
    return ItemInfo(row.id, _entry({name: getattr(row, name) for name in columns_of(ItemEntry(name=''))}))


def _entry(columns: Mapping[str, Any]) -> ItemEntry:
    minutes, allergens = columns['interval_minutes'], columns['allergens']
    rules = ItemRules(
        kind=ItemKind(columns['kind']),
        portion=columns['portion'],
        by_size=columns['by_size'],
        share=Share(columns['share']),
        interval=None if minutes is None else timedelta(minutes=minutes),
        per_day=columns['per_day'],
        in_all=columns['in_all'],
        excludes=frozenset(UUID(item) for item in columns['excludes']),
        only_for=frozenset(PersonClass(each) for each in columns['only_for']),
        entitled=Entitled(columns['entitled']),
        proxies=Proxies(columns['proxies']),
        allergens=None if allergens is None else frozenset(allergens),
    )
    return ItemEntry(
        name=columns['name'],
        code=columns['code'],
        unit=columns['unit'],
        rules=rules,
        warn_below=columns['warn_below'],
        amount=columns['amount'],
    )
