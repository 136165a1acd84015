"""The needs, the health log, the tasks and the reports of a shelter, over the socketless forms of its officer."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.pages.staff.conftest import CLERK, StaffBox, at_work, new_tab, run, signed_in
from tests.pages.staff.needs_box import OFFICER_NUMBER

pytestmark = pytest.mark.asyncio(loop_scope='session')
NEEDS, REPORTS = '/staff/shelters/needs', '/staff/shelters/reports'
HEALTH, HELPERS = '/staff/shelters/health', '/staff/shelters/helpers'


@pytest.fixture(scope='session')
def needs_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffBox]:
    yield from run('needs_box.py', tmp_path_factory.mktemp('needs'))


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def officer(browser: Browser, needs_box: StaffBox) -> AsyncIterator[BrowserContext]:
    async with at_work(browser, needs_box, OFFICER_NUMBER) as context:
        yield context


@pytest_asyncio.fixture(loop_scope='session')
async def tab(officer: BrowserContext) -> AsyncIterator[Page]:
    async with new_tab(officer) as page:
        yield page


async def test_the_strip_tells_what_is_short_and_what_nobody_confirmed(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + NEEDS)
    await expect(tab.get_by_role('region', name='人数')).to_contain_text('120人')
    await expect(tab.get_by_role('region', name='人数')).to_contain_text('差 119人')
    await expect(tab.get_by_role('region', name='ベッド')).to_contain_text('あと 90台 足りない')
    await expect(tab.get_by_role('region', name='入浴', exact=True)).to_contain_text('未確認')


async def test_one_press_says_how_the_power_is(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + NEEDS)
    gas = tab.get_by_role('group', name='ガス')
    await gas.get_by_role('button', name='使えない').click()
    await expect(gas.get_by_role('button', name='使えない')).to_have_attribute('aria-pressed', 'true')
    await gas.get_by_role('button', name='未確認').click()
    await expect(gas.get_by_role('button', name='未確認')).to_have_attribute('aria-pressed', 'true')


async def test_a_shortage_becomes_a_request_once(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + NEEDS)
    drafts = tab.get_by_role('region', name='要請の下書き')
    await drafts.get_by_role('button', name='要請を作る').first.click()
    await expect(drafts.get_by_text('要請を作成済み')).to_be_visible()


async def test_a_number_that_cannot_be_is_told_and_changes_nothing(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + NEEDS)
    beds = tab.get_by_label('ベッド(台)')
    await beds.evaluate("field => { field.type = 'text'; field.value = '-4' }")
    await tab.get_by_role('region', name='寝る場所と入浴').get_by_role('button').click()
    await expect(tab.get_by_role('alert')).to_contain_text('ベッド: 0以上の数')
    await expect(tab.get_by_role('region', name='ベッド')).to_contain_text('30台')


async def test_a_report_is_drafted_put_right_signed_and_corrected(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + REPORTS)
    await tab.get_by_role('button', name='いまのデータで下書きを作る').click()
    await expect(tab.get_by_label('避難者数(人)')).to_have_value('120')
    await expect(tab.get_by_label('間仕切り(張)')).to_have_value('')
    await tab.get_by_label('至急の要請').fill('毛布 90枚')
    await tab.get_by_role('button', name='署名する').click()
    await expect(tab.get_by_role('region', name='無線で読み上げる文')).to_contain_text('数字で、イチ・ニ・ゼロ')
    await expect(tab.get_by_role('row', name='間仕切り')).to_contain_text('未確認')
    for form, start in (('pdf', b'%PDF'), ('csv', b'\xef\xbb\xbf'), ('json', b'{')):
        answer = await tab.context.request.get(f'{tab.url}/file?form={form}', timeout=60_000)
        assert (await answer.body()).startswith(start)
    await tab.get_by_role('button', name='訂正する').click()
    await tab.get_by_label('避難者数(人)').fill('')
    await tab.get_by_role('button', name='署名する').click()
    await expect(tab.get_by_role('row', name='避難者数 未確認')).to_be_visible()
    await tab.goto(needs_box.address + REPORTS)
    await expect(tab.get_by_text('訂正済み(新しい版があります)')).to_be_visible()


async def test_illness_is_noted_by_count_and_brought_to_the_area_apart(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + HEALTH)
    await tab.get_by_label('発熱').check()
    await tab.get_by_label('人数').fill('3')
    await tab.get_by_role('button', name='記録する').click()
    case = tab.get_by_role('region', name='発熱')
    await expect(case).to_contain_text('発熱 3人')
    await case.get_by_role('button', name='保健室へ移った').click()
    await expect(case).to_contain_text('移った場所 保健室')
    await case.get_by_role('button', name='終わった').click()
    await expect(tab.get_by_text('記録がありません')).to_be_visible()


async def test_a_task_is_taken_and_a_note_is_read(tab: Page, needs_box: StaffBox) -> None:
    await tab.goto(needs_box.address + HELPERS)
    await tab.get_by_label('次の当番へ').fill('発電機の燃料')
    await tab.get_by_role('button', name='引き継ぎを残す').click()
    await tab.get_by_role('button', name='読んだ').click()
    await expect(tab.get_by_text('に読みました')).to_be_visible()
    await tab.get_by_label('仕事', exact=True).fill('朝食')
    await tab.get_by_label('始まり').fill('2026-11-24T06:00')
    await tab.get_by_label('終わり').fill('2026-11-24T08:00')
    await tab.get_by_role('button', name='仕事を追加する').click()
    task = tab.get_by_role('region', name='朝食')
    await task.get_by_label('引き受ける人').fill('北 守')
    await task.get_by_role('button', name='引き受ける人を入れる').click()
    await expect(task).to_contain_text('北 守')


@pytest.mark.parametrize('path', [NEEDS, REPORTS, HEALTH, HELPERS])
@pytest.mark.parametrize('width', [800, 1280])
async def test_nothing_is_wider_than_the_screen(tab: Page, needs_box: StaffBox, path: str, width: int) -> None:
    await tab.set_viewport_size({'width': width, 'height': 1280 if width == 800 else 800})
    await tab.goto(needs_box.address + path)
    await expect(tab.get_by_role('heading', level=1)).to_be_visible()
    assert await tab.evaluate('document.documentElement.scrollWidth') <= width


async def test_the_pages_are_for_those_who_run_a_shelter(visitor: BrowserContext, needs_box: StaffBox) -> None:
    clerk = await signed_in(visitor, needs_box, CLERK)
    for path in (NEEDS, REPORTS, HEALTH, HELPERS):
        answer = await clerk.goto(needs_box.address + path)
        assert answer is not None
        assert answer.status == 403
