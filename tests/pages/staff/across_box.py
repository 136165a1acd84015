"""The box of `staff_box.py`, with somebody who was received and given a blanket at the shelter of another box since."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app import clock
from app.access.principals import Role
from app.runtime import Box
from app.shelters.across.book import put_fact
from app.shelters.across.facts import About, Fact, place
from app.shelters.evacuees import Registration
from app.shelters.handouts.benefit_values import Application
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.places import ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.storage.transaction import Transaction, transaction
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

_usual = staff_box._furnish
OFFICER_NUMBER, HEADQUARTERS_NUMBER = '2001', '2002'
OTHER_BOX, OTHER_SHELTER = UUID(int=9), '木曳野小学校'
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
        facts = _told(key.id, key.index(token.text), serial)
        await transaction(lambda tx: _put_all(tx, facts))


async def _put_all(tx: Transaction, facts: list[Fact]) -> None:
    for fact in facts:
        await put_fact(tx, fact)


def _told(key: UUID, index: str, serial: int) -> list[Fact]:
    person, later = UUID(int=1000 + serial), clock.now() + timedelta(hours=2 + serial)
    where = {'person': person, 'shelter': UUID(int=7), 'shelter_name': OTHER_SHELTER}
    limits: dict[str, object] = {
        'kind': 'goods',
        'interval_minutes': None,
        'per_day': None,
        'in_all': 1,
        'excludes': [],
    }
    claim = {**where, 'limits': limits, 'at': later, 'overridden': False, 'stands': True}
    about_person = {'indexes': [index], 'withdrawn': False, 'since': place(1, 1), 'practice': False}
    told: list[tuple[About, UUID, dict[str, object]]] = [
        (About.PERSON, person, {'number': f'ZRT-000{serial}-1', **about_person}),
        (About.STAY, UUID(int=2000 + serial), {**where, 'state': 'present', 'arrived_at': later, 'seen_at': later}),
        (About.CLAIM, UUID(int=3000 + serial), {**claim, 'item': '毛布'}),
        (About.CLAIM, UUID(int=4000 + serial), {**claim, 'item': '災害見舞金'}),
    ]
    facts = [Fact(about=about, id=id_, key=key, told=place(1, 1), values=values) for about, id_, values in told]
    return [replace(fact, values={**fact.values, 'box': OTHER_BOX}) for fact in facts]


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
