"""The disposal list and the pictures of an accident, in a browser."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Page, expect

from tests.app.files.pictures import HEIC, jpeg
from tests.pages.staff.conftest import StaffBox, run, signed_in

pytestmark = pytest.mark.asyncio(loop_scope='session')


@pytest.fixture(scope='module')
def disposal_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('disposal_box.py', tmp_path_factory.mktemp('disposal'))


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def administrator(browser: Browser, disposal_box: StaffBox) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await signed_in(context, disposal_box, '1005')
    await context.close()


async def open_trip(page: Page, box: StaffBox) -> None:
    await page.goto(f'{box.address}/staff/trips')
    await page.locator('a.cell-link[href^="/staff/trips/"]').first.click()
    await expect(page.get_by_role('heading', name='事故の写真')).to_be_visible()


async def test_a_picture_of_an_accident_is_added_and_opens_uncached(
    administrator: Page, disposal_box: StaffBox
) -> None:
    await open_trip(administrator, disposal_box)
    photo = FilePayload(name='IMG_0001.JPG', mimeType='image/jpeg', buffer=jpeg())
    await administrator.set_input_files('input[name=photo]', files=[photo])
    await administrator.get_by_role('button', name='写真を追加する').click()
    await expect(administrator.get_by_text('写真を追加しました。')).to_be_visible()

    address = await administrator.get_by_role('link', name='写真を見る 1').get_attribute('href')
    answer = await administrator.request.get(f'{disposal_box.address}{address}')
    assert answer.headers['content-type'] == 'image/jpeg'
    assert answer.headers['cache-control'] == 'no-store'
    assert (await answer.body()).startswith(b'\xff\xd8')


async def test_a_picture_of_another_kind_is_refused_with_what_to_do(
    administrator: Page, disposal_box: StaffBox, tmp_path: Path
) -> None:
    await open_trip(administrator, disposal_box)
    photo = FilePayload(name='IMG_0002.HEIC', mimeType='image/heic', buffer=HEIC)
    await administrator.set_input_files('input[name=photo]', files=[photo])
    await administrator.get_by_role('button', name='写真を追加する').click()
    await expect(administrator.get_by_text('iPhone の写真(HEIC)は JPEG にしてから選びます。')).to_be_visible()


async def test_a_picture_opens_for_nobody_who_is_not_signed_in(administrator: Page, disposal_box: StaffBox) -> None:
    await open_trip(administrator, disposal_box)
    address = await administrator.get_by_role('link', name='写真を見る 1').get_attribute('href')
    answer = disposal_box.get(str(address))
    assert not answer.headers.get('content-type', '').startswith('image/')


async def test_a_record_in_dispute_is_put_on_hold_and_released(administrator: Page, disposal_box: StaffBox) -> None:
    await open_trip(administrator, disposal_box)
    hold = administrator.get_by_role('region', name='廃棄の保留')
    await hold.get_by_label('保留の理由').fill('係争中')
    await hold.get_by_role('button', name='保留にする').click()
    await expect(hold.get_by_text('から保留中: 係争中')).to_be_visible()
    await hold.get_by_role('button', name='保留を終える').click()
    await expect(hold.get_by_role('button', name='保留にする')).to_be_visible()


@pytest.mark.parametrize(('width', 'height'), [(1280, 800), (800, 1280)])
async def test_the_list_fits_both_sizes(administrator: Page, disposal_box: StaffBox, width: int, height: int) -> None:
    await administrator.set_viewport_size({'width': width, 'height': height})
    await administrator.goto(f'{disposal_box.address}/staff/disposal')
    await expect(administrator.get_by_text('酒気帯び確認 2020年3月: 記録 3件、写真 0枚')).to_be_visible()
    over = await administrator.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    assert over <= 0


async def test_what_an_administrator_approves_is_gone_and_told(administrator: Page, disposal_box: StaffBox) -> None:
    await administrator.goto(f'{disposal_box.address}/staff')
    await expect(administrator.get_by_text('保存期間を過ぎた記録があります: 1か月分')).to_be_visible()
    await administrator.goto(f'{disposal_box.address}/staff/disposal')
    await administrator.get_by_label('理由').fill('保存期間の満了')
    await administrator.get_by_role('button', name='廃棄を承認する').click()
    await expect(administrator.get_by_text('廃棄する月を選んでください。')).to_be_visible()

    await administrator.get_by_label('酒気帯び確認 2020年3月').check()
    await administrator.get_by_role('button', name='廃棄を承認する').click()
    await expect(administrator.get_by_text('廃棄を承認しました。')).to_be_visible()
    await expect(administrator.get_by_text('廃棄する記録はありません')).to_be_visible()
    await expect(administrator.get_by_role('cell', name='保存期間の満了')).to_be_visible()
