"""The box of `staff_box.py`, with a shelter that hands out supper, water and a benefit."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from app import clock
from app.access.principals import Role
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules, Share
from app.shelters.handouts.wanted import Wanted
from app.shelters.places import ShelterEntry
from app.shelters.values import ShelterState
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

_usual = staff_box._furnish
OFFICER_NUMBER, HEADQUARTERS_NUMBER = '2001', '2002'
LONG_ITEM = '液体ミルク(乳児用・使い捨て哺乳瓶つき、県の備蓄から届いたもの)' * 2


def item_id(name: str) -> UUID:
    """The id of an item of this box."""
    return uuid5(NAMESPACE_OID, name)


async def furnish(box: Box) -> None:
    """An officer and headquarters, items with every kind of rule, stock that expires, and a second claim."""
    await _usual(box)
    for number, role in ((OFFICER_NUMBER, Role.SHELTER_OFFICER), (HEADQUARTERS_NUMBER, Role.HEADQUARTERS)):
        await box.access.accounts.create(number, {role}, OFFICER, password=staff_box.PASSWORD)
    shelter = await opened_shelter(box, '弥生さくら小学校')
    hanako = (await register(box, shelter, replace(HANAKO, allergies=()))).evacuee.id
    await register(box, shelter, PersonDetails(name='能登 太郎', allergies=('卵',)))
    await register(box, shelter, PersonDetails(name='秘密 守', protected=True))
    await _items(box)
    stock = box.shelters.handouts.stock
    today = clock.today()
    await stock.receive(shelter.id, item_id('夕食'), 40, OFFICER, expires_on=today + timedelta(days=3), practice=False)
    await stock.receive(shelter.id, item_id('夕食'), 60, OFFICER, expires_on=today + timedelta(days=90), practice=False)
    await stock.take(shelter.id, item_id('飲料水'), 0, OFFICER, practice=False)
    other = await box.shelters.register.add(ShelterEntry(code='E-2', name='泉公民館'), OFFICER)
    await box.shelters.register.set_state(other.id, ShelterState.OPENED, OFFICER)
    for place in (other.id, shelter.id):
        wanted = Wanted(item=item_id('毛布'), shelter=place, evacuee=hanako)
        await box.shelters.handouts.handouts.give(wanted, OFFICER)
        await _loosen_blankets(box, in_all=None if place == other.id else 1)


async def _items(box: Box) -> None:
    meal = ItemRules(kind=ItemKind.MEAL, interval=timedelta(hours=4), allergens=frozenset({'小麦', '卵'}))
    entries = {
        '夕食': ItemEntry(name='夕食', unit='食', rules=meal),
        '飲料水': ItemEntry(name='飲料水', unit='本', warn_below=100),
        '毛布': ItemEntry(name='毛布', unit='枚'),
        '見舞金': ItemEntry(
            name='災害見舞金', rules=ItemRules(kind=ItemKind.BENEFIT, share=Share.HOUSEHOLD), amount=50_000
        ),
        '長い': ItemEntry(name=LONG_ITEM[:100], unit='セット'),
    }
    for name, entry in entries.items():
        await box.shelters.handouts.items.save(item_id(name), entry, OFFICER)


async def _loosen_blankets(box: Box, *, in_all: int | None) -> None:
    entry = ItemEntry(name='毛布', unit='枚', rules=ItemRules(in_all=in_all))
    await box.shelters.handouts.items.save(item_id('毛布'), entry, OFFICER)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
