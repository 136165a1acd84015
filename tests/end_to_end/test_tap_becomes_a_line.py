"""From the first command to the line in the journal, with a My Number Card on a real pcscd and a real browser."""

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.end_to_end.traces import Traces, watch
from tests.support.kiosk import CONTACT, enrol, tablet, touch
from tests.support.process import RunningBox, command, environment, write_staff_list
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.my_number import MyNumberCard
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = pytest.mark.asyncio(loop_scope='session')

READER = 'pcsc:Desk A 00 00'
PIN = '8642'
TIME = r'\d{1,2}:\d{2}'
STRANGER = FelicaCard(bytes.fromhex('01FF000000000042'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk whose tablet is open, set up by commands alone."""

    box: RunningBox
    page: Page
    token: str
    card: MyNumberCard
    staff_card: FelicaCard
    traces: Traces
    """Everything that the tablet was ever sent, and everything said by the commands."""


@pytest_asyncio.fixture(loop_scope='session')
async def desk(
    browser: Browser, pcsc: PrivatePcscd, card_authority: CardAuthority, tmp_path: Path
) -> AsyncIterator[Desk]:
    """Staff imported, desk added and enrolled, two cards linked: each by its command, while the box runs."""
    root = tmp_path / 'root.pem'
    root.write_bytes(card_authority.root_pem)
    extra = {**pcsc.client_settings, **CONTACT, 'MACHIBAKO_TRUST__EXTRA_ROOTS': str(root)}
    card, staff_card = MyNumberCard(card_authority, pin=PIN), FelicaCard(bytes.fromhex('0114A1B2C3D4E5F6'))
    box = RunningBox(tmp_path / 'box', extra=extra)
    try:
        box.wait_until_ready()
        traces = Traces()
        staff = write_staff_list(
            tmp_path / 'staff.csv',
            ('1001', '山田 太郎', 'ヤマダ タロウ', '総務課'),
            ('1002', '佐藤 花子', 'サトウ ハナコ', '税務課'),
        )
        traces.say(done(box, 'staff', 'import', str(staff)))
        traces.say(done(box, 'desk', 'add', '東玄関', '--job', 'attendance', '--reader', READER))
        address = done(box, 'desk', 'enrol', '東玄関').strip()
        token = done(box, 'token', 'create', '--name', 'payroll', '--scope', 'attendance:read').strip()
        traces.say(await link(box, pcsc, card, '1001', PIN))
        traces.say(await link(box, pcsc, staff_card, '1002'))
        async with tablet(browser) as context:
            page = await context.new_page()
            watch(page, traces)
            await enrol(page, address)
            yield Desk(box=box, page=page, token=token, card=card, staff_card=staff_card, traces=traces)
    finally:
        box.stop()


async def test_a_person_taps_sees_name_and_time_and_the_punch_is_on_disk_in_the_journal_and_over_http(
    desk: Desk, pcsc: PrivatePcscd
) -> None:
    await touch(pcsc.link('Desk A'), desk.card)

    await expect(desk.page.locator('.screen-name')).to_have_text('山田')
    answer = desk.page.locator('.screen-answer')
    await expect(answer).to_have_text(re.compile(f'^{TIME} 出勤$'))
    time = (await answer.inner_text()).removesuffix(' 出勤')
    (punch,) = desk.box.punches(desk.token)['items']
    assert (punch['staff_number'], punch['kind'], punch['desk'], punch['source']) == ('1001', 'in', '東玄関', 'card')
    assert punch['punched_at'][11:16] == time.zfill(5)
    assert punch['punched_at'].endswith('+09:00')
    assert desk.box.command('journal', 'verify').returncode == 0

    await touch(pcsc.link('Desk A'), desk.card)
    await expect(answer).to_have_text(f'記録済み {time}')
    assert len(desk.box.punches(desk.token)['items']) == 1


async def test_the_individual_number_is_never_touched_and_the_pin_leaves_no_trace(
    desk: Desk, pcsc: PrivatePcscd
) -> None:
    await touch(pcsc.link('Desk A'), desk.card)
    await expect(desk.page.locator('.screen-name')).to_have_text('山田')
    desk.traces.say(await desk.page.content())
    await expect(desk.page.locator('.screen-name')).to_be_empty()
    desk.traces.say(done(desk.box, 'journal', 'verify'))
    while_running = desk.traces.with_files(desk.box)
    desk.box.stop()
    after_the_stop = desk.traces.with_files(desk.box)

    journal = pcsc.link('Desk A').journal
    assert journal.verify_bodies() == (PIN.encode(),)
    assert journal.selected_files()
    assert journal.files_with_the_individual_number() == ()
    for traces in (while_running, after_the_stop):
        assert {'machibako.db', 'keys.db', 'log'} <= set(traces.files)
        assert traces.places_with_pin(PIN) == []
        assert traces.files_with(desk.card.holder.name) == []
        assert traces.files_with('山田') == []
    assert 'machibako.db-wal' in while_running.files
    assert [text for text in desk.traces.sent if desk.card.holder.name in text] == []


async def test_a_staff_card_of_felica_is_as_good(desk: Desk, pcsc: PrivatePcscd) -> None:
    await touch(pcsc.link('Desk A'), desk.staff_card)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')
    (punch,) = desk.box.punches(desk.token)['items']
    assert punch['staff_number'] == '1002'


async def test_an_unknown_card_says_what_to_do_and_records_nothing(desk: Desk, pcsc: PrivatePcscd) -> None:
    await touch(pcsc.link('Desk A'), STRANGER)
    await expect(desk.page.locator('.screen-title')).to_have_text('登録のないカードです')
    await expect(desk.page.locator('.screen-next')).to_contain_text('紙に記入')
    await expect(desk.page.locator('.screen-whom')).to_contain_text('総務課 内線2210')
    assert desk.box.punches(desk.token)['items'] == []


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
