"""Which shelter a page is about: the one in the address, else the one that this box stands in."""

from uuid import UUID

from app.language import _
from app.runtime import Box
from app.shelters.places import ShelterInfo
from app.shelters.values import RECEIVING
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import plain_form, selection


async def chosen_shelter(box: Box, asked: str) -> ShelterInfo | None:
    """The shelter of this id in the address; nonsense and nothing are the one here, else the first that is open."""
    found = await box.shelters.register.get(_id(asked)) if asked else None
    return found or await box.shelters.register.here() or next(iter(await open_shelters(box)), None)


async def open_shelters(box: Box) -> list[ShelterInfo]:
    """Those that receive people, by name."""
    return [one for one in await box.shelters.register.all() if one.state in RECEIVING]


def draw_choice(path: str, shelter: ShelterInfo | None, others: list[ShelterInfo]) -> None:
    """The shelter's name, the mark of a drill, and the way to another shelter."""
    if shelter is None:
        empty_state(_('開いている避難所がありません'), _('避難所を開設すると、ここに表示されます。'))
        return
    with element('div', 'shelter-head'):
        text('p', shelter.entry.name, 'section-title')
        if shelter.practice:
            text('p', _('訓練'), 'practice-mark')
    if any(one.id != shelter.id for one in others):
        known = {str(one.id): one.entry.name for one in (shelter, *others)}
        with plain_form(path, _('切り替える'), method='get', classes='filter'):
            selection('shelter', _('避難所'), known, str(shelter.id))


def _id(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError:
        return UUID(int=0)
