"""Which part of the clerk's work a press asks for."""

from app import clock
from app.shelters.clerk import Clerk
from app.shelters.desk_flow import Flow
from app.shelters.desk_people import Unknown
from app.shelters.desk_presses import (
    CallHelp,
    ChooseMode,
    GoOut,
    Leave,
    MarkVisitor,
    MoveTo,
    Plain,
    Press,
    Register,
    Show,
)
from app.shelters.desk_screens import Mode, Step
from app.shelters.handout_clerk import HandoutClerk
from app.shelters.reception import At
from app.shelters.visitors import marked


async def pressed(clerk: Clerk, handing: HandoutClerk, at: At, flow: Flow, press: Press) -> Flow:
    """The moment that follows; what the desk does by itself (counting, reading, taking calls) changes nothing here."""
    handed = await handing.pressed(at, flow, press) if flow.mode is Mode.HANDOUT else None
    return handed or await _received(clerk, at, flow, press)


async def _received(clerk: Clerk, at: At, flow: Flow, press: Press) -> Flow:
    now = clock.monotonic()
    match press:
        case Plain():
            return await _plain(clerk, at, flow, press)
        case ChooseMode(mode):
            return flow.with_mode(mode)
        case Show(step=(Step.OUT | Step.LEAVE) as step):
            return await clerk.begin_going(flow, step)
        case Show(step):
            return flow.to(step, now)
        case Register(person_class, attempt):
            return await clerk.register(at, flow, person_class, attempt)
        case MarkVisitor(visitor):
            return marked(flow, visitor=visitor)
        case GoOut(until):
            return await clerk.go_out(at, flow, until)
        case Leave(left_for):
            return await clerk.leave(at, flow, left_for)
        case MoveTo(area, place):
            return await clerk.move(at, flow, area, place)
        case CallHelp(urgency, attempt):
            return await clerk.call(at, flow, urgency, attempt)
    return flow


async def _plain(clerk: Clerk, at: At, flow: Flow, press: Plain) -> Flow:
    now = clock.monotonic()
    match press:
        case Plain.WITHOUT_CARD:
            return flow.unknown(Unknown(), now)
        case Plain.CANCEL:
            return flow.back(now)
        case Plain.FINISH:
            return flow.ended()
        case Plain.NEXT_MEMBER:
            return await clerk.next_member(flow)
    work = {
        Plain.REGISTER_FAMILY: clerk.families.take_in,
        Plain.BIND: clerk.bind,
        Plain.CONFIRM: clerk.confirm,
        Plain.ARRIVE: clerk.arrive,
        Plain.END_ELSEWHERE: clerk.end_elsewhere,
        Plain.JOIN: clerk.join,
        Plain.WITHDRAW: clerk.withdraw,
        Plain.FLAG_ALONE: clerk.flag_alone,
    }
    return await work[press](at, flow) if press in work else flow
