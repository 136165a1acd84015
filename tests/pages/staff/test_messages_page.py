"""Writing a notice: what is previewed is what is sent, once, and the list tells how far it got."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.pages.public.conftest import MessagesBox, messages_box
from tests.pages.staff.conftest import signed_in

__all__ = ['messages_box']

pytestmark = pytest.mark.asyncio(loop_scope='session')


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def officer(browser: Browser, messages_box: MessagesBox) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    yield await signed_in(context, messages_box, '1001')  # type: ignore[arg-type]
    await context.close()


async def write(page: Page, box: MessagesBox, subject: str, body: str) -> None:
    await page.goto(f'{box.address}/staff/messages')
    await page.get_by_label('件名(日本語)').fill(subject)
    await page.get_by_label('本文(日本語)').fill(body)


async def test_a_notice_is_previewed_sent_once_and_followed(officer: Page, messages_box: MessagesBox) -> None:
    await write(officer, messages_box, '<b>炊き出し</b>', '18時に\n体育館です。')
    await officer.get_by_text('English', exact=True).click()
    await officer.get_by_label('件名(English)').fill('Meal')
    await officer.get_by_label('本文(English)').fill('At 18:00.')
    await officer.get_by_role('button', name='内容と宛先を確かめる').click()
    await expect(officer.get_by_role('heading', name='<b>炊き出し</b>')).to_be_visible()
    await expect(officer.get_by_text('3人(メール 0、LINE 3)')).to_be_visible()
    preview = await officer.evaluate(
        "new URLSearchParams(new FormData(document.querySelectorAll('form')[1])).toString()"
    )
    await officer.get_by_role('button', name='送る').click()
    await expect(officer.get_by_role('status')).to_contain_text('受け付けました')
    sent = officer.url
    await officer.evaluate(
        """([address, fields]) => fetch(address, {method: 'POST', body: new URLSearchParams(fields)})""",
        ['/staff/messages/send', preview],
    )
    for _index in range(50):
        await officer.goto(sent)
        if await officer.get_by_text('送信済み 3').count():
            break
        await officer.wait_for_timeout(100)
    await expect(officer.get_by_text('送信済み 3')).to_be_visible()
    meals = [text for _user, text in messages_box.line.taken if '炊き出し' in text]
    assert len(meals) == 3
    assert meals[0].startswith('<b>炊き出し</b>\n\n18時に\n体育館です。')


async def test_practice_says_so_and_sends_nothing(officer: Page, messages_box: MessagesBox) -> None:
    await write(officer, messages_box, '訓練の件名', '本文')
    await officer.get_by_label('訓練(送らずに流れだけを確かめる)').check()
    await officer.get_by_role('button', name='内容と宛先を確かめる').click()
    await officer.get_by_role('button', name='訓練として記録する').click()
    await expect(officer.get_by_role('status')).to_contain_text('何も送っていません')
    await expect(officer.get_by_text('訓練(送りません) 3')).to_be_visible()
    assert not [text for _user, text in messages_box.line.taken if '訓練の件名' in text]


async def test_what_was_written_comes_back_for_changes(officer: Page, messages_box: MessagesBox) -> None:
    await write(officer, messages_box, '件名', '一行目\n二行目')
    await officer.get_by_label('緊急(夜間も送る)').check()
    await officer.get_by_role('button', name='内容と宛先を確かめる').click()
    await officer.get_by_role('button', name='書き直す').click()
    await expect(officer.get_by_label('本文(日本語)')).to_have_value('一行目\n二行目')
    await expect(officer.get_by_label('緊急(夜間も送る)')).to_be_checked()


async def test_a_notice_without_body_is_not_previewed(officer: Page, messages_box: MessagesBox) -> None:
    await write(officer, messages_box, '件名だけ', '')
    await officer.get_by_role('button', name='内容と宛先を確かめる').click()
    await expect(officer.get_by_role('alert')).to_contain_text('件名と本文の両方を書いてください')
    await expect(officer.get_by_label('件名(日本語)')).to_have_value('件名だけ')


async def test_friends_are_added_and_ended_and_no_address_stands_in_full(
    officer: Page, messages_box: MessagesBox
) -> None:
    await officer.goto(f'{messages_box.address}/staff/messages/subscribers')
    await officer.get_by_label('ユーザーID').fill(f'U{"e" * 32}\nnobody\n')
    await officer.get_by_role('button', name='追加する').click()
    await expect(officer.get_by_role('status')).to_contain_text('1人を追加しました(登録済み0人、読めない行1)')
    assert 'e' * 32 not in await officer.content()
    await officer.get_by_role('link', name='Ueee…ee').click()
    await officer.get_by_role('button', name='登録を終える').click()
    await expect(officer.get_by_role('link', name='Ueee…ee')).to_have_count(0)


async def test_only_those_who_may_send_see_the_pages(browser: Browser, messages_box: MessagesBox) -> None:
    context = await browser.new_context(locale='ja-JP')
    clerk = await signed_in(context, messages_box, '1002')  # type: ignore[arg-type]
    for path in ('/staff/messages', '/staff/messages/subscribers'):
        answer = await clerk.goto(messages_box.address + path)
        assert answer is not None
        assert answer.status == 403
    await context.close()


@pytest.mark.parametrize(('width', 'height'), [(1280, 800), (800, 1280)])
async def test_no_page_is_wider_than_its_window(
    officer: Page, messages_box: MessagesBox, width: int, height: int
) -> None:
    await officer.set_viewport_size({'width': width, 'height': height})
    for path in ('/staff/messages', '/staff/messages/subscribers'):
        await officer.goto(messages_box.address + path)
        await expect(officer.get_by_role('heading', level=1)).to_be_visible()
        over = await officer.evaluate('document.documentElement.scrollWidth - window.innerWidth')
        assert over <= 0, path
