"""The staff pages of the shared cars."""

from app.runtime import Condition
from pages.staff.cars import (
    alcohol,
    car,
    car_import,
    check_pictures,
    checker,
    checker_import,
    checkers,
    downloads,
    driver_import,
    drivers,
    guards,
    key_tag,
    ledger,
    paper,
    paper_return,
    permits,
    photos,
    record_checks,
    timeline,
    trip,
    trip_people,
    trips,
)

PARTS = (
    timeline,
    permits,
    car_import,
    ledger,
    car,
    key_tag,
    guards,
    driver_import,
    drivers,
    checker_import,
    checkers,
    checker,
    downloads,
    paper,
    paper_return,
    record_checks,
    photos,
    trips,
    trip,
    trip_people,
    check_pictures,
)


def register(condition: Condition) -> None:
    """Open all of them; literal addresses before those with a part that varies."""
    for part in (*PARTS, alcohol):
        part.register(condition)
