"""What residents may do who opened a shelter, until staff take over."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.places import ShelterInfo
from app.shelters.safety_check import Answers
from app.shelters.values import ShelterState


class DeskAct(StrEnum):
    """What is done at the desk of a shelter."""

    COUNT = 'count'
    REGISTER = 'register'
    HAND_OUT = 'hand_out'
    SEARCH = 'search'
    """Look for others."""


RESIDENTS_MAY = frozenset({DeskAct.COUNT, DeskAct.REGISTER, DeskAct.HAND_OUT})
"""Never look for others (domain/shelters.md 6, Cold open)."""


def may_here(shelter: ShelterInfo, act: DeskAct) -> bool:
    """Whether this may be done at the tablets of a shelter, of which residents have no session of their own."""
    return act in RESIDENTS_MAY or shelter.state is not ShelterState.OPENED_BY_RESIDENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentSession:
    """One browser of the residents who opened a shelter, or are about to."""

    id: UUID
    opening: UUID
    shelter: UUID
    answers: Answers
    stopped: bool
    """The building is dangerous."""
    opened_at: datetime | None
    practice: bool

    def may(self, act: DeskAct) -> bool:
        """Whether residents may do this now; before the opening nothing."""
        return self.opened_at is not None and act in RESIDENTS_MAY


@dataclass(frozen=True, slots=True)
class Begun:
    """A session, and the token for its browser, which is nowhere else."""

    session: ResidentSession
    token: str = field(repr=False)


class OpeningProblem(StrEnum):
    """Why residents cannot go on."""

    MISTYPED = 'mistyped'
    """A letter must be wrong."""
    UNKNOWN = 'unknown'
    """No living code."""
    ALREADY_OPEN = 'already_open'
    """Staff opened the shelter."""
    ENDED = 'ended'
    """Staff took over, or the shelter was closed."""
    NOT_CHECKED = 'not_checked'
    """The check of the building is not finished, or forbids it."""


class OpeningRefused(Exception):
    """Residents cannot go on like this; nothing was opened."""

    def __init__(self, problem: OpeningProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
