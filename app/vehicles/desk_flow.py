"""The car desk as a state machine: the next step is whatever is still missing."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from app.desks.refusals import Refusal
from app.people.staff import StaffMember
from app.vehicles.alcohol_values import Method
from app.vehicles.due_times import DueChoice
from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleInfo
from app.vehicles.screens import CarOffer, HeldBack, Problem, Step
from app.vehicles.trip_values import TripInfo

ABANDONED_SECONDS = 120.0
DONE_SECONDS = 8.0
PROBLEM_SECONDS = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known about the person at the desk; dropped when they walk away."""

    attempt: str = field(default_factory=lambda: str(uuid.uuid4()))
    tapped: StaffMember | None = None
    is_undecided: bool = False
    """Who tapped may also be in charge of the desk, and has not said what they came for."""
    driver: StaffMember | None = None
    candidates: tuple[StaffMember, ...] = ()
    """Who may be meant, where a reservation was made for several."""
    open_trip: TripInfo | None = None
    is_by_key: bool = False
    """The return began with the key alone: whoever taps next is the one who brings it."""
    is_return: bool | None = None
    is_lone: bool = False
    """The trip that ends is not known here; `open_trip` stands for it with the id that the return gets."""
    offers: tuple[CarOffer, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    car: VehicleInfo | None = None
    offer: CarOffer | None = None
    destination: str | None = None
    purpose: str = ''
    suggestions: tuple[tuple[str, str], ...] = ()
    passengers: int = 0
    """So many go along (同乗者)."""
    asks_charge: bool = False
    """The car is electric, and the city sets a limit."""
    charge: int | None = None
    """Percent."""
    breaths: int = 0
    breath: Decimal | None = None
    is_positive: bool = False
    is_positive_seen: bool = False
    """On the way back: the guard has seen to it, and the car may come in."""
    witness: UUID | None = None
    """Who tapped after a value that needs somebody to stand for it, other than the driver."""
    check: UUID | None = None
    confirmer: UUID | None = None
    is_remote: bool = False
    """Who confirms is elsewhere: by telephone or video."""
    method: Method = Method.FACE_TO_FACE
    gates: tuple[Gate, ...] = ()
    manager: UUID | None = None
    """Car manager who tapped to open the gates."""
    overridden: tuple[tuple[str, str], ...] = ()
    odometer: int | None = None
    doubtful_odometer: int | None = None
    """Typed once; the same again is taken."""
    unlikely_odometer: int | None = None
    """Less than the car went out with, or more than a drive can be: typed twice, with a witness, it is taken."""
    is_typed_twice: bool = False
    odometer_confirmer: UUID | None = None
    due_at: datetime | None = None
    dues: tuple[DueChoice, ...] = ()
    """What the driver may press instead, for a car that nobody reserved."""

    @property
    def still_closed(self) -> tuple[Gate, ...]:
        """The gates that nobody has opened."""
        opened = {gate for gate, _reason in self.overridden}
        return tuple(gate for gate in self.gates if gate.value not in opened)

    @property
    def may_be_permitted(self) -> bool:
        """Whether a car manager may open all that is closed."""
        return bool(self.still_closed) and all(gate.may_be_overridden for gate in self.still_closed)


def next_step(draft: Draft) -> Step:
    """The first thing that is still missing."""
    if draft.tapped is None:
        return Step.BOARD
    if draft.is_undecided:
        return Step.CAPACITY
    if draft.is_return is None:
        return Step.DIRECTION
    return _of_return(draft) if draft.is_return else _of_borrowing(draft)


def _of_borrowing(draft: Draft) -> Step:
    if draft.car is None:
        return Step.CAR
    if draft.driver is None:
        return Step.DRIVER
    if draft.destination is None:
        return Step.DETAILS
    if draft.asks_charge and draft.charge is None:
        return Step.CHARGE
    if draft.breath is None:
        return Step.BREATH
    if draft.is_positive:
        return Step.POSITIVE
    if draft.still_closed:
        return Step.OVERRIDE if draft.manager else Step.GATES
    return Step.KEYS_OUT


def _of_return(draft: Draft) -> Step:
    if draft.is_lone and draft.car is None:
        return Step.CAR
    if draft.breath is None:
        return Step.BREATH
    if draft.is_positive and not draft.is_positive_seen:
        return Step.POSITIVE
    return Step.ODOMETER if draft.odometer is None else Step.KEYS_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class CarFlow:
    """One moment of a car desk. Times are monotonic seconds."""

    draft: Draft = field(default_factory=Draft)
    number: int = 0
    until: float | None = None
    done: TripInfo | None = None
    """What was just recorded, while it is shown."""
    problem: Problem | Refusal | None = None

    @property
    def step(self) -> Step:
        """What the desk shows."""
        if self.done is not None:
            return Step.DONE
        step = next_step(self.draft)
        return Step.PROBLEM if self.problem is not None and step is Step.BOARD else step

    @property
    def draft_of_next(self) -> Draft:
        """What a card or a code that comes now is added to."""
        return Draft() if self.step in (Step.BOARD, Step.DONE, Step.PROBLEM) else self.draft

    def with_draft(self, draft: Draft, now: float) -> 'CarFlow':
        """Something was entered."""
        return CarFlow(draft=draft, number=self.number, until=now + ABANDONED_SECONDS)

    def with_problem(self, problem: Problem | Refusal, now: float) -> 'CarFlow':
        """What was entered does not lead on; nothing is lost."""
        draft = self.draft if self.done is None else Draft()
        at_board = next_step(draft) is Step.BOARD
        until = now + (PROBLEM_SECONDS if at_board else ABANDONED_SECONDS)
        return CarFlow(draft=draft, number=self.number + 1, until=until, problem=problem)

    def finished(self, trip: TripInfo, now: float) -> 'CarFlow':
        """The key is out, or back."""
        return CarFlow(draft=self.draft, number=self.number + 1, until=now + DONE_SECONDS, done=trip)

    def cleared(self) -> 'CarFlow':
        """Nobody is at the desk: the person is forgotten."""
        return CarFlow(number=self.number)

    def time_passed(self, now: float) -> 'CarFlow':
        """Whoever walked away is forgotten."""
        return self.cleared() if self.until is not None and now >= self.until else self


def breath_key(flow: CarFlow) -> str | None:
    """Names the measurement that is waited for at the alcohol step; None: nobody stands there."""
    return f'{flow.draft.attempt}:{flow.draft.breaths}' if flow.step is Step.BREATH else None
