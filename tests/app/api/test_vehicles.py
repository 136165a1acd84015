"""The HTTP interface of the shared cars, without the guard that checks tokens (that is tests/app/access)."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from app.access.api_tokens import scopes
from app.access.policies import policies
from app.api.application import build_api
from app.journal.epochs import Cursor
from app.runtime import Box, Condition
from app.vehicles.correctable import Value
from app.vehicles.corrections import Corrections
from app.vehicles.ledger import VehicleEntry
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene

__all__ = ['evening', 'scene']


@pytest.fixture
async def api(box: Box) -> AsyncIterator[httpx.AsyncClient]:
    condition = Condition(settings=box.settings, directory=box.directory, box=box)
    transport = httpx.ASGITransport(build_api(condition, lambda path: path))
    async with httpx.AsyncClient(transport=transport, base_url='http://box') as client:
        yield client


async def get(api: httpx.AsyncClient, path: str, **parameters: str | int) -> Any:
    answer = await api.get(path, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_car_says_whether_it_is_out_and_until_when(scene: Scene, api: httpx.AsyncClient) -> None:
    (car,) = (await get(api, '/vehicles'))['items']
    assert (car['plate'], car['is_out'], car['out_until']) == ('金沢 500 あ 12-34', False, None)
    assert (car['odometer'], car['inspection_until']) == (41_200, '2030-03-31')
    await scene.out(at(24, 9))
    (car,) = (await get(api, '/vehicles'))['items']
    assert car['is_out'] is True


async def test_cars_are_read_page_by_page_in_the_order_of_their_plates(scene: Scene, api: httpx.AsyncClient) -> None:
    for number in range(5):
        await scene.box.vehicles.ledger.add(VehicleEntry(plate=f'金沢 500 い {number}'), SYSTEM)
    first = await get(api, '/vehicles', limit=4)
    rest = await get(api, '/vehicles', limit=4, after=first['next'])
    assert [len(page['items']) for page in (first, rest)] == [4, 2]
    assert (await get(api, '/vehicles', after=rest['next']))['items'] == []


async def test_a_trip_is_told_when_it_begins_ends_and_is_corrected(scene: Scene, api: httpx.AsyncClient) -> None:
    trip = await scene.out(at(24, 9))
    opened = await get(api, '/vehicles/trips')
    assert [item['returned_at'] for item in opened['items']] == [None]

    await scene.back(trip, at(24, 10), 41_263)
    closed = await get(api, '/vehicles/trips', after=opened['next'])
    (item,) = closed['items']
    assert (item['driver_number'], item['returned_at'], item['distance'], item['source']) == (
        '1001', '2026-11-24T10:00:00+09:00', 63, 'paper',
    )  # fmt: skip
    assert len(item['alcohol_checks']) == 2

    box = scene.box
    changes: dict[str, Value] = {'odometer_in': 41_236, 'fuel_litres': Decimal('20.5')}
    await Corrections(box.vault, box.journal, box.vehicles.trips).correct(trip.id, changes, '打ち間違い', SYSTEM)
    (item,) = (await get(api, '/vehicles/trips', after=closed['next']))['items']
    assert (item['distance'], item['is_corrected'], item['fuel_litres']) == (36, True, '20.5')
    assert (await get(api, '/vehicles/trips', after=item['cursor']))['items'] == []


async def test_breath_tests_come_in_the_order_of_recording_with_the_items_of_the_book(
    scene: Scene, api: httpx.AsyncClient
) -> None:
    await scene.drive(20, 41_200, 41_236)
    first = await get(api, '/vehicles/alcohol-checks', limit=1)
    (item,) = first['items']
    assert (item['phase'], item['driver_number'], item['plate'], item['confirmer'], item['method']) == (
        'before', '1001', '金沢 500 あ 12-34', '北\u3000守', 'face_to_face',
    )  # fmt: skip
    assert (Decimal(item['value']), item['is_positive'], item['instruction']) == (Decimal(0), False, '')
    (item,) = (await get(api, '/vehicles/alcohol-checks', after=first['next']))['items']
    assert (item['phase'], item['checked_at']) == ('after', '2026-11-20T11:00:00+09:00')


async def test_an_instruction_that_is_written_later_tells_the_test_again_under_the_same_id(
    scene: Scene, api: httpx.AsyncClient
) -> None:
    await scene.drive(20, 41_200, 41_236)
    (positive, after) = (read := await get(api, '/vehicles/alcohol-checks'))['items']
    await scene.box.vehicles.alcohol.instruct(UUID(positive['id']), '30分後に測り直し', scene.driver.id)
    (again,) = (told := await get(api, '/vehicles/alcohol-checks', after=read['next']))['items']
    assert again == {**positive, 'cursor': again['cursor'], 'instruction': '30分後に測り直し'}
    assert again['cursor'] not in (positive['cursor'], after['cursor'])
    assert (await get(api, '/vehicles/alcohol-checks', after=told['next']))['items'] == []
    everything = (await get(api, '/vehicles/alcohol-checks'))['items']
    assert [item['id'] for item in everything] == [after['id'], positive['id']]


@pytest.mark.parametrize('path', ['/vehicles/trips', '/vehicles/alcohol-checks'])
async def test_what_is_no_cursor_or_one_of_another_epoch_is_answered_in_the_one_form(
    scene: Scene, api: httpx.AsyncClient, path: str
) -> None:
    wrong = await api.get(path, params={'after': 'x'})
    assert (wrong.status_code, wrong.json()['error']['code']) == (400, 'invalid_cursor')
    other = await api.get(path, params={'after': Cursor('f' * 32, 5).encode()})
    assert (other.status_code, other.json()['error']['code']) == (409, 'other_epoch')
    assert other.json()['error']['resume_after']
    assert (await api.get(path, params={'limit': 1001})).json()['error']['code'] == 'invalid_parameter'


def test_each_path_needs_its_own_scope_and_tokens_can_have_it(api: httpx.AsyncClient) -> None:
    needed = {
        '/vehicles': 'vehicles:read',
        '/vehicles/trips': 'vehicles:read',
        '/vehicles/alcohol-checks': 'alcohol:read',
    }
    for path, scope in needed.items():
        policy = policies.of_route(f'/api/v1{path}')
        assert policy is not None
        assert policy.scope == scope
    assert set(needed.values()) <= set(scopes())
