"""The alcohol step at a desk with a checker that tells its value."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from tests.pages.kiosk.car_tablet import has_asked, press, shows
from tests.pages.kiosk.car_views import EVERY_STEP
from tests.pages.kiosk.conftest import DeskProcess

pytestmark = pytest.mark.asyncio(loop_scope='session')

BREATH = replace(EVERY_STEP['breath'], checker='ready')


async def test_the_page_waits_for_breath_and_nothing_needs_a_press(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BREATH)
    await expect(car_page.get_by_role('heading', name='検知器に息を吹きかけてください')).to_be_visible()
    await expect(car_page.get_by_text('息を待っています')).to_be_visible()
    await expect(car_page.locator('.number-pad')).to_have_count(0)


async def test_a_guided_test_says_what_to_do_now(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, replace(BREATH, blowing='keep_blowing', seconds_left=4))
    await expect(car_page.get_by_text('そのまま吹き続けてください(あと4秒)')).to_be_visible()


async def test_the_method_is_told_before_the_breath(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BREATH)
    await press(car_page, '電話')
    await has_asked(car_page, car_desk, ['choose_method', 'telephone'])


async def test_who_is_elsewhere_is_chosen_where_no_guard_is_and_confirms_nothing_face_to_face(
    car_page: Page, car_desk: DeskProcess
) -> None:
    alone = EVERY_STEP['breath_elsewhere']
    await shows(car_page, car_desk, alone)
    await press(car_page, '勅使河原')
    await has_asked(car_page, car_desk, ['choose_confirmer', str(alone.remote[1][0])])
    chosen = replace(EVERY_STEP['breath'], guard='', confirmer='勅使河原', is_remote=True, method='telephone')
    await shows(car_page, car_desk, chosen)
    await expect(car_page.locator('.methods').get_by_role('button')).to_have_text(['電話', '映像'])
    await press(car_page, '検知器の表示は 0.00')
    await expect(car_page.get_by_role('button', name='対面')).to_have_count(0)


async def test_a_checker_that_says_nothing_leaves_typing_one_press_away(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, BREATH)
    await press(car_page, '値を手で入れる')
    await press(car_page, '検知器の表示は 0.00')
    await has_asked(car_page, car_desk, ['breathe', '0.00', 'face_to_face'])


async def test_a_checker_that_is_away_is_said_and_the_value_is_typed(car_page: Page, car_desk: DeskProcess) -> None:
    await shows(car_page, car_desk, replace(BREATH, checker='missing'))
    await expect(car_page.get_by_text('検知器とつながっていません')).to_be_visible()
    await expect(car_page.get_by_role('button', name='検知器の表示は 0.00')).to_be_visible()


async def test_where_several_detectors_may_be_meant_the_guard_presses_one_first(
    car_page: Page, car_desk: DeskProcess
) -> None:
    view = EVERY_STEP['breath_which_detector']
    await shows(car_page, car_desk, view)
    await press(car_page, '検知器の表示は 0.00')
    await expect(car_page.get_by_text('使った検知器を選んでください')).to_be_visible()
    detector, serial = view.detectors[1]
    await press(car_page, serial)
    for key in ('0', '1', '2', '決定'):
        await press(car_page, key)
    await has_asked(car_page, car_desk, ['breathe', '0.12', 'face_to_face', str(detector)])


async def test_the_detector_that_is_recorded_is_told_beside_the_typed_value(
    car_page: Page, car_desk: DeskProcess
) -> None:
    await shows(car_page, car_desk, EVERY_STEP['breath'])
    await expect(car_page.get_by_text('検知器 22014587')).to_be_visible()
