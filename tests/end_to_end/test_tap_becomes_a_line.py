"""From the first command to the line in the journal, with a My Number Card on a real pcscd and a real browser."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.async_api import expect

from app.journal.history import History, HistoryFilter
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault
from tests.end_to_end.furnished_desk import PIN, Desk, done
from tests.support.kiosk import touch, wait_until_it_answers
from tests.virtual_card.apdu_journal import ApduJournal
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]

TIME = r'\d{1,2}:\d{2}'
STRANGER = FelicaCard(bytes.fromhex('01FF000000000042'))


async def test_a_person_taps_sees_name_and_time_and_the_punch_is_on_disk_in_the_journal_and_over_http(
    desk: Desk, pcsc: PrivatePcscd
) -> None:
    await touch(pcsc.link('Desk A'), desk.yamada)

    await expect(desk.page.locator('.screen-name')).to_have_text('山田')
    answer = desk.page.locator('.screen-answer')
    await expect(answer).to_have_text(re.compile(f'^{TIME} 出勤$'))
    time = (await answer.inner_text()).removesuffix(' 出勤')
    (punch,) = [item for item in desk.box.punches(desk.token)['items'] if item['staff_number'] == '1001']
    assert (punch['kind'], punch['desk'], punch['source']) == ('in', '東玄関', 'card')
    assert punch['punched_at'][11:16] == time.zfill(5)
    assert punch['punched_at'].endswith('+09:00')
    assert desk.box.command('journal', 'verify').returncode == 0

    await touch(pcsc.link('Desk A'), desk.yamada)
    await expect(answer).to_have_text(f'記録済み {time}')
    assert (await desk.recorded()).count('1001') == 1


async def test_a_staff_card_of_felica_is_as_good(desk: Desk, pcsc: PrivatePcscd) -> None:
    await touch(pcsc.link('Desk A'), desk.sato)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')
    assert (await desk.recorded()).count('1002') == 1


async def test_an_unknown_card_says_what_to_do_and_records_nothing(desk: Desk, pcsc: PrivatePcscd) -> None:
    before = await desk.recorded()
    await touch(pcsc.link('Desk A'), STRANGER)
    await expect(desk.page.locator('.screen-title')).to_have_text('登録のないカードです')
    await expect(desk.page.locator('.screen-next')).to_contain_text('紙に記入')
    await expect(desk.page.locator('.screen-whom')).to_contain_text('総務課 内線2210')
    assert await desk.recorded() == before


async def test_the_individual_number_is_never_touched_and_the_pin_leaves_no_trace(
    desk: Desk, pcsc: PrivatePcscd, tmp_path: Path
) -> None:
    await touch(pcsc.link('Desk A'), desk.suzuki)
    await expect(desk.page.locator('.screen-name')).to_have_text('鈴木')
    desk.traces.say(await desk.page.content())
    await expect(desk.page.locator('.screen-name')).to_be_empty()
    desk.traces.say(done(desk.box, 'journal', 'verify'))
    traces = desk.traces.with_files(desk.box)
    traces.say(await opened_journal(desk.box.data, tmp_path / 'copy'))

    cards = desk.said_to_cards + pcsc.link('Desk A').journal.exchanges
    assert {PIN.encode()} == set(ApduJournal(cards).verify_bodies())
    assert ApduJournal(cards).selected_files()
    assert ApduJournal(cards).files_with_the_individual_number() == ()
    assert {'machibako.db', 'machibako.db-wal', 'keys.db', 'log'} <= set(traces.files)
    assert traces.places_with_pin(PIN) == []
    assert [text for text in traces.sent if desk.suzuki.holder.name in text] == []
    assert traces.files_with(desk.suzuki.holder.name) == []
    assert traces.files_with('鈴木') == []


async def test_after_the_answer_nothing_holds_the_name_any_more(desk: Desk, pcsc: PrivatePcscd) -> None:
    await touch(pcsc.link('Desk A'), desk.sato)
    await expect(desk.page.locator('.screen-name')).to_have_text('佐藤')
    await expect(desk.page.locator('.screen-name')).to_be_empty()
    assert '佐藤' not in await desk.page.content()

    desk.traces.sent.clear()
    await desk.page.context.set_offline(True)
    await expect(desk.page.get_by_role('alert')).to_be_visible()
    await desk.page.context.set_offline(False)
    await expect(desk.page.get_by_role('alert')).to_be_hidden()
    await desk.page.reload()
    await wait_until_it_answers(desk.page)
    assert desk.traces.sent
    assert [text for text in desk.traces.sent if '佐藤' in text] == []
    assert '佐藤' not in await desk.page.content()


async def opened_journal(data: Path, copy: Path) -> str:
    """Every line of the journal with its sealed fields opened, read from a copy."""
    shutil.copytree(data, copy, ignore=shutil.ignore_patterns('control.sock'))
    directory = DataDirectory(copy)
    vault = Vault(directory.keys, directory.box_key, directory.erasures)
    reading = ReadOnlyDatabase(directory.database)
    lines, count = await History(reading, vault).page(HistoryFilter(), 0, 1000)
    reading.close()
    assert len(lines) == count > 0
    assert any(line.opened for line in lines)
    return '\n'.join(f'{line} {[part.fields for part in line.opened]}' for line in lines)
