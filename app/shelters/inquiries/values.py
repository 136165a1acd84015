"""An inquiry and its answer, as values (災害対策基本法 86条の15, 同法施行規則 8条の3)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.values import LeftFor, Place, Sex, StayState


class Relation(StrEnum):
    """Who the inquirer is to the person whom they seek."""

    HOUSEHOLD = 'household'
    """同居の親族."""
    RELATIVE = 'relative'
    WORKPLACE = 'workplace'
    ACQUAINTANCE = 'acquaintance'


class Identity(StrEnum):
    """How the inquirer showed who they are."""

    LICENCE = 'licence'
    MY_NUMBER_CARD = 'my_number_card'
    PASSPORT = 'passport'
    OTHER_PAPER = 'other_paper'
    CALLED_BACK = 'called_back'
    """By telephone: called back at a number that was known before."""


class Reach(StrEnum):
    """How far an answer goes; each includes those before it."""

    NOTHING = 'nothing'
    """Absent, protected, withheld, several, or too little known: one and the same answer."""
    HELD = 'held'
    """Information is held."""
    CONDITION = 'condition'
    """And injury or illness."""
    WHEREABOUTS = 'whereabouts'
    """And where they are, and how to reach them."""


class Outcome(StrEnum):
    """What became of an answer."""

    OPEN = 'open'
    TOLD = 'told'
    REFUSED = 'refused'
    """Not told: the clerk doubted the purpose or the person."""


class Problem(StrEnum):
    """Why an inquiry is not taken; none of them depends on who is at the shelters."""

    INQUIRER = 'inquirer'
    IDENTITY = 'identity'
    NAME = 'name'
    MORE_NEEDED = 'more_needed'
    """A birth date or an address has to go with the name."""
    REASON = 'reason'
    TOO_LONG = 'too_long'
    TOO_MANY_BY_CLERK = 'too_many_by_clerk'
    TOO_MANY_FOR_NAME = 'too_many_for_name'
    CLOSED = 'closed'
    """What became of it was recorded before."""


class InquiryRefused(Exception):
    """The inquiry was not taken, and nobody was looked for."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The person who is sought, as far as known; empty: not known."""

    name: str = ''
    kana: str = ''
    birth_date: date | None = None
    sex: Sex | None = None
    address: str = ''


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who asks about whom, and why (施行規則 8条の3 第1項)."""

    inquirer_name: str = field(repr=False)
    inquirer_address: str = field(repr=False)
    identity: Identity | None
    relation: Relation
    reason: str = field(repr=False)
    sought: Sought = field(repr=False)


NO_QUESTION = Question(
    inquirer_name='', inquirer_address='', identity=None, relation=Relation.ACQUAINTANCE, reason='', sought=Sought()
)
"""Of an inquiry whose key was thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """Where somebody is, as the last stay says."""

    shelter: str
    place: Place
    state: StayState
    left_for: LeftFor | None = None
    destination: str = field(default='', repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What may be told; everything beyond its reach is empty."""

    reach: Reach = Reach.NOTHING
    injury: str = field(default='', repr=False)
    condition: str = field(default='', repr=False)
    whereabouts: Whereabouts | None = field(default=None, repr=False)
    contact: str = field(default='', repr=False)


NOTHING = Answer()


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryInfo:
    """An inquiry as it is kept."""

    id: UUID
    asked_at: datetime
    clerk: str
    question: Question
    answer: Answer
    outcome: Outcome
    closed_at: datetime | None
    practice: bool
