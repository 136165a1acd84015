"""A guard room, told what to do: `python -m tests.support.guard_room DIRECTORY`."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from app.journal.line import Actor
from app.journal.models import JournalLine
from app.people.staff import StaffEntry
from app.runtime import Box
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.alcohol_values import Breath, Method, Phase
from app.vehicles.ledger import VehicleEntry, vehicle_id
from app.vehicles.lent_twice import LENT_TWICE
from app.vehicles.trip_values import HandOver, TakeBack
from tests.support.obeying import obey

PLATE = '金沢 500 あ 12-34'


class GuardRoom:
    """What can be ordered."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._heard: list[str] = []
        box.vehicles.loans.DOUBLE_LOAN.listen(lambda double: self._heard.append(str(double.second.id)))

    async def hire(self, number: str, name: str) -> str:
        """A member of staff; answers the id."""
        entry = StaffEntry(number=number, name=name, kana='', department='総務課')
        return str((await self._box.staff.create(entry, Actor.system())).id)

    async def add_car(self, plate: str, odometer: int) -> str:
        """A car; answers the id."""
        car = await self._box.vehicles.ledger.add(VehicleEntry(plate=plate), Actor.system(), odometer=odometer)
        return str(car.id)

    async def cars(self) -> list[list[Any]]:
        """Plate and odometer of all cars."""
        return [[car.entry.plate, car.odometer] for car in await self._box.vehicles.ledger.all()]

    async def borrow(self, attempt: str, plate: str, number: str, check: str | None = None) -> str:
        """The key goes out; answers the trip."""
        driver = await self._box.staff.find_by_number(number)
        assert driver is not None
        order = HandOver(
            attempt=attempt,
            vehicle=vehicle_id(plate),
            driver=driver.id,
            destination='県庁',
            purpose='会議',
            check=UUID(check) if check else None,
        )
        return str((await self._box.vehicles.trips.hand_over(order)).id)

    async def give_back(self, attempt: str, trip: str, odometer: int, number: str) -> None:
        """The key comes back."""
        driver = await self._box.staff.find_by_number(number)
        assert driver is not None
        order = TakeBack(attempt=attempt, trip=UUID(trip), odometer=odometer, returned_by=driver.id)
        await self._box.vehicles.trips.take_back(order)

    async def breathe(self, phase: str, number: str, trip: str | None) -> str:
        """A breath test without alcohol, confirmed by a guard; answers its id."""
        driver = await self._box.staff.find_by_number(number)
        assert driver is not None
        breath = Breath(
            phase=Phase(phase),
            driver=driver.id,
            vehicle=vehicle_id(PLATE),
            trip=UUID(trip) if trip else None,
            confirmer=uuid5(driver.id, 'guard'),
            method=Method.FACE_TO_FACE,
            checker=None,
            value=Decimal(0),
            desk=None,
        )
        return str((await self._box.vehicles.alcohol.record(breath)).id)

    async def book(self) -> list[list[str]]:
        """Phase, trip and name of the driver of all breath tests, in their order."""
        entries = await AlcoholBook(self._box.reading, self._box.vault).all(CheckFilter())
        return [[str(each.phase), str(each.trip), each.driver.name] for each in entries]

    async def concerns(self) -> list[list[str]]:
        """What is the matter with which peer, and why."""
        return sorted([str(each.matter), each.peer, each.reason] for each in await self._box.exchange.concerns())

    async def open_trips(self) -> list[str]:
        """The trip under way of each car, by plate."""
        return sorted(str(trip.id) for trip in (await self._box.vehicles.trips.open_trips()).values())

    async def trip(self, trip: str) -> list[Any] | None:
        """Driver's staff number, odometer before and after."""
        found = await self._box.vehicles.trips.get(UUID(trip))
        if found is None:
            return None
        driver = await self._box.staff.get(found.driver)
        return [driver.number if driver else None, found.odometer_out, found.odometer_in]

    async def lent_twice(self) -> list[Any]:
        """The trips of which the desks were told that their car was lent before, and how many lines say so."""
        return [self._heard, await JournalLine.filter(kind=LENT_TWICE).count()]

    async def waiting(self) -> list[Any]:
        """State and lag of each peer."""
        return [[str(peer.state), peer.waiting] for peer in self._box.exchange.health()]


if __name__ == '__main__':
    obey(GuardRoom)
