"""The whole site, with a protected person of whom everything is known that a page could show."""

import json
import sys
import uuid
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from nicegui import app

from app.access.policies import policies
from app.access.principals import Role
from app.api.application import PREFIX, build_api
from app.people.staff import StaffEntry
from app.runtime import Box, Condition
from app.shelters.details import Consent, PersonDetails
from app.shelters.evacuees import EvacueeInfo, Registration
from app.shelters.family_values import Family
from app.shelters.handouts.benefit_values import Application
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.needs.health import CaseEntry, Symptom
from app.shelters.places import Area, ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import LeftFor, Need, Urgency
from components.theme import asset_url
from pages import site
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, PASSWORD
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

OFFICER_NUMBER, HEADQUARTERS_NUMBER = '1001', '1002'
BLANKET, BENEFIT = UUID(int=11), UUID(int=12)
HIDDEN = PersonDetails(
    name='能登谷 秘子',
    kana='ノトヤ ヒミコ',
    birth_date=HANAKO.birth_date,
    address=HANAKO.address,
    phone='090-5555-4444',
    needs=frozenset({Need.ILLNESS}),
    urgencies=frozenset({Urgency.OXYGEN}),
    consent=Consent(relatives=True, acquaintances=True, public=True),
    unaccompanied=True,
    protected=True,
)
VISIBLE = replace(HIDDEN, name='金沢 明子', kana='カナザワ アキコ', phone='090-1111-2222', protected=False)
FACTS = 'facts.json'
_usual_build = staff_box._build


def build(condition: Condition) -> None:
    """The pages of the staff's box, and the interface for programs."""
    _usual_build(condition)
    app.mount(PREFIX, build_api(condition, asset_url))


async def furnish(box: Box) -> None:
    """The same is known of one who is protected and of one who is not."""
    entries = [
        StaffEntry(number=OFFICER_NUMBER, name='泉\u3000次郎', kana='イズミ', department='危機管理課'),
        StaffEntry(number=HEADQUARTERS_NUMBER, name='本部\u3000花', kana='ホンブ', department='危機管理課'),
    ]
    await box.staff.save(entries, ACTOR)
    await box.access.accounts.create(OFFICER_NUMBER, {Role.SHELTER_OFFICER}, ACTOR, password=PASSWORD)
    await box.access.accounts.create(HEADQUARTERS_NUMBER, {Role.HEADQUARTERS}, ACTOR, password=PASSWORD)
    shelter = await opened_shelter(box)
    area = Area(id=uuid.uuid4(), shelter=shelter.id, name='体育館')
    await box.shelters.register.put_area(area, ACTOR)
    await box.shelters.handouts.items.save(BLANKET, ItemEntry(name='毛布', rules=ItemRules(in_all=3)), ACTOR)
    benefit = ItemEntry(name='見舞金', rules=ItemRules(kind=ItemKind.BENEFIT), amount=50_000)
    await box.shelters.handouts.items.save(BENEFIT, benefit, ACTOR)
    visible = await _lives_here(box, shelter, VISIBLE, 'BAND-0001')
    hidden = await _lives_here(box, shelter, HIDDEN, 'BAND-0002')
    household = await box.shelters.households.create([visible.id, hidden.id], ACTOR)
    roll_call = await box.shelters.roll_calls.begin(shelter, ACTOR)
    report = await box.shelters.reports.draft(shelter, ACTOR)
    facts = {
        'paths': sorted(policies._table),
        'number': hidden.number,
        'person': str(hidden.id),
        'visible': visible.number,
        'ids': {
            'evacuee': [str(visible.id), str(hidden.id)],
            'household': [str(household.id)],
            'shelter': [str(shelter.id)],
            'area': [str(area.id)],
            'roll_call': [str(roll_call.id)],
            'report': [str(report.id)],
            'item': [str(BLANKET), str(BENEFIT)],
            'band': ['BAND-0001', 'BAND-0002'],
        },
    }
    (Path.cwd() / FACTS).write_text(json.dumps(facts))


async def _lives_here(box: Box, shelter: ShelterInfo, details: PersonDetails, band: str) -> EvacueeInfo:
    room = box.shelters
    registration = Registration(arrival=Arrival(shelter=shelter.id), details=details, token=Token.printed(band))
    person = (await room.evacuees.register(registration, ACTOR)).evacuee
    for _time in range(2):
        await room.handouts.handouts.give(Wanted(item=BLANKET, shelter=shelter.id, evacuee=person.id), OFFICER)
    case = CaseEntry(shelter=shelter.id, evacuee=person.id, symptoms=frozenset({Symptom.FEVER}), practice=False)
    await room.needs.health.note(case, OFFICER)
    await room.handouts.benefits.apply(Application(item=BENEFIT, evacuee=person.id, shelter=shelter.id), OFFICER)
    await room.families.put(Family(members=(details,)), 'phone', person.id)
    (stay,) = await room.stays.of(person.id)
    await room.leavings.declare(person.id, stay, LeftFor.HOME, ACTOR)
    await room.evacuees.register(
        Registration(arrival=Arrival(shelter=shelter.id), details=replace(details, phone='')), ACTOR
    )
    return person


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._build = build
    staff_box._furnish = furnish
    staff_box.PARTS = site.PARTS
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
