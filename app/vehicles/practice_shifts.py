"""Who is in charge of a desk while it practises, in memory only."""

from uuid import UUID

from app import clock
from app.access.shifts import ShiftInfo, Shifts


class PracticeShifts:
    """The guard of this practice; at the beginning the one who is on duty."""

    def __init__(self, real: Shifts) -> None:
        self._real = real
        self._begun: dict[UUID, ShiftInfo | None] = {}

    async def current(self, desk: UUID) -> ShiftInfo | None:
        """Who is in charge of the desk."""
        return self._begun[desk] if desk in self._begun else await self._real.current(desk)

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over in this practice."""
        shift = self._begun[desk] = ShiftInfo(desk, operator, clock.now())
        return shift

    async def end(self, desk: UUID) -> None:
        """Nobody is in charge of the desk in this practice any more."""
        self._begun[desk] = None
