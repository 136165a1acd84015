"""The board of the car desk: what a guard sees while nobody is there."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from playwright.async_api import Page, expect

from app import clock
from app.clock import TOKYO
from app.vehicles.board import CarState
from app.vehicles.screens import Step
from tests.pages.kiosk.car_tablet import has_asked, press, shows
from tests.pages.kiosk.car_views import BOARD, BORROWING, EVERY_STEP, row, rows
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')


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
    assert order == ['overdue', 'free', 'reserved', 'out', 'disaster', 'blocked']


async def test_of_the_free_cars_those_whose_key_hangs_here_come_first(car_page: Page, car_desk: DeskProcess) -> None:
    away = (row(1, guard_room='第二守衛室', plate='金沢 500 あ 00-02'), row(3, plate='金沢 500 あ 00-01'))
    await shows(car_page, car_desk, replace(BOARD, rows=away))
    await expect(car_page.locator('.car')).to_have_count(2)

    orders = await car_page.locator('.car').evaluate_all('cars => cars.map(car => Number(car.style.order))')
    assert orders[0] > orders[1]
    await expect(car_page.locator('.car').first).to_contain_text('鍵は第二守衛室')


async def test_the_board_is_filtered_by_state_and_by_type(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BOARD)
    await press(car_page, '空き 7')
    await expect(car_page.locator('.car[data-state=out]').first).to_be_hidden()
    await press(car_page, '普通車')
    await expect(car_page.locator('.car[data-type=kei]').first).to_be_hidden()

    wanted = [each for each in BOARD.rows if (each.state, each.car_type) == (CarState.FREE, 'ordinary')]
    await expect(car_page.locator('.car:visible')).to_have_count(len(wanted))
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


async def test_a_driver_whose_trip_is_not_known_here_says_which_car_comes_back(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['car'])
    await press(car_page, '車を返しに来た')
    await has_asked(car_page, car_desk, ['bring_back'])
    await shows(car_page, car_desk, replace(EVERY_STEP['car'], is_return=True))
    await expect(car_page.get_by_role('heading', name='返す車を選んでください')).to_be_visible()


async def test_one_press_counts_a_walk_in_that_was_turned_away_and_the_type_may_be_added(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await press(car_page, '車がなくて断った')
    await has_asked(car_page, car_desk, ['turn_away', ''])
    await expect(car_page.get_by_text('断ったことを記録しました')).to_be_visible()
    await press(car_page, 'ワゴン')

    await has_asked(car_page, car_desk, ['turn_away', ''], ['turn_away', 'wagon'])
    await expect(car_page.get_by_text('ワゴンがなくて断ったことを記録しました')).to_be_visible()
    await expect(car_page.locator('.board')).to_be_visible()


async def test_without_garoon_the_board_says_how_old_the_reservations_are(
    car_page: Page, car_desk: DeskProcess
) -> None:
    noon = datetime.combine(clock.today(), time(12), TOKYO)
    await shows(car_page, car_desk, replace(EVERY_STEP['board_stale'], reservations_as_of=noon))

    await expect(car_page.get_by_text('予約は 12:00 現在です。Garoonにつながっていません')).to_be_visible()

    by_file = replace(EVERY_STEP['board_stale'], is_stale=False, is_from_file=True, reservations_as_of=noon)
    await shows(car_page, car_desk, by_file)
    await expect(car_page.get_by_text('予約は 12:00 に取り込んだものです')).to_be_visible()
