"""A box whose disaster is over, with a drill that goes on; two at headquarters, and an officer."""

import sys
from pathlib import Path

from app.access.principals import Role
from app.people.staff import StaffEntry
from app.runtime import Box
from app.shelters.models import Shelter
from pages.staff import shelters
from tests.app.shelters.ending.disaster import end, evacuation, new_recipient
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, PASSWORD

ACCOUNTS = {'1001': Role.SHELTER_OFFICER, '1002': Role.HEADQUARTERS, '1003': Role.HEADQUARTERS}


async def furnish(box: Box) -> None:
    """One closed shelter, and one that practises, where the box stands."""
    people = [('1001', '山田\u3000太郎'), ('1002', '髙田\u3000さくら'), ('1003', '本部\u3000二郎')]
    entries = [StaffEntry(number=one, name=name, kana='カナ', department='危機管理課') for one, name in people]
    await box.staff.save(entries, ACTOR)
    for who, role in ACCOUNTS.items():
        await box.access.accounts.create(who, {role}, ACTOR, password=PASSWORD)
    await end(box, await evacuation(box))
    await evacuation(box, name='緑小学校', practice=True)
    await Shelter.filter(practice=False).update(here=False)
    await Shelter.filter(practice=True).update(here=True)


if __name__ in {'__main__', '__mp_main__'}:
    root = Path.cwd()
    (root / 'box').mkdir()
    (root / 'usb').mkdir()
    settings = f'[shelters]\nrecipients = ["{new_recipient(root)}"]\nstick = "{root / "usb"}"\n'
    settings += f'identity_file = "{root / "headquarters.key"}"\n'
    (root / 'box' / 'machibako.toml').write_text(settings)
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, shelters)
    staff_box.main(int(sys.argv[1]), root, demo=False)
