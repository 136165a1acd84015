"""The car desk's page: what it shows of the controller's view, and what it hands on."""

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.async_api import Page, expect

from app.vehicles.board import CarState
from app.vehicles.gates import Gate
from app.vehicles.screens import CarDeskView, Problem, Step
from components.elements import PRESS_GUARD_SECONDS
from pages.kiosk.cars_words import gate_words, problem_words
from tests.pages.kiosk.car_views import BOARD, BORROWING, EVERY_STEP, LONG_NAME, RETURNING, row, rows
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def shows(page: Page, desk: DeskProcess, view: CarDeskView) -> None:
    """Let the desk show a view, and wait until the page does."""
    desk.show(view)
    await expect(page.locator('.kiosk')).to_have_attribute('data-step', view.step.value)


async def press(page: Page, name: str) -> None:
    await page.get_by_role('button', name=name, exact=True).click()


async def has_asked(page: Page, desk: DeskProcess, *calls: list[object]) -> None:
    """Wait until the page has asked exactly this of its controller."""
    for _attempt in range(50):
        if desk.calls() == list(calls):
            return
        await page.wait_for_timeout(50)
    assert desk.calls() == list(calls)


async def seen_order(page: Page) -> list[str]:
    """The cars of the board as they are seen, by state."""
    return await page.evaluate(
        """() => [...document.querySelectorAll('.car')].filter(car => car.offsetHeight)
        .sort((a, b) => a.style.order - b.style.order).map(car => car.dataset.state)"""
    )


async def test_the_board_shows_first_what_is_awaited_then_what_is_free(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BOARD)
    await expect(car_page.locator('.car')).to_have_count(24)

    order = list(dict.fromkeys(await seen_order(car_page)))
    assert order == ['overdue', 'free', 'reserved', 'out', 'blocked']


async def test_of_the_free_cars_those_whose_key_hangs_here_come_first(car_page: Page, car_desk: DeskProcess) -> None:
    away = (row(1, guard_room='第二守衛室', plate='金沢 500 あ 00-02'), row(3, plate='金沢 500 あ 00-01'))
    await shows(car_page, car_desk, replace(BOARD, rows=away))
    await expect(car_page.locator('.car')).to_have_count(2)

    orders = await car_page.locator('.car').evaluate_all('cars => cars.map(car => Number(car.style.order))')
    assert orders[0] > orders[1]
    await expect(car_page.locator('.car').first).to_contain_text('鍵は第二守衛室')


async def test_the_board_is_filtered_by_state_and_by_type(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BOARD)
    await press(car_page, '空き 8')
    await expect(car_page.locator('.car[data-state=out]').first).to_be_hidden()
    await press(car_page, '普通車')
    await expect(car_page.locator('.car[data-type=kei]').first).to_be_hidden()

    wanted = [each for each in BOARD.rows if (each.state, each.car_type) == (CarState.FREE, 'ordinary')]
    assert await seen_order(car_page) == ['free'] * len(wanted)
    assert car_desk.calls() == []


async def test_a_change_of_one_car_sends_only_that_car(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, replace(BOARD, rows=rows(300)))
    await expect(car_page.locator('.car')).to_have_count(300)
    await car_page.evaluate("""() => { window.changed = new Set(); new MutationObserver(found => found.forEach(
        each => window.changed.add(each.target.closest('.car')))).observe(document.querySelector('.board-grid'),
        {subtree: true, childList: true, attributes: true}) }""")
    changed = (row(0, state=CarState.FREE, until=None), *rows(300)[1:])
    await shows(car_page, car_desk, replace(BOARD, rows=changed))
    await expect(car_page.locator('.car').first).to_have_attribute('data-state', 'free')

    assert await car_page.evaluate('window.changed.size') == 1


async def test_a_car_that_left_the_ledger_leaves_the_board(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BOARD)
    await expect(car_page.locator('.car')).to_have_count(24)
    await shows(car_page, car_desk, replace(BOARD, rows=rows(23)))

    await expect(car_page.locator('.car')).to_have_count(23)
    await expect(car_page.get_by_role('button', name='すべて 23')).to_be_visible()


async def test_names_of_cars_are_never_markup(car_page: Page, car_desk: DeskProcess) -> None:
    wicked = '<img src=x onerror="window.broken = true">'
    await shows(car_page, car_desk, replace(BOARD, rows=(row(0, plate=wicked, name=wicked, department=wicked),)))
    await expect(car_page.locator('.car-plate')).to_have_text(wicked)
    await shows(car_page, car_desk, replace(BORROWING, step=Step.KEYS_OUT, driver=wicked, destination=wicked))
    await expect(car_page.locator('.car-summary')).to_contain_text(wicked)

    assert await car_page.evaluate('window.broken') is None


async def test_a_turned_away_walk_in_is_counted_by_type(car_page: Page, car_desk: DeskProcess) -> None:
    await press(car_page, '車がなくて断った')
    await press(car_page, 'ワゴン')

    await has_asked(car_page, car_desk, ['turn_away', 'wagon'])
    await expect(car_page.get_by_text('ワゴンがなくて断ったことを記録しました')).to_be_visible()
    await expect(car_page.locator('.board')).to_be_visible()


