"""A box in a shelter with people, notices and a call, and the pages of its residents, in a process of its own."""

import sys
from datetime import timedelta
from pathlib import Path

from app import clock
from app.messages.languages import Language
from app.messages.notice import Text
from app.runtime import Box
from app.shelters.notices import Announcement
from app.shelters.tokens import Token
from pages.public import family, me, pointing, signage
from tests.pages.staff import staff_box
from tests.support.shelter import OFFICER, opened_shelter, register

TEXTS = {
    Language.JAPANESE: Text('夕食を配ります', '18時から体育館の入口で配ります。'),
    Language.ENGLISH: Text('Supper', 'From 18:00 at the entrance of the gymnasium.'),
    Language.KOREAN: Text('저녁 식사', '18시부터 체육관 입구에서 나누어 드립니다.'),
}
_usual = staff_box._furnish


async def furnish(box: Box) -> None:
    """The usual people, an open shelter with one resident who is called, and two announcements."""
    await _usual(box)
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    await box.shelters.evacuees.bind(person.id, Token.printed('BAND-0001'), OFFICER)
    await box.shelters.person_calls.call(shelter.id, person.number, OFFICER)
    until = clock.now() + timedelta(hours=5)
    water = {Language.JAPANESE: Text('断水しています', '水は給水車から受け取ってください。')}
    for texts, urgent in ((TEXTS, False), (water, True)):
        told = Announcement(shelter=shelter.id, texts=texts, valid_until=until, urgent=urgent)
        await box.shelters.notices.post(told, OFFICER)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, family, me, pointing, signage)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
