"""The car desk's page in a process of its own, with a controller without rules."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from nicegui import ui

from app.vehicles.alcohol_values import Method
from app.vehicles.due_times import Due
from app.vehicles.screens import CarDeskView
from pages.kiosk import cars
from tests.pages.kiosk.car_views import BOARD, CAR_VIEW
from tests.pages.kiosk.script import Script, serve


class ScriptedCarDesk(Script[CarDeskView]):
    """Remembers every press."""

    async def scan(self, text: str) -> None:
        """Remember the code."""
        self.calls.append(('scan', text))

    async def choose_capacity(self, *, drives: bool) -> None:
        """Remember the press."""
        self.calls.append(('choose_capacity', drives))

    async def choose_direction(self, *, is_return: bool) -> None:
        """Remember the press."""
        self.calls.append(('choose_direction', is_return))

    async def choose_car(self, vehicle: UUID) -> None:
        """Remember the press."""
        self.calls.append(('choose_car', str(vehicle)))

    async def bring_back(self) -> None:
        """Remember the press."""
        self.calls.append(('bring_back',))

    async def choose_driver(self, index: int) -> None:
        """Remember the press."""
        self.calls.append(('choose_driver', index))

    async def enter_details(self, destination: str, purpose: str) -> None:
        """Remember what was pressed or typed."""
        self.calls.append(('enter_details', destination, purpose))

    async def choose_due(self, due: Due) -> None:
        """Remember the press."""
        self.calls.append(('choose_due', str(due)))

    async def enter_charge(self, percent: int) -> None:
        """Remember what was typed."""
        self.calls.append(('enter_charge', percent))

    async def breathe(self, value: Decimal, method: Method, checker: UUID | None) -> None:
        """Remember the value."""
        self.calls.append(('breathe', str(value), str(method), *([str(checker)] if checker else [])))

    async def choose_confirmer(self, person: UUID) -> None:
        """Remember the press."""
        self.calls.append(('choose_confirmer', str(person)))

    async def choose_method(self, method: Method) -> None:
        """Remember the press."""
        self.calls.append(('choose_method', str(method)))

    async def measure_again(self) -> None:
        """Remember the press."""
        self.calls.append(('measure_again',))

    async def let_the_car_in(self) -> None:
        """Remember the press."""
        self.calls.append(('let_the_car_in',))

    async def override(self, reason: str) -> None:
        """Remember the reason."""
        self.calls.append(('override', reason))

    async def count_passengers(self, count: int) -> None:
        """Remember the count, and show it as the flow would."""
        self.calls.append(('count_passengers', count))
        self.show(replace(self.view, passengers=count))

    async def keys_out(self) -> None:
        """Remember the press."""
        self.calls.append(('keys_out',))

    async def enter_odometer(self, kilometres: int) -> None:
        """Remember what was typed."""
        self.calls.append(('enter_odometer', kilometres))

    async def doubt_odometer(self) -> None:
        """Remember the press."""
        self.calls.append(('doubt_odometer',))

    async def confirm_odometer(self) -> None:
        """Remember the press."""
        self.calls.append(('confirm_odometer',))

    async def keys_in(self, **extras: object) -> None:
        """Remember what came back."""
        self.calls.append(('keys_in', {name: None if value is None else str(value) for name, value in extras.items()}))

    async def turn_away(self, press: UUID, car_type: str = '') -> None:
        """Remember the press."""
        self.calls.append(('turn_away', car_type))

    async def end_shift(self) -> None:
        """Remember the press."""
        self.calls.append(('end_shift',))

    async def cancel(self) -> None:
        """Remember the press."""
        self.calls.append(('cancel',))


desk = ScriptedCarDesk(BOARD)


@ui.page('/kiosk')
def kiosk() -> None:
    """The page under test."""
    cars.draw(desk)


if __name__ in {'__main__', '__mp_main__'}:
    serve(desk, CAR_VIEW)
