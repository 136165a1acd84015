"""What a press adds to the draft, where the draft and the facts of the desk are enough to know."""

from dataclasses import replace
from uuid import UUID

from app.vehicles.alcohol_values import Method
from app.vehicles.confirming import witness_of
from app.vehicles.desk_flow import Draft
from app.vehicles.due_times import Due
from app.vehicles.odometer import with_witnessed_odometer
from app.vehicles.screens import Problem

LONGEST_TEXT = 200
FULL_CHARGE = 100
MOST_PASSENGERS = 28
"""A microbus has 29 seats."""


def with_details(draft: Draft, destination: str, purpose: str) -> Draft:
    """Where to, and what for."""
    return replace(draft, destination=destination.strip()[:LONGEST_TEXT], purpose=purpose.strip()[:LONGEST_TEXT])


def with_due(draft: Draft, due: Due) -> Draft:
    """Until when the driver needs a car that nobody reserved."""
    at = next((choice.at for choice in draft.dues if choice.due is due), draft.due_at)
    return replace(draft, due_at=at)


def with_charge(draft: Draft, percent: int) -> Draft | Problem:
    """What is left in the battery."""
    return replace(draft, charge=percent) if 0 <= percent <= FULL_CHARGE else Problem.BAD_CHARGE


def with_passengers(draft: Draft, count: int) -> Draft:
    """So many go along."""
    return replace(draft, passengers=min(max(count, 0), MOST_PASSENGERS))


def with_method(draft: Draft, method: Method) -> Draft:
    """How the guard confirms the breath that comes."""
    return replace(draft, method=method)


def without_breath(draft: Draft) -> Draft:
    """After rinsing the mouth; the first value stays in the record."""
    return replace(draft, breath=None, is_positive=False, witness=None)


def with_positive_seen(operator: UUID | None, draft: Draft) -> Draft | Problem:
    """The guard has seen to a positive driver who is back; the car may come in, and the value stays."""
    witness = witness_of(operator, draft) if draft.is_return else Problem.NEEDS_GUARD
    if isinstance(witness, Problem):
        return witness
    return replace(draft, is_positive_seen=True, confirmer=witness)


def with_odometer_confirmed(operator: UUID | None, draft: Draft) -> Draft | Problem:
    """The guard has looked at the unlikely number that was typed twice."""
    witness = witness_of(operator, draft)
    return witness if isinstance(witness, Problem) else with_witnessed_odometer(draft, witness)
