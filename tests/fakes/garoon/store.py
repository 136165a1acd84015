"""What the fake Garoon knows: facilities and events, kept as the JSON objects that it answers with."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from tests.fakes.garoon.faults import Troubles
from tests.fakes.garoon.oauth import OAuthGate

Json = dict[str, Any]


class GaroonStore:
    """All state of a fake Garoon; tests change it while it runs."""

    GROUP_ID: ClassVar[str] = '7'

    def __init__(self, basic: tuple[str, str] | None = None, oauth: OAuthGate | None = None) -> None:
        self.login, self.password, self.basic, self.oauth = 'machibako', 'garoon', basic, oauth
        self.facilities: list[Json] = []
        self.events: list[Json] = []
        self.datastore: dict[tuple[str, str], Any] = {}
        self.troubles = Troubles()
        self.tells_has_next = True
        self.hidden_facilities: set[str] = set()
        self.between_pages: Callable[[], None] | None = None
        """Called after each answer that has a next page."""
        self.requests: list[str] = []
        self._ids = itertools.count(1)

    def add_car(self, name: str, code: str) -> Json:
        """A facility of the group of cars."""
        facility = {'id': str(next(self._ids)), 'name': name, 'code': code, 'notes': '', 'facilityGroup': self.GROUP_ID}
        self.facilities.append(facility)
        return facility

    def add_event(self, car: Json, start: datetime, end: datetime, **fields: Any) -> Json:
        """An event with one car; `fields` replace or add properties of the event object."""
        person = {'id': '1', 'code': 'sato', 'name': '佐藤 昇'}
        event = {
            'id': str(next(self._ids)),
            'creator': person,
            'createdAt': _utc(start - timedelta(days=3)),
            'updater': person,
            'updatedAt': _utc(start - timedelta(days=2)),
            'eventType': 'REGULAR',
            'eventMenu': '外出',
            'subject': '現地確認',
            'notes': '',
            'visibilityType': 'PUBLIC',
            'useAttendanceCheck': False,
            'start': moment(start),
            'end': moment(end),
            'isAllDay': False,
            'isStartOnly': False,
            'originalStartTimeZone': 'Asia/Tokyo',
            'originalEndTimeZone': 'Asia/Tokyo',
            'attendees': [{**person, 'type': 'USER', 'attendanceResponse': {'status': 'PENDING', 'comment': ''}}],
            'watchers': [],
            'facilities': [{key: car[key] for key in ('id', 'name', 'code')}],
            'facilityUsingPurpose': '',
            'facilityUsageRequests': [],
        }
        event |= fields
        self.events.append(event)
        return event

    def remove(self, event: Json) -> None:
        """Somebody deletes it."""
        self.events.remove(event)


def moment(at: datetime) -> Json:
    """A time as Garoon writes it."""
    return {'dateTime': at.isoformat(timespec='seconds'), 'timeZone': 'Asia/Tokyo'}


def _utc(at: datetime) -> str:
    return f'{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}'
