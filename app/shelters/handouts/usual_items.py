"""What shelters usually hand out, so that residents who opened one can begin without a list."""

from datetime import timedelta
from uuid import UUID, uuid5

from app.journal.line import Actor
from app.language import _
from app.shelters.handouts.items import ItemList
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules, Share

LIST = UUID('1b6f1e0a-5f0c-4f8e-9d55-3c1b6a0f7d21')
BETWEEN_MEALS = timedelta(hours=3)


async def begin_list(items: ItemList, actor: Actor) -> None:
    """Enter them where nothing is on the list; each has the same id on every box."""
    if await items.all():
        return
    for name, entry in _usual().items():
        await items.save(uuid5(LIST, name), entry, actor)


def _usual() -> dict[str, ItemEntry]:
    meal = ItemRules(kind=ItemKind.MEAL, interval=BETWEEN_MEALS)
    return {
        'meal': ItemEntry(name=_('食事'), unit=_('食'), rules=meal),
        'water': ItemEntry(name=_('飲料水'), unit=_('本')),
        'blanket': ItemEntry(name=_('毛布'), unit=_('枚'), rules=ItemRules(in_all=1)),
        'toilet': ItemEntry(name=_('携帯トイレ'), unit=_('個'), rules=ItemRules(share=Share.HOUSEHOLD)),
    }
