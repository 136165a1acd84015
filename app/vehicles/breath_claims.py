"""Which driver a reading of the alcohol checker belongs to: only the one who stands at the step when it is taken."""

from dataclasses import dataclass, replace
from enum import StrEnum

SETTLING_SECONDS = 5.0
"""A checker thinks before it tells: whoever left without a reading may have blown, and the next one waits this long."""


class Fate(StrEnum):
    """What becomes of a reading."""

    COUNTS = 'counts'
    NOBODY = 'nobody'
    """Nobody stands at the step."""
    STALE = 'stale'
    """It was taken before the driver came to the step."""
    DOUBTFUL = 'doubtful'
    """It may be of the driver before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreathClaims:
    """One moment at the alcohol step of a desk. `key` names driver and measurement; times are monotonic seconds."""

    key: str | None = None
    since: float = 0.0
    settled_at: float = float('-inf')
    """From here on a reading is of nobody who stood here before."""

    def stands(self, key: str | None, now: float) -> 'BreathClaims':
        """This driver stands at the step now; None: nobody does."""
        if key == self.key:
            return self
        left_alone = self.key is not None
        settled_at = now + SETTLING_SECONDS if left_alone else self.settled_at
        return BreathClaims(key=key, since=now, settled_at=settled_at)

    def told(self) -> 'BreathClaims':
        """The reading of the driver at the step has come: nothing of theirs is on its way any more."""
        return replace(self, key=None)

    def fate(self, measured_at: float) -> Fate:
        """What becomes of a reading that was taken at this time and arrives now."""
        if self.key is None:
            return Fate.NOBODY
        if measured_at < self.since:
            return Fate.STALE
        return Fate.DOUBTFUL if measured_at < self.settled_at else Fate.COUNTS
