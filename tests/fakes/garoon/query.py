"""The parameters of `GET /schedule/events` and what they choose (domain/vehicles_and_attendance.md 2.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tests.fakes.garoon.store import GaroonStore, Json

LARGEST_PAGE, LARGEST_OFFSET, DEFAULT_PAGE = 1000, 2_147_483_647, 100
ORDERS = ('createdAt', 'updatedAt', 'start')
TARGETS = ('user', 'organization', 'facility')


class Refusal(Exception):
    """Garoon's answer to a request that it does not take."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


def page_of(query: Mapping[str, str]) -> tuple[int, int]:
    """Limit and offset."""
    limit = _number(query, 'limit', 1, LARGEST_PAGE, DEFAULT_PAGE)
    return limit, _number(query, 'offset', 0, LARGEST_OFFSET, 0)


def chosen_events(store: GaroonStore, query: Mapping[str, str]) -> list[Json]:
    """All events that the query means, in its order. Private ones are absent, as for a user who may not see them."""
    _refuse_target(store, query)
    visible = [event for event in store.events if event['visibilityType'] == 'PUBLIC']
    found = [event for event in visible if _has_target(store, event, query)]
    if start := _time(query, 'rangeStart'):
        found = [event for event in found if _begins(event) >= start]
    if end := _time(query, 'rangeEnd'):
        found = [event for event in found if _begins(event) < end]
    name, direction = _order(query)
    return sorted(found, key=lambda event: _sort_value(event, name), reverse=direction == 'desc')


def with_fields(events: Sequence[Json], query: Mapping[str, str]) -> list[Json]:
    """Only the properties that were asked for."""
    names = [name for name in query.get('fields', '').split(',') if name]
    return [{name: event[name] for name in names if name in event} if names else event for event in events]


def _has_target(store: GaroonStore, event: Json, query: Mapping[str, str]) -> bool:
    target, kind = query.get('target'), query.get('targetType', '')
    if target is None:
        return any(person['code'] == store.login for person in event['attendees'])
    if kind == 'facility':
        return any(facility['id'] == target for facility in event['facilities'])
    return any(person['id'] == target and person['type'] == kind.upper() for person in event['attendees'])


def _refuse_target(store: GaroonStore, query: Mapping[str, str]) -> None:
    target, kind = query.get('target'), query.get('targetType')
    if target is None and kind is None:
        return
    if target is None or kind is None:
        raise Refusal(400, 'GRN_REST_API_00205', 'target and targetType are mandatory together.')
    if kind not in TARGETS:
        raise Refusal(400, 'GRN_REST_API_00212', f'Only allowed values for targetType: {TARGETS}')
    if not target.isdigit():
        raise Refusal(400, 'GRN_REST_API_00202', 'target is not valid.')
    if target in store.hidden_facilities:
        raise Refusal(400, 'GRN_REST_API_00207', 'There is no permission to the object specified in target.')
    if kind == 'facility' and not any(facility['id'] == target for facility in store.facilities):
        raise Refusal(400, 'GRN_REST_API_00206', 'The object specified in target does not exist.')


def _order(query: Mapping[str, str]) -> tuple[str, str]:
    name, _space, direction = query.get('orderBy', 'updatedAt asc').partition(' ')
    if name not in ORDERS or direction not in ('asc', 'desc'):
        raise Refusal(400, 'GRN_REST_API_00202', 'orderBy is not valid.')
    return name, direction


def _sort_value(event: Json, name: str) -> datetime:
    return _begins(event) if name == 'start' else datetime.fromisoformat(event[name])


def _begins(event: Json) -> datetime:
    return datetime.fromisoformat(event['start']['dateTime'])


def _time(query: Mapping[str, Any], name: str) -> datetime | None:
    """An unescaped `+` of the zone arrives as a space and is refused, as the real one does."""
    if name not in query:
        return None
    try:
        at = datetime.fromisoformat(query[name])
    except ValueError:
        raise Refusal(400, 'GRN_REST_API_00220', f'The specified date of {name} is invalid.') from None
    if at.tzinfo is None or 'T' not in query[name]:
        raise Refusal(400, 'GRN_REST_API_00220', f'The specified date of {name} is invalid.')
    return at


def _number(query: Mapping[str, str], name: str, least: int, most: int, default: int) -> int:
    text = query.get(name, str(default))
    if not text.lstrip('-').isdigit():
        raise Refusal(400, 'GRN_REST_API_00202', f'{name} is not valid.')
    if int(text) < least:
        raise Refusal(400, 'GRN_REST_API_00210', f'{name} is less than the minimum value.')
    if int(text) > most:
        raise Refusal(400, 'GRN_REST_API_00211', f'{name} exceeds the maximum value.')
    return int(text)
