"""What a test does with the tablet of a scripted car desk."""

from playwright.async_api import Page, expect

from app.vehicles.screens import CarDeskView
from tests.pages.kiosk.conftest import DeskProcess


async def shows(page: Page, desk: DeskProcess, view: CarDeskView) -> None:
    """Let the desk show a view, and wait until the page does."""
    desk.show(view)
    await expect(page.locator('.kiosk')).to_have_attribute('data-step', view.step.value)


async def press(page: Page, name: str) -> None:
    """Press the button with exactly these words."""
    await page.get_by_role('button', name=name, exact=True).click()


async def has_asked(page: Page, desk: DeskProcess, *calls: list[object]) -> None:
    """Wait until the page has asked exactly this of its controller."""
    for _attempt in range(50):
        if desk.calls() == list(calls):
            return
        await page.wait_for_timeout(50)
    assert desk.calls() == list(calls)
