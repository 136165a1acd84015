"""Times and cars that the tests of Garoon talk about."""

from datetime import datetime, timedelta

from app.clock import TOKYO
from app.vehicles.garoon.events import Facility
from app.vehicles.garoon.sync import Window, window_around
from tests.fakes.garoon.store import Json

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=TOKYO)
HOUR = timedelta(hours=1)
WINDOW: Window = window_around(NOON)


def facility_of(car: Json) -> Facility:
    return Facility(car['id'], car['code'], car['name'])
