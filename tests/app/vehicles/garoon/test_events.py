from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.vehicles.garoon.events import Facility, Person, Reservation, UnreadableEvent, reservations_of
from tests.app.vehicles.garoon.days import HOUR, NOON
from tests.fakes.garoon.store import GaroonStore, Json, moment

CAR = Facility('1', 'car001', '軽01')
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)


def event(**fields: Any) -> Json:
    store = GaroonStore()
    return store.add_event(store.add_car(CAR.name, CAR.code), NOON, NOON + HOUR) | fields


def only(**fields: Any) -> Reservation:
    (reservation,) = reservations_of(event(**fields), CAR)
    return reservation


def test_an_ordinary_event_reserves_the_car_for_its_attendees() -> None:
    reservation = only(subject='税務署', facilityUsingPurpose='書類の受取')
    assert (reservation.key, reservation.facility_code) == ('2@1', 'car001')
    assert (reservation.start, reservation.end) == (NOON, NOON + HOUR)
    assert (reservation.subject, reservation.purpose) == ('税務署', '書類の受取')
    assert reservation.attendees == (Person('1', 'sato', '佐藤 昇'),)


def test_an_event_with_nothing_but_its_times_is_read() -> None:
    (reservation,) = reservations_of({'id': '5', 'start': moment(NOON), 'end': moment(NOON + HOUR)}, CAR)
    assert (reservation.creator, reservation.attendees, reservation.notes) == (Person('', '', ''), (), '')
    assert (reservation.facility_code, reservation.updated_at, reservation.visibility) == ('car001', None, 'PUBLIC')


def test_a_whole_day_ends_with_the_day_and_not_a_second_before() -> None:
    midnight = NOON.replace(hour=0)
    reservation = only(isAllDay=True, start=moment(midnight), end=moment(midnight + timedelta(days=2, seconds=-1)))
    assert reservation.is_all_day
    assert reservation.end == midnight + timedelta(days=2)


def test_a_start_without_an_end_reserves_the_shortest_time() -> None:
    bare = event(isStartOnly=True)
    del bare['end']
    (reservation,) = reservations_of(bare, CAR)
    assert reservation.is_start_only
    assert reservation.end == NOON + timedelta(minutes=30)


def test_occurrences_are_told_apart_by_their_repeat_id_or_else_by_their_start() -> None:
    assert only(eventType='REPEATING', repeatId='3').key == '2-3@1'
    assert only(eventType='REPEATING').key == '2-20261124T1200@1'


def test_each_candidate_of_a_tentative_event_for_this_car_is_a_reservation() -> None:
    later = NOON + timedelta(days=1)
    candidates = [
        {'start': moment(NOON), 'end': moment(NOON + HOUR), 'facility': {'id': '1'}},
        {'start': moment(later), 'end': moment(later + HOUR), 'facility': {'id': '1'}},
        {'start': moment(later), 'end': moment(later + HOUR), 'facility': {'id': '99'}},
    ]
    reservations = reservations_of(event(eventType='TEMPORARY', temporaryEventCandidates=candidates), CAR)
    assert [each.start for each in reservations] == [NOON, later]
    assert all(each.is_tentative for each in reservations)
    assert len({each.key for each in reservations}) == 2


def test_a_candidate_without_the_list_of_candidates_is_still_tentative() -> None:
    assert only(eventType='TEMPORARY').is_tentative


def test_an_organisation_is_no_driver() -> None:
    people = [{'id': '4', 'code': 'soumu', 'name': '総務課', 'type': 'ORGANIZATION'}, {'id': '5', 'code': 'kato'}]
    assert only(attendees=people).attendees == (Person('5', 'kato', ''),)


def test_the_request_for_another_car_says_nothing_about_this_one() -> None:
    requests = [
        {'facility': {'id': '9'}, 'status': 'APPROVED'},
        {'facility': {'id': '1'}, 'status': 'REJECTED'},
    ]
    assert only(facilityUsageRequests=requests).usage_request_status == 'REJECTED'
    assert only(facilityUsageRequests=requests[:1]).usage_request_status == ''


def test_times_without_a_zone_stand_in_their_time_zone_and_utc_is_turned_into_tokyo() -> None:
    london = {'dateTime': '2026-11-24T10:00:00', 'timeZone': 'Europe/London'}
    assert only(start=london, end={'dateTime': '2026-11-24T12:00:00Z'}).start.hour == 19
    assert only(start={'dateTime': '2026-11-24T03:00:00Z'}).start == NOON


def test_a_stretch_of_no_length_is_the_shortest_one() -> None:
    assert only(end=moment(NOON)).end == NOON + timedelta(minutes=30)


@pytest.mark.parametrize(
    ('fields', 'named'),
    [
        ({'id': ''}, 'id'),
        ({'start': {}}, 'start'),
        ({'start': 'tomorrow'}, 'start'),
        ({'end': {'dateTime': '2026-13-01T00:00:00Z'}}, 'end'),
        ({'end': moment(NOON - HOUR)}, 'end before start'),
        ({'end': {'dateTime': '9999-12-31T23:59:59+09:00'}}, 'end'),
    ],
)
def test_an_event_that_is_no_stretch_of_time_names_the_field(fields: Json, named: str) -> None:
    with pytest.raises(UnreadableEvent, match=named):
        reservations_of(event(**fields), CAR)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(event())), json_values))
def test_whatever_a_field_holds_the_event_is_read_or_named_unreadable(fields: Json) -> None:
    try:
        reservations = reservations_of(event(**fields), CAR)
    except UnreadableEvent:
        return
    assert all(each.start < each.end for each in reservations)
