"""The fake Garoon refuses what the real one refuses (domain/vehicles_and_attendance.md 2)."""

from collections.abc import Iterator

import httpx
import pytest

from app.vehicles.garoon.client import GaroonAccess
from tests.app.vehicles.garoon.days import HOUR, NOON
from tests.fakes.garoon.store import GaroonStore

ZONE = '2026-11-24T12:00:00%2B09:00'


@pytest.fixture
def http(access: GaroonAccess) -> Iterator[httpx.Client]:
    root = f'{access.base_url}/api/v1/schedule'
    with httpx.Client(base_url=root, headers=access.headers(), trust_env=False) as client:
        yield client


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()['error']['errorCode']


@pytest.mark.parametrize(
    ('query', 'code'),
    [
        ('limit=0', 'GRN_REST_API_00210'),
        ('limit=-1', 'GRN_REST_API_00210'),
        ('limit=1001', 'GRN_REST_API_00211'),
        ('limit=ten', 'GRN_REST_API_00202'),
        ('offset=2147483648', 'GRN_REST_API_00211'),
        ('orderBy=subject%20asc', 'GRN_REST_API_00202'),
        ('target=1', 'GRN_REST_API_00205'),
        ('target=1&targetType=car', 'GRN_REST_API_00212'),
        ('target=99&targetType=facility', 'GRN_REST_API_00206'),
        ('rangeStart=2026-11-24T12:00:00+09:00', 'GRN_REST_API_00220'),
        ('rangeStart=2026-11-24', 'GRN_REST_API_00220'),
    ],
)
def test_bad_parameters_are_refused(http: httpx.Client, query: str, code: str) -> None:
    assert code_of(http.get(f'/events?{query}')) == (400, code)


def test_a_page_holds_a_hundred_unless_told_and_a_thousand_at_most(http: httpx.Client, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    for number in range(101):
        store.add_event(car, NOON + number * HOUR, NOON + (number + 1) * HOUR)
    query = f'/events?target={car["id"]}&targetType=facility'
    assert (len(http.get(query).json()['events']), http.get(query).json()['hasNext']) == (100, True)
    assert len(http.get(f'{query}&limit=1000').json()['events']) == 101


def test_a_range_chooses_by_the_start_alone(http: httpx.Client, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    store.add_event(car, NOON - HOUR, NOON + HOUR)
    late = store.add_event(car, NOON, NOON + HOUR)
    query = f'/events?target={car["id"]}&targetType=facility&fields=id,subject&rangeStart={ZONE}'
    assert http.get(query).json()['events'] == [{'id': late['id'], 'subject': '現地確認'}]


def test_without_a_target_only_own_events_come(http: httpx.Client, store: GaroonStore) -> None:
    store.add_event(store.add_car('軽01', 'car001'), NOON, NOON + HOUR)
    assert http.get('/events').json()['events'] == []


def test_a_value_is_added_once_and_replaced_only_where_it_is(http: httpx.Client, store: GaroonStore) -> None:
    event = store.add_event(store.add_car('軽01', 'car001'), NOON, NOON + HOUR)
    path = f'/events/{event["id"]}/datastore/jp.example'
    assert http.put(path, json={'value': {}}).status_code == 400
    assert http.post(path, json={'value': {'a': 1}}).json() == {'value': {'a': 1}}
    assert http.post(path, json={'value': {}}).status_code == 400
    assert http.get(path).json() == {'value': {'a': 1}}
    assert http.delete(path).status_code == 204
    assert code_of(http.put('/events/99/datastore/x', json={'value': {}})) == (404, 'GRN_SCHD_13001')


def test_no_login_and_an_unknown_path_are_refused_as_documented(http: httpx.Client) -> None:
    assert code_of(http.get('/cars')) == (400, 'GRN_REST_API_00101')
    del http.headers['X-Cybozu-Authorization']
    assert code_of(http.get('/events')) == (401, 'GRN_REST_API_00003')


def test_groups_and_single_events_are_shown(http: httpx.Client, store: GaroonStore) -> None:
    event = store.add_event(store.add_car('軽01', 'car001'), NOON, NOON + HOUR)
    assert http.get('/facilityGroups').json()['facilityGroups'][0]['id'] == store.GROUP_ID
    assert http.get(f'/events/{event["id"]}').json()['id'] == event['id']
    assert http.get('/facilityGroups/999/facilities').status_code == 404
