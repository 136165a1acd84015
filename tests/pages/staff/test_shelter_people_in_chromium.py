"""The roll call and the lists of two thousand people in a browser, on a wide and on a narrow screen."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.chromium import start_pages
from tests.pages.staff.conftest import StaffBox, open_page, signed_in

LIST = '/staff/evacuees'
SIZES = ((1280, 800), (800, 1280))


@pytest.fixture(scope='module')
def box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    script = Path(__file__).parent / 'evacuees_box.py'
    address, process = start_pages(script, tmp_path_factory.mktemp('evacuees'), ready='/sign-in')
    yield StaffBox(address)
    process.terminate()
    process.wait(15)


@pytest_asyncio.fixture(loop_scope='session')
async def officer(browser: Browser, box: StaffBox) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await signed_in(context, box, '1001')
    await context.close()


@pytest.mark.asyncio(loop_scope='session')
@pytest.mark.parametrize('size', SIZES)
async def test_no_page_is_wider_than_its_screen(officer: Page, box: StaffBox, size: tuple[int, int]) -> None:
    await officer.set_viewport_size({'width': size[0], 'height': size[1]})
    await open_page(officer, box, LIST)
    person = await officer.locator('.cell-link').nth(3).get_attribute('href')
    for path in (LIST, f'{LIST}/duplicates', f'{LIST}/roll-call', str(person), f'{person}/edit'):
        await officer.goto(f'{box.address}{path}')
        assert await officer.evaluate('document.documentElement.scrollWidth <= innerWidth'), path


@pytest.mark.asyncio(loop_scope='session')
async def test_one_press_marks_a_person_and_the_difference_is_seen(officer: Page, box: StaffBox) -> None:
    await open_page(officer, box, f'{LIST}/roll-call')
    await officer.get_by_role('button', name='点呼を始める').click()
    await officer.wait_for_url('**/roll-call?**')
    await officer.get_by_role('link', name='1年1組(子ども連れ)').click()
    await officer.wait_for_function('window.did_handshake')
    first = officer.locator('.roll-call-row').first
    await first.get_by_role('button', name='見当たらない').click()
    await expect(first.locator('.roll-call-mark')).to_have_text('見当たらない')
    await first.get_by_role('button', name='いる', exact=True).click()
    await expect(first.locator('.roll-call-mark')).to_have_text('いる')

    await officer.get_by_label('この区画で数えた人数').fill('104')
    await officer.get_by_role('button', name='頭数を記録する').click()
    await expect(officer.get_by_text('登録より4人多い(未登録の人がいます)').first).to_be_visible()
    await expect(officer.locator('.roll-call-mark').first).to_have_text('いる')


@pytest.mark.asyncio(loop_scope='session')
async def test_a_roll_call_is_signed_by_name(officer: Page, box: StaffBox) -> None:
    await open_page(officer, box, f'{LIST}/roll-call')
    if await officer.get_by_role('button', name='点呼を始める').is_visible():
        await officer.get_by_role('button', name='点呼を始める').click()
        await officer.wait_for_url('**/roll-call?**')
    await officer.get_by_role('button', name='署名して終える').click()
    await expect(officer.get_by_role('region', name='終えた点呼').get_by_text('山田')).to_be_visible()
    await expect(officer.get_by_role('button', name='点呼を始める')).to_be_visible()
