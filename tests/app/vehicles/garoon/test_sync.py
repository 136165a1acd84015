from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.vehicles.garoon.events import Facility, Reservation, reservations_of
from app.vehicles.garoon.sync import Fetched, merge
from tests.app.vehicles.garoon.days import HOUR, NOON, WINDOW
from tests.fakes.garoon.store import moment

CARS = (Facility('1', 'car001', '軽01'), Facility('2', 'car002', '軽02'))


def booked(number: int, car: int = 0, hours: int = 0, subject: str = '') -> Reservation:
    start = NOON + hours * HOUR
    event = {'id': str(number), 'subject': subject, 'start': moment(start), 'end': moment(start + HOUR)}
    return reservations_of(event, CARS[car])[0]


def fetched(*reservations: Reservation, read: tuple[str, ...] = ('1', '2'), unreadable: str = '') -> Fetched:
    return Fetched(
        window=WINDOW,
        reservations=reservations,
        read_facilities=frozenset(read),
        unreadable_events=frozenset([unreadable]),
    )


reservation_lists = st.lists(
    st.builds(booked, st.integers(1, 6), st.integers(0, 1), st.integers(0, 30), st.sampled_from(['', '県庁'])),
    unique_by=lambda reservation: reservation.key,
)


@settings(deadline=None)
@given(reservation_lists, reservation_lists)
def test_carrying_out_the_changes_gives_what_garoon_shows(known: list[Reservation], shown: list[Reservation]) -> None:
    changes = merge(known, fetched(*shown))
    after = {each.key: each for each in known}
    for each in changes.gone:
        del after[each.key]
    after |= {each.key: each for each in (*changes.added, *changes.changed)}
    assert after == {each.key: each for each in shown}
    assert not merge(after.values(), fetched(*shown))


def test_a_new_a_moved_and_a_missing_reservation_are_told_apart() -> None:
    known = [booked(1), booked(2), booked(3)]
    moved = booked(2, hours=4)
    changes = merge(known, fetched(known[0], moved, booked(4)))
    assert (changes.added, changes.changed, changes.gone) == ((booked(4),), (moved,), (known[2],))


def test_a_comment_is_no_change() -> None:
    commented = replace(booked(1), updated_at=NOON)
    assert not merge([booked(1)], fetched(commented))


def test_what_began_before_the_window_stays() -> None:
    old = booked(1, hours=-24 * 8)
    assert not merge([old], fetched())


def test_nothing_of_a_car_that_could_not_be_read_is_gone() -> None:
    changes = merge([booked(1, car=0), booked(2, car=1)], fetched(read=('1',)))
    assert changes.gone == (booked(1, car=0),)


def test_an_event_that_could_not_be_understood_is_not_gone() -> None:
    assert not merge([booked(1)], fetched(unreadable='1'))


def test_two_cars_of_one_event_are_two_reservations() -> None:
    changes = merge([booked(1, car=0)], fetched(booked(1, car=0), booked(1, car=1)))
    assert changes.added == (booked(1, car=1),)


def test_the_window_looks_back_by_the_longest_booking() -> None:
    assert NOON - timedelta(days=7) in WINDOW
    assert NOON - timedelta(days=7, seconds=1) not in WINDOW
