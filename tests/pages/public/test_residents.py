"""Residents on their phones, with scripts off: a family enters itself, a person looks after what is theirs."""

import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from app.messages.languages import Language
from tests.chromium import start_pages
from tests.pages.public.conftest import HERE
from tests.support.accessibility import serious

pytestmark = pytest.mark.asyncio(loop_scope='session')
PHONE, LAPTOP = {'width': 390, 'height': 844}, {'width': 1280, 'height': 800}
LARGEST_PAGE = 30_000
PUBLIC = ('/family', '/me/BAND-0001', '/point', '/signage')
SEND = 'main form button[type=submit]:not([name])'
OVERFLOWS = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'


@pytest.fixture(scope='session')
def residents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a box in a shelter."""
    address, process = start_pages(HERE / 'residents_box.py', tmp_path_factory.mktemp('residents'), ready='/family')
    yield address
    process.terminate()
    process.wait(15)


@pytest_asyncio.fixture(loop_scope='session')
async def phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE, locale='ja-JP', java_script_enabled=False)  # type: ignore[arg-type]
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope='session')
async def screen(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=LAPTOP, locale='ja-JP')  # type: ignore[arg-type]
    yield await context.new_page()
    await context.close()


async def test_a_family_of_two_gets_a_code_and_a_number_to_show(phone: Page, residents: str) -> None:
    await enter_family(phone, residents)

    await expect(phone.get_by_role('heading', level=1)).to_have_text('受付で見せてください')
    await expect(phone.get_by_role('img', name='受付で読み取るQRコード')).to_be_visible()
    await expect(phone.locator('.code')).to_have_text(re.compile(r'^\d{3} \d{3}$'))
    await expect(phone.locator('.list')).to_contain_text('Nguyễn Văn An')


async def test_what_is_wrong_is_said_and_what_was_right_need_not_be_typed_again(phone: Page, residents: str) -> None:
    await phone.goto(f'{residents}/family')
    await phone.fill('[name=name_1]', '金沢 花子')
    await phone.fill('[name=birth_1]', '昭和100年')
    await phone.click(SEND)

    await expect(phone.get_by_role('alert')).to_contain_text('1人目の生まれた日を確かめてください')
    await expect(phone.locator('[name=name_1]')).to_have_value('金沢 花子')


async def test_more_people_are_added_without_losing_the_first(phone: Page, residents: str) -> None:
    await phone.goto(f'{residents}/family')
    await phone.fill('[name=name_1]', '金沢 花子')
    await phone.get_by_role('button', name='人を増やす').click()

    await expect(phone.locator('[name=name_1]')).to_have_value('金沢 花子')
    await expect(phone.locator('fieldset.card')).to_have_count(4)


async def test_needs_and_consent_of_one_person_are_kept_in_the_draft(phone: Page, residents: str) -> None:
    await enter_family(phone, residents)
    await phone.get_by_role('link', name='金沢 花子: くわしく書く').click()
    await phone.get_by_label('透析がいる').check()
    await phone.fill('[name=allergies]', '卵、そば')
    await phone.locator('[name=relatives][value=yes]').check()
    await phone.click(SEND)

    await phone.get_by_role('link', name='金沢 花子: くわしく書く').click()
    await expect(phone.get_by_label('透析がいる')).to_be_checked()
    await expect(phone.locator('[name=allergies]')).to_have_value('そば、卵')
    await expect(phone.locator('[name=relatives][value=yes]')).to_be_checked()
    await expect(phone.locator('[name=public][value=""]')).to_be_checked()


async def test_what_all_share_is_entered_once(phone: Page, residents: str) -> None:
    await enter_family(phone, residents)
    await phone.get_by_role('link', name='家族みんなのこと').click()
    await phone.fill('[name=car]', '白 石川500あ1234')
    await phone.get_by_label('車の中').check()
    await phone.get_by_label('ここにいることを、だれにも知らせないでほしい').check()
    await phone.click(SEND)

    await phone.get_by_role('link', name='家族みんなのこと').click()
    await expect(phone.locator('[name=car]')).to_have_value('白 石川500あ1234')
    await expect(phone.get_by_label('車の中')).to_be_checked()
    await expect(phone.get_by_label('ここにいることを、だれにも知らせないでほしい')).to_be_checked()


async def test_markup_in_a_name_is_shown_as_it_was_typed(phone: Page, residents: str) -> None:
    await enter_family(phone, residents, first='<b>金沢</b>')

    await expect(phone.locator('.list li').first).to_contain_text('<b>金沢</b>')


@pytest.mark.parametrize('code', ['FAMILY.000000.A', 'x', '123456'])
async def test_a_code_that_leads_nowhere_says_what_to_do(phone: Page, residents: str, code: str) -> None:
    await phone.goto(f'{residents}/family/{code}')

    await expect(phone.get_by_role('alert')).to_contain_text('もう一度登録してください')


async def test_a_person_opens_their_page_with_their_birth_date(phone: Page, residents: str) -> None:
    await open_own_page(phone, residents)

    await expect(phone.locator('main')).to_contain_text('泉小学校')
    await expect(phone.get_by_role('alert')).to_contain_text('受付に来てください')
    await expect(phone.locator('article').first).to_contain_text('断水しています')


async def test_a_wristband_alone_tells_nothing_of_person_or_place(phone: Page, residents: str) -> None:
    for path in ('/me/BAND-0001', '/me/BAND-9999'):
        answer = await phone.goto(f'{residents}{path}')
        assert answer is not None
        words = re.sub('BAND-[0-9]+', '', await answer.text())
        assert '泉' not in words
        assert '金沢' not in words
        assert '本庁舎' not in words
    await phone.fill('[name=birth]', '1950-1-1')
    await phone.click(SEND)
    await expect(phone.get_by_role('alert')).to_contain_text('開けませんでした')


async def test_by_the_wristband_alone_a_family_writes_its_details_and_nothing_is_filled_in(
    phone: Page, residents: str
) -> None:
    await phone.goto(f'{residents}/me/BAND-0001')
    await phone.get_by_role('link', name='自分と家族のことを書く').click()
    await expect(phone.locator('[name=name_1]')).to_have_value('')
    await expect(phone.locator('main')).to_contain_text('1人目に、このリストバンドの人を書いてください')
    await phone.fill('[name=name_1]', '金沢 花子')
    await phone.click(SEND)

    await expect(phone.get_by_role('heading', level=1)).to_have_text('受付で見せてください')


async def test_saying_that_one_leaves_asks_to_come_by_the_reception(phone: Page, residents: str) -> None:
    await open_own_page(phone, residents)
    await phone.get_by_label('病院').check()
    await phone.get_by_role('button', name='出ることを伝える').click()

    await expect(phone.get_by_text('出る前に受付に寄ってください')).to_be_visible()
    await expect(phone.get_by_label('病院')).to_be_checked()


async def test_consent_can_be_changed(phone: Page, residents: str) -> None:
    await open_own_page(phone, residents)
    await phone.locator('[name=acquaintances][value=no]').check()
    await phone.get_by_role('button', name='保存する').click()

    await expect(phone.get_by_role('status').first).to_contain_text('保存しました')
    await expect(phone.locator('[name=acquaintances][value=no]')).to_be_checked()


@pytest.mark.parametrize('language', list(Language))
async def test_each_language_is_one_press_and_stays(phone: Page, residents: str, language: Language) -> None:
    await phone.goto(f'{residents}/point?lang=vi')
    link = phone.get_by_role('link', name=language.own_name, exact=True)
    if language is not Language.VIETNAMESE:
        await link.click()
    await phone.goto(f'{residents}/family')

    await expect(phone.locator('html')).to_have_attribute('lang', language.html)
    await expect(phone.locator('nav strong')).to_have_text(language.own_name)


@pytest.mark.parametrize(('asked', 'lang'), [('vi-VN,vi;q=0.9', 'vi'), ('zh-TW', 'zh-Hant'), ('fr', 'ja')])
async def test_the_first_answer_follows_the_browser(residents: str, asked: str, lang: str) -> None:
    async with httpx.AsyncClient(base_url=residents) as client:
        answer = await client.get('/family', headers={'Accept-Language': asked})

    assert f'<html lang="{lang}">' in answer.text


@pytest.mark.parametrize('path', PUBLIC)
@pytest.mark.parametrize('language', list(Language))
async def test_a_page_is_one_small_answer(residents: str, path: str, language: Language) -> None:
    async with httpx.AsyncClient(base_url=residents, follow_redirects=True) as client:
        answer = await client.get(f'{path}?lang={language.value}')

    assert answer.status_code == 200
    assert len(answer.content) < LARGEST_PAGE


@pytest.mark.parametrize('path', PUBLIC)
@pytest.mark.parametrize('language', list(Language))
async def test_nothing_runs_out_of_a_phone_or_of_a_page_at_200_percent(
    screen: Page, residents: str, path: str, language: Language
) -> None:
    for width, height in ((390, 844), (640, 400), (195, 422)):
        await screen.set_viewport_size({'width': width, 'height': height})
        await screen.goto(f'{residents}{path}?lang={language.value}')
        assert not await screen.evaluate(OVERFLOWS), f'{width} px'


@pytest.mark.parametrize('path', PUBLIC)
async def test_axe_finds_nothing_serious(screen: Page, residents: str, path: str) -> None:
    await screen.goto(f'{residents}{path}')

    assert await serious(screen) == []


async def test_axe_finds_nothing_serious_on_what_a_family_fills_in(screen: Page, residents: str) -> None:
    await enter_family(screen, residents)
    assert await serious(screen) == []
    ticket = screen.url
    for link in ('金沢 花子: くわしく書く', '家族みんなのこと'):
        await screen.goto(ticket)
        await screen.get_by_role('link', name=link).click()
        assert await serious(screen) == []
    await open_own_page(screen, residents)
    assert await serious(screen) == []


async def test_a_call_is_on_the_screen_of_the_hall_by_number_and_never_by_name(screen: Page, residents: str) -> None:
    await screen.goto(f'{residents}/signage')

    call = screen.locator('[data-call]')
    await expect(call).to_have_text(re.compile(r'^[A-Z]{3}-\d{4}-\d$'))
    number = (await call.inner_text()).replace('-', '')
    spoken = await call.get_attribute('data-spoken') or ''
    assert ' '.join(number) in spoken
    assert '金沢' not in await screen.content()


async def test_the_screen_of_the_hall_goes_round_the_languages_without_a_script(phone: Page, residents: str) -> None:
    await phone.goto(f'{residents}/signage')
    address = phone.url.split('?')[0]

    await phone.goto(f'{address}?turn=5')
    await expect(phone.locator('html')).to_have_attribute('lang', 'ko')
    await expect(phone.locator('article').last).to_contain_text('저녁 식사')
    refresh = await phone.locator('meta[http-equiv=refresh]').get_attribute('content')
    assert refresh is not None
    assert refresh.endswith('?turn=6')


async def test_a_screen_of_no_shelter_asks_for_the_reception(phone: Page, residents: str) -> None:
    answer = await phone.goto(f'{residents}/signage/00000000-0000-0000-0000-000000000000')

    assert answer is not None
    assert answer.status == 404
    await expect(phone.locator('main')).to_contain_text('受付に知らせてください')


async def test_the_pointing_board_prints_on_one_sheet(screen: Page, residents: str) -> None:
    for language in Language:
        await screen.goto(f'{residents}/point?lang={language.value}')
        printed = await screen.pdf(format='A4', prefer_css_page_size=True)
        assert len(re.findall(rb'/Type\s*/Page\b', printed)) == 1, language


async def enter_family(page: Page, residents: str, first: str = '金沢 花子') -> None:
    await page.goto(f'{residents}/family')
    await page.fill('[name=name_1]', first)
    await page.fill('[name=birth_1]', 'S21.3.1')
    await page.fill('[name=name_2]', 'Nguyễn Văn An')
    await page.click(SEND)


async def open_own_page(page: Page, residents: str) -> None:
    await page.goto(f'{residents}/me/BAND-0001')
    await page.fill('[name=birth]', '1946-3-1')
    await page.click(SEND)
