"""What a person may correct in the record of a trip, and within which bounds."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

Value = str | int | bool | Decimal | datetime | UUID | tuple[UUID, ...] | None
CORRECTABLE: Mapping[str, tuple[type, ...]] = {
    'driver': (UUID,),
    'destination': (str,),
    'purpose': (str,),
    'passengers': (int,),
    'passenger_staff': (tuple,),
    'passenger_names': (str,),
    'second_drivers': (tuple,),
    'out_at': (datetime,),
    'returned_at': (datetime,),
    'returned_by': (UUID,),
    'odometer_out': (int, type(None)),
    'odometer_in': (int,),
    'fuel_litres': (Decimal, type(None)),
    'fuel_yen': (int, type(None)),
    'charged_kwh': (Decimal, type(None)),
    'has_receipt': (bool,),
    'abnormality': (str,),
    'is_accident': (bool,),
}
"""Fields of a trip that a person may correct, with what they may hold."""
LONGEST = {'destination': 200, 'purpose': 200, 'abnormality': 500, 'passenger_names': 200}
MOST_PASSENGERS = 100
MOST_LITRES, MOST_KWH, MOST_YEN, HIGHEST_ODOMETER = 1000, 1000, 1_000_000, 2_000_000
MOST_PEOPLE = {'second_drivers': 5, 'passenger_staff': 50}


def is_possible(name: str, value: Value) -> bool:
    """Whether a field may be corrected, and to this value, whatever else stands in the record."""
    allowed = CORRECTABLE.get(name)
    fits = allowed is not None and isinstance(value, allowed) and (not isinstance(value, bool) or bool in allowed)
    return fits and _is_in_range(name, value)


def _is_in_range(name: str, value: Value) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST[name]
    if isinstance(value, datetime):
        return value.tzinfo is not None
    if isinstance(value, tuple):
        return len(value) <= MOST_PEOPLE[name]
    most = {
        'passengers': MOST_PASSENGERS,
        'fuel_litres': MOST_LITRES,
        'fuel_yen': MOST_YEN,
        'charged_kwh': MOST_KWH,
        'odometer_out': HIGHEST_ODOMETER,
        'odometer_in': HIGHEST_ODOMETER,
    }
    return not isinstance(value, int | Decimal) or 0 <= value <= most.get(name, 1)
