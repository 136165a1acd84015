"""Trips from the paper book, entered after an outage with the times that stand there."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import ClockQuality, Moment
from app.vehicles.alcohol import AlcoholRecord
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.lone_returns import LoneReturnInfo, LoneReturns
from app.vehicles.models import Trip, Vehicle
from app.vehicles.trip_values import HandOver, Source, TakeBack, TripInfo, TripProblem, TripRefused, trip_info
from app.vehicles.trips import LONGEST_DRIVE_KM, Trips


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

    trip: UUID | None = None
    """None: the one that is entered with it, or that no line is known of yet."""
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
        """A key went out. The same line entered twice is one.

        It is kept also where another trip of the car is known for that time: then both stand among the records to be
        looked at (確認が必要な記録).

        Raises:
            TripRefused: the car is unknown, or the time is still to come.
            CheckRefused: no breath has this value.
        """
        if line.out_at > clock.now():
            raise TripRefused(TripProblem.TIME_AHEAD)
        if (known := await _entered(line)) is not None:
            return known
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
                odometer=await _odometer_before(line) if line.odometer is None else line.odometer,
                handed_over_by=line.confirmer,
                check=check,
                at=moment,
            )
        )

    async def key_out_and_back(self, out: PaperOut, back: PaperBack) -> TripInfo:
        """A whole trip that is over.

        Raises:
            TripRefused: the car is unknown, or a time or the odometer cannot be right; nothing was recorded.
            CheckRefused: no breath has this value.
        """
        start = await _odometer_before(out) if out.odometer is None else out.odometer
        _refuse_impossible(out.out_at, start, back)
        trip = await self.key_out(out)
        return trip if trip.returned_at else await self.key_back(replace(back, trip=trip.id))

    async def key_back(self, line: PaperBack) -> TripInfo:
        """A key came back.

        Raises:
            TripRefused: the trip is closed, or time or odometer cannot be right.
            CheckRefused: no breath has this value.
        """
        trip = await self._trips.get(line.trip) if line.trip else None
        if trip is None or trip.returned_at is not None:
            raise TripRefused(TripProblem.NOT_OUT)
        _refuse_impossible(trip.out_at, trip.odometer_out, line)
        moment = _moment(line.returned_at)
        check = await self._check(
            line.breath, Phase.AFTER, line.returned_by, trip.vehicle, line.confirmer, moment, trip=trip.id
        )
        return await self._trips.take_back(_take_back(line, trip.id, check, moment))

    async def key_back_alone(self, returns: LoneReturns, vehicle: UUID, line: PaperBack) -> LoneReturnInfo:
        """A key came back, and nobody knows here yet when it went out.

        Raises:
            TripRefused: the car is unknown, or the time is still to come.
            CheckRefused: no breath has this value.
        """
        if line.returned_at > clock.now():
            raise TripRefused(TripProblem.TIME_AHEAD)
        moment = _moment(line.returned_at)
        check = await self._check(
            line.breath, Phase.AFTER, line.returned_by, vehicle, line.confirmer, moment, trip=None
        )
        return await returns.take(vehicle, _take_back(line, uuid.uuid4(), check, moment))

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


def _take_back(line: PaperBack, trip: UUID, check: UUID | None, moment: Moment) -> TakeBack:
    return TakeBack(
        attempt=f'paper:{uuid.uuid4()}',
        trip=trip,
        odometer=line.odometer,
        returned_by=line.returned_by,
        received_by=line.confirmer,
        check=check,
        abnormality=line.abnormality,
        at=moment,
    )


def _refuse_impossible(out_at: datetime, odometer_out: int | None, line: PaperBack) -> None:
    if line.returned_at < out_at:
        raise TripRefused(TripProblem.TIME_BACK)
    if line.returned_at > clock.now():
        raise TripRefused(TripProblem.TIME_AHEAD)
    if odometer_out is not None and line.odometer < odometer_out:
        raise TripRefused(TripProblem.ODOMETER_BACK)
    if odometer_out is not None and line.odometer - odometer_out > LONGEST_DRIVE_KM:
        raise TripRefused(TripProblem.ODOMETER_TOO_FAR)


async def _entered(line: PaperOut) -> TripInfo | None:
    same = Trip.filter(vehicle=line.vehicle, driver=line.driver, out_at=line.out_at, source=str(Source.PAPER))
    row = await same.first()
    return trip_info(row) if row else None


async def _odometer_before(line: PaperOut) -> int | None:
    """What the car showed at the last return before; a car that never came back shows what the ledger says."""
    returned = Trip.filter(vehicle=line.vehicle, returned_at__not_isnull=True)
    last = await returned.filter(returned_at__lte=line.out_at).order_by('-returned_at').first()
    if last is not None:
        return last.odometer_in
    car = None if await returned.exists() else await Vehicle.get_or_none(id=line.vehicle)
    return car.odometer if car else None


def _moment(at: datetime) -> Moment:
    return Moment(at.astimezone(clock.TOKYO), 0, 'paper', ClockQuality.RECONSTRUCTED)
