"""The odometer that is typed at a return: what cannot be, and what is asked about once."""

from dataclasses import replace

from app.vehicles.desk_flow import Draft
from app.vehicles.screens import Problem
from app.vehicles.trip_values import DOUBTFUL_DRIVE_KM
from app.vehicles.trips import LONGEST_DRIVE_KM

HIGHEST_ODOMETER = 9_999_999


def with_odometer(draft: Draft, kilometres: int) -> Draft | Problem:
    """The draft with the number; a drive beyond `DOUBTFUL_DRIVE_KM` has to be entered twice."""
    last = draft.open_trip.odometer_out if draft.open_trip else None
    driven = 0 if last is None else kilometres - last
    if driven < 0:
        return Problem.ODOMETER_BACK
    if driven > LONGEST_DRIVE_KM or not 0 <= kilometres <= HIGHEST_ODOMETER:
        return Problem.ODOMETER_TOO_FAR
    if driven > DOUBTFUL_DRIVE_KM and kilometres != draft.doubtful_odometer:
        return replace(draft, doubtful_odometer=kilometres)
    return replace(draft, odometer=kilometres, doubtful_odometer=None)
