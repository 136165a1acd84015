"""The box of `staff_box.py`, with somebody who was received and given a blanket at the shelter of another box since."""

import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app import clock
from app.access.principals import Role
from app.runtime import Box
from app.shelters.evacuees import Registration
from app.shelters.handouts.benefit_values import Application
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.places import ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from pages.staff import shelters
from tests.app.shelters.across.told import told_elsewhere
from tests.pages.staff import staff_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

_usual = staff_box._furnish
OFFICER_NUMBER, HEADQUARTERS_NUMBER = '2001', '2002'
LONG_SHELTER = '石川県立金沢泉丘高等学校第二体育館および附属武道場(旧校舎側臨時避難所)'
BLANKET = ItemEntry(name='毛布', unit='枚', rules=ItemRules(in_all=1))
GIFT = ItemEntry(name='災害見舞金', rules=ItemRules(kind=ItemKind.BENEFIT), amount=50_000)


async def furnish(box: Box) -> None:
    """The usual people, an officer, headquarters, and three people with cards who went on to another shelter."""
    await _usual(box)
    for number, role in ((OFFICER_NUMBER, Role.SHELTER_OFFICER), (HEADQUARTERS_NUMBER, Role.HEADQUARTERS)):
        await box.access.accounts.create(number, {role}, OFFICER, password=staff_box.PASSWORD)
    await box.shelters.across.keys.make_if_none()
    shelter = await opened_shelter(box, LONG_SHELTER)
    for serial in range(3):
        await _somebody(box, shelter, serial)


async def _somebody(box: Box, shelter: ShelterInfo, serial: int) -> None:
    token = Token.printed(f'BAND-{serial}')
    registration = Registration(arrival=Arrival(shelter=shelter.id), details=HANAKO, token=token)
    evacuee = (await box.shelters.evacuees.register(registration, OFFICER)).evacuee.id
    for number, entry in enumerate((BLANKET, GIFT)):
        await box.shelters.handouts.items.save(UUID(int=100 + number), entry, OFFICER)
    wanted = Wanted(item=UUID(int=100), shelter=shelter.id, evacuee=evacuee)
    await box.shelters.handouts.handouts.give(wanted, OFFICER)
    application = Application(item=UUID(int=101), evacuee=evacuee, shelter=shelter.id)
    await box.shelters.handouts.benefits.apply(application, OFFICER)
    key = await box.shelters.across.keys.current()
    if key is not None:
        later, items = clock.now() + timedelta(hours=2 + serial), (BLANKET.name, GIFT.name)
        await told_elsewhere(key.id, key.index(token.text), serial, later, items)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
