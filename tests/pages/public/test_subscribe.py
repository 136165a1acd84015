"""Signing up and off on a phone without script: one small answer for each press, in the reader's language."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.pages.public.conftest import MessagesBox
from tests.support.box import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope='session')
PHONE = {'width': 390, 'height': 844}
LARGEST_PAGE = 30_000


@pytest_asyncio.fixture(loop_scope='session')
async def phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=PHONE, locale='ja-JP', java_script_enabled=False)  # type: ignore[arg-type]
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope='session')
async def client(messages_box: MessagesBox) -> AsyncIterator[httpx.AsyncClient]:
    """A program: it comes from no page."""
    async with httpx.AsyncClient(base_url=messages_box.address) as opened:
        yield opened


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while not condition():  # noqa: ASYNC110 - a server in another process is waited for
            await asyncio.sleep(0.05)


def links(box: MessagesBox, receiver: str, path: str) -> list[str]:
    bodies = [
        message.get_content()
        for message, to in zip(box.mail.received, box.mail.receivers, strict=False)
        if to == receiver
    ]
    return [
        found.replace('localhost', '127.0.0.1')
        for body in bodies
        for found in re.findall(rf'http://localhost:\d+/{path}/[A-Za-z0-9_-]+', body)
    ]


async def test_somebody_signs_up_by_mail_confirms_and_leaves_without_signing_in(
    phone: Page, messages_box: MessagesBox
) -> None:
    await phone.goto(f'{messages_box.address}/subscribe')
    await phone.get_by_label('メールアドレス(メールのとき)').fill('yamada@example.jp')
    await phone.get_by_label('給水・物資').check()
    await phone.get_by_role('button', name='登録する').click()
    await expect(phone.get_by_role('status')).to_contain_text('確認のメールを送りました')
    await until(lambda: bool(links(messages_box, 'yamada@example.jp', 'subscribe')))
    await phone.goto(links(messages_box, 'yamada@example.jp', 'subscribe')[0])
    await phone.get_by_role('button', name='登録する').click()
    await expect(phone.get_by_role('status')).to_contain_text('登録が終わりました')


async def test_asking_twice_for_one_address_looks_the_same_and_floods_nobody(messages_box: MessagesBox) -> None:
    form = {'channel': 'mail', 'address': 'SAME@example.jp'}
    async with httpx.AsyncClient(base_url=messages_box.address, headers={'Origin': messages_box.address}) as client:
        answers = [await client.post('/subscribe', data=form) for _index in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    await until(lambda: 'SAME@example.jp' in messages_box.mail.receivers)
    assert messages_box.mail.receivers.count('SAME@example.jp') <= 3


async def test_a_wrong_address_keeps_what_was_chosen(phone: Page, messages_box: MessagesBox) -> None:
    await phone.goto(f'{messages_box.address}/subscribe')
    await phone.get_by_label('メールアドレス(メールのとき)').fill('yamada@localhost')
    await phone.get_by_label('野町').check()
    await phone.get_by_role('button', name='登録する').click()
    await expect(phone.get_by_role('alert')).to_contain_text('メールアドレスを確かめてください')
    await expect(phone.get_by_label('メールアドレス(メールのとき)')).to_have_value('yamada@localhost')
    await expect(phone.get_by_label('野町')).to_be_checked()


async def test_line_is_joined_by_a_code_that_the_page_shows(phone: Page, messages_box: MessagesBox) -> None:
    await phone.goto(f'{messages_box.address}/subscribe')
    await phone.get_by_label('LINE', exact=True).check()
    await phone.get_by_role('button', name='登録する').click()
    await expect(phone.locator('.code')).to_have_text(re.compile(r'^[A-Z0-9]{4} [A-Z0-9]{4}$'))
    await expect(phone.get_by_role('link', name='@kanazawa')).to_be_visible()


async def test_opening_a_link_changes_nothing_and_a_forged_one_is_told(messages_box: MessagesBox) -> None:
    headers = {'Origin': messages_box.address, 'Accept-Language': 'ja'}
    async with httpx.AsyncClient(base_url=messages_box.address, headers=headers) as client:
        for path in ('/unsubscribe/AAAA', '/unsubscribe/%2e%2e%2fstaff', f'/subscribe/{"A" * 43}'):
            assert (await client.get(path)).status_code in (200, 404)
            answer = await client.post(path)
            assert answer.status_code in (422, 404)
        assert 'このリンクは使えません' in (await client.post('/unsubscribe/AAAA')).text


async def test_a_mail_program_ends_a_subscription_with_one_click_and_no_page(
    messages_box: MessagesBox, client: httpx.AsyncClient
) -> None:
    async with httpx.AsyncClient(base_url=messages_box.address, headers={'Origin': messages_box.address}) as browser:
        await browser.post('/subscribe', data={'channel': 'mail', 'address': 'click@example.jp'})
        await until(lambda: bool(links(messages_box, 'click@example.jp', 'subscribe')))
        confirm = links(messages_box, 'click@example.jp', 'subscribe')[0]
        assert (await browser.post(confirm)).status_code == 200
        assert (await browser.post(confirm, headers={'Origin': 'https://elsewhere.example'})).status_code == 403
    token = '/unsubscribe/' + 'A' * 43
    answer = await client.post(token, data={'List-Unsubscribe': 'One-Click'})
    assert answer.status_code == 422


async def test_each_page_is_one_small_answer_that_waits_for_no_script(client: httpx.AsyncClient) -> None:
    for path in ('/subscribe', '/unsubscribe/x', '/subscribe/x'):
        answer = await client.get(path)
        assert len(answer.content) < LARGEST_PAGE
        scripts = re.findall(r'<script[^>]*>', answer.text)
        assert all('src="/assets/' in script and ' defer' in script for script in scripts)
        assert answer.text.count('src=') == len(scripts)


@pytest.mark.parametrize(
    ('asked', 'language'), [('zh-TW,zh;q=0.9', 'zh-Hant'), ('vi', 'vi'), ('fr,ko;q=0.5', 'ko'), ('xx', 'ja')]
)
async def test_the_page_speaks_the_language_of_the_phone(client: httpx.AsyncClient, asked: str, language: str) -> None:
    answer = await client.get('/subscribe', headers={'Accept-Language': asked})
    assert f'<html lang="{language}">' in answer.text


async def test_what_was_typed_is_text_on_the_next_page(client: httpx.AsyncClient, messages_box: MessagesBox) -> None:
    form = {'channel': 'mail', 'address': '"><script>alert(1)</script>', 'lang': '"><b>'}
    answer = await client.post('/subscribe', data=form, headers={'Origin': messages_box.address})
    assert '<script>alert' not in answer.text
    assert '<b>' not in answer.text


@pytest.mark.parametrize('width', [320, 390])
async def test_nothing_is_wider_than_the_phone(browser: Browser, messages_box: MessagesBox, width: int) -> None:
    context = await browser.new_context(viewport={'width': width, 'height': 844}, locale='ja-JP')
    page = await context.new_page()
    for path in ('/subscribe', '/subscribe?lang=vi', '/unsubscribe/x'):
        await page.goto(messages_box.address + path)
        assert await page.evaluate('document.documentElement.scrollWidth') <= width, path
    await context.close()