async def test_without_garoon_the_board_says_how_old_the_reservations_are(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['board_stale'])

    await expect(car_page.get_by_text('予約は 12:00 現在です。Garoonにつながっていません')).to_be_visible()


async def test_each_choice_is_one_press(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['direction'])
    await press(car_page, '返却する')
    await shows(car_page, car_desk, EVERY_STEP['car_reserved'])
    await car_page.locator('.offer').first.click()
    await shows(car_page, car_desk, EVERY_STEP['driver'])
    await press(car_page, '佐藤')
    await shows(car_page, car_desk, EVERY_STEP['details'])
    await car_page.locator('.offer').first.click()
    await shows(car_page, car_desk, EVERY_STEP['keys_out'])
    await press(car_page, '鍵・カード・ポーチを渡しました')

    first = str(EVERY_STEP['car_reserved'].offers[0].vehicle)
    await has_asked(
        car_page,
        car_desk,
        ['choose_direction', True],
        ['choose_car', first],
        ['choose_driver', 1],
        ['enter_details', '県庁', '会議'],
        ['keys_out'],
    )


async def test_a_destination_can_be_typed_and_what_is_typed_survives_a_redraw(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['details_reserved'])
    await press(car_page, '次へ')
    await expect(car_page.get_by_text('行き先を入れてから')).to_be_visible()
    await car_page.get_by_label('行き先', exact=True).fill('市民芸術村')
    await shows(car_page, car_desk, replace(EVERY_STEP['details_reserved'], guard='南', clock_doubtful=True))
    await expect(car_page.get_by_text('守衛 南')).to_be_visible()
    await car_page.wait_for_timeout(PRESS_GUARD_SECONDS * 1000)
    await press(car_page, '次へ')

    await has_asked(car_page, car_desk, ['enter_details', '市民芸術村', '道路の点検'])


async def test_nothing_is_recorded_as_zero_before_a_press_says_so(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['breath'])
    await press(car_page, '決定')
    await expect(car_page.get_by_text('検知器の値を3桁で')).to_be_visible()
    assert car_desk.calls() == []
    await press(car_page, '検知器の表示は 0.00')

    await has_asked(car_page, car_desk, ['breathe', '0.00', 'face_to_face'])


async def test_a_value_is_typed_as_the_checker_shows_it_with_its_method(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['breath'])
    await press(car_page, '電話')
    for key in '012':
        await press(car_page, key)
    await expect(car_page.locator('.typed-number')).to_have_text('0.12 mg/L')
    await press(car_page, '決定')

    await has_asked(car_page, car_desk, ['breathe', '0.12', 'telephone'])


async def test_without_a_guard_the_page_asks_for_their_card_and_takes_no_value(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['breath_without_guard'])
    await expect(car_page.get_by_text('守衛の方、カードをタッチしてください')).to_be_visible()
    await expect(car_page.locator('.number-pad')).to_have_count(0)
    await shows(car_page, car_desk, EVERY_STEP['breath'])

    await expect(car_page.locator('.number-pad')).to_be_visible()


async def test_a_positive_value_is_said_quietly(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['positive'])
    await expect(car_page.get_by_role('heading', name='守衛へお声がけください')).to_be_visible()
    kiosk = car_page.locator('.kiosk')
    await expect(kiosk).to_have_attribute('data-sound', '')
    await expect(kiosk).to_have_attribute('data-tone', 'idle')
    await expect(kiosk).not_to_contain_text('0.12')
    await expect(car_page.locator('.car-step')).not_to_contain_text('山田')
    await press(car_page, '再測定(うがいの後)')

    await has_asked(car_page, car_desk, ['measure_again'])


async def test_a_positive_driver_who_is_back_hands_the_car_in_once_the_guard_says_so(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['positive_return'])
    await press(car_page, '確認して返却を続ける')

    await has_asked(car_page, car_desk, ['let_the_car_in'])


@pytest.mark.parametrize('gate', list(Gate), ids=lambda gate: gate.value)
async def test_each_gate_says_why_and_what_to_do_and_blames_nobody(
    car_page: Page, car_desk: DeskProcess, gate: Gate
) -> None:
    await shows(car_page, car_desk, EVERY_STEP[f'gate_{gate.value}'])
    reason, next_step = gate_words(gate)
    step = car_page.locator('.car-step')

    await expect(step).to_contain_text('貸出できません')
    await expect(step).to_contain_text(reason)
    await expect(step).to_contain_text(next_step)
    assert not any(word in reason + next_step for word in ('違反', '不正', '拒否', '禁止'))


