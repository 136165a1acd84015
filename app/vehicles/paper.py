"""Trips from the paper book, entered after an outage with the times that stand there."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.trip_values import HandOver, TakeBack, TripInfo, TripProblem, TripRefused
from app.vehicles.trips import Trips


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBreath:
    """A breath test of the paper book; milligrams in a litre."""

    value: Decimal
    checker: UUID | None
    method: Method = Method.FACE_TO_FACE


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOut:
    """The line of the book when a key went out."""

    vehicle: UUID
    driver: UUID
    destination: str
    purpose: str
    out_at: datetime
    confirmer: UUID
    """Who handed the key over and confirmed the breath test."""
    breath: PaperBreath | None
    odometer: int | None = None
    """What the book says; None: what it showed at the last return."""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBack:
    """The line of the book when a key came back, or the return that nobody entered."""

    trip: UUID
    returned_at: datetime
    returned_by: UUID
    odometer: int
    confirmer: UUID
    breath: PaperBreath | None
    abnormality: str = ''


class PaperBook:
    """Takes over what was written on paper. Each part is the same transaction as at a desk."""

    def __init__(self, trips: Trips, alcohol: AlcoholRecord) -> None:
        self._trips = trips
        self._alcohol = alcohol

    async def key_out(self, line: PaperOut) -> TripInfo:
        """A key went out.

        Raises:
            TripRefused: the car is out or unknown, or the time is still to come.
            CheckRefused: no breath has this value.
        """
        if line.out_at > clock.now():
            raise TripRefused(TripProblem.TIME_AHEAD)
        if line.vehicle in await self._trips.open_trips():
            raise TripRefused(TripProblem.CAR_OUT)
        moment = _moment(line.out_at)
        check = await self._check(
            line.breath, Phase.BEFORE, line.driver, line.vehicle, line.confirmer, moment, trip=None
        )
        return await self._trips.hand_over(
            HandOver(
                attempt=f'paper:{uuid.uuid4()}',
                vehicle=line.vehicle,
                driver=line.driver,
                destination=line.destination,
                purpose=line.purpose,
                due_at=line.due_at,
                odometer=line.odometer,
                handed_over_by=line.confirmer,
                check=check,
                at=moment,
            )
        )

    async def key_back(self, line: PaperBack) -> TripInfo:
        """A key came back.

        Raises:
            TripRefused: the trip is closed, or time or odometer cannot be right.
            CheckRefused: no breath has this value.
        """
        trip = await self._trips.get(line.trip)
        if trip is None or trip.returned_at is not None:
            raise TripRefused(TripProblem.NOT_OUT)
        if not trip.out_at <= line.returned_at <= clock.now():
            raise TripRefused(TripProblem.TIME_BACK if line.returned_at < trip.out_at else TripProblem.TIME_AHEAD)
        if trip.odometer_out is not None and line.odometer < trip.odometer_out:
            raise TripRefused(TripProblem.ODOMETER_BACK)
        moment = _moment(line.returned_at)
        check = await self._check(
            line.breath, Phase.AFTER, line.returned_by, trip.vehicle, line.confirmer, moment, trip=trip.id
        )
        return await self._trips.take_back(
            TakeBack(
                attempt=f'paper:{uuid.uuid4()}',
                trip=line.trip,
                odometer=line.odometer,
                returned_by=line.returned_by,
                received_by=line.confirmer,
                check=check,
                abnormality=line.abnormality,
                at=moment,
            )
        )

    async def _check(
        self,
        breath: PaperBreath | None,
        phase: Phase,
        driver: UUID,
        vehicle: UUID,
        confirmer: UUID,
        moment: Moment,
        *,
        trip: UUID | None,
    ) -> UUID | None:
        if breath is None:
            return None
        written = await self._alcohol.record(
            Breath(
                phase=phase,
                driver=driver,
                vehicle=vehicle,
                trip=trip,
                confirmer=confirmer,
                method=breath.method,
                checker=breath.checker,
                value=breath.value,
                desk=None,
                at=moment,
            )
        )
        return written.id


def _moment(at: datetime) -> Moment:
    return Moment(at.astimezone(clock.TOKYO), 0, 'paper', ClockQuality.RECONSTRUCTED)
