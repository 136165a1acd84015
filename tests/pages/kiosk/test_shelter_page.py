"""The reception desk's page in a real Chromium: what a press asks for, and what is never shown."""

from dataclasses import replace

import pytest
from playwright.async_api import Page, expect

from app.shelters.desk_screens import Step, Told
from app.shelters.desk_shown import FaceShown
from app.shelters.values import PersonClass, ShelterState
from tests.pages.kiosk.conftest import DeskProcess
from tests.pages.kiosk.shelter_tablet import (
    has_asked,
    put,
    shared_shelter_desk,
    shelter_desk,
    shelter_page,
    shows,
)
from tests.pages.kiosk.shelter_views import CALLS, CARD, COUNT, NEW, PERSON, SHOWN, WAITING

pytestmark = pytest.mark.asyncio(loop_scope='session')

__all__ = ['shared_shelter_desk', 'shelter_desk', 'shelter_page']


async def press(page: Page, name: str) -> None:
    """Press the button with exactly these words."""
    await page.get_by_role('button', name=name, exact=True).click()


async def test_presses_in_a_row_are_all_counted_each_with_a_name_of_its_own(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, COUNT)
    woman = shelter_page.locator('.count-press.class-woman')
    for _person in range(4):
        await woman.click(no_wait_after=True)
    await has_asked(shelter_page, shelter_desk, *[['CountOne', 'woman', '*']] * 4)
    assert len({str(call[2]) for call in shelter_desk.calls()}) == 4


async def test_a_touch_on_the_number_within_a_press_counts_too(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, COUNT)
    box = await shelter_page.locator('.class-infant .count-number').bounding_box()
    assert box is not None
    await shelter_page.mouse.click(box['x'] + box['width'] / 2, box['y'] + box['height'] / 2)
    await has_asked(shelter_page, shelter_desk, ['CountOne', 'infant', '*'])


async def test_the_sums_change_without_a_new_drawing_of_the_presses(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, COUNT)
    await shelter_page.locator('.class-man').evaluate('(element) => { element.dataset.mark = "same"; }')
    put(shelter_desk, replace(COUNT, counted={PersonClass.MAN: 62}, last_count=PersonClass.MAN))
    await expect(shelter_page.locator('.class-man .count-number')).to_have_text('62')
    await expect(shelter_page.locator('.class-man')).to_have_attribute('data-mark', 'same')
    await expect(shelter_page.locator('.shelter-sums')).to_contain_text('62人')


async def test_the_last_press_is_taken_back_by_name_of_its_class(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, COUNT)
    await press(shelter_page, '最後の1人(女性)を取り消す')
    await has_asked(shelter_page, shelter_desk, ['TakeBack', '*'])


async def test_fewer_counted_than_registered_is_shown_as_offices_write_it(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, replace(WAITING, registered=160))
    await expect(shelter_page.locator('.shelter-sums')).to_contain_text('△2人')


async def test_a_code_scanner_is_heard_at_any_time(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, WAITING)
    await shelter_page.keyboard.type('WB-7F3A91C2')
    await shelter_page.keyboard.press('Enter')
    await has_asked(shelter_page, shelter_desk, ['scan', 'WB-7F3A91C2'])


async def test_one_press_registers_whoever_stands_there(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, NEW)
    await press(shelter_page, '女性')
    await has_asked(shelter_page, shelter_desk, ['Register', 'woman', '*'])


async def test_the_code_of_the_face_is_read_when_its_last_digit_is_typed(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    await shows(shelter_page, shelter_desk, replace(CARD, step=Step.CODE))
    for digit in '55021720352285':
        await press(shelter_page, digit)
    await has_asked(shelter_page, shelter_desk, ['ReadFace', 'code_b', '55021720352285'])
    await expect(shelter_page.locator('.typed-digits')).not_to_contain_text('2285')


async def test_a_pin_is_never_on_the_screen(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, replace(CARD, step=Step.PIN))
    for digit in '827':
        await press(shelter_page, digit)
    await expect(shelter_page.locator('.typed-digits')).to_have_text('●●●○')
    await press(shelter_page, '1')
    await has_asked(shelter_page, shelter_desk, ['ReadFace', 'pin', '8271'])


async def test_a_number_is_typed_without_the_letters_of_the_box(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, replace(WAITING, step=Step.NUMBER))
    for digit in '00417':
        await press(shelter_page, digit)
    await expect(shelter_page.locator('.typed-digits')).to_have_text('KRM-0041-7')
    await press(shelter_page, '決定')
    await has_asked(shelter_page, shelter_desk, ['scan', 'KRM00417'])


async def test_help_is_taken_with_one_press(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, replace(WAITING, calls=CALLS[:1]))
    await expect(shelter_page.locator('.call')).to_contain_text('在宅酸素')
    await press(shelter_page, '対応します')
    await has_asked(shelter_page, shelter_desk, ['TakeCall', str(CALLS[0].id)])


@pytest.mark.parametrize(
    ('words', 'asked'),
    [
        ('外出する', ['Show', 'out']),
        ('退所する', ['Show', 'leave']),
        ('場所を移る', ['Show', 'move']),
        ('同じ世帯の次の方', ['next_member']),
        ('緊急(待てない方)', ['Show', 'urgent']),
        ('完了', ['finish']),
    ],
)
async def test_each_press_about_a_person_asks_for_its_own(
    shelter_page: Page, shelter_desk: DeskProcess, words: str, asked: list[str]
) -> None:
    await shows(shelter_page, shelter_desk, SHOWN)
    await press(shelter_page, words)
    await has_asked(shelter_page, shelter_desk, asked)


async def test_a_drill_is_marked_on_every_screen(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    for view in (WAITING, COUNT, SHOWN, NEW):
        await shows(shelter_page, shelter_desk, replace(view, practice=True))
        await expect(shelter_page.locator('.practice-mark')).to_be_visible()
        await expect(shelter_page.locator('.kiosk-desk')).to_have_text('訓練 受付1')


async def test_markup_in_a_name_is_shown_as_it_was_written(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    name = '<img src=x onerror=alert(1)>'
    await shows(shelter_page, shelter_desk, replace(SHOWN, person=replace(PERSON, surname=name)))
    await expect(shelter_page.locator('.who-name')).to_have_text(f'{name} 様')
    face = FaceShown(surname=name, age=None, visitor=False)
    await shows(shelter_page, shelter_desk, replace(CARD, step=Step.CONFIRM, face=face, told=None))
    await expect(shelter_page.locator('.who-name')).to_have_text(f'{name} 様')


async def test_nobody_stays_on_the_screen_when_the_desk_is_idle(shelter_page: Page, shelter_desk: DeskProcess) -> None:
    await shows(shelter_page, shelter_desk, replace(SHOWN, told=Told.ALREADY))
    await expect(shelter_page.locator('body')).to_contain_text('金沢 様')
    await shows(shelter_page, shelter_desk, WAITING)
    await expect(shelter_page.locator('body')).not_to_contain_text('金沢')


async def test_a_shelter_that_is_not_opened_leads_to_the_opening_by_residents(
    shelter_page: Page, shelter_desk: DeskProcess
) -> None:
    closed = replace(WAITING, step=Step.CLOSED, shelter_state=ShelterState.NOT_OPENED)
    await shows(shelter_page, shelter_desk, closed)
    link = shelter_page.get_by_role('link', name='住民による開設')
    await expect(link).to_have_attribute('href', '/open?lang=ja')
    await shows(shelter_page, shelter_desk, replace(closed, shelter_state=ShelterState.CLOSED))
    await expect(link).to_have_count(0)
