from dataclasses import replace
from datetime import timedelta

import pytest

from app.vehicles.garoon.client import BasicAuth, Garoon, GaroonAccess
from app.vehicles.garoon.errors import NotFound, Unauthorized
from app.vehicles.garoon.events import Facility
from app.vehicles.garoon.sync import merge
from tests.app.vehicles.garoon.days import HOUR, NOON, WINDOW, facility_of
from tests.fakes.garoon.demo import city_with_sixty_cars
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore


async def test_the_cars_are_the_facilities_of_the_group(garoon: Garoon, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    assert await garoon.facilities() == (Facility(car['id'], 'car001', '軽01'),)
    assert '/schedule/facilityGroups/7/facilities' in store.requests[0]


async def test_without_a_group_every_facility_is_a_car(access: GaroonAccess, store: GaroonStore) -> None:
    store.add_car('軽01', 'car001')
    async with Garoon(replace(access, facility_group_id='')) as garoon:
        assert len(await garoon.facilities()) == 1


@pytest.mark.parametrize('tells_has_next', [True, False])
@pytest.mark.parametrize('bookings', [0, 1, 4, 5, 6, 13])
async def test_every_page_is_read_from_old_and_new_servers(
    access: GaroonAccess, store: GaroonStore, tells_has_next: bool, bookings: int
) -> None:
    store.tells_has_next = tells_has_next
    car = store.add_car('軽01', 'car001')
    for number in range(bookings):
        store.add_event(car, NOON + number * HOUR, NOON + (number + 1) * HOUR)
    async with Garoon(access, page=5) as garoon:
        fetched = await garoon.reservations([facility_of(car)], WINDOW)
    assert [each.start for each in fetched.reservations] == [NOON + number * HOUR for number in range(bookings)]


async def test_a_booking_deleted_between_two_pages_hides_no_other(access: GaroonAccess, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    events = [store.add_event(car, NOON + number * HOUR, NOON + (number + 1) * HOUR) for number in range(12)]
    left = [events[0]]
    store.between_pages = lambda: store.remove(left.pop()) if left else None
    async with Garoon(access, page=5) as garoon:
        fetched = await garoon.reservations([facility_of(car)], WINDOW)
    assert [each.event_id for each in fetched.reservations] == [event['id'] for event in events[1:]]


async def test_a_list_that_never_stands_still_lacks_nothing_that_stays(
    access: GaroonAccess, store: GaroonStore
) -> None:
    car = store.add_car('軽01', 'car001')
    events = [store.add_event(car, NOON + number * HOUR, NOON + (number + 1) * HOUR) for number in range(30)]
    going = events[:12]
    store.between_pages = lambda: store.remove(going.pop(0)) if going else None
    async with Garoon(access, page=6) as garoon:
        fetched = await garoon.reservations([facility_of(car)], WINDOW)
    assert {event['id'] for event in events[12:]} <= {each.event_id for each in fetched.reservations}


async def test_a_booking_of_several_days_that_is_running_is_found(garoon: Garoon, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    store.add_event(car, NOON - timedelta(days=6), NOON + HOUR)
    store.add_event(car, NOON - timedelta(days=8), NOON - timedelta(days=8) + HOUR)
    fetched = await garoon.reservations([facility_of(car)], WINDOW)
    assert [each.start for each in fetched.reservations] == [NOON - timedelta(days=6)]


async def test_a_private_event_is_absent(garoon: Garoon, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    store.add_event(car, NOON, NOON + HOUR, visibilityType='PRIVATE')
    assert (await garoon.reservations([facility_of(car)], WINDOW)).reservations == ()


async def test_one_event_with_two_cars_reserves_both(garoon: Garoon, store: GaroonStore) -> None:
    cars = [store.add_car('軽01', 'car001'), store.add_car('軽02', 'car002')]
    store.add_event(cars[0], NOON, NOON + HOUR, facilities=cars)
    fetched = await garoon.reservations(map(facility_of, cars), WINDOW)
    assert [each.facility_code for each in fetched.reservations] == ['car001', 'car002']


async def test_a_car_that_may_not_be_seen_is_not_counted_as_read(garoon: Garoon, store: GaroonStore) -> None:
    cars = [store.add_car('軽01', 'car001'), store.add_car('軽02', 'car002')]
    store.hidden_facilities.add(cars[1]['id'])
    fetched = await garoon.reservations([*map(facility_of, cars), Facility('999', '', '')], WINDOW)
    assert fetched.read_facilities == {cars[0]['id']}


async def test_an_event_that_is_unreadable_is_named_and_the_others_stand(garoon: Garoon, store: GaroonStore) -> None:
    car = store.add_car('軽01', 'car001')
    backwards = store.add_event(car, NOON, NOON - HOUR)
    store.add_event(car, NOON, NOON + HOUR)
    fetched = await garoon.reservations([facility_of(car)], WINDOW)
    assert (len(fetched.reservations), fetched.unreadable_events) == (1, frozenset([backwards['id']]))


async def test_the_state_of_a_lending_is_written_and_then_replaced(garoon: Garoon, store: GaroonStore) -> None:
    event = store.add_event(store.add_car('軽01', 'car001'), NOON, NOON + HOUR)
    for state in ('貸出中', '返却済み'):
        await garoon.write_state(event['id'], 'jp.example.lending', {'state': state})
    assert store.datastore == {(event['id'], 'jp.example.lending'): {'state': '返却済み'}}


async def test_the_state_of_an_event_that_is_gone_is_not_written(garoon: Garoon) -> None:
    with pytest.raises(NotFound):
        await garoon.write_state('12345', 'jp.example.lending', {})


@pytest.mark.parametrize(('name', 'value'), [('', {}), ('n' * 129, {}), ('n', {'v': '長' * 80_000})])
async def test_what_the_datastore_cannot_hold_is_refused_before_it_is_sent(
    garoon: Garoon, store: GaroonStore, name: str, value: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match='datastore'):
        await garoon.write_state('1', name, value)
    assert store.requests == []


@pytest.mark.parametrize('path', ['', '/cgi-bin/cbgrn', '/scripts/cbgrn/grn.exe'])
async def test_cloud_linux_and_windows_are_spoken_to_alike(access: GaroonAccess, store: GaroonStore, path: str) -> None:
    store.add_car('軽01', 'car001')
    address = access.base_url.removesuffix('/g') + path if path else access.base_url
    async with Garoon(replace(access, base_url=address)) as garoon:
        assert len(await garoon.facilities()) == 1


async def test_a_second_lock_in_front_is_opened_beside_the_login() -> None:
    store = GaroonStore(basic=('gate', 'himitsu'))
    with running(store) as address:
        access = GaroonAccess(base_url=address, login=store.login, password=store.password)
        async with Garoon(replace(access, basic_auth=BasicAuth(login='gate', password='himitsu'))) as garoon:
            assert await garoon.facilities() == ()
        async with Garoon(access) as garoon:
            with pytest.raises(Unauthorized):
                await garoon.facilities()


def test_no_secret_is_part_of_the_text_of_an_access() -> None:
    basic = BasicAuth(login='gate', password='himitsu')
    access = GaroonAccess(base_url='x', login='y', password='himitsu', basic_auth=basic, proxy='http://a:himitsu@b')
    assert 'himitsu' not in repr(access)


async def test_a_city_with_sixty_cars_is_read_once_and_then_holds_no_changes() -> None:
    store = city_with_sixty_cars(NOON)
    with running(store) as address:
        access = GaroonAccess(base_url=address, login='machibako', password='garoon', facility_group_id=store.GROUP_ID)
        async with Garoon(access) as garoon:
            cars = await garoon.facilities()
            first = await garoon.reservations(cars, WINDOW)
            again = await garoon.reservations(cars, WINDOW)
    assert (len(cars), len(first.read_facilities), first.unreadable_events) == (60, 60, frozenset())
    assert len(first.reservations) > 1000
    assert len({each.key for each in first.reservations}) == len(first.reservations)
    assert not merge(first.reservations, again)
