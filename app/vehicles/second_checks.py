"""Breath tests of second drivers (交代運転者), entered by the office: the desk asks who takes the key."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.alcohol_values import Breath, CheckInfo, Phase
from app.vehicles.paper import PaperBreath
from app.vehicles.trip_values import TripInfo


class SecondCheckProblem(StrEnum):
    """Why nothing was recorded."""

    NOT_SECOND_DRIVER = 'not_second_driver'
    TIME_AHEAD = 'time_ahead'
    NOT_OF_THIS_TRIP = 'not_of_this_trip'
    """A test before the drive follows its end, or one after it comes before its beginning."""


class SecondCheckRefused(Exception):
    """Nothing was recorded."""

    def __init__(self, problem: SecondCheckProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondCheck:
    """A test that somebody wrote down."""

    driver: UUID
    phase: Phase
    checked_at: datetime
    confirmer: UUID
    breath: PaperBreath


async def record_second_check(alcohol: AlcoholRecord, trip: TripInfo, check: SecondCheck) -> CheckInfo:
    """Put it into the record book, as a test of this trip.

    Raises:
        SecondCheckRefused: nothing was recorded.
        CheckRefused: no breath has this value, or the driver would be the own confirmer.
    """
    if problem := _problem(trip, check):
        raise SecondCheckRefused(problem)
    return await alcohol.record(
        Breath(
            phase=check.phase,
            driver=check.driver,
            vehicle=trip.vehicle,
            trip=trip.id,
            confirmer=check.confirmer,
            method=check.breath.method,
            checker=check.breath.checker,
            value=check.breath.value,
            desk=None,
            at=Moment(check.checked_at.astimezone(clock.TOKYO), 0, 'paper', ClockQuality.RECONSTRUCTED),
        )
    )


def _problem(trip: TripInfo, check: SecondCheck) -> SecondCheckProblem | None:
    if check.driver not in trip.second_drivers:
        return SecondCheckProblem.NOT_SECOND_DRIVER
    if check.checked_at > clock.now():
        return SecondCheckProblem.TIME_AHEAD
    is_before = check.phase is Phase.BEFORE
    is_late = is_before and trip.returned_at is not None and check.checked_at > trip.returned_at
    is_early = not is_before and check.checked_at < trip.out_at
    return SecondCheckProblem.NOT_OF_THIS_TRIP if is_late or is_early else None
