"""The odometer that is typed at a return: what is asked about once, and what somebody has to stand for."""

from dataclasses import replace
from uuid import UUID

from app.vehicles.desk_flow import Draft
from app.vehicles.screens import Problem
from app.vehicles.trip_values import DOUBTFUL_DRIVE_KM
from app.vehicles.trips import LONGEST_DRIVE_KM

HIGHEST_ODOMETER = 1_999_999


def with_odometer(draft: Draft, kilometres: int) -> Draft | Problem:
    """The draft with the number; a drive beyond `DOUBTFUL_DRIVE_KM` has to be entered twice.

    Less than the car went out with, or more than a drive can be, says that one of the two numbers is wrong: perhaps the
    earlier one, which must not keep the key out. So it is taken where it was typed twice and somebody stands for it.
    """
    if not 0 <= kilometres <= HIGHEST_ODOMETER:
        return Problem.ODOMETER_TOO_FAR
    last = draft.open_trip.odometer_out if draft.open_trip else None
    driven = 0 if last is None else kilometres - last
    if not 0 <= driven <= LONGEST_DRIVE_KM:
        is_typed_twice = kilometres == draft.unlikely_odometer
        return replace(undoubted(draft), unlikely_odometer=kilometres, is_typed_twice=is_typed_twice)
    if driven > DOUBTFUL_DRIVE_KM and kilometres != draft.doubtful_odometer:
        return replace(undoubted(draft), doubtful_odometer=kilometres)
    return replace(undoubted(draft), odometer=kilometres)


def with_witnessed_odometer(draft: Draft, witness: UUID) -> Draft | Problem:
    """The draft with the unlikely number, for which this guard stands."""
    if draft.unlikely_odometer is None or not draft.is_typed_twice:
        return Problem.FAILED
    return replace(undoubted(draft), odometer=draft.unlikely_odometer, odometer_confirmer=witness)


def undoubted(draft: Draft) -> Draft:
    """The draft without the number that was asked about."""
    return replace(draft, doubtful_odometer=None, unlikely_odometer=None, is_typed_twice=False)
