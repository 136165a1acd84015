"""Shared cars over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from app.api.attendance import MOST_ITEMS
from app.api.cursors import sequence_after
from app.api.errors import ErrorBody
from app.journal.epochs import Cursor
from app.runtime import Condition
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry
from app.vehicles.feed import FedCar, FedTrip, cars_after, trips_after

VEHICLES_SCOPE = 'vehicles:read'
ALCOHOL_SCOPE = 'alcohol:read'
REFUSALS: dict[int | str, dict[str, Any]] = {status: {'model': ErrorBody} for status in (400, 401, 403, 409)}
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]


class VehicleItem(BaseModel):
    """A car of the pool. Kilometres at the last return; dates are the last days that count, null: not entered."""

    id: str
    plate: str
    name: str
    car_type: str
    guard_room: str
    department: str
    key_number: str
    odometer: int | None
    inspection_until: date | None
    compulsory_insurance_until: date | None
    is_blocked: bool
    for_disasters: bool
    is_out: bool
    out_until: str | None


class VehicleList(BaseModel):
    """A page of cars in the order of their plates; `next` is the `after` of the following request."""

    items: list[VehicleItem]
    next: str


class TripItem(BaseModel):
    """A trip as its record stands now; corrected or ended, it is told again. Times are RFC 3339 with +09:00."""

    cursor: str
    id: str
    vehicle: str
    plate: str
    driver_number: str | None
    destination: str
    purpose: str
    passengers: int
    out_at: str
    due_at: str | None
    odometer_out: int | None
    returned_at: str | None
    returned_by_number: str | None
    second_driver_numbers: list[str]
    """交代運転者."""
    odometer_in: int | None
    distance: int | None
    fuel_litres: str | None
    fuel_yen: int | None
    charge_out: int | None
    """Percent left in the battery at the hand-over."""
    charged_kwh: str | None
    has_receipt: bool
    abnormality: str
    is_accident: bool
    source: str
    """`desk` or `paper`."""
    is_corrected: bool
    alcohol_checks: list[str]


class TripList(BaseModel):
    """A page of trips; `next` is the `after` of the following request."""

    items: list[TripItem]
    next: str


class AlcoholCheckItem(BaseModel):
    """One attempt of a breath test, as its record stands now.

    When an instruction (指示事項) is written later, the test is told again, with the same `id` and a new cursor: what a
    reader has under this `id` is replaced. `trip` is null until the key is handed over; the trip names its tests.
    """

    cursor: str
    id: str
    phase: str
    """`before` or `after` the drive."""
    driver_number: str
    plate: str
    trip: str | None
    checked_at: str
    confirmer: str
    method: str
    checker: str
    value: str
    """Milligrams a litre of breath."""
    is_positive: bool
    instruction: str


class AlcoholCheckList(BaseModel):
    """A page of breath tests; `next` is the `after` of the following request."""

    items: list[AlcoholCheckItem]
    next: str


def vehicle_routes(condition: Condition) -> APIRouter:
    """`/vehicles/...`"""
    router = APIRouter(prefix='/vehicles', tags=['vehicles'])

    @router.get('', responses=REFUSALS, dependencies=[_bearer(VEHICLES_SCOPE)])
    async def vehicles(after: str = '', limit: Limit = 100) -> VehicleList:
        """Cars in use, after the given plate (exclusive; empty: from the first)."""
        found = await cars_after(condition.require_box().reading, after, limit)
        return VehicleList(items=[_car(car) for car in found], next=found[-1].plate if found else after)

    @router.get('/trips', responses=REFUSALS, dependencies=[_bearer(VEHICLES_SCOPE)])
    async def trips(after: str = '', limit: Limit = 100) -> TripList:
        """Trips in the order in which their records changed, after the given cursor (empty or 0: all)."""
        box = condition.require_box()
        found = await trips_after(box.reading, await sequence_after(after, box.journal.identity), limit)
        items = [_trip(each, box.journal.identity.epoch) for each in found]
        return TripList(items=items, next=items[-1].cursor if items else after or '0')

    @router.get('/alcohol-checks', responses=REFUSALS, dependencies=[_bearer(ALCOHOL_SCOPE)])
    async def alcohol_checks(after: str = '', limit: Limit = 100) -> AlcoholCheckList:
        """Breath tests in the order in which their records changed, after the given cursor (empty or 0: all)."""
        box = condition.require_box()
        book = AlcoholBook(box.reading, box.vault)
        found = await book.after(await sequence_after(after, box.journal.identity), limit)
        items = [_check(each, box.journal.identity.epoch) for each in found]
        return AlcoholCheckList(items=items, next=items[-1].cursor if items else after or '0')

    return router


def _bearer(scope: str) -> Any:
    # The token itself is checked before the request gets here; this tells the readers of the documentation.
    return Depends(HTTPBearer(auto_error=False, description=f'Token with the scope {scope}'))


def _car(car: FedCar) -> VehicleItem:
    names = [name for name in VehicleItem.model_fields if name not in ('id', 'out_until')]
    return VehicleItem(id=str(car.id), out_until=_second(car.out_until), **{name: getattr(car, name) for name in names})


def _trip(fed: FedTrip, epoch: str) -> TripItem:
    trip = fed.trip
    plain = (
        'destination',
        'purpose',
        'passengers',
        'odometer_out',
        'odometer_in',
        'distance',
        'fuel_yen',
        'charge_out',
    )
    others = ('charge_out', 'has_receipt', 'abnormality', 'is_accident', 'source')
    return TripItem(
        cursor=Cursor(epoch, trip.sequence).encode(),
        id=str(trip.id),
        vehicle=str(trip.vehicle),
        plate=fed.plate,
        driver_number=fed.driver_number,
        out_at=trip.out_at.isoformat(timespec='seconds'),
        due_at=_second(trip.due_at),
        returned_at=_second(trip.returned_at),
        returned_by_number=fed.returned_by_number,
        second_driver_numbers=list(fed.second_driver_numbers),
        fuel_litres=None if trip.fuel_litres is None else str(trip.fuel_litres),
        charged_kwh=None if trip.charged_kwh is None else str(trip.charged_kwh),
        is_corrected=fed.is_corrected,
        alcohol_checks=[str(check) for check in fed.checks],
        **{name: getattr(trip, name) for name in (*plain, *others)},
    )


def _check(entry: CheckEntry, epoch: str) -> AlcoholCheckItem:
    return AlcoholCheckItem(
        cursor=Cursor(epoch, entry.changed).encode(),
        id=str(entry.id),
        phase=str(entry.phase),
        driver_number=entry.driver.number,
        plate=entry.plate,
        trip=str(entry.trip) if entry.trip else None,
        checked_at=entry.checked_at.isoformat(timespec='seconds'),
        confirmer=entry.confirmer.name,
        method=str(entry.method),
        checker=entry.checker,
        value=str(entry.value),
        is_positive=entry.is_positive,
        instruction=entry.instruction,
    )


def _second(at: datetime | None) -> str | None:
    return at.isoformat(timespec='seconds') if at else None
