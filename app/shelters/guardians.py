"""Children without an adult: flagged until an adult or an officer takes over."""

from dataclasses import replace
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.evacuees import EvacueeInfo, Evacuees
from app.shelters.values import LeftFor
from app.storage.transaction import transaction
from app.storage.vault import RecordClass

TAKEN_OVER = 'shelters.child_taken_over'
LONGEST = 200
WITHOUT_TAKER = frozenset({LeftFor.AMBULANCE, LeftFor.HOSPITAL, LeftFor.DIED})
"""Departures of a child alone that wait for nobody."""


class NobodyNamed(Exception):
    """Who takes over was not said, or the child is not flagged. Nothing was changed."""


class Guardians:
    """Who looks after a child that came alone."""

    def __init__(self, journal: Journal, evacuees: Evacuees) -> None:
        self._journal = journal
        self._evacuees = evacuees

    async def take_over(self, child: UUID, by_whom: str, actor: Actor, desk: UUID | None = None) -> EvacueeInfo:
        """An adult or an officer looks after the child from now on; the flag goes.

        Raises:
            NobodyNamed: nothing was changed.
        """
        info, adult = await self._evacuees.get(child), by_whom.strip()
        if info is None or not info.details.unaccompanied or not adult or len(adult) > LONGEST:
            raise NobodyNamed
        sealed = Sealed(child, RecordClass.SHELTER, {'by_whom': adult})
        act = Act(kind=TAKEN_OVER, actor=actor, subjects=(child,), desk=desk, sealed=(sealed,))
        await transaction(lambda tx: self._journal.append(tx, act))
        details = replace(info.details, unaccompanied=False)
        return await self._evacuees.set_details(child, details, actor, assured=info.assured, desk=desk)

    async def flag(self, child: UUID, actor: Actor, desk: UUID | None = None) -> None:
        """Somebody at a desk sees that the child came alone; said twice is once.

        Raises:
            LookupError: there is no such person.
        """
        info = await self._evacuees.get(child)
        if info is None:
            raise LookupError('evacuee')
        if not info.details.unaccompanied:
            details = replace(info.details, unaccompanied=True)
            await self._evacuees.set_details(child, details, actor, assured=info.assured, desk=desk)

    async def is_alone(self, evacuee: UUID) -> bool:
        """Whether this is a child whom nobody has taken over yet, who therefore leaves with nobody."""
        info = await self._evacuees.get(evacuee)
        return info is not None and info.details.unaccompanied
