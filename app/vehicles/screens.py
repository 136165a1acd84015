"""What the car desk shows, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.desks.refusals import Refusal
from app.vehicles.board import BoardRow
from app.vehicles.due_times import DueChoice
from app.vehicles.gates import Gate
from app.vehicles.trip_values import TripProblem


class Step(StrEnum):
    """What the desk waits for."""

    BOARD = 'board'
    """Nobody is at the desk."""
    CAPACITY = 'capacity'
    """The person may also be in charge of the desk: do they drive, or begin their shift?"""
    DIRECTION = 'direction'
    """The driver has a car out: bring it back, or take another one."""
    CAR = 'car'
    DRIVER = 'driver'
    """The reservation was made for several: who drives?"""
    DETAILS = 'details'
    CHARGE = 'charge'
    """What is left in the battery of an electric car, where the city sets a limit."""
    BREATH = 'breath'
    POSITIVE = 'positive'
    """Quietly: please speak to the guard."""
    GATES = 'gates'
    OVERRIDE = 'override'
    """A car manager gives the reason why the gates are opened this once."""
    KEYS_OUT = 'keys_out'
    ODOMETER = 'odometer'
    KEYS_IN = 'keys_in'
    DONE = 'done'
    PROBLEM = 'problem'


class Problem(StrEnum):
    """Why a press did not lead on, or a tap of a card that is in order."""

    CAR_TAKEN = 'car_taken'
    BAD_VALUE = 'bad_value'
    BAD_CHARGE = 'bad_charge'
    BREATH_AGAIN = 'breath_again'
    """A reading came that may be of somebody else."""
    CHECKER_NOT_VALID = 'checker_not_valid'
    """The checker that told the value is not registered, or used up."""
    WHICH_CHECKER = 'which_checker'
    """Several checkers may have told the value."""
    ODOMETER_BACK = 'odometer_back'
    ODOMETER_TOO_FAR = 'odometer_too_far'
    NOT_OUT = 'not_out'
    TAG_UNKNOWN = 'tag_unknown'
    KEY_NOT_OUT = 'key_not_out'
    KEY_OF_OTHER_ROOM = 'key_of_other_room'
    """Not lent as far as this guard room knows, and its key hangs in another one."""
    OTHER_KEY = 'other_key'
    """A key of another car than the one at hand."""
    DRIVER_UNKNOWN = 'driver_unknown'
    CAR_GONE = 'car_gone'
    """Taken out of the ledger meanwhile."""
    NEEDS_GUARD = 'needs_guard'
    OWN_CHECK = 'own_check'
    """Nobody is there to confirm but the driver."""
    NOT_TO_BE_PERMITTED = 'not_to_be_permitted'
    """A manager tapped where the law closes a gate."""
    OWN_PERMISSION = 'own_permission'
    """The manager is the driver."""
    NO_REASON = 'no_reason'
    DISK_FULL = 'disk_full'
    FAILED = 'failed'


@dataclass(frozen=True, slots=True, kw_only=True)
class CarOffer:
    """A car that the driver may take."""

    vehicle: UUID
    plate: str
    name: str
    key_number: str
    reservation: str | None
    """Key of the reservation that is offered with it."""
    start: datetime | None
    end: datetime | None
    """When it must be back for the next one."""
    purpose: str
    instead_of: str = ''
    """Plate of the reserved car that may not go out today, when this one is offered in its place."""
    caution: Gate | None = None
    """What a car manager will have to permit."""
    no_show: tuple[datetime, datetime] | None = None
    """Somebody else has reserved it from then to then, and did not come."""
    is_out: bool = False
    """At a return: it is out as far as this guard room knows, in the name of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A car that the driver reserved and that does not go out today."""

    plate: str
    gate: Gate
    """Why."""
    alternative: str
    """Plate of the car that is offered instead; empty: none is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesShown:
    """What the devices of a desk and its box say; each stands under the same name in the view."""

    reader: str = 'ready'
    checker: str = ''
    checker_is_typed: bool = False
    blowing: str = ''
    seconds_left: int | None = None
    clock_doubtful: bool = False
    storage_failed: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CarDeskView:
    """Everything that the tablet of a car desk shows. A name stands in it only while its owner is at the desk."""

    desk_name: str
    step: Step = Step.BOARD
    number: int = 0
    """Rises with each result, for sound and acknowledgement."""
    rows: tuple[BoardRow, ...] = ()
    guard: str = ''
    """Surname of the guard whose shift it is; empty: no shift is open."""
    driver: str = ''
    """Surname of the driver."""
    is_return: bool = False
    plate: str = ''
    car_name: str = ''
    key_number: str = ''
    key_home: str = ''
    """The other guard room where the returned key belongs; empty: it belongs here."""
    is_of_another: bool = False
    """The car that comes back went out in the name of somebody else."""
    offers: tuple[CarOffer, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    people: tuple[str, ...] = ()
    """Surnames among whom the driver is chosen."""
    destination: str = ''
    purpose: str = ''
    passengers: int = 0
    """So many go along (同乗者)."""
    suggestions: tuple[tuple[str, str], ...] = ()
    breath: Decimal | None = None
    """The last value, mg/L."""
    is_positive: bool = False
    """The last value is above the limit."""
    checker: str = ''
    """State of the checker that tells its value by itself; empty: there is none, the value is typed."""
    detector: str = ''
    """Serial number of the checker that a typed value is recorded with."""
    detectors: tuple[tuple[UUID, str], ...] = ()
    """Where that is not known: those among which the guard presses."""
    checker_is_typed: bool = False
    """Its display is photographed while a person types."""
    blowing: str = ''
    """Where a guided test stands."""
    seconds_left: int | None = None
    method: str = 'face_to_face'
    """確認の方法 of the breath that is waited for."""
    confirmer: str = ''
    remote: tuple[tuple[UUID, str], ...] = ()
    """Who may confirm from elsewhere, while nobody is at the desk."""
    is_remote: bool = False
    """Who confirms is elsewhere."""
    gates: tuple[Gate, ...] = ()
    may_be_permitted: bool = False
    """A car manager may open all of these gates with their card and a reason."""
    manager: str = ''
    """Surname of the car manager who is about to."""
    last_odometer: int | None = None
    odometer: int | None = None
    """What was typed and taken, km."""
    doubtful_odometer: int | None = None
    """What was typed and is asked about once: the drive would be longer than `DOUBTFUL_DRIVE_KM`."""
    unlikely_odometer: int | None = None
    """What was typed and cannot be right beside the last one, so one of the two is wrong."""
    is_typed_twice: bool = False
    """It was typed again: the guard may stand for it."""
    distance: int | None = None
    """Kilometres of this drive, once they are known."""
    due_at: datetime | None = None
    dues: tuple[DueChoice, ...] = ()
    """What may be pressed instead."""
    problem: Problem | Refusal | None = None
    """Why the last press or tap did not lead on; the values of both kinds differ."""
    reservations_as_of: datetime | None = None
    """When Garoon last answered; None: never, or there is no Garoon."""
    is_stale: bool = False
    """Garoon has not answered for a while; the desk works on."""
    is_from_file: bool = False
    """Nobody asks Garoon: its CSV was imported then."""
    reader: str = 'ready'
    clock_doubtful: bool = False
    storage_failed: bool = False
    practice: bool = False
    """練習: nothing of it is kept."""
    whom_to_call: str = ''
    demo: bool = False
    warnings: tuple[str, ...] = field(default_factory=tuple)
    """Facts for the guard, such as a car that was lent twice."""


PROBLEMS = {
    TripProblem.CAR_OUT: Problem.CAR_TAKEN,
    TripProblem.CAR_UNKNOWN: Problem.CAR_GONE,
    TripProblem.NOT_OUT: Problem.NOT_OUT,
    TripProblem.ODOMETER_BACK: Problem.ODOMETER_BACK,
    TripProblem.ODOMETER_TOO_FAR: Problem.ODOMETER_TOO_FAR,
}
"""What the desk says when a trip was refused."""