@pytest.mark.parametrize('problem', list(Problem), ids=lambda problem: problem.value)
async def test_each_problem_says_what_to_do(car_page: Page, car_desk: DeskProcess, problem: Problem) -> None:
    await shows(car_page, car_desk, EVERY_STEP[f'problem_{problem.value}'])
    words = problem_words(problem)

    await expect(car_page.locator('.car-step')).to_contain_text(words.title)
    await expect(car_page.locator('.car-step')).to_contain_text(words.next_step)
    await expect(car_page.get_by_text('連絡先 総務課 内線2210')).to_have_count(int(words.call))


async def test_the_drive_is_reckoned_while_the_odometer_is_typed(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['odometer'])
    await expect(car_page.get_by_text('前回 41,200 km')).to_be_visible()
    for key in '41236':
        await press(car_page, key)
    await expect(car_page.get_by_text('走行 36 km')).to_be_visible()
    await press(car_page, '決定')

    await has_asked(car_page, car_desk, ['enter_odometer', 41_236])


async def test_a_doubtful_drive_is_asked_about_once(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['odometer_doubtful'])
    await expect(car_page.get_by_text('走行 1,234 km になります。合っていますか')).to_be_visible()
    await press(car_page, '合っています')
    await has_asked(car_page, car_desk, ['enter_odometer', 42_434])
    car_desk.forget_calls()
    await press(car_page, '入れ直す')

    await has_asked(car_page, car_desk, ['doubt_odometer'])


async def test_a_return_without_fuel_is_one_press(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['keys_in'])
    await press(car_page, '鍵・カード・ポーチを受け取りました')

    extras = {
        'fuel_litres': None, 'fuel_yen': None, 'has_receipt': 'False', 'abnormality': '', 'is_accident': 'False'
    }  # fmt: skip
    await has_asked(car_page, car_desk, ['keys_in', extras])


async def test_fuel_receipt_and_what_was_noticed_come_with_the_return(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['keys_in'])
    for name in ('給油した', '領収書あり', '異常あり'):
        await press(car_page, name)
    await car_page.get_by_label('給油量(L)').fill('23.5L弱')
    await car_page.get_by_label('金額(円)').fill('4,120')
    await car_page.get_by_label('異常や事故の内容').fill('左前タイヤの空気が少ない')
    await press(car_page, '鍵・カード・ポーチ・領収書を受け取りました')
    await expect(car_page.get_by_text('給油量と金額は数字で入れてください')).to_be_visible()
    assert car_desk.calls() == []
    await car_page.get_by_label('給油量(L)').fill('23.5')
    await car_page.wait_for_timeout(PRESS_GUARD_SECONDS * 1000)
    await press(car_page, '鍵・カード・ポーチ・領収書を受け取りました')

    extras = {
        'fuel_litres': str(Decimal('23.50')), 'fuel_yen': '4120', 'has_receipt': 'True',
        'abnormality': '左前タイヤの空気が少ない', 'is_accident': 'False',
    }  # fmt: skip
    await has_asked(car_page, car_desk, ['keys_in', extras])


@pytest.mark.parametrize(
    'name',
    ['direction', 'car', 'driver', 'details', 'breath', 'breath_without_guard', 'positive', 'gates_all', 'keys_out',
     'odometer', 'odometer_doubtful', 'keys_in'],
)  # fmt: skip
async def test_every_step_can_be_cancelled(car_page: Page, car_desk: DeskProcess, name: str) -> None:
    await shows(car_page, car_desk, EVERY_STEP[name])
    await press(car_page, '取消')

    await has_asked(car_page, car_desk, ['cancel'])


@pytest.mark.parametrize(
    ('view', 'sound'), [('done_in', 'in'), ('done_out', 'out'), ('problem_unknown_card', 'problem')]
)
async def test_a_result_has_its_own_sound(car_page: Page, car_desk: DeskProcess, view: str, sound: str) -> None:
    await shows(car_page, car_desk, EVERY_STEP[view])

    await expect(car_page.locator('.kiosk')).to_have_attribute('data-sound', sound)


async def test_nobodys_name_is_left_in_the_page_once_they_are_gone(car_page: Page, car_desk: DeskProcess) -> None:
    for view in (replace(BORROWING, step=Step.BREATH), replace(RETURNING, step=Step.DONE, distance=36)):
        await shows(car_page, car_desk, replace(view, driver=LONG_NAME))
        await expect(car_page.locator('body')).to_contain_text(LONG_NAME)
    await shows(car_page, car_desk, BOARD)
    await expect(car_page.locator('.car-summary')).to_be_hidden()

    assert LONG_NAME not in await car_page.content()
    await car_page.reload()
    assert LONG_NAME not in await car_page.content()


async def test_when_nothing_can_be_recorded_everything_else_is_gone(car_page: Page, car_desk: DeskProcess) -> None:
    car_desk.show(replace(EVERY_STEP['keys_out'], storage_failed=True))
    await expect(car_page.get_by_text('記録できません。紙に記入してください')).to_be_visible()

    await expect(car_page.get_by_text('連絡先 総務課 内線2210')).to_be_visible()
    await expect(car_page.locator('button:visible')).to_have_count(0)
