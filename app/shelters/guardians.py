"""Children without an adult: flagged until an adult or an officer takes over."""

from dataclasses import dataclass, field, replace
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.evacuees import EvacueeInfo, Evacuees
from app.shelters.values import LeftFor
from app.storage.transaction import transaction
from app.storage.vault import RecordClass

TAKEN_OVER = 'shelters.child_taken_over'
GOES_OUT = 'shelters.child_goes_out'
LONGEST = 200
WITHOUT_TAKER = frozenset({LeftFor.AMBULANCE, LeftFor.HOSPITAL, LeftFor.DIED})
"""Departures of a child alone that wait for nobody."""


@dataclass(frozen=True, slots=True)
class Escort:
    """Who takes a child alone out for a while."""

    name: str = field(default='', repr=False)
    relation: str = field(default='', repr=False)
    nobody: bool = False
    """An officer decided that the child may go alone, such as to school."""


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

    async def goes_out(self, child: UUID, escort: Escort, actor: Actor, desk: UUID | None = None) -> None:
        """Who takes the child out for a while is written down; the child stays flagged. Before it goes out.

        Raises:
            NobodyNamed: name or relation was not said, or is too long; nothing was written.
        """
        if not escort.nobody and not all(0 < len(part) <= LONGEST for part in (escort.name, escort.relation)):
            raise NobodyNamed
        fields = {} if escort.nobody else {'by_whom': escort.name, 'relation': escort.relation}
        sealed = (Sealed(child, RecordClass.SHELTER, fields),) if fields else ()
        payload = {'escorted': not escort.nobody}
        act = Act(kind=GOES_OUT, actor=actor, subjects=(child,), desk=desk, payload=payload, sealed=sealed)
        await transaction(lambda tx: self._journal.append(tx, act))

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
