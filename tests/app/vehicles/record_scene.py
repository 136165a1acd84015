"""A car, a driver, and trips at times of one's choosing, for tests of the run record."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.paper import PaperBack, PaperBook, PaperBreath, PaperOut
from app.vehicles.trip_values import TripInfo
from tests.support.box import hire

SYSTEM = Actor.system()
CLEAR = PaperBreath(value=Decimal('0.00'), checker=None)
FAR = date(2030, 3, 31)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


@dataclass(slots=True)
class Scene:
    """What stands ready."""

    box: Box
    car: VehicleInfo
    driver: StaffMember
    guard: UUID

    @property
    def paper(self) -> PaperBook:
        """The paper book."""
        return PaperBook(self.box.vehicles.trips, self.box.vehicles.alcohol)

    async def out(self, when: datetime, *, odometer: int | None = None, checked: bool = True) -> TripInfo:
        """The key goes out."""
        return await self.paper.key_out(
            PaperOut(
                vehicle=self.car.id,
                driver=self.driver.id,
                destination='県庁',
                purpose='会議',
                out_at=when,
                confirmer=self.guard,
                breath=CLEAR if checked else None,
                odometer=odometer,
            )
        )

    async def back(
        self, trip: TripInfo, when: datetime, odometer: int, *, by: UUID | None = None, checked: bool = True
    ) -> TripInfo:
        """It comes back."""
        return await self.paper.key_back(
            PaperBack(
                trip=trip.id,
                returned_at=when,
                returned_by=by or trip.driver,
                odometer=odometer,
                confirmer=self.guard,
                breath=CLEAR if checked else None,
            )
        )

    async def drive(self, day: int, start: int, end: int) -> TripInfo:
        """A morning's trip."""
        return await self.back(await self.out(at(day, 9), odometer=start), at(day, 11), end)


async def scene_of(box: Box) -> Scene:
    """One car of the pool at 41,200 km."""
    entry = VehicleEntry(
        plate='金沢 500 あ 12-34', name='1号車', key_number='12', facility='7', department='総務課',
        inspection_until=FAR, compulsory_insurance_until=FAR, voluntary_insurance_until=FAR, periodic_check_until=FAR,
    )  # fmt: skip
    car = await box.vehicles.ledger.add(entry, SYSTEM, odometer=41_200)
    guard = await box.vehicles.guards.add('北\u3000守', '加賀警備', SYSTEM)
    return Scene(box, car, await hire(box), guard.id)


@pytest.fixture(autouse=True)
def evening() -> Iterator[SettableClock]:
    """It is eight in the evening of 24 November."""
    settable = SettableClock(at(24, 20))
    with clock.use(settable):
        yield settable


@pytest.fixture
async def scene(box: Box) -> Scene:
    """In the box of the test."""
    return await scene_of(box)
