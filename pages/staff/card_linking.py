"""Linking a card: choose the reader, type the PIN of a My Number Card, touch."""

import asyncio
from collections.abc import Awaitable, Callable

from app.access.principals import NotAllowed, Permission
from app.desks.available import available_readers
from app.language import _
from app.people.cards import LinkRefused
from app.people.staff import StaffMember
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from components.inputs import choice, secret_input
from components.notice import Notice
from device_drivers.card_reader.interface import CardReader, ReaderState
from device_drivers.card_reader.registry import BadReaderAddress, PcscNotInstalled
from device_drivers.cards.credential import CardError, CardKind
from pages.staff.acting import actor_for, telling
from pages.staff.card_words import error_words, kind_words, link_words
from pages.staff.desk_words import reader_name, state_words

TOUCH_SECONDS = 30
PIN_LENGTH = 4


class CardLinking:
    """The form below a person's cards. A PIN leaves it the moment the wait for the card begins."""

    def __init__(self, box: Box, person: StaffMember, redraw: Callable[[], Awaitable[None]]) -> None:
        self._box = box
        self._person = person
        self._redraw = redraw
        self._waiting: asyncio.Task[None] | None = None
        text('h3', _('カードを登録する'), 'small-title')
        self._notice = Notice()
        with element('div', 'form-grid') as self._form:
            self._reader = choice(_('カードリーダー'), {}, hint=_('カードをタッチする場所'))
            kinds = {kind: kind_words()[kind] for kind in (CardKind.MY_NUMBER.value, CardKind.FELICA.value)}
            if box.settings.cards.allow_type_a:
                kinds[CardKind.TYPE_A.value] = kind_words()[CardKind.TYPE_A.value]
            self._kind = choice(_('カードの種類'), kinds, value=CardKind.MY_NUMBER.value)
            with element('div') as self._pin_place:
                self._pin = secret_input(
                    _('数字4桁の暗証番号'),
                    hint=_('本人が入力してください。個人番号(マイナンバー)は読み取りません。'),
                    length=PIN_LENGTH,
                )
        with element('div', 'buttons'):
            self._start = press(_('登録を始める'), telling(self._notice, self._begin), classes='press-main')
            self._stop = press(_('取消'), self.close, classes='press-quiet')
        self._stop.set_visibility(False)
        self._kind.on_value_change(lambda change: self._show_pin(change.value))

    async def draw(self) -> None:
        """Offer the readers."""
        desks = await self._box.desks.all()
        found = await available_readers(self._box.readers, desks, demo=self._box.demo)
        options = {
            reader.address: f'{reader.desk}: {reader_name(reader.address)}'
            if reader.desk
            else reader_name(reader.address)
            for reader in found
        }
        self._reader.set_options(options, value=next(iter(options), None))

    def close(self) -> None:
        """Stop waiting for a card."""
        self._pin.value = ''
        if self._waiting is not None:
            self._waiting.cancel()

    def _show_pin(self, kind: str) -> None:
        self._pin.value = ''
        self._pin_place.set_visibility(kind == CardKind.MY_NUMBER.value)

    async def _begin(self) -> None:
        actor_for(self._box, Permission.LINK_CARDS)
        pin, self._pin.value = self._pin.value or '', ''
        try:
            async with self._box.readers.lent(self._reader.value or '') as reader:
                if self._is_usable(reader) and self._pin_is_good(pin):
                    await self._wait_for_card(reader, pin or None)
        except (BadReaderAddress, PcscNotInstalled):
            self._notice.failed(_('カードリーダーを選んでください'), _('つながっているリーダーを選んでください。'))

    async def _wait_for_card(self, reader: CardReader, pin: str | None) -> None:
        self._waiting = asyncio.create_task(self._link(reader, pin))
        self._show_waiting(True)
        try:
            await self._waiting
        except asyncio.CancelledError:
            self._notice.clear()
        finally:
            self._waiting = None
            self._show_waiting(False)

    def _is_usable(self, reader: CardReader) -> bool:
        if reader.state in (ReaderState.READY, ReaderState.STARTING):
            return True
        words, next_step = state_words(reader.state.value)
        self._notice.failed(_('カードリーダー: {state}').format(state=words), next_step)
        return False

    def _pin_is_good(self, pin: str) -> bool:
        if self._kind.value != CardKind.MY_NUMBER.value:
            return True
        is_needed = self._box.settings.cards.require_proof_to_link
        if (not pin and not is_needed) or (len(pin) == PIN_LENGTH and pin.isascii() and pin.isdecimal()):
            return True
        self._notice.failed(_('暗証番号は数字4桁です'), _('入力し直してください。カードの残り回数は減っていません。'))
        return False

    async def _link(self, reader: CardReader, pin: str | None) -> None:
        self._notice.wait(_('カードをタッチしてください'), self._what_happens_meanwhile())
        try:
            captured = await reader.capture(pin, TOUCH_SECONDS)
            actor = actor_for(self._box, Permission.LINK_CARDS)
            link = await self._box.cards.link(self._person.id, captured.credential, actor, proven=captured.proven)
        except TimeoutError:
            self._notice.failed(_('カードがタッチされませんでした'), _('もう一度「登録を始める」を押してください。'))
        except CardError as error:
            self._notice.failed(*error_words(error))
        except LinkRefused as refused:
            self._notice.failed(*link_words(refused.problem))
        except NotAllowed:
            self._notice.failed(_('サインインが終わりました'), _('サインインし直してください。登録はされていません。'))
        else:
            words = _('{kind}(末尾 {digits})を登録しました')
            self._notice.done(words.format(kind=kind_words()[link.kind.value], digits=link.last_four))
            await self._redraw()

    def _what_happens_meanwhile(self) -> str:
        return _('読み取りが終わるまで、置いたまま待ってください。その間、このリーダーでは出勤・退勤を記録しません。')

    def _show_waiting(self, is_waiting: bool) -> None:
        self._start.set_visibility(not is_waiting)
        self._stop.set_visibility(is_waiting)
        self._form.set_visibility(not is_waiting)
