"""The moments of a desk that hands out: events in, the next moment out."""

from dataclasses import replace
from uuid import UUID

from app.shelters.desk_flow import Flow
from app.shelters.desk_handing_values import HandedNow, HandingAround, HandingShown
from app.shelters.desk_screens import Mode, PersonShown, Problem, Step, Told
from app.shelters.handouts.rules import Objection

GIVEN_SECONDS = 12.0
REFUSED_SECONDS = 30.0


def chosen(flow: Flow, item: UUID) -> Flow:
    """From now on this is handed out, until another is chosen."""
    return replace(flow, handing=replace(flow.handing, item=item)).cleared()


def choosing(flow: Flow) -> Flow:
    """Something else is to be handed out."""
    return replace(flow.cleared(), step=Step.ITEMS)


def handed(flow: Flow, person: PersonShown, last: HandedNow, waiting: int, now: float) -> Flow:
    """Somebody was given it; so many of the household could be given theirs as well."""
    after = replace(flow.cleared(), step=Step.GIVEN, until=now + GIVEN_SECONDS, person=person, told=Told.HANDED_OUT)
    handing = replace(after.handing, last=last, waiting=waiting)
    return replace(after, handing=handing, number=flow.number + 1)


def refused(flow: Flow, person: PersonShown, refusal: Objection, waiting: int, now: float) -> Flow:
    """Something stands against it."""
    after = replace(flow.cleared(), step=Step.REFUSED, until=now + REFUSED_SECONDS, person=person)
    handing = replace(after.handing, refusal=refusal, waiting=waiting)
    return replace(after, handing=handing, told=Told.NOT_HANDED_OUT, number=flow.number + 1)


def without_name(flow: Flow, last: HandedNow, now: float) -> Flow:
    """It went out to somebody without a name."""
    flow = replace(flow, person=None, handing=replace(flow.handing, last=last))
    return flow.finished(Told.HANDED_OUT, now)


def taken_back(flow: Flow, now: float) -> Flow:
    """What was handed out last was not given after all."""
    flow = replace(flow, person=None, handing=replace(flow.handing, last=None))
    return flow.finished(Told.WITHDRAWN, now)


def nobody_known(flow: Flow, problem: Problem, now: float) -> Flow:
    """A card, a code or a number leads to nobody who is registered; a number can be typed again."""
    return (flow if flow.step is Step.NUMBER else flow.cleared()).with_problem(problem, now)


def item_gone(flow: Flow, now: float) -> Flow:
    """The item is not handed out any more: another has to be chosen."""
    flow = replace(flow, handing=replace(flow.handing, item=None)).cleared()
    return replace(flow, step=Step.ITEMS, problem=Problem.ITEM_GONE, number=flow.number + 1)


def is_same_touch(flow: Flow, evacuee: UUID) -> bool:
    """Whether who was just given it touches once more, without anybody in between."""
    return flow.step is Step.GIVEN and flow.person is not None and flow.person.evacuee == evacuee


def handing_shown(flow: Flow, around: HandingAround) -> HandingShown | None:
    """What the tablet shows of it; None where the desk does something else."""
    if flow.mode is not Mode.HANDOUT:
        return None
    moment, items = flow.handing, {item.id: item for item in around.items}
    other = items.get(moment.refusal.item) if moment.refusal and moment.refusal.item else None
    return HandingShown(
        items=around.items,
        item=items.get(moment.item) if moment.item else None,
        pieces_today=around.pieces_today,
        times_today=around.times_today,
        last=moment.last,
        refusal=moment.refusal,
        other_item=other.name if other else '',
        waiting=moment.waiting,
    )
