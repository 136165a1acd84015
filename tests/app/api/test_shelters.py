"""Shelters and their reports over HTTP, without the guard that checks tokens."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.access.policies import policies
from app.api.application import build_api
from app.journal.epochs import Cursor
from app.runtime import Box, Condition
from app.shelters.places import ShelterEntry
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register


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


async def test_shelters_are_read_page_by_page_and_unknown_numbers_are_null(box: Box, api: httpx.AsyncClient) -> None:
    for number in range(3):
        await box.shelters.register.add(ShelterEntry(code=f'E-{number}', name=f'避難所{number}'), OFFICER)
    first = await get(api, '/shelters', limit=2)
    rest = await get(api, '/shelters', limit=2, after=first['next'])
    assert [len(page['items']) for page in (first, rest)] == [2, 1]
    assert (first['items'][0]['capacity'], first['items'][0]['state']) == (None, 'not_opened')


async def test_only_signed_reports_are_told_and_a_correction_is_told_again(box: Box, api: httpx.AsyncClient) -> None:
    shelter, book = await opened_shelter(box), box.shelters.reports.book
    await register(box, shelter)
    path = f'/shelters/{shelter.id}/reports'
    draft = await box.shelters.reports.draft(shelter, OFFICER)
    assert (await get(api, path))['items'] == []
    await book.sign(draft.id, OFFICER)
    first = await get(api, path)
    (item,) = first['items']
    figures = {each['name']: each for each in item['items']}
    assert (item['number'], figures['people_total']['value'], figures['beds']['value']) == (1, 1, None)
    assert figures['beds']['status'] == 'unconfirmed'
    assert HANAKO.name not in str(item)

    correction = await book.correct(draft.id, OFFICER)
    await book.edit(correction.id, {'people_total': 12}, OFFICER, remarks='', urgent='')
    await book.sign(correction.id, OFFICER)
    (item,) = (await get(api, path, after=first['next']))['items']
    assert (item['number'], item['version'], item['state']) == (1, 2, 'signed')


async def test_an_unknown_shelter_and_a_wrong_cursor_are_answered_in_the_one_form(
    box: Box, api: httpx.AsyncClient
) -> None:
    shelter = await opened_shelter(box)
    missing = await api.get('/shelters/00000000-0000-0000-0000-000000000001/reports')
    assert (missing.status_code, missing.json()['error']['code']) == (404, 'not_found')
    wrong = await api.get(f'/shelters/{shelter.id}/reports', params={'after': 'x'})
    assert (wrong.status_code, wrong.json()['error']['code']) == (400, 'invalid_cursor')
    other = await api.get(f'/shelters/{shelter.id}/reports', params={'after': Cursor('f' * 32, 5).encode()})
    assert other.status_code == 409


@pytest.mark.parametrize('path', ['/shelters', '/shelters/{shelter}/reports'])
def test_both_paths_need_the_scope_of_shelters(api: httpx.AsyncClient, path: str) -> None:
    policy = policies.of_route(f'/api/v1{path}')
    assert policy is not None
    assert policy.scope == 'shelters:read'
