"""The steps of the car desk: what the page shows of the controller's view, and what it hands on."""

from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.async_api import Page, expect

from app.desks.refusals import Refusal
from app.vehicles.gates import Gate
from app.vehicles.screens import Problem, Step
from components.elements import PRESS_GUARD_SECONDS
from pages.kiosk.cars_words import gate_words, problem_words
from tests.pages.kiosk.car_tablet import has_asked, press, shows
from tests.pages.kiosk.car_views import BOARD, BORROWING, EVERY_STEP, LONG_NAME, RETURNING
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')


async def test_each_choice_is_one_press(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['capacity'])
    await press(car_page, '車を借りる・返す')
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
        ['choose_capacity', True],
        ['choose_direction', True],
        ['choose_car', first],
        ['choose_driver', 1],
        ['enter_details', '県庁', '会議'],
        ['keys_out'],
    )


async def test_who_goes_along_is_counted_and_the_count_survives_a_redraw(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['keys_out'])
    count = car_page.locator('.passengers-count')
    await expect(count).to_have_text('なし')
    await expect(car_page.get_by_role('button', name='1人減らす')).to_be_disabled()
    for label in ('1人増やす', '1人増やす', '1人増やす', '1人減らす'):
        await press(car_page, label)
    await expect(count).to_have_text('2人')
    counted: list[list[object]] = [['count_passengers', number] for number in (1, 2, 3, 2)]
    await has_asked(car_page, car_desk, *counted)
    await shows(car_page, car_desk, replace(EVERY_STEP['keys_out'], passengers=2, problem=Problem.DISK_FULL))
    await expect(car_page.get_by_role('alert')).to_be_visible()
    await expect(count).to_have_text('2人')


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


async def test_a_manager_permits_with_one_press_or_a_typed_reason(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['gates_permitted'])
    await expect(car_page.get_by_text('車両担当の方がカードをタッチすると')).to_be_visible()
    await shows(car_page, car_desk, EVERY_STEP['override'])
    await expect(car_page.get_by_text('許可する方 車田')).to_be_visible()
    await press(car_page, 'この理由で許可する')
    await expect(car_page.get_by_text('理由を選ぶか、短く入れてください')).to_be_visible()
    await press(car_page, '急ぎの公務')
    await car_page.get_by_label('そのほかの理由').fill('点検は明日')
    await car_page.wait_for_timeout(PRESS_GUARD_SECONDS * 1000)
    await press(car_page, 'この理由で許可する')

    await has_asked(car_page, car_desk, ['override', '急ぎの公務'], ['override', '点検は明日'])


async def test_a_reserved_car_that_stays_says_why_and_which_one_takes_its_place(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['car_held_back'])
    step = car_page.locator('.car-step')

    await expect(step).to_contain_text('予約の 金沢 500 あ 99-99: 車検の有効期間が過ぎているか')
    await expect(step).to_contain_text('代わりに 金沢 500 あ 12-00 を先頭に出しています')
    await shows(car_page, car_desk, EVERY_STEP['car_none_instead'])
    await expect(car_page.get_by_role('heading', name='いま貸出できる車がありません')).to_be_visible()


@pytest.mark.parametrize('problem', [*Problem, *Refusal], ids=lambda problem: problem.value)
async def test_each_problem_says_what_to_do(car_page: Page, car_desk: DeskProcess, problem: Problem | Refusal) -> None:
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


async def test_a_guard_stands_for_an_unlikely_number_that_was_typed_twice(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['odometer_unlikely'])
    await expect(car_page.locator('.car-step')).to_contain_text('前回より小さい値です')
    await expect(car_page.get_by_text('守衛が確かめました')).to_have_count(0)
    await shows(car_page, car_desk, EVERY_STEP['odometer_typed_twice'])
    await press(car_page, '守衛が確かめました')

    await has_asked(car_page, car_desk, ['confirm_odometer'])


async def test_another_time_of_return_is_one_press_and_keeps_what_was_typed(
    car_page: Page, car_desk: DeskProcess
) -> None:
    view = EVERY_STEP['details']
    await shows(car_page, car_desk, view)
    await expect(car_page.get_by_role('button', name='17:15まで')).to_have_attribute('aria-pressed', 'true')
    await car_page.get_by_label('行き先').last.fill('市役所')
    await press(car_page, '正午まで')
    await has_asked(car_page, car_desk, ['choose_due', 'noon'])
    await shows(car_page, car_desk, replace(view, due_at=view.dues[1].at))

    await expect(car_page.get_by_label('行き先').last).to_have_value('市役所')
    await expect(car_page.get_by_role('button', name='正午まで')).to_have_attribute('aria-pressed', 'true')


async def test_the_guard_on_duty_ends_the_shift_at_the_board(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['board'])
    await press(car_page, '交代・終了')
    await has_asked(car_page, car_desk, ['end_shift'])
    await shows(car_page, car_desk, replace(EVERY_STEP['board'], guard=''))

    await expect(car_page.get_by_role('button', name='交代・終了')).to_be_hidden()


async def test_the_charge_of_an_electric_car_is_typed(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, EVERY_STEP['charge'])
    for key in '64':
        await press(car_page, key)
    await expect(car_page.get_by_text('64 %')).to_be_visible()
    await press(car_page, '決定')

    await has_asked(car_page, car_desk, ['enter_charge', 64])


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
    ['direction', 'car', 'driver', 'details', 'breath', 'breath_without_guard', 'positive', 'gates_all', 'override',
     'keys_out', 'odometer', 'odometer_doubtful', 'keys_in'],
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
