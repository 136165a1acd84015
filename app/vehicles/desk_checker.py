"""The alcohol checker of a car desk: listens, asks for breath where the checker wants that, and sorts readings."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

from app import clock
from app.desks.device_addresses import display_camera
from app.desks.devices import DeskDevices, DeskEvent
from app.vehicles.breath_claims import BreathClaims, Fate
from device_drivers.alcohol_checker.interface import AlcoholChecker, CheckerError, Measured, Measurement, StepReached

ASKED_FOR_EACH_BREATH = 'ble:'
LONGEST_TEST_SECONDS = 120.0
PAUSE_SECONDS = 2.0
OnReading = Callable[[Fate, Measurement], None]


class DeskChecker:
    """What the desk knows of its checker; a desk without one has the state ''."""

    def __init__(self, desk: UUID, devices: DeskDevices, on_reading: OnReading, on_change: Callable[[], None]) -> None:
        self._desk = desk
        self._devices = devices
        self._on_reading = on_reading
        self._on_change = on_change
        self._claims = BreathClaims()
        self._test: asyncio.Task[None] | None = None
        self.step: StepReached | None = None
        """Where a guided test stands."""
        self._endings = [devices.HEARD.listen(self._heard), devices.CHANGED.listen(lambda _none: on_change())]

    @property
    def state(self) -> str:
        """State of the checker; empty: values are typed."""
        checker = self._devices.checker(self._desk)
        return str(checker.state) if checker else ''

    @property
    def is_typed(self) -> bool:
        """Whether a person types what the checker shows, and only its picture is taken."""
        checker = self._devices.checker(self._desk)
        return checker is not None and bool(display_camera(checker.address))

    def follow(self, key: str | None) -> None:
        """This driver stands at the alcohol step from now on; None: nobody does."""
        if key == self._claims.key:
            return
        self._claims = self._claims.stands(key, clock.monotonic())
        self.step = None
        self._end_test()
        checker = self._devices.checker(self._desk)
        if key is not None and checker is not None and checker.address.startswith(ASKED_FOR_EACH_BREATH):
            self._test = asyncio.create_task(self._ask(checker), name=f'breath test {checker.address}')

    def close(self) -> None:
        """Listen no more."""
        for end in self._endings:
            end()
        self._end_test()

    def _heard(self, heard: DeskEvent) -> None:
        if heard.desk != self._desk:
            return
        match heard.event:
            case Measured(measurement=measurement):
                fate = self._claims.fate(measurement.measured_at)
                if fate is Fate.COUNTS:
                    self._claims = self._claims.told()
                self._on_reading(fate, measurement)
            case StepReached() as step:
                self.step = step
                self._on_change()
            case _:
                self._on_change()

    async def _ask(self, checker: AlcoholChecker) -> None:
        while True:
            with suppress(CheckerError, TimeoutError):
                await checker.measure(LONGEST_TEST_SECONDS)
                return
            self.step = None
            self._on_change()
            await asyncio.sleep(PAUSE_SECONDS)

    def _end_test(self) -> None:
        if self._test is not None:
            self._test.cancel()
            self._test = None
