import re
import time
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from .interface import CheckerError, CheckerEvent, CheckerProblem, CheckerState, Measurement
from .outlet import Outlet
from .units import Unit, is_possible

_READING = re.compile(r'(?P<value>[0-9]{1,2}[.,][0-9]{1,3}|0)(?:\s*mg/l)?', re.IGNORECASE)
_LONGEST_TEXT = 20


def parse_typed(text: str) -> Decimal:
    """The reading in mg/L that a person copied from a display: `0.00`, `０．１５`, `0,15`, `0.00 mg/L`.

    A whole number other than 0 is refused, for it may be a reading with its point forgotten. Raises `CheckerError`
    (not_a_value, impossible_value).
    """
    if len(text) > _LONGEST_TEXT:
        raise CheckerError(CheckerProblem.NOT_A_VALUE)
    found = _READING.fullmatch(unicodedata.normalize('NFKC', text).strip())
    if found is None:
        raise CheckerError(CheckerProblem.NOT_A_VALUE)
    value = Decimal(found['value'].replace(',', '.'))
    if not is_possible(value):
        raise CheckerError(CheckerProblem.IMPOSSIBLE_VALUE)
    return value


def typed_measurement(text: str, photo: bytes | None = None) -> Measurement:
    """The measurement that a person typed just now; raises `CheckerError` as `parse_typed` does."""
    return Measurement(
        value_mg_per_litre=parse_typed(text),
        raw=text,
        unit=Unit.MG_PER_LITRE,
        measured_at=time.monotonic(),
        photo=photo,
    )


class TypedChecker:
    """A checker without a line to the box (`AlcoholChecker`): a person reads its display and types."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._outlet = Outlet(address)

    @property
    def state(self) -> CheckerState:
        """Ready, unless stopped."""
        return self._outlet.state

    def start(self) -> None:
        """Take readings from now on."""
        self._outlet.change(CheckerState.READY)

    async def stop(self) -> None:
        """Take no more readings; a pending measurement ends in `CheckerError` (stopped)."""
        self._outlet.fail(CheckerProblem.STOPPED)
        self._outlet.change(CheckerState.STOPPED)

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""
        return self._outlet.listen(callback)

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading that is entered: see `AlcoholChecker.measure`."""
        return await self._outlet.take(timeout)

    def enter(self, text: str) -> Measurement:
        """A person typed a reading; raises `CheckerError`, and then whoever waits goes on waiting."""
        if self._outlet.state is CheckerState.STOPPED:
            raise CheckerError(CheckerProblem.STOPPED)
        measurement = typed_measurement(text)
        self._outlet.give(measurement)
        return measurement
