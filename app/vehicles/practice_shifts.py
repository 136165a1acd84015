"""Who is in charge of a desk while it practises, in memory only."""

from uuid import UUID

from app import clock
from app.access.shifts import ShiftInfo, Shifts


class PracticeShifts:
    """The guard of this practice; at the beginning the one who is on duty."""

    def __init__(self, real: Shifts) -> None:
        self._real = real
        self._begun: dict[UUID, ShiftInfo] = {}

    async def current(self, desk: UUID) -> ShiftInfo | None:
        """Who is in charge of the desk."""
        return self._begun.get(desk) or await self._real.current(desk)

    async def begin(self, desk: UUID, operator: UUID) -> ShiftInfo:
        """The operator takes over in this practice."""
        self._begun[desk] = ShiftInfo(desk, operator, clock.now())
        return self._begun[desk]
