"""Open shelters for everybody: a list, a map and two files, on a weak phone without script."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, ViewportSize, expect

from tests.chromium import browser, start_pages
from tests.support.shelter import HANAKO

__all__ = ['browser']
pytestmark = pytest.mark.asyncio(loop_scope='session')
LARGEST_BYTES = 30_000
PHONE: ViewportSize = {'width': 390, 'height': 844}
PATHS = ('/shelters', '/shelters/map', '/shelters.geojson', '/shelters.csv')


def running(state: Path, count: int) -> Iterator[str]:
    (state / 'count').write_text(str(count), encoding='utf-8')
    address, process = start_pages(Path(__file__).with_name('shelters_box.py'), state, ready='/shelters')
    yield address
    process.terminate()
    process.wait(15)


@pytest.fixture(scope='session')
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from running(tmp_path_factory.mktemp('city'), 215)


@pytest.fixture(scope='session')
def quiet_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from running(tmp_path_factory.mktemp('quiet'), 0)


def asked(address: str, headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.get(address, headers=headers, timeout=60)


def sent_bytes(address: str) -> int:
    with httpx.stream('GET', address) as answer:
        return sum(len(piece) for piece in answer.iter_raw())


@pytest.mark.parametrize('path', ['/shelters', '/shelters?page=3', '/shelters/map'])
async def test_a_page_of_215_shelters_is_small_on_the_line(city: str, path: str) -> None:
    assert sent_bytes(f'{city}{path}') < LARGEST_BYTES


async def test_a_page_of_the_list_is_small_unpacked_too(city: str) -> None:
    answer = asked(f'{city}/shelters', headers={'Accept-Encoding': 'identity'})
    assert 'content-encoding' not in answer.headers
    assert len(answer.content) < LARGEST_BYTES


@pytest.mark.parametrize('path', PATHS)
async def test_an_answer_is_kept_by_phones_and_not_sent_again_unchanged(city: str, path: str) -> None:
    first = asked(f'{city}{path}')
    assert first.headers['cache-control'] == 'public, max-age=30'
    assert 'set-cookie' not in first.headers
    again = asked(f'{city}{path}', headers={'If-None-Match': first.headers['etag']})
    assert again.status_code in {200, 304}
    if again.headers['etag'] == first.headers['etag']:
        assert (again.status_code, again.content) == (304, b'')


@pytest.mark.parametrize('path', PATHS)
async def test_no_person_and_no_drill_is_in_any_form(city: str, path: str) -> None:
    content = asked(f'{city}{path}').text
    for hidden in (HANAKO.name, HANAKO.kana, HANAKO.address, '訓練体育館'):
        assert hidden not in content


async def test_all_shelters_are_reached_page_by_page_without_script(browser: Browser, city: str) -> None:
    context = await browser.new_context(viewport=PHONE, java_script_enabled=False, locale='ja-JP')
    page = await context.new_page()
    await page.goto(f'{city}/shelters')
    await expect(page.get_by_text('215か所が開いています')).to_be_visible()
    seen = [await page.locator('.shelters > li').count()]
    for number in range(2, 6):
        await page.get_by_role('link', name='次の50か所').click()
        await expect(page.get_by_text(f'{number} / 5ページ')).to_be_visible()
        seen.append(await page.locator('.shelters > li').count())
    assert await page.get_by_role('link', name='次の50か所').count() == 0
    assert sum(seen) == 215
    await context.close()


async def test_the_words_say_how_full_it_is(browser: Browser, city: str) -> None:
    context = await browser.new_context(viewport=PHONE, locale='ja-JP')
    page = await context.new_page()
    await page.goto(f'{city}/shelters')
    await expect(page.locator('#s1')).to_contain_text('混雑')
    await expect(page.locator('#s9')).to_contain_text('満員')
    await expect(page.locator('#s2')).to_contain_text('確認中')
    await expect(page.locator('#s8')).to_contain_text('65歳以上')
    assert await page.evaluate('document.documentElement.scrollWidth') <= 390
    await context.close()


async def test_the_map_needs_no_other_server_and_says_the_same_below(browser: Browser, city: str) -> None:
    context = await browser.new_context(viewport=PHONE, locale='ja-JP')
    page = await context.new_page()
    requests: list[str] = []
    page.on('request', lambda request: requests.append(request.url))
    await page.goto(f'{city}/shelters/map')
    await expect(page.get_by_role('img', name='開いている避難所の地図')).to_be_visible()
    assert await page.locator('svg > g > title').count() == 215
    assert await page.locator('.names > li').count() == 215
    assert await page.evaluate('document.documentElement.scrollWidth') <= 390
    assert {url for url in requests if not url.startswith(city)} == set()
    await page.get_by_role('link', name='湯涌6小学校').click()
    await expect(page.locator('#s7')).to_contain_text('湯涌6小学校')
    await context.close()


@pytest.mark.parametrize('path', ['/shelters?page=0', '/shelters?page=999', '/shelters?page=x', '/shelters?page=²'])
async def test_nonsense_in_the_address_shows_a_page_that_there_is(city: str, path: str) -> None:
    answer = asked(f'{city}{path}')
    assert answer.status_code == 200
    assert '<li id="s' in answer.text


async def test_with_none_open_the_page_says_what_to_do(quiet_city: str) -> None:
    assert '開いている避難所はありません' in asked(f'{quiet_city}/shelters').text
    assert '<svg' not in asked(f'{quiet_city}/shelters/map').text
    assert asked(f'{quiet_city}/shelters.geojson').json()['features'] == []
