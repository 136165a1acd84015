"""A box with a shelter of two thousand people and its staff pages in a process of its own."""

import sys
import uuid
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from app.access.principals import Role
from app.people.staff import StaffEntry
from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Registration
from app.shelters.family_values import Family
from app.shelters.places import Area, ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import Need, PersonClass, Sex
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, LONG_NAME, PASSWORD
from tests.support.shelter import HANAKO, opened_shelter, register

ACCOUNTS = {'1001': Role.SHELTER_OFFICER, '1002': Role.HEADQUARTERS, '1003': Role.ATTENDANCE_CLERK}
MANY = 2_000
AT_ONCE = 100
FAMILIES, GIVEN = ('泉', '髙﨑', '中村', '東出', '北川'), ('一郎', '桜', '恵子', '悠太', '春斗', '葵')
KANA = {
    '泉': 'イズミ', '髙﨑': 'タカサキ', '中村': 'ナカムラ', '東出': 'ヒガシデ', '北川': 'キタガワ',
    '一郎': 'イチロウ', '桜': 'サクラ', '恵子': 'ケイコ', '悠太': 'ユウタ', '春斗': 'ハルト', '葵': 'アオイ',
}  # fmt: skip


async def furnish(box: Box) -> None:
    """One full gymnasium, some people whom a page must take care of, and a shelter where nobody came."""
    people = [('1001', '山田\u3000太郎'), ('1002', '髙田\u3000さくら'), ('1003', '佐藤')]
    entries = [StaffEntry(number=one, name=name, kana='カナ', department='危機管理課') for one, name in people]
    await box.staff.save(entries, ACTOR)
    for who, role in ACCOUNTS.items():
        await box.access.accounts.create(who, {role}, ACTOR, password=PASSWORD)
    shelter = await opened_shelter(box)
    await _special(box, shelter)
    hall = Area(id=uuid.uuid4(), shelter=shelter.id, name='体育館 アリーナ')
    room = Area(id=uuid.uuid4(), shelter=shelter.id, name='1年1組(子ども連れ)')
    for area in (hall, room):
        await box.shelters.register.put_area(area, ACTOR)
    for begin in range(0, MANY, AT_ONCE):
        there = hall.id if begin else room.id
        some = [_registration(shelter, there, number) for number in range(begin, begin + AT_ONCE)]
        await box.shelters.evacuees.register_all(some, ACTOR)
    for _press in range(5):
        await box.shelters.counts.press(Press(shelter=shelter.id, person_class=PersonClass.WOMAN, area=room.id), ACTOR)
    await opened_shelter(box, '人のいない避難所')


async def _special(box: Box, shelter: ShelterInfo) -> None:
    hanako = (await register(box, shelter)).evacuee
    wrote = Family(members=(replace(HANAKO, allergies=('そば',), medicine='降圧薬'),))
    await box.shelters.families.put(wrote, '192.0.2.7', hanako.id)
    await register(box, shelter, replace(HANAKO, kana='カナサワ ハナコ', address='', phone='090-1234-5678'))
    await register(box, shelter, PersonDetails(name='秘密 守', kana='ヒミツ マモル', protected=True))
    await register(box, shelter, PersonDetails(name='迷子 光', kana='マイゴ ヒカル', unaccompanied=True))
    await register(box, shelter, PersonDetails(name=f'<b>{LONG_NAME}</b>', kana='ナガイ', remarks='あ' * 500))


def _registration(shelter: ShelterInfo, area: uuid.UUID, number: int) -> Registration:
    family, given = FAMILIES[number % len(FAMILIES)], GIVEN[number % len(GIVEN)]
    details = PersonDetails(
        name=f'{family} {given}',
        kana=f'{KANA[family]} {KANA[given]}',
        birth_date=date(1935, 1, 1) + timedelta(days=number * 15),
        sex=Sex.FEMALE if number % 2 else Sex.MALE,
        needs=frozenset({Need.ELDERLY} if number < AT_ONCE else ()),
        phone=f'076-{number:03}-{number:04}',
    )
    return Registration(arrival=Arrival(shelter=shelter.id, area=area), details=details)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
