"""A disk that is full, fails or may not be written: nothing green is shown, and what was recorded stays."""

import asyncio
import re
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, expect

from app.lifecycle import EXIT_STORAGE_FAILED
from app.storage.database import check_database
from tests.faults.broken_disk import TRACEABLE, as_the_box_sees, failing, fill, on_a_disk_of
from tests.support.kiosk import DESK_SETTINGS, RED_SCREEN, City, kiosk, staff_numbers, tablet, touch, until
from tests.support.process import RunningBox, running_box
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]


@pytest.mark.parametrize(
    ('calls', 'error'), [('fdatasync', 'EIO'), ('pwrite64,ftruncate', 'EROFS')], ids=['sync fails', 'read-only']
)
async def test_a_disk_that_fails_ends_in_a_red_screen_that_stays_and_a_checked_new_start(
    browser: Browser, pcsc: PrivatePcscd, city: City, calls: str, error: str
) -> None:
    reader, (first, second, _third) = pcsc.link('Desk A'), city.cards
    extra = {**pcsc.client_settings, **DESK_SETTINGS}
    with running_box(city.data, wrapper=TRACEABLE, extra=extra) as box:
        async with kiosk(browser, box, city.enrolment_code) as page:
            await touch(reader, first)
            await expect(page.locator('.screen-name')).to_have_text('山田')
            health = asyncio.create_task(asyncio.to_thread(_states_until_its_end, box))
            with failing(box, calls, error):
                await touch(reader, second)
                await expect(page.locator('.screen-title')).to_have_text(RED_SCREEN)
                exit_code = await asyncio.to_thread(box.process.wait, 30)
            assert exit_code == EXIT_STORAGE_FAILED
            assert (await health)[-1] == 'failed'
            await expect(page.get_by_role('alert')).to_be_visible(timeout=15000)
            await expect(page.locator('.screen-title')).to_have_text(RED_SCREEN)
            await expect(page.locator('.screen-whom')).to_contain_text('総務課 内線2210')

    assert check_database(city.data / 'machibako.db') == []
    with running_box(city.data, extra=extra) as box:
        assert 'checking the database' in box.output()
        assert box.health()['status'] != 'failed'
        assert '1001' in staff_numbers(box.punches(city.token))
        await touch(reader, second)
        await until(lambda: '1002' in staff_numbers(box.punches(city.token)))
        assert staff_numbers(box.punches(city.token)).count('1002') == 1
        assert box.command('journal', 'verify').returncode == 0


async def test_a_full_disk_refuses_says_paper_and_goes_on_by_itself_when_there_is_room(
    browser: Browser, pcsc: PrivatePcscd, city: City, tmp_path: Path
) -> None:
    reader, (first, second, _third) = pcsc.link('Desk A'), city.cards
    disk = tmp_path / 'disk'
    disk.mkdir()
    wrapper = on_a_disk_of('4m', disk, city.data)
    with running_box(disk, wrapper=wrapper, extra={**pcsc.client_settings, **DESK_SETTINGS}) as box:
        async with kiosk(browser, box, city.enrolment_code) as page:
            await touch(reader, first)
            await expect(page.locator('.screen-name')).to_have_text('山田')
            filled = fill(as_the_box_sees(box, disk))

            await touch(reader, second)
            await expect(page.locator('.screen-title')).to_have_text('いまは記録できません')
            await expect(page.locator('.screen-next')).to_have_text('紙に記入してください')
            await expect(page.locator('.screen-whom')).to_contain_text('総務課 内線2210')
            await expect(page.locator('.screen-name')).to_be_empty()
            assert staff_numbers(box.punches(city.token)) == ['1001']

            filled.unlink()
            await touch(reader, second)
            await expect(page.locator('.screen-name')).to_have_text('佐藤')
            await expect(page.locator('.screen-answer')).to_have_text(re.compile('出勤$'))
            assert staff_numbers(box.punches(city.token)) == ['1001', '1002']


@pytest.mark.parametrize('damage', ['page', 'missing', 'garbage'])
async def test_a_damaged_database_is_a_red_kiosk_and_never_an_empty_start(
    browser: Browser, city: City, damage: str
) -> None:
    database = city.data / 'machibako.db'
    _damage(database, damage)
    left = database.read_bytes() if database.exists() else None
    box = RunningBox(city.data, extra=DESK_SETTINGS)
    try:
        box.wait_until_ready()
        assert await asyncio.to_thread(_health, box) == (503, 'failed')
        async with tablet(browser) as context:
            page = await context.new_page()
            await page.goto(f'{box.url}/kiosk')
            await expect(page.locator('.screen-title')).to_have_text(RED_SCREEN)
            await expect(page.locator('.screen-whom')).to_contain_text('総務課 内線2210')
    finally:
        box.stop()
    assert (database.read_bytes() if database.exists() else None) == left


def _health(box: RunningBox) -> tuple[int, str]:
    answer = httpx.get(f'{box.url}/api/v1/health', timeout=10)
    return answer.status_code, answer.json()['status']


def _damage(database: Path, damage: str) -> None:
    if damage == 'missing':
        database.unlink()
    elif damage == 'garbage':
        database.write_bytes(b'no database' * 1000)
    else:
        (database.parent / 'running').touch()
        content = bytearray(database.read_bytes())
        content[4096:8192] = bytes(range(256)) * 16
        database.write_bytes(content)


def _states_until_its_end(box: RunningBox) -> list[str]:
    """What the health of the box says until it ends, asked over one connection: the red state lasts three seconds."""
    states: list[str] = []
    with httpx.Client(base_url=box.url) as client, suppress(httpx.TransportError):
        while True:
            states.append(client.get('/api/v1/health').json()['status'])
            time.sleep(0.1)
    return states
