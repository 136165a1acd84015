import asyncio
import logging
import time
from collections.abc import Callable

from .bactrack_protocol import START_TEST, BreathTest, Progress, Refused, Result
from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement, Step
from .outlet import Outlet
from .radio import Radio, RadioError
from .units import Unit, is_possible, to_mg_per_litre

log = logging.getLogger(__name__)

_STATE_AFTER = {
    CheckerProblem.MISSING: CheckerState.MISSING,
    CheckerProblem.NO_SERVICE: CheckerState.NO_SERVICE,
}

_Inbox = asyncio.Queue[bytes | None]


class BactrackChecker:
    """A BACtrack over Bluetooth Low Energy (`AlcoholChecker`).

    The checker is connected for each measurement only, for it switches itself off in between: `ready` means that the
    last try, if there was one, reached it.
    """

    def __init__(self, address: str, radio: Radio) -> None:
        self.address = address
        self._radio = radio
        self._outlet = Outlet(address)
        self._test: asyncio.Task[None] | None = None

    @property
    def state(self) -> CheckerState:
        """What is known of the checker."""
        return self._outlet.state

    def start(self) -> None:
        """Allow measurements; a second call changes nothing."""
        if self.state is CheckerState.STOPPED:
            self._outlet.change(CheckerState.READY)

    async def stop(self) -> None:
        """Allow no more measurements; a pending one ends in `CheckerError` (stopped)."""
        self._outlet.fail(CheckerProblem.STOPPED)
        self._outlet.change(CheckerState.STOPPED)
        if self._test is not None:
            await self._end(self._test)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """Start a test on the checker and wait for its result: see `AlcoholChecker.measure`. Takes 30 to 60 s."""
        if self._test is not None:
            raise CheckerError(CheckerProblem.BUSY)
        if self.state is CheckerState.STOPPED:
            raise CheckerError(CheckerProblem.STOPPED)
        test = asyncio.create_task(self._run_test(), name=self.address)
        self._test = test
        try:
            return await self._outlet.take(timeout)
        finally:
            await self._end(test)
            self._test = None

    async def _end(self, test: 'asyncio.Task[None]') -> None:
        if not test.cancelling():
            test.cancel()
        await asyncio.wait([test])

    async def _run_test(self) -> None:
        try:
            self._outlet.give(await self._blow())
        except (RadioError, CheckerError) as error:
            self._outlet.fail(error.problem)
            self._outlet.change(_STATE_AFTER.get(error.problem, self.state))
        except Exception:
            log.exception('%s failed', self.address)
            self._outlet.fail(CheckerProblem.LOST)

    async def _blow(self) -> Measurement:
        inbox: _Inbox = asyncio.Queue()
        self._outlet.reach(Step.CONNECTING)
        device = self.address.partition(':')[2]
        link = await self._radio.connect(device, inbox.put_nowait, lambda: inbox.put_nowait(None))
        try:
            self._outlet.change(CheckerState.READY)
            await link.write(START_TEST)
            return await self._follow(inbox)
        finally:
            await link.close()

    async def _follow(self, inbox: _Inbox) -> Measurement:
        test = BreathTest()
        while (data := await inbox.get()) is not None:
            notice = test.feed(data)
            if isinstance(notice, Progress):
                self._outlet.reach(notice.step, notice.seconds_left)
            elif isinstance(notice, Refused):
                raise CheckerError(notice.problem)
            elif isinstance(notice, Result):
                return _measurement(notice)
        raise CheckerError(CheckerProblem.LOST)


def _measurement(result: Result) -> Measurement:
    value = to_mg_per_litre(result.percent_bac, Unit.PERCENT_BAC)
    if not is_possible(value):
        raise CheckerError(CheckerProblem.IMPOSSIBLE_VALUE)
    return Measurement(
        value_mg_per_litre=value,
        raw=result.raw.hex(),
        unit=Unit.PERCENT_BAC,
        measured_at=time.monotonic(),
    )
