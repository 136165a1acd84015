"""A shelter's reception from the card to the disk: pcscd, the box as its own process, a tablet in Chromium."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.end_to_end.furnished_desk import SHORT_PATIENCE, done
from tests.support.box import opened_box
from tests.support.kiosk import DESK_SETTINGS, enrol, tablet, touch
from tests.support.process import RunningBox
from tests.support.shelter import opened_shelter
from tests.virtual_card.authority import CardAuthority
from tests.virtual_card.card import Card
from tests.virtual_card.felica import FelicaCard
from tests.virtual_card.link import VpcdLink
from tests.virtual_card.my_number import MyNumberCard, Variant
from tests.virtual_card.pcscd import PrivatePcscd

pytestmark = [pytest.mark.asyncio(loop_scope='session'), pytest.mark.timeout(300)]

# 'Desk A' and 'Desk B' belong to the box of the other tests of this folder.
READER_NAME = 'Desk C 00 00'
CODE_B, PIN = '55021720352285', '8642'
SUICA = FelicaCard(bytes.fromhex('0114C0FFEE000001'))


@dataclass(frozen=True, slots=True)
class Reception:
    """A running box with a reception desk, and its tablet."""

    box: RunningBox
    page: Page

    async def press(self, *names: str) -> None:
        """Press these buttons one after the other."""
        for name in names:
            await self.page.get_by_role('button', name=name, exact=True).click()

    async def says(self, words: str) -> None:
        """Wait until the tablet says this."""
        await expect(self.page.locator('.shelter-step')).to_contain_text(words)

    async def meets(self, link: VpcdLink, card: Card, words: str = 'はじめての方です') -> None:
        """Lay a card down, and wait until the tablet says this."""
        await asyncio.to_thread(link.insert, card)
        await self.says(words)


@pytest_asyncio.fixture(loop_scope='session', scope='module')
async def reception(
    browser: Browser,
    session_pcsc: PrivatePcscd,
    card_authority: CardAuthority,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Reception]:
    """受付1 of 泉小学校, set up by the command."""
    place = tmp_path_factory.mktemp('reception')
    async with opened_box(place / 'box') as box:
        await opened_shelter(box)
    root = place / 'root.pem'
    root.write_bytes(card_authority.root_pem)
    trust = {'MACHIBAKO_TRUST__EXTRA_ROOTS': str(root)}
    running = RunningBox(
        place / 'box', extra={**session_pcsc.client_settings, **DESK_SETTINGS, **SHORT_PATIENCE, **trust}
    )
    try:
        running.wait_until_ready()
        done(running, 'desk', 'add', '受付1', '--job', 'shelter', '--reader', f'pcsc:{READER_NAME}')
        async with tablet(browser) as context:
            page = await context.new_page()
            await enrol(page, done(running, 'desk', 'enrol', '受付1').strip())
            yield Reception(running, page)
    finally:
        running.stop()


async def test_a_card_and_the_digits_on_its_face_register_its_holder(
    reception: Reception, pcsc: PrivatePcscd, card_authority: CardAuthority
) -> None:
    link = pcsc.link(READER_NAME)
    await reception.meets(link, MyNumberCard(card_authority, pin=PIN, serial=0x7001))
    await reception.press('券面の番号で氏名を読む', *CODE_B)
    await reception.says('受け付けました')
    await reception.says('金沢 様')
    await asyncio.to_thread(link.remove)

    assert link.journal.files_with_the_individual_number() == ()
    assert not [word for word in (CODE_B, '花子', '広坂') if word in reception.box.output()]
    await touch(link, MyNumberCard(card_authority, pin=PIN, serial=0x7001))
    await reception.says('受付済み')
    await reception.press('完了')


async def test_a_wrong_pin_tells_the_tries_and_the_right_one_registers(
    reception: Reception, pcsc: PrivatePcscd, card_authority: CardAuthority
) -> None:
    link = pcsc.link(READER_NAME)
    await reception.meets(link, MyNumberCard(card_authority, pin=PIN, serial=0x7002))
    await reception.press('暗証番号で読む(ご本人が入力)', *'9999')
    await reception.says('あと2回')
    await reception.press(*PIN)
    await reception.says('受け付けました')
    await asyncio.to_thread(link.remove)
    assert link.journal.verify_bodies() == (b'9999', PIN.encode())
    assert PIN not in reception.box.output()
    await reception.press('完了')


async def test_whoever_presses_their_language_is_answered_in_it_until_they_are_done(
    reception: Reception, pcsc: PrivatePcscd, card_authority: CardAuthority
) -> None:
    link = pcsc.link(READER_NAME)
    await reception.press('Language: 日本語', 'Tiếng Việt')
    await reception.says('Hãy chạm thẻ hoặc mã QR')
    await reception.meets(link, MyNumberCard(card_authority, pin=PIN, serial=0x7005), 'Người đến lần đầu')
    await reception.press('Đọc bằng mã PIN (chính chủ nhập)', *'9999')
    await reception.says('Sai mã PIN')
    await reception.says('Còn 2 lần')
    await reception.press(*PIN)
    await reception.says('Đã đăng ký')
    await asyncio.to_thread(link.remove)
    await reception.press('Xong')
    await reception.says('カードかQRをタッチしてください')


async def test_a_card_without_pins_and_with_a_long_address_is_read_with_the_digits_on_its_face(
    reception: Reception, pcsc: PrivatePcscd, card_authority: CardAuthority
) -> None:
    for serial, variant in ((0x7003, Variant.FACE_ONLY), (0x7004, Variant.LONG_ADDRESS)):
        link = pcsc.link(READER_NAME)
        await reception.meets(link, MyNumberCard(card_authority, variant=variant, serial=serial))
        if variant is Variant.FACE_ONLY:
            await reception.press('暗証番号で読む(ご本人が入力)', *PIN)
            await reception.says('このカードは暗証番号で読み取れません')
        else:
            await reception.press('券面の番号で氏名を読む')
        await reception.press(*CODE_B)
        await reception.says('受け付けました')
        await asyncio.to_thread(link.remove)
        await reception.press('完了')


async def test_a_transit_card_is_one_press_and_is_known_after_a_power_cut(
    reception: Reception, pcsc: PrivatePcscd
) -> None:
    await touch(pcsc.link(READER_NAME), SUICA)
    await reception.says('はじめての方です')
    await reception.press('女性')
    await reception.says('受け付けました')
    number = await reception.page.locator('.who-number').inner_text()
    await reception.press('外出する', '3時間くらい')
    await reception.says('外出を記録しました')

    port, data = reception.box.port, reception.box.data
    reception.box.kill()
    again = RunningBox(data, port=port, extra={**pcsc.client_settings, **DESK_SETTINGS, **SHORT_PATIENCE})
    try:
        again.wait_until_ready()
        await expect(reception.page.locator('.kiosk')).to_have_attribute('data-step', 'waiting')
        await expect(reception.page.locator('.kiosk')).to_have_attribute('data-reader', 'ready')
        await touch(pcsc.link(READER_NAME), SUICA)
        await reception.says('お帰りなさい')
        await expect(reception.page.locator('.who-number')).to_have_text(number)
    finally:
        again.stop()
