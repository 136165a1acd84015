"""The attendance desk in a real browser: what is shown, pressed, heard and sent."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.async_api import Page, expect

from app.attendance.screens import Direction, RenewalStep
from app.desks.refusals import Refusal
from components.elements import PRESS_GUARD_SECONDS
from tests.pages.kiosk.conftest import DeskProcess, open_desk
from tests.pages.kiosk.views import EVERY_STATE, IDLE, answered, question, refused, renewal

pytestmark = pytest.mark.asyncio(loop_scope='session')

HEARD = """
    window.heard = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) {
        heard.push({ hertz: this.frequency.value, words: document.querySelector('.screen').innerText });
        return start.call(this, at);
    };
"""


async def test_idle_shows_the_prompt_and_the_choice(page: Page) -> None:
    await expect(page.get_by_role('heading')).to_have_text('カードをタッチしてください')
    for word in ('出勤', '退勤'):
        await expect(page.get_by_role('button', name=word)).to_have_attribute('aria-pressed', 'false')


async def test_a_tap_shows_surname_time_and_word(page: Page, desk: DeskProcess) -> None:
    desk.show(answered())
    await expect(page.locator('.screen-name')).to_have_text('山田')
    await expect(page.locator('.screen-answer')).to_have_text('8:27 出勤')


async def test_the_next_person_replaces_the_answer_at_once(page: Page, desk: DeskProcess) -> None:
    desk.show(answered(1))
    desk.show(answered(2, '佐藤', Direction.OUT))
    await expect(page.locator('.screen-name')).to_have_text('佐藤')
    await expect(page.get_by_text('山田')).to_have_count(0)


async def test_idle_again_the_page_has_forgotten_the_person(page: Page, desk: DeskProcess) -> None:
    desk.show(answered(surname='小鳥遊'))
    await expect(page.get_by_text('小鳥遊')).to_be_visible()
    desk.show(IDLE)
    await expect(page.get_by_text('小鳥遊')).to_have_count(0)
    assert not await page.evaluate("JSON.stringify(mounted_app.elements).includes('小鳥遊')")


@pytest.mark.parametrize('state', ['in', 'question', 'refused_unknown_card', 'reader_missing', 'storage_failed'])
async def test_one_redraw_is_one_message(page: Page, desk: DeskProcess, state: str) -> None:
    await page.reload()
    await page.wait_for_function('window.did_handshake')
    await page.evaluate('window.socket.onAny((name) => (window.messages = [...(window.messages ?? []), name]))')
    desk.show(EVERY_STATE[state])
    await expect(page.locator('.kiosk')).not_to_have_attribute('data-screen', 'idle')
    assert await page.evaluate('window.messages') == ['update']


async def test_markup_in_a_name_is_shown_as_it_was_typed(page: Page, desk: DeskProcess) -> None:
    desk.show(answered(surname='<b>山</b><img src=x onerror="window.broken = 1">'))
    await expect(page.locator('.screen-name')).to_have_text('<b>山</b><img src=x onerror="window.broken = 1">')
    assert await page.evaluate('window.broken') is None


async def test_a_choice_is_pressed_and_pressed_again_to_take_it_back(page: Page, desk: DeskProcess) -> None:
    await page.get_by_role('button', name='退勤').click()
    desk.show(replace(IDLE, choice=Direction.OUT))
    chosen = page.get_by_role('button', name='退勤')
    await expect(chosen).to_have_attribute('aria-pressed', 'true')
    await expect(page.locator('.screen-detail')).to_have_text('退勤で記録します')
    await page.wait_for_timeout(700)
    await chosen.click()
    await _until_asked(page, desk, ['choose', None])
    assert _presses(desk) == [['choose', 'out'], ['choose', None]]


async def test_a_double_press_is_one_press(page: Page, desk: DeskProcess) -> None:
    desk.show(question())
    await page.get_by_role('button', name='退勤する').dblclick()
    await _until_asked(page, desk, ['answer', 'out'])
    await page.wait_for_timeout(700)
    assert _presses(desk) == [['answer', 'out']]


async def test_staying_at_work_is_the_other_answer(page: Page, desk: DeskProcess) -> None:
    desk.show(question())
    await page.get_by_role('button', name='出勤のまま').click()
    await _until_asked(page, desk, ['answer', 'in'])


async def test_a_renewed_card_is_linked_by_staff_number(page: Page, desk: DeskProcess) -> None:
    desk.show(renewal(RenewalStep.OFFER))
    await page.get_by_role('button', name='職員番号を入れて登録し直す').click()
    await _until_asked(page, desk, ['renew_start'])
    desk.show(renewal(RenewalStep.NUMBER))
    for key in ('1', '2', '9', '1文字消す', '3', '3'):
        await page.get_by_role('button', name=key, exact=True).click()
    await expect(page.locator('.screen-answer')).to_have_text('1233')
    await page.get_by_role('button', name='決定').click()
    await _until_asked(page, desk, ['renew_number', '1233'])
    desk.show(renewal(RenewalStep.SUPERVISOR, surname='山田'))
    await expect(page.get_by_role('heading')).to_have_text('所属長のカードをタッチしてください')
    await page.wait_for_timeout(1000 * PRESS_GUARD_SECONDS)
    await page.get_by_role('button', name='取消').click()
    await _until_asked(page, desk, ['cancel'])


async def test_a_typed_number_is_forgotten_with_the_screen(page: Page, desk: DeskProcess) -> None:
    desk.show(renewal(RenewalStep.NUMBER))
    await page.get_by_role('button', name='7', exact=True).click()
    await expect(page.locator('.screen-answer')).to_have_text('7')
    desk.show(IDLE)
    desk.show(renewal(RenewalStep.NUMBER, number=2))
    await expect(page.locator('.screen-answer')).to_have_text('–')


async def test_each_result_is_acknowledged_once_when_it_was_shown(page: Page, desk: DeskProcess) -> None:
    desk.show(answered(41))
    await _until_asked(page, desk, ['acknowledge', 41])
    desk.show(replace(answered(41), clock_doubtful=True))
    desk.show(refused(Refusal.TWO_CARDS, 42))
    await _until_asked(page, desk, ['acknowledge', 42])
    assert [call for call in desk.calls() if call[0] == 'acknowledge'] == [['acknowledge', 41], ['acknowledge', 42]]


async def test_a_page_opened_on_a_result_acknowledges_it_and_tells_that_it_is_back(
    page: Page, desk: DeskProcess
) -> None:
    desk.show(answered(7))
    desk.forget_calls()
    await page.reload()
    await _until_asked(page, desk, ['acknowledge', 7])
    assert ['tablet_is_back'] in desk.calls()


async def test_the_chip_asks_for_a_press_until_sound_may_play(page: Page) -> None:
    chip = page.get_by_text('音を出すには画面を1回押してください')
    await expect(chip).to_be_visible()
    await page.mouse.click(600, 300)
    await expect(chip).to_be_hidden()


@pytest.mark.parametrize(
    ('state', 'tones'), [('in', [880]), ('out_with_notice', [1175, 1175]), ('already', [740]), ('question', [740])]
)
async def test_each_answer_has_its_sound(page: Page, desk: DeskProcess, state: str, tones: list[int]) -> None:
    await _open_with_sound(page, desk)
    desk.show(EVERY_STATE[state])
    await page.wait_for_function('heard.length > 0')
    assert [tone['hertz'] for tone in await page.evaluate('heard')] == tones


async def test_a_problem_is_three_low_tones(page: Page, desk: DeskProcess) -> None:
    await _open_with_sound(page, desk)
    desk.show(refused(Refusal.UNREADABLE))
    await page.wait_for_function('heard.length > 0')
    assert [tone['hertz'] for tone in await page.evaluate('heard')] == [330, 330, 330]


async def test_the_sound_begins_when_its_words_are_on_the_page_and_is_not_repeated(
    page: Page, desk: DeskProcess
) -> None:
    await _open_with_sound(page, desk)
    desk.show(answered(5))
    await page.wait_for_function('heard.length > 0')
    desk.show(replace(answered(5), clock_doubtful=True))
    await expect(page.get_by_text('時計を確認してください')).to_be_visible()
    heard = await page.evaluate('heard')
    assert len(heard) == 1
    assert '8:27 出勤' in heard[0]['words']


async def test_nothing_is_loaded_from_another_host(page: Page, desk: DeskProcess) -> None:
    addresses: list[str] = []
    page.on('request', lambda request: addresses.append(request.url))
    await page.reload()
    await page.wait_for_function('window.did_handshake')
    assert addresses
    assert [address for address in addresses if not address.startswith((desk.address, 'data:'))] == []


async def _open_with_sound(page: Page, desk: DeskProcess) -> None:
    await page.add_init_script(HEARD)
    await open_desk(page, desk)
    await page.mouse.click(600, 300)
    await expect(page.locator('html')).not_to_have_class('sound-locked')


async def _until_asked(page: Page, desk: DeskProcess, call: list[Any]) -> None:
    for _ in range(100):
        if call in desk.calls():
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f'{call} is not among {desk.calls()}')


def _presses(desk: DeskProcess) -> list[list[object]]:
    return [call for call in desk.calls() if call[0] not in ('acknowledge', 'tablet_is_back')]
