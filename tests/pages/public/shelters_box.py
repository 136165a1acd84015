"""A box with as many open shelters as the file `count` says; 1 has people in it, and one more is in a drill."""

import sys
from pathlib import Path

from app.runtime import Box
from app.shelters.counting import Press
from app.shelters.places import ShelterEntry
from app.shelters.values import PersonClass, ShelterState
from pages.public import shelters
from tests.pages.staff import staff_box
from tests.support.shelter import HANAKO, OFFICER, register

TOWNS = ('材木町', '泉', '森本', '額', '鞍月', '浅野川', '湯涌', '金石')


async def furnish(box: Box) -> None:
    """Open them."""
    added = await box.shelters.register.add_all([_entry(number) for number in range(_count())], OFFICER)
    for number, shelter in enumerate(added):
        state = ShelterState.FULL if number % 9 == 8 else ShelterState.OPENED
        await box.shelters.register.set_state(shelter.id, state, OFFICER)
    drill = await box.shelters.register.add(ShelterEntry(code='E-drill', name='訓練体育館'), OFFICER, practice=True)
    await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)
    if added:
        await register(box, added[0], HANAKO)
        for _person in range(9):
            press = Press(shelter=added[0].id, person_class=PersonClass.MAN)
            await box.shelters.counts.press(press, OFFICER)


def _count() -> int:
    return int(Path('count').read_text(encoding='utf-8'))


def _entry(number: int) -> ShelterEntry:
    town = TOWNS[number % len(TOWNS)]
    return ShelterEntry(
        code=f'E17201{number:05}',
        name=f'{town}{number}小学校',
        kana=f'{number:03}',
        address=f'石川県金沢市{town}{number % 5 + 1}丁目{number}番1号',
        latitude=36.50 + (number * 37 % 101) / 600,
        longitude=136.56 + (number * 53 % 97) / 560,
        capacity=10 if number == 0 else 300,
        accepts='65歳以上の方とご家族' if number % 20 == 7 else '',
        remarks='玄関にスロープ、1階に車いす用トイレ' if number % 3 == 0 else '',
    )


if __name__ in {'__main__', '__mp_main__'}:
    staff_box.PARTS = (shelters,)
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
