"""A car manager opens gates that no law closes: for one hand-over, with a reason, in their own name."""

from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.storage.transaction import transaction
from app.vehicles.gates import Gate
from app.vehicles.month_texts import month_texts

OVERRIDDEN = 'vehicles.gates_overridden'
LONGEST_REASON = 100


class NotOverridable(Exception):
    """Among the gates is one that nobody may open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """What a manager permits."""

    attempt: str
    """Of the hand-over that it is for; handled twice it is one."""
    manager: UUID
    vehicle: UUID
    driver: UUID
    gates: tuple[Gate, ...]
    reason: str
    desk: UUID


class Overrides:
    """Writes down who opened which gates and why."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def permit(self, override: Override) -> None:
        """Put the permission into the journal.

        Raises:
            NotOverridable: the law closes one of the gates, or the key is not there.
        """
        if not all(gate.may_be_overridden for gate in override.gates):
            raise NotOverridable
        why = month_texts(clock.now(), {'reason': override.reason})
        await self._journal.ensure_keys([why])
        act = Act(
            kind=OVERRIDDEN,
            actor=Actor(str(override.manager), Assurance.CARD),
            subjects=(override.vehicle, override.driver),
            desk=override.desk,
            attempt=override.attempt,
            payload={'gates': [gate.value for gate in override.gates]},
            sealed=(why,),
        )
        await transaction(lambda tx: self._journal.append(tx, act))
