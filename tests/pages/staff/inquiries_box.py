"""A box with an open shelter, people whom somebody asks for, and a list of those who need help."""

import sys
from dataclasses import replace
from pathlib import Path

from app.access.principals import Role
from app.people.staff import StaffEntry
from app.runtime import Box
from app.shelters.vulnerable.list_reading import read_vulnerable_list
from pages.staff import shelters
from tests.app.shelters.inquiries.scene import HANAKO, OTHERS
from tests.app.shelters.vulnerable.scene import CSV
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, PASSWORD
from tests.support.shelter import opened_shelter, register

PROTECTED = replace(HANAKO, name='能登 春香', kana='ノト ハルカ', protected=True)
"""Else in all things the same as Hanako, so that the pages differ in nothing but whether she is there."""


async def furnish(box: Box) -> None:
    """Headquarters, an officer of a shelter, and people."""
    entries = [StaffEntry(number=n, name=name, kana='カナ', department='危機管理課') for n, name in PEOPLE]
    await box.staff.save(entries, ACTOR)
    await box.access.accounts.create('1001', {Role.HEADQUARTERS}, ACTOR, password=PASSWORD)
    await box.access.accounts.create('1002', {Role.SHELTER_OFFICER}, ACTOR, password=PASSWORD)
    shelter = await opened_shelter(box)
    for person in (HANAKO, PROTECTED, *OTHERS):
        await register(box, shelter, person)
    await box.shelters.vulnerable.take(read_vulnerable_list(CSV.encode()), ACTOR, practice=False)


PEOPLE = (('1001', '本部\u3000花'), ('1002', '泉\u3000次郎'))

if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    if shelters not in staff_box.PARTS:
        staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
