import time
from collections.abc import Callable
from decimal import Decimal

from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement, Step
from .outlet import Outlet
from .units import Unit, to_mg_per_litre


class SimulatedChecker:
    """A checker without hardware (`AlcoholChecker`): breath comes by calls, in the event loop's thread."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.serial: str | None = 'SIM-0001'
        self._plugged = True
        self._outlet = Outlet(address)

    @property
    def state(self) -> CheckerState:
        """What the checker is doing now."""
        return self._outlet.state

    def start(self) -> None:
        """Begin to listen; a second call changes nothing."""
        if self.state is CheckerState.STOPPED:
            self._outlet.change(CheckerState.READY if self._plugged else CheckerState.MISSING)

    async def stop(self) -> None:
        """Stop listening; a pending measurement ends in `CheckerError` (stopped)."""
        self._outlet.fail(CheckerProblem.STOPPED)
        self._outlet.change(CheckerState.STOPPED)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next breath: see `AlcoholChecker.measure`."""
        if self.state is CheckerState.MISSING:
            raise CheckerError(CheckerProblem.MISSING)
        return await self._outlet.take(timeout)

    def blow(self, value: str, unit: Unit = Unit.MG_PER_LITRE) -> None:
        """Somebody blows and the checker shows this number; nothing happens while it is unplugged or stopped."""
        if self.state is not CheckerState.READY:
            return
        for step in (Step.BLOW, Step.KEEP_BLOWING, Step.ANALYSING):
            self._outlet.reach(step)
        measurement = Measurement(
            value_mg_per_litre=to_mg_per_litre(Decimal(value), unit),
            raw=f'{value}{unit.value}',
            unit=unit,
            measured_at=time.monotonic(),
            serial=self.serial,
        )
        self._outlet.give(measurement)

    def blow_badly(self, problem: CheckerProblem = CheckerProblem.BLOW_TOO_WEAK) -> None:
        """Somebody blows and the checker refuses."""
        self._outlet.reach(Step.BLOW)
        self._outlet.fail(problem)

    def unplug(self) -> None:
        """Pull the cable."""
        self._plugged = False
        if self.state is not CheckerState.STOPPED:
            self._outlet.fail(CheckerProblem.LOST)
            self._outlet.change(CheckerState.MISSING)

    def plug(self) -> None:
        """Plug the checker in again."""
        self._plugged = True
        if self.state is CheckerState.MISSING:
            self._outlet.change(CheckerState.READY)
