from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from .units import Unit


class CheckerState(StrEnum):
    """What an alcohol checker is doing."""

    STARTING = 'starting'
    """Not heard of yet."""

    READY = 'ready'
    """A measurement can be taken."""

    MISSING = 'missing'
    """Not plugged in, or out of reach by radio; ready again by itself when it is back."""

    NO_SERVICE = 'no_service'
    """The box has no working Bluetooth; ready again when a measurement finds it working."""

    STUCK = 'stuck'
    """The line does not answer the operating system; given up, and opened anew by another thread."""

    STOPPED = 'stopped'
    """`stop` was called, or `start` not yet."""


class CheckerProblem(StrEnum):
    """Why there is no measurement."""

    BUSY = 'busy'
    """Another measurement is waited for."""

    STOPPED = 'stopped'
    """The checker was stopped."""

    MISSING = 'missing'
    """The checker is not plugged in or not within reach."""

    NO_SERVICE = 'no_service'
    """Bluetooth does not run on this box."""

    LOST = 'lost'
    """The checker went away during the measurement."""

    CANCELLED = 'cancelled'
    """The checker ended the test by itself: nobody blew."""

    BLOW_TOO_WEAK = 'blow_too_weak'
    """The breath was too short or too weak."""

    NOT_A_VALUE = 'not_a_value'
    """What was typed is no reading of a checker, such as `0.00`."""

    IMPOSSIBLE_VALUE = 'impossible_value'
    """The value lies outside of what breath can hold."""

    NO_PHOTO = 'no_photo'
    """The camera gave no picture of the display."""


class CheckerError(Exception):
    """No measurement, and why."""

    def __init__(self, problem: CheckerProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Step(StrEnum):
    """Where a guided test stands; shown to the person who blows."""

    CONNECTING = 'connecting'
    WARMING_UP = 'warming_up'
    BLOW = 'blow'
    KEEP_BLOWING = 'keep_blowing'
    ANALYSING = 'analysing'


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One reading: breath alcohol in mg/L, what the checker said word for word, and the unit it said it in.

    `measured_at` is seconds of the monotonic clock, `serial` the checker's serial number where it tells it, `photo` a
    JPEG of the display where one is taken as evidence. The legal record keeps every attempt
    (`domain/vehicles_and_attendance.md 1.2`).
    """

    value_mg_per_litre: Decimal
    raw: str
    unit: Unit
    measured_at: float
    serial: str | None = None
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerChanged:
    """The checker's state changed."""

    checker: str
    state: CheckerState


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReached:
    """A guided test went on; `seconds_left` where the checker counts down."""

    checker: str
    step: Step
    seconds_left: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A reading arrived, whether or not somebody waited for it."""

    checker: str
    measurement: Measurement


CheckerEvent = CheckerChanged | StepReached | Measured
"""`checker` is the checker's address in each."""


class AlcoholChecker(Protocol):
    """A breath alcohol checker; all methods belong to the event loop's thread, and events arrive there."""

    @property
    def address(self) -> str:
        """`typed:NAME`, `serial:PORT?...`, `ble:ADDRESS`, `photo:CAMERA` or `sim:NAME`."""

    @property
    def state(self) -> CheckerState:
        """What the checker is doing now."""

    def start(self) -> None:
        """Begin to listen; returns at once. Called within a running event loop."""

    async def stop(self) -> None:
        """Stop listening; a pending measurement ends in `CheckerError` (stopped)."""

    def listen(self, callback: Callable[[CheckerEvent], None]) -> Callable[[], None]:
        """Call back with every event from now on; the answer unsubscribes."""

    async def measure(self, timeout: float) -> Measurement:  # noqa: ASYNC109
        """The next reading that arrives after this call; an earlier one may be another person's and never counts.

        `timeout` in seconds. Cancelling withdraws. Raises `CheckerError`, and `TimeoutError` without a reading.
        """
