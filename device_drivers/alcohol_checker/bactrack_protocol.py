from dataclasses import dataclass
from decimal import Decimal

from .interface import CheckerProblem, Step

SERVICE = '862bfff0-7d59-4359-8b59-a96db28bc679'
CHARACTERISTIC = '862bfff1-7d59-4359-8b59-a96db28bc679'
START_TEST = bytes.fromhex('0001')

_STATUS, _RESULT = 0x80, 0x81
_STATUS_LENGTH, _RESULT_LENGTH = 6, 17
_STEPS = {
    1: Step.WARMING_UP,
    2: Step.BLOW,
    3: Step.KEEP_BLOWING,
    4: Step.ANALYSING,
    5: Step.ANALYSING,
    6: Step.ANALYSING,
}
_COUNTS_DOWN = (Step.WARMING_UP, Step.KEEP_BLOWING)
_REFUSALS = {7: CheckerProblem.CANCELLED, 8: CheckerProblem.BLOW_TOO_WEAK}
_BREATH_SEEN = (Step.BLOW, Step.KEEP_BLOWING, Step.ANALYSING)


@dataclass(frozen=True, slots=True)
class Progress:
    """The test goes on."""

    step: Step
    seconds_left: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """The checker ended the test without a result."""

    problem: CheckerProblem


@dataclass(frozen=True, slots=True)
class Result:
    """The result in % of blood, in steps of 0.0001."""

    percent_bac: Decimal
    raw: bytes


Notice = Progress | Refused | Result


def parse_notification(data: bytes) -> Notice | None:
    """What one notification says, or None for one that is not understood.

    No maker's document: published by people who watched a C6 (`domain/vehicles_and_attendance.md 5.1`). Unproven here
    on any device, above all other models. Status: 6 bytes `80 NN SS ...`; NN counts the steps, SS seconds where it
    counts down. Result: 17 bytes `81 ?? LL HH ...`, little-endian ten-thousandths of a percent; two such captures are
    public, one of them a clean breath with the value 7. Other lengths are not understood rather than guessed.
    """
    if len(data) == _STATUS_LENGTH and data[0] == _STATUS:
        return _status(data[1], data[2])
    if len(data) == _RESULT_LENGTH and data[0] == _RESULT:
        return Result(Decimal(int.from_bytes(data[2:4], 'little')) / 10_000, data)
    return None


def _status(code: int, seconds: int) -> Progress | Refused | None:
    if code in _REFUSALS:
        return Refused(_REFUSALS[code])
    if code not in _STEPS:
        return None
    step = _STEPS[code]
    return Progress(step, seconds if step in _COUNTS_DOWN else None)


class BreathTest:
    """The order of one test: a result counts only after this test asked for breath, so that no old one slips in."""

    def __init__(self) -> None:
        self._breath_asked_for = False
        self.ignored = 0
        """Notifications not understood, and results that came out of order."""

    def feed(self, data: bytes) -> Notice | None:
        """What this notification means within the test, or None when it is ignored."""
        notice = parse_notification(data)
        if isinstance(notice, Progress) and notice.step in _BREATH_SEEN:
            self._breath_asked_for = True
        if notice is None or (isinstance(notice, Result) and not self._breath_asked_for):
            self.ignored += 1
            return None
        return notice
