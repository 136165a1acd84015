"""Who may confirm a breath test from elsewhere while nobody is at the desk (domain/vehicles_and_attendance.md 1.2)."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.vehicles.alcohol_values import Method
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.desk_flow import Draft
from app.vehicles.desk_room import CarRoom
from app.vehicles.screens import Problem

MOST_SHOWN = 12


async def remote_confirmers(room: CarRoom, deputies: Iterable[UUID], draft: Draft) -> dict[UUID, str]:
    """Who is on duty in the other guard room, then safe-driving managers and their deputies; never the driver."""
    on_duty = [each.operator for each in await room.other_room.on_duty()]
    driver = draft.driver or draft.tapped
    people = [each for each in dict.fromkeys((*on_duty, *deputies)) if driver is None or each != driver.id]
    guards = {person: await room.guards.get(person) for person in people}
    staff = await room.staff.get_many([person for person, guard in guards.items() if guard is None])
    named: dict[UUID, str] = {}
    for person in people:
        guard, member = guards[person], staff.get(person)
        if name := guard.surname if guard else member.surname if member and member.active else '':
            named[person] = name
    return dict(list(named.items())[:MOST_SHOWN])


def confirmed_from_elsewhere(facts: DeskFacts, draft: Draft, person: UUID) -> Draft | Problem:
    """This one confirms by telephone, or by video once that is pressed."""
    if person not in (facts.remote or {}):
        return Problem.NEEDS_GUARD
    return replace(draft, confirmer=person, is_remote=True, method=Method.TELEPHONE)


def method_of(draft: Draft, method: Method) -> Method:
    """How it is recorded: who is elsewhere confirms nothing face to face."""
    return Method.TELEPHONE if draft.is_remote and method is Method.FACE_TO_FACE else method
