"""Reservations between Garoon and the table of this box."""

from datetime import datetime

from app import clock
from app.vehicles.garoon.events import Person
from app.vehicles.garoon.events import Reservation as Told
from app.vehicles.models import Reservation

LONGEST_LOGIN = 100


def as_kept(told: Told) -> Told:
    """Only what the box keeps of a reservation, so that the rest does not count as a change."""
    return told_of(row_of(told, clock.now()))


def row_of(told: Told, now: datetime) -> Reservation:
    """What Garoon told at this moment, as a row; longer texts are cut."""
    return Reservation(
        key=told.key,
        event=told.event_id,
        facility=told.facility_id,
        start=told.start,
        end=told.end,
        subject=told.subject[:500],
        purpose=told.purpose[:500],
        creator=told.creator.code[:LONGEST_LOGIN],
        attendees=[person.code[:LONGEST_LOGIN] for person in told.attendees],
        fetched_at=now,
    )


def told_of(row: Reservation) -> Told:
    """A row as Garoon told it, as far as it was kept."""
    return Told(
        key=row.key,
        event_id=row.event,
        repeat_id='',
        facility_id=row.facility,
        facility_code='',
        start=row.start.astimezone(clock.TOKYO),
        end=row.end.astimezone(clock.TOKYO),
        is_all_day=False,
        is_start_only=False,
        is_tentative=False,
        menu='',
        subject=row.subject,
        notes='',
        creator=Person('', row.creator, ''),
        attendees=tuple(Person('', code, '') for code in row.attendees),
        purpose=row.purpose,
        usage_request_status='',
        updated_at=None,
        visibility='PUBLIC',
    )
