"""A desk that was set up by commands alone, as an administrator does it, with its tablet in Chromium."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.end_to_end.traces import Traces, watch
from tests.support.kiosk import DESK_SETTINGS, enrol, tablet
from tests.support.process import RunningBox, command, environment, write_staff_list
from tests.virtual_card.apdu_journal import Exchange
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard
from tests.virtual_card.pcscd import PrivatePcscd

READER = 'pcsc:Desk A 00 00'
PIN = '8642'
SHORT_PATIENCE = {'MACHIBAKO_CARDS__ANSWER_SECONDS': '1'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk whose tablet is open."""

    box: RunningBox
    page: Page
    token: str
    yamada: MyNumberCard
    sato: FelicaCard
    suzuki: MyNumberCard
    said_to_cards: list[Exchange]
    """Every APDU while the cards were linked."""
    traces: Traces
    """Everything that the tablet was ever sent, and everything said by the commands."""

    async def recorded(self) -> list[str]:
        """Staff numbers of all punches over HTTP, oldest first."""
        answer = await asyncio.to_thread(self.box.punches, self.token)
        return [item['staff_number'] for item in answer['items']]

    async def reader_state(self) -> str:
        """State of the desk's reader as the health tells it."""
        health = await asyncio.to_thread(self.box.health)
        (state,) = [reader['state'] for reader in health['readers'] if reader['address'] == READER]
        return state


@asynccontextmanager
async def furnished_desk(
    browser: Browser, pcsc: PrivatePcscd, authority: CardAuthority, place: Path
) -> AsyncIterator[Desk]:
    """Staff imported, desk added and enrolled, three cards linked: each by its command, while the box runs."""
    root = place / 'root.pem'
    root.write_bytes(authority.root_pem)
    trust = {'MACHIBAKO_TRUST__EXTRA_ROOTS': str(root)}
    box = RunningBox(place / 'box', extra={**pcsc.client_settings, **DESK_SETTINGS, **SHORT_PATIENCE, **trust})
    try:
        box.wait_until_ready()
        async with tablet(browser) as context:
            yield await _furnished(box, pcsc, authority, await context.new_page())
    finally:
        box.stop()


async def _furnished(box: RunningBox, pcsc: PrivatePcscd, authority: CardAuthority, page: Page) -> Desk:
    traces = Traces()
    staff = write_staff_list(
        box.data.parent / 'staff.csv',
        ('1001', '山田 太郎', 'ヤマダ タロウ', '総務課'),
        ('1002', '佐藤 花子', 'サトウ ハナコ', '税務課'),
        ('1003', '鈴木 次郎', 'スズキ ジロウ', '土木課'),
    )
    traces.say(done(box, 'staff', 'import', str(staff)))
    traces.say(done(box, 'desk', 'add', '東玄関', '--job', 'attendance', '--reader', READER))
    address = done(box, 'desk', 'enrol', '東玄関').strip()
    token = done(box, 'token', 'create', '--name', 'payroll', '--scope', 'attendance:read').strip()
    desk = Desk(
        box=box,
        page=page,
        token=token,
        yamada=MyNumberCard(authority, pin=PIN),
        sato=FelicaCard(bytes.fromhex('0114A1B2C3D4E5F6')),
        suzuki=MyNumberCard(authority, pin=PIN),
        said_to_cards=[],
        traces=traces,
    )
    traces.say(await link(box, pcsc, desk.yamada, '1001', PIN))
    traces.say(await link(box, pcsc, desk.sato, '1002'))
    traces.say(await link(box, pcsc, desk.suzuki, '1003', PIN))
    desk.said_to_cards.extend(pcsc.link('Desk A').journal.exchanges)
    watch(page, traces)
    await enrol(page, address)
    return desk


async def link(
    box: RunningBox, pcsc: PrivatePcscd, card: MyNumberCard | FelicaCard, number: str, pin: str | None = None
) -> str:
    """Run `card link`, put the card down when it asks for it, and return what it said."""
    arguments = ['card', 'link', '--staff-number', number, '--reader', READER, '--data-dir', str(box.data)]
    process = await asyncio.create_subprocess_exec(
        *command(*arguments, *(['--pin-from-stdin'] if pin else [])),
        env=environment(PYTHONUNBUFFERED='1'),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f'{pin or ""}\n'.encode())
    process.stdin.close()
    asked = await process.stdout.readline()
    await asyncio.to_thread(pcsc.link('Desk A').insert, card)
    said = asked + await process.stdout.read()
    assert await process.wait() == 0, said.decode()
    await asyncio.to_thread(pcsc.link('Desk A').remove)
    return said.decode()


def done(box: RunningBox, *arguments: str) -> str:
    """Run a command that must succeed; returns what it printed."""
    ended = box.command(*arguments)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
