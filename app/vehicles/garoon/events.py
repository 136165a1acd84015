"""Garoon's events as reservations of cars (domain/vehicles_and_attendance.md 2.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.clock import TOKYO

SHORTEST = timedelta(minutes=30)
LAST_SECOND = (23, 59, 59)
Json = Mapping[str, Any]


class UnreadableEvent(ValueError):
    """An event that cannot be a reservation; the message names the field."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user of Garoon; `code` is the login name. What is not known is empty."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Facility:
    """A car, as Garoon knows it."""

    id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """One car for one stretch of time, half open, in Asia/Tokyo."""

    key: str
    """Unique: event, occurrence where there are several, `@`, facility. Stays when an event is moved."""
    event_id: str
    repeat_id: str
    """Which occurrence of a repeating event; empty otherwise."""
    facility_id: str
    facility_code: str
    start: datetime
    end: datetime
    is_all_day: bool
    is_start_only: bool
    """No end was given; `end` is half an hour after the start, the shortest reservation."""
    is_tentative: bool
    """One of several candidates (仮予定)."""
    menu: str
    subject: str
    notes: str
    creator: Person
    attendees: tuple[Person, ...]
    """Users only, in Garoon's order; empty where only the car was booked."""
    purpose: str
    """施設の利用目的."""
    usage_request_status: str
    """IN_PROGRESS, REJECTED or APPROVED of 施設利用申請; empty where none is asked for."""
    updated_at: datetime | None
    visibility: str
    """PUBLIC or PRIVATE."""


def reservations_of(event: Json, facility: Facility) -> list[Reservation]:
    """What an event reserves of this car: once, or once for each candidate of a tentative event.

    Raises:
        UnreadableEvent: there is no id, or start and end make no stretch of time.
    """
    candidates = _objects(event, 'temporaryEventCandidates')
    mine = [each for each in candidates if not each.get('facility') or _text(each['facility'], 'id') == facility.id]
    return [_reservation(event, facility, times) for times in (mine if candidates else [event])]


def event_id_of(event: Json) -> str:
    """The id of an event, also of one that is unreadable otherwise; empty where there is none."""
    return _text(event, 'id')


def half_open_end(end: datetime) -> datetime:
    """Garoon ends a whole day at 23:59:59; the stretch of time ends with the day."""
    return end + timedelta(seconds=1) if (end.hour, end.minute, end.second) == LAST_SECOND else end


def _reservation(event: Json, facility: Facility, times: Json) -> Reservation:
    event_id, repeat_id = event_id_of(event), _text(event, 'repeatId')
    if not event_id:
        raise UnreadableEvent('id')
    start, end = _stretch(times)
    tentative = _text(event, 'eventType') == 'TEMPORARY'
    return Reservation(
        key=_key(event, facility, start),
        event_id=event_id,
        repeat_id=repeat_id,
        facility_id=facility.id,
        facility_code=_booked_code(event, facility),
        start=start,
        end=end,
        is_all_day=event.get('isAllDay') is True or _text(event, 'eventType') == 'ALL_DAY',
        is_start_only=not times.get('end'),
        is_tentative=tentative,
        menu=_text(event, 'eventMenu'),
        subject=_text(event, 'subject'),
        notes=_text(event, 'notes'),
        creator=_person(event.get('creator')),
        attendees=tuple(_person(each) for each in _objects(event, 'attendees') if each.get('type', 'USER') == 'USER'),
        purpose=_text(event, 'facilityUsingPurpose'),
        usage_request_status=_request_status(event, facility),
        updated_at=_updated_at(event),
        visibility=_text(event, 'visibilityType') or 'PUBLIC',
    )


def _key(event: Json, facility: Facility, start: datetime) -> str:
    parts = [event_id_of(event)]
    if repeat_id := _text(event, 'repeatId'):
        parts.append(repeat_id)
    elif _text(event, 'eventType') in ('REPEATING', 'TEMPORARY'):
        parts.append(f'{start:%Y%m%dT%H%M}')
    return f'{"-".join(parts)}@{facility.id}'


def _stretch(times: Json) -> tuple[datetime, datetime]:
    start = _moment(times.get('start'), 'start')
    try:
        end = half_open_end(_moment(times['end'], 'end')) if times.get('end') else start + SHORTEST
    except OverflowError:
        raise UnreadableEvent('end') from None
    if end < start:
        raise UnreadableEvent('end before start')
    return start, end if end > start else start + SHORTEST


def _moment(value: object, field: str) -> datetime:
    if not isinstance(value, Mapping):
        raise UnreadableEvent(field)
    try:
        moment = datetime.fromisoformat(_text(value, 'dateTime'))
        return moment.replace(tzinfo=moment.tzinfo or _zone(value)).astimezone(TOKYO)
    except (ValueError, OverflowError):
        raise UnreadableEvent(field) from None


def _zone(value: Json) -> ZoneInfo:
    try:
        return ZoneInfo(_text(value, 'timeZone') or TOKYO.key)
    except (KeyError, ValueError, OSError):
        return TOKYO


def _updated_at(event: Json) -> datetime | None:
    try:
        return datetime.fromisoformat(_text(event, 'updatedAt')).astimezone(TOKYO)
    except (ValueError, OverflowError):
        return None


def _booked_code(event: Json, facility: Facility) -> str:
    booked = (each for each in _objects(event, 'facilities') if _text(each, 'id') == facility.id)
    return next((code for each in booked if (code := _text(each, 'code'))), facility.code)


def _request_status(event: Json, facility: Facility) -> str:
    for request in _objects(event, 'facilityUsageRequests'):
        asked = request.get('facility')
        if not isinstance(asked, Mapping) or _text(asked, 'id') == facility.id:
            return _text(request, 'status')
    return ''


def _person(value: object) -> Person:
    if not isinstance(value, Mapping):
        return Person('', '', '')
    return Person(_text(value, 'id'), _text(value, 'code'), _text(value, 'name'))


def _objects(value: Json, name: str) -> Sequence[Json]:
    items = value.get(name)
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []


def _text(value: object, name: str) -> str:
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ''
    return str(found)
