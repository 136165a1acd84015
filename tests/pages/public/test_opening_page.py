"""A neighbourhood head of 78 opens a shelter on a browser without script."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from app.shelters.sealed_codes import new_code, read_code
from tests.chromium import browser, start_pages
from tests.pages.staff.staff_box import PASSWORD

__all__ = ['browser']

BOX = Path(__file__).parent.parent / 'staff' / 'shelters_box.py'
SAFE = ('ない', '傾いていない', 'しない', '出る', '使える')
PRESSES_BEYOND_THE_CODE = 6
SCREENSHOTS = Path(__file__).parents[2] / 'screenshots'


@dataclass(frozen=True, slots=True)
class Shelters:
    """A running box, and headquarters who makes codes for it."""

    address: str
    headquarters: httpx.Client

    def code(self, name: str, *, practice: bool = False) -> str:
        """A new code for the shelter of this name."""
        page = self.page_of(name)
        if practice:
            self.headquarters.post(f'{page}/practice', data={'practice': '1'})
        made = self.headquarters.post('/staff/shelters/codes', data={'shelter': page.rsplit('/', 1)[1]}).text
        found = next(
            each for each in re.findall(r'(?<![\w-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])', made) if read_code(each)
        )
        return found.replace('-', '')

    def page_of(self, name: str) -> str:
        """Where staff see the shelter."""
        listed = self.headquarters.get('/staff/shelters', params={'words': name}).text
        found = re.search('/staff/shelters/[0-9a-f-]{36}', listed)
        assert found
        return found[0]


@pytest.fixture(scope='module')
def shelters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelters]:
    address, process = start_pages(BOX, tmp_path_factory.mktemp('opening'), ready='/sign-in')
    with httpx.Client(base_url=address, headers={'Origin': address}, timeout=60) as headquarters:
        headquarters.post('/sign-in', data={'number': '1002', 'password': PASSWORD})
        yield Shelters(address, headquarters)
    process.terminate()
    process.wait(15)


@pytest_asyncio.fixture(loop_scope='session')
async def phone(browser: Browser, shelters: Shelters) -> AsyncIterator[Page]:
    """A phone without script, on the page of the sealed paper."""
    context = await browser.new_context(
        viewport={'width': 390, 'height': 844}, locale='ja-JP', java_script_enabled=False, has_touch=True
    )
    page = await context.new_page()
    await page.goto(f'{shelters.address}/open')
    yield page
    await context.close()


async def pressed(page: Page, button: Locator) -> None:
    """Press, and wait for the page that answers."""
    async with page.expect_navigation():
        await button.click()


async def press_code(page: Page, code: str) -> None:
    """Letter by letter, on the pad."""
    for letter in code:
        await pressed(page, page.get_by_role('button', name=letter, exact=True))


async def press_answers(page: Page, answers: tuple[str, ...] = SAFE) -> None:
    """One press for each question."""
    for answer in answers:
        await pressed(page, page.get_by_role('button', name=answer, exact=True))


pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_code_five_answers_and_one_press_open_the_shelter(phone: Page, shelters: Shelters) -> None:
    code = shelters.code('第21')
    await press_code(phone, code)
    presses = 0
    for answer in SAFE:
        await pressed(phone, phone.get_by_role('button', name=answer, exact=True))
        presses += 1
    await pressed(phone, phone.get_by_role('button', name='避難所を開ける'))
    presses += 1
    await expect(phone.get_by_role('heading', name='避難所が開きました')).to_be_visible()
    assert presses == PRESSES_BEYOND_THE_CODE
    assert '住民による開設' in shelters.headquarters.get(shelters.page_of('第21')).text


async def test_the_pad_shows_what_was_pressed_and_takes_it_back(phone: Page) -> None:
    await press_code(phone, 'AC2')
    await expect(phone.locator('.code-typed')).to_have_text('AC2_ ____')
    await pressed(phone, phone.get_by_role('button', name='1字消す'))
    await expect(phone.locator('.code-typed')).to_have_text('AC__ ____')
    await pressed(phone, phone.get_by_role('button', name='全部消す'))
    await expect(phone.locator('.code-typed')).to_have_text('____ ____')


async def test_a_code_can_be_typed_in_small_letters_too(phone: Page, shelters: Shelters) -> None:
    code = shelters.code('第22').lower()
    await phone.get_by_label('文字の板で入れるとき').fill(f'{code[:4]} {code[4:]}')
    await pressed(phone, phone.get_by_role('button', name='次へ'))
    await expect(phone.get_by_role('heading', name='大きなひび')).to_be_visible()


async def test_a_wrong_letter_is_told_and_what_was_pressed_stays(phone: Page, shelters: Shelters) -> None:
    code = shelters.code('第23')
    wrong = code[:-1] + ('2' if code[-1] != '2' else '3')
    await press_code(phone, wrong)
    await expect(phone.get_by_role('alert')).to_contain_text('文字が一つ違うようです')
    await pressed(phone, phone.get_by_role('button', name='1字消す'))
    await press_code(phone, code[-1])
    await expect(phone.get_by_role('heading', name='大きなひび')).to_be_visible()


async def test_a_danger_says_not_to_go_in_and_where_to_go(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第24'))
    await press_answers(phone, ('ない', '傾いていない', 'する'))
    await expect(phone.get_by_role('heading', name='中に入らないでください')).to_be_visible()
    await expect(phone.get_by_role('alert')).to_contain_text('ガスの臭いがします')
    await expect(phone.locator('.shelters')).to_contain_text('泉小学校')
    staff = shelters.headquarters.get(shelters.page_of('第24')).text
    assert '危険のため開設していません' in staff
    assert 'ガスの臭い: はい' in staff

    await pressed(phone, phone.get_by_role('button', name='もう一度確かめる'))
    await expect(phone.get_by_role('heading', name='大きなひび')).to_be_visible()


async def test_the_page_comes_back_where_it_was_after_a_reload(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第25'))
    await press_answers(phone, ('ない', '分からない'))
    await phone.goto(f'{shelters.address}/open')
    await expect(phone.get_by_role('heading', name='ガスの臭い')).to_be_visible()


async def test_people_are_counted_with_one_press_each_and_a_press_is_taken_back(
    phone: Page, shelters: Shelters
) -> None:
    await press_code(phone, shelters.code('第26'))
    await press_answers(phone)
    await pressed(phone, phone.get_by_role('button', name='避難所を開ける'))
    await pressed(phone, phone.get_by_role('link', name='来た人を数える'))
    for _each in range(2):
        await pressed(phone, phone.get_by_role('button', name=re.compile('^女の人')).first)
    await pressed(phone, phone.get_by_role('button', name='女の人を1人減らす'))
    await expect(phone.get_by_role('status')).to_have_text('全部で 1人')


async def test_before_the_opening_nobody_counts(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第27'))
    await phone.goto(f'{shelters.address}/open/count')
    await expect(phone.get_by_role('alert')).to_contain_text('建物の確認が終わっていません')


async def test_when_staff_take_over_the_residents_page_ends_with_thanks(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第28'))
    await press_answers(phone)
    await pressed(phone, phone.get_by_role('button', name='避難所を開ける'))
    shelters.headquarters.post(f'{shelters.page_of("第28")}/adopt')
    await phone.goto(f'{shelters.address}/open/count')
    await expect(phone.get_by_role('alert')).to_contain_text('市の職員が引き継ぎました')


async def test_a_drill_says_so_on_every_page(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第29', practice=True))
    await expect(phone.locator('.practice')).to_be_visible()
    await press_answers(phone)
    await expect(phone.locator('.practice')).to_be_visible()
    await pressed(phone, phone.get_by_role('button', name='避難所を開ける'))
    await expect(phone.locator('.practice')).to_be_visible()


async def test_what_a_resident_typed_is_text_for_staff(phone: Page, shelters: Shelters) -> None:
    await press_code(phone, shelters.code('第30'))
    await press_answers(phone)
    await phone.get_by_label('開ける人の名前').fill('<b>泉</b>')
    await pressed(phone, phone.get_by_role('button', name='避難所を開ける'))
    assert '<b>泉' not in shelters.headquarters.get(shelters.page_of('第30')).text


@pytest.mark.parametrize(('width', 'height'), [(390, 844), (800, 1280), (1280, 800)])
async def test_presses_are_large_and_nothing_is_wider_than_the_window(
    browser: Browser, shelters: Shelters, width: int, height: int
) -> None:
    context = await browser.new_context(viewport={'width': width, 'height': height}, locale='ja-JP')
    page = await context.new_page()
    await page.goto(f'{shelters.address}/open')
    await _is_large(page, f'open-code-{width}')
    code = shelters.code({390: '第31', 800: '第32', 1280: '第33'}[width])
    await press_code(page, code)
    await expect(page.get_by_role('heading', name='大きなひび'), code).to_be_visible()
    await _is_large(page, f'open-question-{width}')
    await press_answers(page, ('ある',))
    await _is_large(page, f'open-stop-{width}')
    await pressed(page, page.get_by_role('button', name='もう一度確かめる'))
    await press_answers(page, ('ない', '傾いていない', '分からない', '出ない', '使えない'))
    await _is_large(page, f'open-who-{width}')
    await pressed(page, page.get_by_role('button', name='避難所を開ける'))
    await _is_large(page, f'open-opened-{width}')
    await pressed(page, page.get_by_role('link', name='来た人を数える'))
    await _is_large(page, f'open-count-{width}')
    await context.close()


async def test_guessing_from_one_address_has_to_wait(phone: Page) -> None:
    for _each in range(7):
        await phone.get_by_label('文字の板で入れるとき').fill(new_code())
        await pressed(phone, phone.get_by_role('button', name='次へ'))
    await expect(phone.get_by_role('alert')).to_contain_text('秒待って')


async def _is_large(page: Page, name: str) -> None:
    over = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
    assert over <= 0, name
    heights = await page.evaluate('[...document.querySelectorAll("main button")].map((one) => one.offsetHeight)')
    assert min(heights, default=56) >= 56, name
    SCREENSHOTS.mkdir(exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f'{name}.png', full_page=True)


async def test_a_family_sees_that_the_shelter_holds_a_drill(phone: Page, shelters: Shelters) -> None:
    page = shelters.page_of('第40')
    shelters.headquarters.post(f'{page}/practice', data={'practice': '1'})
    shelters.headquarters.post(f'{page}/here')
    await phone.goto(f'{shelters.address}/family')
    await expect(phone.get_by_text('訓練です')).to_be_visible()
