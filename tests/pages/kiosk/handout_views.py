"""The views of a reception tablet that hands out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from app.shelters.desk_handing_values import HandedNow, HandingShown, ItemShown
from app.shelters.desk_screens import Mode, PersonShown, Problem, ShelterDeskView, Step, Told
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import Answer, ItemKind
from app.shelters.values import ShelterState, StayState
from tests.pages.kiosk.shelter_views import CALLS, LONG_NAME, NOON, PERSON, WAITING

SUPPER = ItemShown(id=UUID(int=5), name='夕食(アルファ化米)', unit='食', kind=ItemKind.MEAL, pieces=77)
WATER = ItemShown(id=UUID(int=6), name='飲料水 500ml', unit='本', pieces=1200)
LONG_ITEM = ItemShown(
    id=UUID(int=7), name='液体ミルク(乳児用・使い捨て哺乳瓶つき、県の備蓄から届いたもの)', unit='セット', pieces=0
)
BLANKET = ItemShown(id=UUID(int=8), name='毛布', unit='枚', pieces=-3, expired=0)
MASKS = ItemShown(id=UUID(int=9), name='マスク')
ITEMS = (SUPPER, LONG_ITEM, BLANKET, WATER, MASKS)
LAST = HandedNow(handouts=(UUID(int=70),), item=SUPPER.id, pieces=1, people=1, at=NOON)
HANDING = HandingShown(items=ITEMS, item=SUPPER, pieces_today=123, times_today=120, last=LAST)
HANDOUT = replace(WAITING, mode=Mode.HANDOUT, step=Step.HANDOUT, handing=HANDING)
GIVEN = replace(HANDOUT, step=Step.GIVEN, person=PERSON, told=Told.HANDED_OUT, number=4)
REFUSED = replace(HANDOUT, step=Step.REFUSED, person=PERSON, told=Told.NOT_HANDED_OUT, number=5)
EARLIER = NOON - timedelta(hours=2)
REFUSALS = {
    Answer.NOT_FOR: Objection(Answer.NOT_FOR),
    Answer.NOT_PRESENT: Objection(Answer.NOT_PRESENT),
    Answer.NO_PROXY: Objection(Answer.NO_PROXY),
    Answer.IN_ALL: Objection(Answer.IN_ALL, EARLIER - timedelta(days=2)),
    Answer.PER_DAY: Objection(Answer.PER_DAY, EARLIER, NOON + timedelta(hours=17)),
    Answer.TOO_SOON: Objection(Answer.TOO_SOON, EARLIER, NOON + timedelta(hours=2)),
    Answer.EXCLUSIVE: Objection(Answer.EXCLUSIVE, EARLIER, NOON + timedelta(hours=17), WATER.id),
    Answer.ALLERGEN: Objection(Answer.ALLERGEN, allergens=('小麦', '卵', '落花生')),
    Answer.ALLERGENS_UNKNOWN: Objection(Answer.ALLERGENS_UNKNOWN),
}


def handing(view: ShelterDeskView, **changes: Any) -> ShelterDeskView:
    """The view with something else about handing out."""
    assert view.handing is not None
    return replace(view, handing=replace(view.handing, **changes))


def refused(refusal: Objection, person: PersonShown = PERSON, waiting: int = 0) -> ShelterDeskView:
    """Somebody is not given it now."""
    return handing(replace(REFUSED, person=person), refusal=refusal, waiting=waiting, other_item=WATER.name)


LONG = replace(PERSON, surname=LONG_NAME)
EVERY_HANDOUT: dict[str, ShelterDeskView] = {
    'items_none': handing(replace(HANDOUT, step=Step.ITEMS), items=(), item=None, last=None),
    'items': handing(replace(HANDOUT, step=Step.ITEMS), item=None, last=None),
    'items_gone': handing(replace(HANDOUT, step=Step.ITEMS, problem=Problem.ITEM_GONE, number=9), item=None),
    'items_many': handing(
        replace(HANDOUT, step=Step.ITEMS),
        items=tuple(replace(item, id=UUID(int=100 + index)) for index, item in enumerate((ITEMS * 2)[:8])),
    ),
    'handout': HANDOUT,
    'handout_first': handing(HANDOUT, last=None, pieces_today=0, times_today=0),
    'handout_empty': handing(HANDOUT, item=replace(LONG_ITEM, expired=12)),
    'handout_uncounted': handing(HANDOUT, item=MASKS),
    'handout_drill': replace(HANDOUT, practice=True, calls=CALLS[:2]),
    'handout_residents': replace(HANDOUT, shelter_state=ShelterState.OPENED_BY_RESIDENTS),
    'handout_stuck': replace(HANDOUT, reader='stuck'),
    'given': GIVEN,
    'given_household': handing(GIVEN, waiting=3),
    'given_all': handing(GIVEN, last=replace(LAST, people=4, pieces=4)),
    'given_long': handing(replace(GIVEN, person=LONG), item=LONG_ITEM, waiting=12),
    'given_protected': replace(GIVEN, person=replace(PERSON, surname='')),
    'given_drill': replace(handing(GIVEN, waiting=3), practice=True),
    **{f'refused_{answer.value}': refused(refusal) for answer, refusal in REFUSALS.items()},
    'refused_elsewhere': handing(refused(replace(REFUSALS[Answer.IN_ALL], elsewhere=True), LONG), item=LONG_ITEM),
    'refused_waiting': refused(REFUSALS[Answer.TOO_SOON], waiting=3),
    'refused_long': replace(
        refused(REFUSALS[Answer.NOT_PRESENT], replace(LONG, state=StayState.AWAY), 3), practice=True
    ),
    'refused_allergen_long': handing(refused(REFUSALS[Answer.ALLERGEN], LONG, 2), item=LONG_ITEM),
    'handout_unknown_card': replace(HANDOUT, step=Step.PROBLEM, problem=Problem.NOT_REGISTERED, number=6),
    'handout_done': replace(HANDOUT, step=Step.DONE, told=Told.HANDED_OUT, number=7),
    'handout_taken_back': replace(HANDOUT, step=Step.DONE, told=Told.WITHDRAWN, number=8),
}
