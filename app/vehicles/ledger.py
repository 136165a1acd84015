"""The ledger of cars (車両台帳): what the city has, and every change of it with its day."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.remembered import Remembered
from app.storage.rows import first_row
from app.storage.transaction import Transaction, transaction
from app.vehicles.models import Trip, Vehicle

VEHICLE_ADDED = 'vehicles.vehicle_added'
VEHICLE_CHANGED = 'vehicles.vehicle_changed'
VEHICLE_RETIRED = 'vehicles.vehicle_retired'
CARS = uuid.UUID('0b4a1f5e-7d0c-4c7e-9d70-5f0e0f5b6a01')
"""Namespace: a plate gives the same id at every box."""


class CarType(StrEnum):
    """Types between which cars are exchangeable."""

    KEI = 'kei'
    KEI_CARGO = 'kei_cargo'
    ORDINARY = 'ordinary'
    WAGON = 'wagon'
    CARGO = 'cargo'
    TRUCK = 'truck'
    BUS = 'bus'


class VehicleProblem(StrEnum):
    """Why the ledger was not changed."""

    PLATE_TAKEN = 'plate_taken'
    UNKNOWN = 'unknown'
    OUT = 'out'


class VehicleRefused(Exception):
    """The ledger was not changed."""

    def __init__(self, problem: VehicleProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleEntry:
    """What the ledger says of a car.

    A date that was not entered is None. It closes the gate of 車検 and of 自賠責保険, without which the law lets no car
    go out; 任意保険 and 定期点検 are told among the matters of the car pool until they are entered.
    """

    plate: str
    name: str = ''
    car_type: CarType = CarType.ORDINARY
    guard_room: str = ''
    department: str = ''
    key_number: str = ''
    facility: str = ''
    """Id of the facility in Garoon; empty: not to be reserved."""
    licence_class: str = '普通'
    inspection_until: date | None = None
    compulsory_insurance_until: date | None = None
    voluntary_insurance_until: date | None = None
    periodic_check_until: date | None = None
    blocked_reason: str = ''
    for_disasters: bool = False
    has_winter_tyres: bool = False
    is_electric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleInfo:
    """A car of the ledger."""

    id: UUID
    entry: VehicleEntry
    odometer: int | None
    """Kilometres at the last return; None: not known yet."""


def vehicle_id(plate: str) -> UUID:
    """The id of the car with this plate, the same at every box."""
    return uuid.uuid5(CARS, plate)


class VehicleLedger:
    """Adds, changes, lists and retires cars."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """A car was added, changed or retired."""
        self._cars = Remembered(self._read_all)
        self._driven: set[UUID] = set()
        self.CHANGED.listen(lambda _car: self._cars.forget())

    async def all(self) -> list[VehicleInfo]:
        """All cars in use, by guard room and key number."""
        while self._driven:
            await self._read_odometer(self._driven.pop())
        return list(await self._cars.get())

    async def fleet(self) -> list[VehicleInfo]:
        """The same for who does not look at odometers: they may be those of an earlier return."""
        return await self._cars.get()

    def driven(self, vehicle: UUID) -> None:
        """The odometer of this car may have moved."""
        self._driven.add(vehicle)

    async def _read_odometer(self, vehicle: UUID) -> None:
        row = await first_row('SELECT odometer FROM vehicle WHERE id = ?', [str(vehicle)])
        if row is not None:
            self._cars.amend(lambda cars: [_driven_to(car, vehicle, row['odometer']) for car in cars])

    async def _read_all(self) -> list[VehicleInfo]:
        rows = await Vehicle.filter(retired_at=None).order_by('guard_room', 'key_number', 'plate')
        return [_info(row) for row in rows]

    async def get(self, vehicle: UUID) -> VehicleInfo | None:
        """The car with this id, in use or retired."""
        known = next((car for car in await self.all() if car.id == vehicle), None)
        if known is not None:
            return known
        row = await Vehicle.get_or_none(id=vehicle)
        return _info(row) if row else None

    async def add(self, entry: VehicleEntry, actor: Actor, *, odometer: int | None = None) -> VehicleInfo:
        """Add a car; one that was retired comes back.

        Raises:
            VehicleRefused: a car in use has this plate.
        """
        row_id = vehicle_id(entry.plate)

        async def work(tx: Transaction) -> Vehicle:
            known = await Vehicle.get_or_none(id=row_id, using_db=tx.connection)
            if known is not None and known.retired_at is None:
                raise VehicleRefused(VehicleProblem.PLATE_TAKEN)
            if known is not None:
                await Vehicle.filter(id=row_id).using_db(tx.connection).delete()
            row = await Vehicle.create(id=row_id, odometer=odometer, **asdict(entry), using_db=tx.connection)
            await self._write(tx, VEHICLE_ADDED, row_id, actor, {**_plain(entry), 'odometer': odometer})
            return row

        return _info(await transaction(work))

    async def change(self, vehicle: UUID, entry: VehicleEntry, actor: Actor) -> None:
        """Let the ledger say this from now on; the journal keeps what it said before.

        Raises:
            VehicleRefused: there is no such car.
        """

        async def work(tx: Transaction) -> None:
            row = await Vehicle.get_or_none(id=vehicle, retired_at=None, using_db=tx.connection)
            if row is None:
                raise VehicleRefused(VehicleProblem.UNKNOWN)
            changed = differences(_info(row).entry, entry)
            if not changed:
                return
            await Vehicle.filter(id=vehicle).using_db(tx.connection).update(**asdict(entry))
            await self._write(tx, VEHICLE_CHANGED, vehicle, actor, changed)

        await transaction(work)

    async def retire(self, vehicle: UUID, actor: Actor) -> None:
        """Take a car out of the pool; its trips stay.

        Raises:
            VehicleRefused: it is out, or there is no such car.
        """

        async def work(tx: Transaction) -> None:
            if await Trip.filter(vehicle=vehicle, returned_at=None).using_db(tx.connection).exists():
                raise VehicleRefused(VehicleProblem.OUT)
            changed = (
                await Vehicle.filter(id=vehicle, retired_at=None).using_db(tx.connection).update(retired_at=clock.now())
            )
            if not changed:
                raise VehicleRefused(VehicleProblem.UNKNOWN)
            await self._write(tx, VEHICLE_RETIRED, vehicle, actor, {})

        await transaction(work)

    async def _write(self, tx: Transaction, kind: str, vehicle: UUID, actor: Actor, payload: dict[str, Any]) -> None:
        await self._journal.append(tx, Act(kind=kind, actor=actor, subjects=(vehicle,), payload=payload))
        tx.after_commit(lambda: self.CHANGED.emit(vehicle))


def _driven_to(car: VehicleInfo, vehicle: UUID, odometer: int | None) -> VehicleInfo:
    return replace(car, odometer=odometer) if car.id == vehicle else car


def differences(before: VehicleEntry, after: VehicleEntry) -> dict[str, Any]:
    """What changed, as `{field: [before, after]}`."""
    old, new = _plain(before), _plain(after)
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}


def _plain(entry: VehicleEntry) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(entry).items()}


def _fields(row: Vehicle, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _info(row: Vehicle) -> VehicleInfo:
    values = _fields(row, VehicleEntry.__dataclass_fields__)
    entry = VehicleEntry(**{**values, 'car_type': CarType(row.car_type)})
    return VehicleInfo(id=row.id, entry=entry, odometer=row.odometer)
