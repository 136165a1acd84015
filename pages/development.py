"""`/dev/cards`: the simulated cards of a demonstration. Registered in demonstrations only."""

from collections.abc import Callable

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from app.access.policies import Audience, Policy, policies
from app.demonstration.cards import NamedCard, card_of, guard_card, troublesome_cards
from app.desks.available import SPARE_SIMULATED_READER
from app.language import _
from app.people.guards import GuardInfo
from app.people.staff import StaffMember
from app.runtime import Box, Condition
from components.elements import Press, press, press_group, set_attributes, set_text, text
from components.elements import box as element
from components.frames import plain_frame
from components.messages import MessageKind, message_box
from components.theme import apply_theme
from device_drivers.card_reader.interface import ReaderChanged, ReaderState
from device_drivers.card_reader.simulation import SimulatedCardReader
from pages.development_checkers import draw_checkers
from pages.guarded import guarded_page
from pages.staff.desk_words import reader_name, state_words

DEVELOPMENT = '/dev/cards'
PEOPLE_SHOWN = 24
THIS_MACHINE = frozenset({'127.0.0.1', '::1'})


def register(condition: Condition) -> None:
    """Open `/dev/cards` to browsers on the machine itself; call it in a demonstration only.

    Raises:
        ValueError: the box is a real one.
    """
    if not condition.demo:
        raise ValueError('simulated cards belong into a demonstration')

    @guarded_page(DEVELOPMENT, public=True)
    async def development() -> None:
        client = ui.context.client.request.client
        if client is None or client.host not in THIS_MACHINE:
            _refuse()
            return
        box = condition.require_box()
        people, _total = await box.staff.page(0, PEOPLE_SHOWN)
        page = DevelopmentPage(condition, people, await box.vehicles.guards.all())
        await page.draw()

    policies.add(Policy(path=DEVELOPMENT, audience=Audience.PUBLIC, also_tablets=True))


class DevelopmentPage:
    """One simulated reader at a time, and the cards to lay on it."""

    def __init__(self, condition: Condition, people: list[StaffMember], guards: list[GuardInfo]) -> None:
        self._condition = condition
        self._box: Box = condition.require_box()
        self._people = [NamedCard(f'{person.name} {person.number}', card_of(person.number)) for person in people]
        self._guards = [NamedCard(guard.name, guard_card(guard.name)) for guard in guards]
        self._address = SPARE_SIMULATED_READER
        self._readers: dict[str, str] = {}
        self._choices: dict[str, TextElement] = {}

    async def draw(self) -> None:
        """Everything, once."""
        desks = await self._box.desks.all()
        self._readers = {desk.reader: desk.name for desk in desks if desk.reader.startswith('sim:')}
        self._readers[SPARE_SIMULATED_READER] = _('どの窓口でもない予備')
        self._address = next(iter(self._readers))
        apply_theme(_('デモ用のカード'), style_sheets=('staff.css',))
        with element('main', 'development'):
            text('h1', _('デモ用のカード'), 'page-title')
            message_box(
                MessageKind.NOTE,
                _('ここにある人とカードは、すべて架空のものです'),
                _('窓口の画面を別の窓で開き、下のカードを押すとタッチしたことになります。暗証番号はどれも 1234 です。'),
            )
            self._draw_readers()
            draw_checkers(self._box, desks)
            self._draw_cards(_('職員のカード'), self._people)
            if self._guards:
                self._draw_cards(_('守衛のカード'), self._guards)
            self._draw_cards(_('困ったカード'), troublesome_cards())
        ui.context.client.on_delete(self._box.readers.CHANGED.listen(self._reader_changed))
        self._show()

    def _draw_readers(self) -> None:
        with element('section', 'section', aria_label=_('リーダー')):
            text('h2', _('どのリーダーにタッチしますか'), 'section-title')
            with element('div', 'choices-row'):
                for address, desk in self._readers.items():
                    self._choices[address] = press(desk, self._choosing(address), classes='press-quiet')
            with element('div', 'reader-row'):
                self._name = text('span', '', 'desk-reader-name')
                self._state = text('span', '', 'state')
                self._answer = text('p', '', 'quiet', role='status')
            with element('div', 'buttons'):
                press(_('ケーブルを抜く'), lambda: self._reader().unplug(), classes='press-quiet press-small')
                press(_('ケーブルを差す'), lambda: self._reader().plug(), classes='press-quiet press-small')
                press(_('応答しなくする'), self._faking(ReaderState.STUCK), classes='press-quiet press-small')
                press(
                    _('カードサービスを止める'), self._faking(ReaderState.NO_SERVICE), classes='press-quiet press-small'
                )
                press(_('元に戻す'), self._faking(ReaderState.READY), classes='press-quiet press-small')
                self._screen = text('a', _('窓口の画面を開く'), 'press press-small', target='_blank')

    def _draw_cards(self, title: str, cards: list[NamedCard]) -> None:
        with element('section', 'section', aria_label=title):
            text('h2', title, 'section-title')
            presses = tuple(
                Press(name=str(position), label=named.label, classes='press-card', symbol_name='card')
                for position, named in enumerate(cards)
            )
            press_group(
                presses, lambda name: self._tap(cards[int(name)]), classes='card-grid', label=title, guarded=False
            )

    def _tap(self, named: NamedCard) -> None:
        reader = self._reader()
        reader.tap(named.card)
        is_taken = reader.state is ReaderState.READY
        words = _('{card} をタッチしました') if is_taken else _('リーダーが使えないため、{card} は読まれませんでした')
        set_text(self._answer, words.format(card=named.label))

    def _faking(self, state: ReaderState) -> Callable[[], None]:
        return lambda: self._reader().show_state(state)

    def _choosing(self, address: str) -> Callable[[], None]:
        def choose() -> None:
            self._address = address
            self._show()

        return choose

    def _reader(self) -> SimulatedCardReader:
        """It is never given back: in a demonstration nobody else needs it, and the spare one is to stay."""
        reader = self._box.readers.use(self._address)
        assert isinstance(reader, SimulatedCardReader)  # noqa: S101 - only addresses that begin with sim: are offered
        return reader

    def _reader_changed(self, change: ReaderChanged) -> None:
        if change.reader == self._address:
            self._show()

    def _show(self) -> None:
        state = self._reader().state
        words, _next = state_words(state.value)
        set_text(self._name, reader_name(self._address))
        set_text(self._state, words)
        set_attributes(self._state, data_state=state.value)
        for address, button in self._choices.items():
            set_attributes(button, aria_pressed=str(address == self._address).lower())
        code = self._condition.enrolment_codes.get(self._readers[self._address])
        set_attributes(self._screen, href=f'/enrol/{code}' if code else '/kiosk')
        self._screen.set_visibility(self._address != SPARE_SIMULATED_READER)


def _refuse() -> None:
    with plain_frame(_('この画面は、本体でだけ開けます')):
        message_box(MessageKind.NOTE, _('デモ用のカードは、まちばこを動かしている機械のブラウザーで開いてください。'))
