"""Who is registered and wrote on their phone what nobody has taken in yet."""

from collections.abc import Sequence

from app.language import _
from app.runtime import Box
from app.shelters.evacuees import EvacueeInfo
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from pages.staff.addresses import EVACUEES


async def writers_here(box: Box, shelter: ShelterInfo) -> list[EvacueeInfo]:
    """Those of this shelter; a protected person's is taken in at the desk, without a name."""
    found = [await box.shelters.evacuees.get(writer) for writer in await box.shelters.families.writers()]
    known = [info for info in found if info and not info.merged_into and not info.details.protected]
    return [info for info in known if any(stay.shelter == shelter.id for stay in await box.shelters.stays.of(info.id))]


def draw_writers(writers: Sequence[EvacueeInfo]) -> None:
    """The way to each of them."""
    if not writers:
        return
    with element('section', 'section', aria_label=_('電話で書いた内容')):
        message_box(MessageKind.NOTE, _('電話で書いた内容が届いています。'), _('確かめて記録に加えます。'))
        with element('div', 'buttons'):
            for info in writers:
                text('a', info.number, 'press press-quiet', href=f'{EVACUEES}/{info.id}/draft')
