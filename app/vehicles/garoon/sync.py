"""What changed between the reservations that the box knows and those that Garoon shows now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.vehicles.garoon.events import Reservation

LONGEST_BOOKING = timedelta(days=7)
LOOK_AHEAD = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Window:
    """Reservations that begin in this half-open stretch of time."""

    starts_from: datetime
    starts_before: datetime

    def __contains__(self, start: datetime) -> bool:
        return self.starts_from <= start < self.starts_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What Garoon showed of a window."""

    window: Window
    reservations: tuple[Reservation, ...]
    read_facilities: frozenset[str]
    """Ids of the facilities that were read completely; of the others nothing is known."""
    unreadable_events: frozenset[str]
    """Ids of events that are there and could not be understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What to do to the known reservations."""

    added: tuple[Reservation, ...]
    changed: tuple[Reservation, ...]
    """As they are now."""
    gone: tuple[Reservation, ...]
    """As they were known: cancelled, moved out of the window, or made private."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def window_around(now: datetime, longest: timedelta = LONGEST_BOOKING, ahead: timedelta = LOOK_AHEAD) -> Window:
    """Every reservation that may still run or is about to begin: Garoon filters by the start alone."""
    return Window(now - longest, now + ahead)


def merge(known: Iterable[Reservation], fetched: Fetched) -> Changes:
    """Compare; Garoon reports no deletion, so that only absence inside a window that was read tells of one.

    A comment moves `updated_at` alone and is no change.
    """
    before = {reservation.key: reservation for reservation in known}
    now = {reservation.key: reservation for reservation in fetched.reservations}
    return Changes(
        added=tuple(one for key, one in now.items() if key not in before),
        changed=tuple(one for key, one in now.items() if key in before and _content(one) != _content(before[key])),
        gone=tuple(one for one in before.values() if _is_gone(one, now, fetched)),
    )


def _content(reservation: Reservation) -> Reservation:
    return replace(reservation, updated_at=None)


def _is_gone(reservation: Reservation, now: Mapping[str, Reservation], fetched: Fetched) -> bool:
    return (
        reservation.key not in now
        and reservation.start in fetched.window
        and reservation.facility_id in fetched.read_facilities
        and reservation.event_id not in fetched.unreadable_events
    )
