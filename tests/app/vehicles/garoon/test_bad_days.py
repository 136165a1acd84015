import logging
import socket
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import pytest

from app.clock import SettableClock, use
from app.vehicles.garoon.client import Garoon, GaroonAccess
from app.vehicles.garoon.errors import (
    BadAddress,
    BadAnswer,
    Forbidden,
    GaroonError,
    Rejected,
    ServerFault,
    TooManyRequests,
    Unauthorized,
    Unreachable,
)
from app.vehicles.garoon.transport import Patience
from tests.app.vehicles.garoon.conftest import Naps
from tests.app.vehicles.garoon.days import HOUR, NOON, WINDOW, facility_of
from tests.fakes.garoon.faults import Fault, Trouble
from tests.fakes.garoon.store import GaroonStore


@pytest.mark.parametrize('fault', [Fault.TOO_MANY, Fault.SERVER_ERROR, Fault.TRUNCATED, Fault.GARBAGE])
async def test_what_may_pass_is_tried_again(garoon: Garoon, store: GaroonStore, naps: Naps, fault: Fault) -> None:
    store.add_car('軽01', 'car001')
    store.troubles.add(Trouble(fault), times=2)
    assert len(await garoon.facilities()) == 1
    assert 0.5 <= naps.seconds[0] <= 1.5
    assert 1.0 <= naps.seconds[1] <= 3.0


@pytest.mark.parametrize(
    ('fault', 'error', 'tries'),
    [
        (Fault.UNAUTHORIZED, Unauthorized, 1),
        (Fault.CLOSED_ACCOUNT, Unauthorized, 1),
        (Fault.FORBIDDEN, Forbidden, 1),
        (Fault.TOO_MANY, TooManyRequests, 3),
        (Fault.SERVER_ERROR, ServerFault, 3),
        (Fault.TRUNCATED, BadAnswer, 3),
        (Fault.GARBAGE, BadAnswer, 3),
        (Fault.LOGIN_PAGE, BadAnswer, 3),
    ],
)
async def test_a_fault_that_lasts_is_told_by_its_kind_after_bounded_tries(
    garoon: Garoon, store: GaroonStore, fault: Fault, error: type[GaroonError], tries: int
) -> None:
    store.troubles.add(Trouble(fault), times=10)
    with pytest.raises(error):
        await garoon.facilities()
    assert len(store.requests) == tries


async def test_a_wait_that_garoon_asks_for_is_kept(garoon: Garoon, store: GaroonStore, naps: Naps) -> None:
    store.troubles.add(Trouble(Fault.TOO_MANY, retry_after='7'))
    await garoon.facilities()
    assert naps.seconds == [7.0]


async def test_a_wait_until_a_time_of_day_is_understood(garoon: Garoon, store: GaroonStore, naps: Naps) -> None:
    store.troubles.add(Trouble(Fault.TOO_MANY, retry_after=format_datetime(NOON + timedelta(seconds=20))))
    with use(SettableClock(NOON)):
        await garoon.facilities()
    assert naps.seconds == [20.0]


async def test_a_long_wait_is_told_instead_of_kept(garoon: Garoon, store: GaroonStore, naps: Naps) -> None:
    store.troubles.add(Trouble(Fault.TOO_MANY, retry_after='600'))
    with pytest.raises(TooManyRequests) as caught:
        await garoon.facilities()
    assert (caught.value.retry_after, naps.seconds) == (600.0, [])


async def test_a_wait_that_is_no_time_is_passed_over(garoon: Garoon, store: GaroonStore, naps: Naps) -> None:
    store.troubles.add(Trouble(Fault.TOO_MANY, retry_after='soon'))
    await garoon.facilities()
    assert len(naps.seconds) == 1


async def test_an_answer_that_takes_too_long_is_given_up(access: GaroonAccess, store: GaroonStore) -> None:
    store.troubles.add(Trouble(Fault.SLOW, seconds=2))
    async with Garoon(access, Patience(tries=1, answer=0.2)) as garoon:
        with pytest.raises(Unreachable):
            await garoon.facilities()


async def test_a_server_that_is_not_there_is_unreachable(access: GaroonAccess, naps: Naps) -> None:
    with socket.create_server(('127.0.0.1', 0)) as listener:
        free_port = listener.getsockname()[1]
    async with Garoon(replace(access, base_url=f'http://127.0.0.1:{free_port}/g'), Patience(sleep=naps)) as garoon:
        with pytest.raises(Unreachable):
            await garoon.facilities()
    assert len(naps.seconds) == 2


async def test_one_car_that_fails_fails_the_whole_reading(garoon: Garoon, store: GaroonStore) -> None:
    cars = [facility_of(store.add_car(f'軽{number}', f'car{number}')) for number in range(9)]
    store.troubles.add(Trouble(Fault.SERVER_ERROR), times=100)
    with pytest.raises(ServerFault):
        await garoon.reservations(cars, WINDOW)
    store.troubles.clear()
    assert len((await garoon.reservations(cars, WINDOW)).read_facilities) == 9


async def test_a_wrong_password_is_in_no_error_and_in_no_log(
    access: GaroonAccess, store: GaroonStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Garoon(replace(access, password='himitsu')) as garoon:
        with pytest.raises(Unauthorized) as caught:
            await garoon.facilities()
    (header,) = {value for name, value in replace(access, password='himitsu').headers().items() if 'Cybozu' in name}
    assert caught.value.code == 'FW00007'
    for secret in ('himitsu', header):
        assert secret not in str(caught.value)
        assert secret not in caplog.text


async def test_a_request_that_garoon_does_not_take_keeps_its_code(access: GaroonAccess, store: GaroonStore) -> None:
    async with Garoon(access, page=1001) as garoon:
        with pytest.raises(Rejected) as caught:
            await garoon.facilities()
    assert caught.value.code == 'GRN_REST_API_00211'


async def test_a_trouble_in_the_middle_of_a_list_is_tried_again_there(
    access: GaroonAccess, store: GaroonStore, naps: Naps
) -> None:
    car = store.add_car('軽01', 'car001')
    for number in range(8):
        store.add_event(car, NOON + number * HOUR, NOON + (number + 1) * HOUR)
    pages = iter([True])
    store.between_pages = lambda: store.troubles.add(Trouble(Fault.TRUNCATED)) if next(pages, False) else None
    async with Garoon(access, Patience(sleep=naps), page=5) as garoon:
        assert len((await garoon.reservations([facility_of(car)], WINDOW)).reservations) == 8
    assert len(naps.seconds) == 1


def test_certificates_that_are_not_there_are_told_before_anything_is_asked(access: GaroonAccess) -> None:
    with pytest.raises(BadAddress, match='certificates'):
        Garoon(replace(access, verify='/nowhere/authorities.pem'))
