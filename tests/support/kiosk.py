"""A box as a city has it: staff with cards, a desk with a reader on pcscd, and its tablet in a real Chromium."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page

from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffEntry
from device_drivers.cards.credential import CardKind, Credential
from tests.support.box import opened_box
from tests.support.process import RunningBox
from tests.virtual_card.card import Card
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.link import VpcdLink

WHOM_TO_CALL = '総務課 内線2210'
DESK_SETTINGS = {
    'MACHIBAKO_CONTACT__SECTION': '総務課',
    'MACHIBAKO_CONTACT__EXTENSION': '2210',
    # On a busy machine Chromium is asked twice what it shows, seconds apart.
    'MACHIBAKO_ATTENDANCE__ANSWER_SECONDS': '6',
}
SURNAMES = ('山田', '佐藤', '鈴木')
_HOLD_SECONDS = 1.5
RED_SCREEN = '記録できません。紙に記入してください'


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What was prepared in a data directory that no box runs on yet."""

    data: Path
    token: str
    enrolment_code: str
    cards: tuple[FelicaCard, ...]
    """Of the staff 1001, 1002 and so on, whose surnames are `SURNAMES`."""


async def prepare_city(data: Path, reader: str = 'pcsc:Desk A 00 00') -> City:
    """Three members of staff with a FeliCa card each, a desk with a code for its tablet, and a token."""
    async with opened_box(data) as box:
        cards = []
        for index, surname in enumerate(SURNAMES):
            number = str(1001 + index)
            entry = StaffEntry(number=number, name=f'{surname}\u3000太郎', kana='ヤマ\u3000タロウ', department='総務課')
            person = await box.staff.create(entry, Actor.system())
            card = FelicaCard(bytes.fromhex(f'0114{int(number):012X}'))
            credential = Credential(CardKind.FELICA, '', card.idm.hex().upper())
            await box.cards.link(person.id, credential, Actor.system(), proven=False)
            cards.append(card)
        desk = await box.desks.add('東玄関', Job.ATTENDANCE, reader, Actor.system())
        code = await box.access.enrolment.issue(desk.id, Actor.system())
        token = await box.access.api_tokens.create('payroll', 'attendance:read', Actor.system())
    return City(data=data, token=token, enrolment_code=code, cards=tuple(cards))


@asynccontextmanager
async def tablet(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A tablet that no box knows yet."""
    context = await browser.new_context(viewport={'width': 1280, 'height': 800}, locale='ja-JP')
    try:
        yield context
    finally:
        await context.close()


@asynccontextmanager
async def kiosk(browser: Browser, box: RunningBox, code: str) -> AsyncIterator[Page]:
    """The tablet of a desk, enrolled and idle."""
    async with tablet(browser) as context:
        page = await context.new_page()
        await enrol(page, f'{box.url}/enrol/{code}')
        yield page


async def enrol(page: Page, address: str) -> None:
    """Open the address that `desk enrol` printed and wait until the desk's page answers."""
    await page.goto(address)
    await wait_until_it_answers(page)


async def wait_until_it_answers(page: Page) -> None:
    """Wait until the page has its socket and shows the clock of the box."""
    await page.wait_for_selector('.clock-time:not(:empty)')
    await page.wait_for_function('window.did_handshake')


async def touch(link: VpcdLink, card: Card) -> None:
    """Hold a card on the reader until the box has asked it everything, and lift it."""
    await asyncio.to_thread(link.insert, card)
    await asyncio.to_thread(link.wait_for_apdus, 1)
    asked = 0
    while asked < link.apdu_count:
        asked = link.apdu_count
        await asyncio.sleep(_HOLD_SECONDS)
    await asyncio.to_thread(link.remove)


def staff_numbers(answer: dict[str, list[dict[str, str]]]) -> Sequence[str]:
    """Of the punches in an answer over HTTP."""
    return [item['staff_number'] for item in answer['items']]


async def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again, so long at most, until this is so."""
    end = time.monotonic() + seconds
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < end, f'not so after {seconds} s'
        await asyncio.sleep(0.1)
