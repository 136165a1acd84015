"""Trips as plain values: what a desk orders, and what the record says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from app.clock import Moment
from app.vehicles.models import Trip
from app.vehicles.trip_columns import gates_of, people_of

DOUBTFUL_DRIVE_KM = 500
NO_BOX = UUID(int=0)
OF_OTHER_FORM = frozenset({'source', 'second_drivers', 'passenger_staff', 'passenger_names', 'overridden'})
"""Columns that are not as the value has them."""
NO_LINE = 0
"""Of what stands in no record: a practice, and a trip that this guard room has not heard of."""


class Source(StrEnum):
    """How a trip got into the record."""

    DESK = 'desk'
    PAPER = 'paper'


class TripProblem(StrEnum):
    """Why nothing was recorded."""

    CAR_OUT = 'car_out'
    CAR_UNKNOWN = 'car_unknown'
    NOT_OUT = 'not_out'
    ODOMETER_BACK = 'odometer_back'
    ODOMETER_TOO_FAR = 'odometer_too_far'
    TIME_BACK = 'time_back'
    TIME_AHEAD = 'time_ahead'


class TripRefused(Exception):
    """Nothing was recorded."""

    def __init__(self, problem: TripProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A key goes out."""

    attempt: str
    """Names this hand-over; handled twice it is one."""
    vehicle: UUID
    driver: UUID
    destination: str
    purpose: str
    passengers: int = 0
    reservation: str | None = None
    due_at: datetime | None = None
    handed_over_by: UUID | None = None
    desk: UUID | None = None
    check: UUID | None = None
    """The breath test before the drive."""
    charge: int | None = None
    """What was left in the battery, percent; None: nobody asked."""
    odometer: int | None = None
    """What it showed, from paper; None: what it showed at the last return."""
    at: Moment | None = None
    """When, if that is not now: entered from paper."""
    overridden: Mapping[str, str] | None = None
    """Gates that a manager opened, each with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """A key comes back."""

    attempt: str
    trip: UUID
    odometer: int
    returned_by: UUID
    received_by: UUID | None = None
    odometer_confirmer: UUID | None = None
    """Who stands for an odometer that is less than at the hand-over, or further than a drive can be."""
    desk: UUID | None = None
    check: UUID | None = None
    """The breath test after the drive."""
    fuel_litres: Decimal | None = None
    fuel_yen: int | None = None
    has_receipt: bool = False
    abnormality: str = ''
    is_accident: bool = False
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TripInfo:
    """A trip as its record stands now. Kilometres; times with zone."""

    id: UUID
    sequence: int = NO_LINE
    box: UUID = NO_BOX
    vehicle: UUID
    driver: UUID
    reservation: str | None = None
    destination: str = ''
    purpose: str = ''
    passengers: int = 0
    out_at: datetime
    due_at: datetime | None = None
    odometer_out: int | None = None
    returned_at: datetime | None = None
    returned_by: UUID | None = None
    odometer_in: int | None = None
    fuel_litres: Decimal | None = None
    fuel_yen: int | None = None
    has_receipt: bool = False
    abnormality: str = ''
    is_accident: bool = False
    source: Source = Source.DESK
    second_drivers: tuple[UUID, ...] = ()
    """交代運転者."""
    passenger_staff: tuple[UUID, ...] = ()
    """同乗者 among the staff."""
    passenger_names: str = ''
    """Other 同乗者, as they were written."""
    overridden: tuple[tuple[str, str], ...] = ()
    """Gates that a manager opened, each with the reason."""
    charge_out: int | None = None
    """What was left in the battery at the hand-over, percent; None: nobody asked."""
    charged_kwh: Decimal | None = None
    """What was charged on the way, as `fuel_litres`."""

    @property
    def distance(self) -> int | None:
        """Kilometres driven; None until both ends are known, and where one of them must be wrong."""
        return kilometres_between(self.odometer_out, self.odometer_in)


def kilometres_between(start: int | None, end: int | None) -> int | None:
    """Kilometres between two readings; None where one is missing, or the second is less."""
    return None if start is None or end is None or end < start else end - start


def is_doubtful(trip: TripInfo) -> bool:
    """Whether the distance should be looked at: a slip of a finger, or a drive that nobody wrote down."""
    return trip.distance is not None and trip.distance > DOUBTFUL_DRIVE_KM


def trip_info(row: Trip) -> TripInfo:
    """A row as a value."""
    names = [name for name in TripInfo.__dataclass_fields__ if name not in OF_OTHER_FORM]
    return TripInfo(
        **{name: getattr(row, name) for name in names},
        source=Source(row.source),
        second_drivers=people_of(row.second_drivers),
        passenger_staff=people_of(row.passenger_staff),
        passenger_names=row.passenger_names or '',
        overridden=gates_of(row.overridden),
    )
