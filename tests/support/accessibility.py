"""What axe-core finds on a page."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

ONLY_VIOLATIONS = {'resultTypes': ['violations']}


async def serious(page: Page) -> list[str]:
    """Each serious or critical finding with the first element that it stands on."""
    found = await Axe().run(page, options=ONLY_VIOLATIONS)
    return [
        f'{each["id"]}: {each["nodes"][0]["html"][:160]}'
        for each in found.response['violations']
        if each['impact'] in ('serious', 'critical')
    ]
