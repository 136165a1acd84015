"""A wall clock that jumps costs no tap, stops no periodic work, and is seen by everybody."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from app.clock import TOKYO
from tests.faults.turned_clock import TurnedClock
from tests.support.kiosk import DESK_SETTINGS, City, kiosk, touch, until
from tests.support.process import running_box
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]

CHECKPOINT_EVERY = {'MACHIBAKO_JOURNAL__CHECKPOINT_MINUTES': '0.02'}
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(('turn', 'by'), [('+3600', HOUR), ('-3600', -HOUR)], ids=['forward', 'back'])
async def test_a_clock_that_jumps_an_hour_is_marked_and_taps_and_periodic_work_go_on(
    browser: Browser, pcsc: PrivatePcscd, city: City, tmp_path: Path, turn: str, by: timedelta
) -> None:
    reader, (first, second, _third), clock = pcsc.link('Desk A'), city.cards, TurnedClock(tmp_path)
    extra = {**pcsc.client_settings, **DESK_SETTINGS, **CHECKPOINT_EVERY, **clock.environment}
    with running_box(city.data, extra=extra) as box:
        async with kiosk(browser, box, city.enrolment_code) as page:
            await touch(reader, first)
            await expect(page.locator('.screen-name')).to_have_text('山田')
            await expect(page.locator('.chip-clock')).to_be_hidden()
            time = (await page.locator('.screen-answer').inner_text()).removesuffix(' 出勤')
            clock.turn(turn)

            await expect(page.locator('.chip-clock')).to_be_visible(timeout=20000)
            await expect(page.locator('.chip-clock')).to_have_text('時計を確認してください')
            await touch(reader, first)
            await expect(page.locator('.screen-answer')).to_have_text(f'記録済み {time}')
            checkpoints = _checkpoints(city)
            await touch(reader, second)
            await expect(page.locator('.screen-name')).to_have_text('佐藤')
            await until(lambda: _checkpoints(city) > checkpoints)

            before, after = box.punches(city.token)['items']
            assert [before['staff_number'], after['staff_number']] == ['1001', '1002']
            assert before['clock_quality'] != 'stepped'
            assert after['clock_quality'] == 'stepped'
            assert abs(_time(after) - by - datetime.now(TOKYO)) < timedelta(minutes=5)
            assert box.health()['clock'] == 'stepped'
            assert box.health()['status'] == 'degraded'

            clock.right()
            await expect(page.locator('.chip-clock')).to_be_hidden(timeout=20000)
        assert box.command('journal', 'verify').returncode == 0


async def test_punches_of_1970_are_taken_in_order_and_corrected_when_the_clock_is_right(
    browser: Browser, pcsc: PrivatePcscd, city: City, tmp_path: Path
) -> None:
    reader, (first, second, _third), clock = pcsc.link('Desk A'), city.cards, TurnedClock(tmp_path)
    clock.turn('@1970-01-01 00:10:00')
    extra = {**pcsc.client_settings, **DESK_SETTINGS, **clock.environment}
    with running_box(city.data, extra=extra) as box:
        async with kiosk(browser, box, city.enrolment_code) as page:
            await expect(page.locator('.chip-clock')).to_be_visible()
            await touch(reader, first)
            await expect(page.locator('.screen-name')).to_have_text('山田')
            await touch(reader, first)
            await expect(page.locator('.screen-answer')).to_have_text(re.compile('^記録済み'))
            await touch(reader, second)
            await expect(page.locator('.screen-name')).to_have_text('佐藤')
            wrong = box.punches(city.token)['items']
            assert [(punch['staff_number'], punch['clock_quality']) for punch in wrong] == [
                ('1001', 'unknown'),
                ('1002', 'unknown'),
            ]

            clock.right()
            await until(lambda: len(box.punches(city.token)['items']) == 4)
            *_, one, other = box.punches(city.token)['items']
            assert [one['replaces'], other['replaces']] == [punch['id'] for punch in wrong]
            assert {one['source'], other['source']} == {'correction'}
            assert {one['clock_quality'], other['clock_quality']} == {'reconstructed'}
            assert _time(one) < _time(other)
            assert abs(_time(one) - datetime.now(TOKYO)) < timedelta(minutes=5)

            await touch(reader, first)
            await expect(page.locator('.screen-answer')).to_have_text(re.compile('^記録済み'))
            assert len(box.punches(city.token)['items']) == 4
        assert box.command('journal', 'verify').returncode == 0


def _checkpoints(city: City) -> int:
    return sum(len(path.read_bytes()) for path in (city.data / 'checkpoints').rglob('*') if path.is_file())


def _time(punch: dict[str, str]) -> datetime:
    return datetime.fromisoformat(punch['punched_at'])
