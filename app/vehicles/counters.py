"""The counters that a car desk turns to: the one that records, and those of practices."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from app.desks.practice import Practices, PracticeWatch
from app.desks.register import DeskInfo
from app.storage.failures import StorageError, StorageFull
from app.vehicles.alcohol_values import CheckRefused
from app.vehicles.counter import CarCounter
from app.vehicles.screens import Problem

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counters:
    """The counter that records, and where a practice that begins gets one of its own."""

    real: CarCounter
    practising: Callable[[], CarCounter]
    practices: Practices

    def watch(self, desk: DeskInfo, on_turned: Callable[[], None]) -> PracticeWatch:
        """Whether this desk practises; calls back when that turns."""
        return PracticeWatch(self.practices, desk.id, desk.practice_until, on_turned)

    def serving(self, practice: PracticeWatch) -> CarCounter:
        """The counter for what comes now; each practice begins with all cars in."""
        return self.practising() if practice.is_on else self.real


def problem_of(error: Exception, desk_name: str) -> Problem:
    """What a desk says of an error; one that nobody expected is in the log."""
    if isinstance(error, CheckRefused):
        return Problem.BAD_VALUE
    if not isinstance(error, StorageError):
        log.error('Desk %s could not handle what happened at it', desk_name, exc_info=error)
    return Problem.DISK_FULL if isinstance(error, StorageFull) else Problem.FAILED
