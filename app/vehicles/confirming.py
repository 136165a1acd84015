"""Who confirms at a car desk: the operator who is in charge of it, or whoever tapped within the flow.

Nobody confirms their own drive.
"""

from dataclasses import replace
from typing import Protocol
from uuid import UUID

from app.access.shifts import ShiftInfo
from app.people.staff import StaffMember
from app.vehicles.desk_flow import Draft, next_step
from app.vehicles.screens import Problem, Step

WITNESSED = (Step.POSITIVE, Step.ODOMETER)
"""Steps of a return at which somebody other than the driver may have to stand for a value."""


class Duty(Protocol):
    """Who is in charge of the desks."""

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over."""


async def guard_tapped(shifts: Duty, desk: UUID, draft: Draft, guard: UUID) -> Draft:
    """A guard of the contractor, who never drives: takes the shift, and confirms what is under way."""
    await shifts.begin(desk, guard)
    return Draft() if next_step(draft) is Step.BOARD else replace(draft, confirmer=guard, is_remote=False)


def officer_tapped(operator: UUID | None, draft: Draft, person: StaffMember) -> Draft | Problem | None:
    """Staff who may confirm: they do where somebody else is at the desk; None: they tapped as a driver does."""
    step = next_step(draft)
    if step in (Step.BOARD, Step.CAPACITY):
        return Draft(tapped=person, is_undecided=True)
    is_own = (draft.driver or draft.tapped) == person
    if draft.is_by_key and draft.breath is None:
        others = [each for each in _present(operator, draft) if each != person.id]
        return None if is_own or others else replace(draft, confirmer=person.id, is_remote=False)
    if is_own:
        return Problem.OWN_CHECK if step in (Step.BREATH, Step.POSITIVE) else None
    return replace(
        draft, confirmer=person.id, is_remote=False, witness=person.id if step in WITNESSED else draft.witness
    )


def manager_tapped(draft: Draft, manager: UUID) -> Draft | Problem:
    """A car manager, who may open the gates of anybody but themselves."""
    if not draft.may_be_permitted:
        return Problem.NOT_TO_BE_PERMITTED
    if draft.driver is None or draft.driver.id == manager:
        return Problem.OWN_PERMISSION
    return replace(draft, manager=manager)


def confirmer_of(operator: UUID | None, draft: Draft, driver: UUID) -> UUID | Problem:
    """Who confirms the breath of this driver."""
    present = _present(operator, draft)
    others = [each for each in present if each != driver]
    if others:
        return others[0]
    return Problem.OWN_CHECK if present else Problem.NEEDS_GUARD


def witness_of(operator: UUID | None, draft: Draft) -> UUID | Problem:
    """Who stands for a value of this return: who is in charge of the desk, or has tapped since; never the driver."""
    witnesses = (draft.witness, operator)
    driver = draft.driver or draft.tapped
    others = [each for each in witnesses if each is not None and (driver is None or each != driver.id)]
    return others[0] if others else Problem.NEEDS_GUARD


def _present(operator: UUID | None, draft: Draft) -> list[UUID]:
    """Who may confirm now, first who tapped within the flow."""
    return [each for each in (draft.confirmer, operator) if each is not None]
