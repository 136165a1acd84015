"""From the card's last answer to the name in Chromium, clocking in and at a shelter's reception.

Real pcscd, emulated My Number Cards, the box's own process.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from app.clock import now
from app.desks.register import Job
from app.journal.line import Actor
from app.shelters.details import PersonDetails
from app.shelters.tokens import Token
from device_drivers.cards.identify import CardIdentifier
from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.furnished import add_desk, hire_many, surname_of
from tests.benchmarks.plain_sqlite import commit_seconds, copy_of, last_sequence, rows_after
from tests.benchmarks.servers import BareNiceGui, bare_nicegui
from tests.chromium import CHROMIUM, FLAGS
from tests.device_drivers.cards.direct_line import DirectLine
from tests.support.box import opened_box
from tests.support.process import running_box
from tests.support.shelter import opened_shelter, register
from tests.virtual_card.apdu_journal import ApduJournal
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.link import VpcdLink
from tests.virtual_card.my_number import MyNumberCard
from tests.virtual_card.pcscd import PrivatePcscd

WARMING, ROUNDS = 2, 5
MILLISECONDS = 1000
MILLISECONDS_MORE = 30.0
MILLISECONDS_MORE_AT_RECEPTION = 50.0
ARRIVAL_MILLISECONDS = 10_000
WATCH = """() => { new MutationObserver(() => {
    if (!window.arrived && document.querySelector('#app').textContent.includes(window.awaited))
        window.arrived = performance.timeOrigin + performance.now();
}).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""
AWAIT = 'text => { window.awaited = text; window.arrived = 0; }'


@dataclass(slots=True)
class TimedJournal(ApduJournal):
    """Notes the second of the wall clock at which the card answered each command."""

    answered_at: list[float] = field(default_factory=list)

    def record(self, command: bytes, response: bytes | None) -> None:
        """Append one exchange and its time."""
        ApduJournal.record(self, command, response)
        self.answered_at.append(time.time())

    def last_answer_before(self, at: float) -> float:
        """The last one before a time."""
        return max(answered for answered in self.answered_at if answered < at)


@dataclass(slots=True)
class Milliseconds:
    """Of each round."""

    box: list[float] = field(default_factory=list)
    reception: list[float] = field(default_factory=list)
    push: list[float] = field(default_factory=list)
    commit: list[float] = field(default_factory=list)


def measure() -> list[Bar]:
    """Taps at both desks, bare pushes and plain commits, in turn."""
    with TemporaryDirectory() as folder, PrivatePcscd(names=['Desk A', 'Desk B']) as pcscd:
        times = _measure(Path(folder), pcscd)
    limit = middle(times.push) + middle(times.commit) + MILLISECONDS_MORE
    details = {'box': times.box, 'bare NiceGUI push': times.push, 'plain sqlite3 commit': times.commit}
    return [
        Bar(
            name='last answer of the card to the name',
            measured=middle(times.box),
            limit=limit,
            unit='ms',
            details=details,
        ),
        Bar(
            name='at a reception: last answer of the card to the name',
            measured=middle(times.reception),
            limit=middle(times.box) + MILLISECONDS_MORE_AT_RECEPTION,
            unit='ms',
            details={'reception': times.reception},
        ),
    ]


def _measure(folder: Path, pcscd: PrivatePcscd) -> Milliseconds:
    root_file = folder / 'root.pem'
    authority = CardAuthority()
    root_file.write_bytes(authority.root_pem)
    cards = [MyNumberCard(authority) for _ in range(WARMING + ROUNDS)]
    readers = [f'pcsc:{name}' for name in pcscd.reader_names]
    cookies, others = asyncio.run(_furnish(folder / 'box', root_file, readers, cards))
    extra = {**pcscd.client_settings, 'MACHIBAKO_TRUST__EXTRA_ROOTS': str(root_file)}
    times = Milliseconds()
    with running_box(folder / 'box', extra=extra) as box, bare_nicegui() as bare, _chromium() as browser:
        database = box.data / 'machibako.db'
        kiosk, other = _opened(browser, f'{box.url}/kiosk', cookies), _opened(browser, bare.url, {})
        reception = _opened(browser, f'{box.url}/kiosk', others)
        with closing(copy_of(database, folder / 'plain.db')) as plain:
            for position, card in enumerate(cards):
                before = last_sequence(database)
                times.box.append(_tap(kiosk, pcscd.links[0], card, surname_of(position)))
                times.push.append(_push(other, bare, surname_of(position)))
                times.commit.append(commit_seconds(plain, rows_after(database, before))[0] * MILLISECONDS)
                times.reception.append(_tap(reception, pcscd.links[1], card, evacuee_of(position)))
    return Milliseconds(*(each[WARMING:] for each in (times.box, times.reception, times.push, times.commit)))


async def _furnish(
    root: Path, root_file: Path, readers: list[str], cards: list[MyNumberCard]
) -> tuple[dict[str, str], dict[str, str]]:
    """A box whose cards belong to staff who are evacuees too; returns the cookies of both tablets."""
    async with opened_box(root, trust={'extra_roots': (root_file,)}) as box:
        identifier = CardIdentifier(box.trust, False, now)
        shelter = await opened_shelter(box)
        for position, (person, card) in enumerate(zip(await hire_many(box, len(cards)), cards, strict=True)):
            credential = identifier.identify(card.atr, DirectLine(card)).credential
            await box.cards.link(person, credential, Actor.system(), proven=True)
            evacuee = (await register(box, shelter, PersonDetails(name=f'{evacuee_of(position)} 花子'))).evacuee
            await box.shelters.evacuees.bind(evacuee.id, Token.of_card(credential), Actor.system())
        return await add_desk(box, '東玄関', readers[0]), await add_desk(box, '体育館', readers[1], Job.SHELTER)


def evacuee_of(position: int) -> str:
    """The surname of the invented evacuee at this position."""
    return f'避難{position:05}'


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def _opened(browser: Browser, url: str, cookies: dict[str, str]) -> Page:
    context = browser.new_context(locale='ja-JP')
    for name, value in cookies.items():
        context.add_cookies([{'name': name, 'value': value, 'url': url}])
    page = context.new_page()
    page.goto(url)
    page.wait_for_function('window.did_handshake')
    page.evaluate(WATCH)
    return page


def _tap(page: Page, reader: VpcdLink, card: MyNumberCard, surname: str) -> float:
    journal = TimedJournal()
    reader.journal = journal
    page.evaluate(AWAIT, surname)
    reader.insert(card)
    arrived = _arrival(page)
    reader.remove()
    return arrived - journal.last_answer_before(arrived / MILLISECONDS) * MILLISECONDS


def _push(page: Page, bare: BareNiceGui, text: str) -> float:
    page.evaluate(AWAIT, text)
    ordered = bare.push(text)
    return _arrival(page) - ordered * MILLISECONDS


def _arrival(page: Page) -> float:
    """Milliseconds of the wall clock at which the awaited text came into the document."""
    return float(page.wait_for_function('window.arrived', timeout=ARRIVAL_MILLISECONDS).json_value())
