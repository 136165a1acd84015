"""What the attendance desk shows, as plain values: the flow answers with one of these, the page draws it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.desks.refusals import Refusal


class Direction(StrEnum):
    """Arrival (出勤) or departure (退勤)."""

    IN = 'in'
    OUT = 'out'


class RenewalStep(StrEnum):
    """Where linking a renewed card stands."""

    OFFER = 'offer'
    NUMBER = 'number'
    SUPERVISOR = 'supervisor'
    DONE = 'done'
    FAILED = 'failed'


@dataclass(frozen=True, slots=True)
class Idle:
    """Nobody is at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The tap is on the disk."""

    number: int
    surname: str
    direction: Direction
    at: datetime
    already: bool = False
    """An earlier tap had recorded it; `at` is the time of that one."""
    notice: str = ''
    """One more sentence for this person, such as a certificate that ends soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A departure so soon after the arrival is asked for."""

    number: int
    surname: str
    tapped_at: datetime
    in_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was recorded."""

    number: int
    reason: Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A valid certificate that no link knows, probably a renewed one."""

    number: int
    step: RenewalStep
    last_four: str
    surname: str = ''
    problem: str = ''
    """Why the last entry did not lead on, in words."""


Screen = Idle | Answered | Question | Refused | Renewal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """Everything that the tablet of an attendance desk shows."""

    desk_name: str
    screen: Screen = field(default_factory=Idle)
    choice: Direction | None = None
    """Chosen on the screen before the tap."""
    reader: str = 'ready'
    """State of the card reader (`device_drivers.card_reader.ReaderState`)."""
    clock_doubtful: bool = False
    storage_failed: bool = False
    whom_to_call: str = ''
    missed: tuple[Answered, ...] = ()
    """Recorded while the tablet was away; shown for some seconds when it is back."""
    demo: bool = False
    large: bool = False
    practice: bool = False
