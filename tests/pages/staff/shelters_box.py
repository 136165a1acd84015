"""A box with shelters and its pages in a process of its own; an officer, headquarters, and a clerk."""

import sys
from pathlib import Path

from app.access.principals import Role
from app.people.staff import StaffEntry
from app.runtime import Box
from app.shelters.places import ShelterEntry
from pages.public import family, opening
from pages.staff import shelters
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, PASSWORD
from tests.support.shelter import opened_shelter, register

ACCOUNTS = {'1001': Role.SHELTER_OFFICER, '1002': Role.HEADQUARTERS, '1003': Role.ATTENDANCE_CLERK}


async def furnish(box: Box) -> None:
    """Sixty shelters, one of them open with somebody in it."""
    people = [('1001', '山田\u3000太郎'), ('1002', '髙田\u3000さくら'), ('1003', '佐藤')]
    entries = [StaffEntry(number=one, name=name, kana='カナ', department='危機管理課') for one, name in people]
    await box.staff.save(entries, ACTOR)
    for who, role in ACCOUNTS.items():
        await box.access.accounts.create(who, {role}, ACTOR, password=PASSWORD)
    await register(box, await opened_shelter(box))
    many = [ShelterEntry(code=f'E-{number}', name=f'第{number:02}公民館', district='泉') for number in range(1, 60)]
    await box.shelters.register.add_all(many, ACTOR)
    await box.shelters.register.add(ShelterEntry(code='E-b', name='<b>長い名前の避難所</b>' * 8), ACTOR)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, shelters, opening, family)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
