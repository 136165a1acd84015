"""A row of the table of trips, read on a read-only connection, as a value."""

import sqlite3
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app.clock import TOKYO
from app.vehicles.trip_columns import gates_of, people_of
from app.vehicles.trip_values import Source, TripInfo


def trip_of(row: sqlite3.Row) -> TripInfo:
    """A row of the table of trips as a value."""
    return TripInfo(
        id=UUID(row['id']),
        sequence=row['sequence'],
        box=UUID(row['box']),
        vehicle=UUID(row['vehicle']),
        driver=UUID(row['driver']),
        reservation=row['reservation'],
        destination=row['destination'],
        purpose=row['purpose'],
        passengers=row['passengers'],
        out_at=datetime.fromisoformat(row['out_at']).astimezone(TOKYO),
        due_at=_time(row['due_at']),
        odometer_out=row['odometer_out'],
        returned_at=_time(row['returned_at']),
        returned_by=_id(row['returned_by']),
        odometer_in=row['odometer_in'],
        fuel_litres=_decimal(row['fuel_litres']),
        fuel_yen=row['fuel_yen'],
        has_receipt=bool(row['has_receipt']),
        abnormality=row['abnormality'],
        is_accident=bool(row['is_accident']),
        source=Source(row['source']),
        second_drivers=people_of(row['second_drivers']),
        passenger_staff=people_of(row['passenger_staff']),
        passenger_names=row['passenger_names'] or '',
        overridden=gates_of(row['overridden']),
        charge_out=row['charge_out'],
        charged_kwh=_decimal(row['charged_kwh']),
    )


def _decimal(number: float | str | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(TOKYO) if text else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
