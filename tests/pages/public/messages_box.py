"""A box that sends messages, with its staff and public pages, in a process of its own."""

import sys
from pathlib import Path

from app.runtime import Box
from pages.public import subscribe
from pages.staff import messages
from tests.app.messages.scene import befriend, notice
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR

_usual = staff_box._furnish


async def furnish(box: Box) -> None:
    """The usual people, three friends of the LINE account, one notice and one of practice."""
    await _usual(box)
    await befriend(box, 3)
    await box.messages.post(notice(), ACTOR)
    await box.messages.post(notice(practice=True), ACTOR)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.PARTS = (*staff_box.PARTS, messages, subscribe)
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
