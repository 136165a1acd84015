"""The two numbers of the car desk: what the checker showed, and what the odometer shows."""

from decimal import Decimal
from uuid import UUID

from nicegui.elements.mixins.text_element import TextElement

from app.language import _
from app.vehicles.alcohol_values import Method
from app.vehicles.screens import CarDeskView
from components.elements import box, press, set_attributes, set_text, text
from components.number_pad import CANCEL, DELETE, ENTER, number_pad
from pages.kiosk.car_parts import CarController, kilometres, step_foot, step_head
from pages.kiosk.cars_words import method_words

BREATH_DIGITS = 3
CHARGE_DIGITS = 3
ODOMETER_DIGITS = 7
NOTHING_DETECTED = Decimal('0.00')


class BreathStep:
    """The guard reads the checker and answers for the value: nothing is assumed before a press."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        self._typed = ''
        self._method = Method(view.method)
        self._words = method_words(from_elsewhere=view.is_remote)
        self._detectors: dict[UUID, TextElement] = {}
        self._detector: UUID | None = None
        guard = view.guard or view.confirmer
        if not guard:
            self._wait_for_guard(view)
            return
        step_head(view, _('アルコールを測ってください'), _how(view))
        with box('div', 'step-body breath'):
            with box('div', 'breath-reading'):
                self._value = text('p', '', 'typed-number', aria_live='polite')
                self._hint = text('p', '', 'step-hint', role='status')
                press(
                    _('検知器の表示は 0.00'),
                    lambda: self._record(NOTHING_DETECTED),
                    classes='press-main big-press breath-zero',
                )
                text('p', _('確認者 {guard}').format(guard=guard), 'breath-guard')
                self._draw_detectors(view)
                self._draw_methods()
            number_pad(self._key)
        self._show()

    def _wait_for_guard(self, view: CarDeskView) -> None:
        step_head(
            view,
            _('守衛の方、カードをタッチしてください'),
            _('アルコールの確認者として記録します。その後に測ります。'),
            symbol_name='tap',
        )
        with box('div', 'step-body'):
            self._draw_remote(view)
        step_foot(self._controller)

    def _draw_remote(self, view: CarDeskView) -> None:
        if not view.remote:
            return
        text('p', _('守衛の方がいないときは、電話か映像で確認する方を選んでください'), 'step-hint', id='remote')
        with box('div', 'methods', role='group', aria_labelledby='remote'):
            for person, name in view.remote:
                self._remote_press(person, name)

    def _remote_press(self, person: UUID, name: str) -> None:
        press(name, lambda: self._controller.choose_confirmer(person), classes='press-quiet')

    def _draw_detectors(self, view: CarDeskView) -> None:
        if view.detector:
            text('p', _('検知器 {serial}').format(serial=view.detector), 'breath-guard')
        if view.detectors:
            text('p', _('使った検知器'), 'breath-guard', id='used-detector')
            with box('div', 'methods detectors', role='group', aria_labelledby='used-detector'):
                self._detectors = {one: self._detector_press(one, serial) for one, serial in view.detectors}

    def _detector_press(self, detector: UUID, serial: str) -> TextElement:
        def choose() -> None:
            self._detector = detector
            self._show()

        return press(serial, choose, classes='press-quiet', guarded=False)

    def _draw_methods(self) -> None:
        with box('div', 'methods', role='group', aria_label=_('確認の方法')):
            self._methods = {method: self._method_press(method, word) for method, word in self._words.items()}

    def _method_press(self, method: Method, word: str) -> TextElement:
        def choose() -> None:
            self._method = method
            self._show()

        return press(word, choose, classes='press-quiet', guarded=False)

    def _show(self) -> None:
        set_text(self._value, f'{_hundredths(self._typed)} mg/L' if self._typed else '–.–– mg/L')
        for method, button in self._methods.items():
            set_attributes(button, aria_pressed=str(method is self._method).lower())
        for detector, button in self._detectors.items():
            set_attributes(button, aria_pressed=str(detector == self._detector).lower())

    async def _key(self, key: str) -> None:
        if key == CANCEL:
            await self._controller.cancel()
        elif key == ENTER:
            await self._enter()
        else:
            self._typed = self._typed[:-1] if key == DELETE else (self._typed + key)[:BREATH_DIGITS]
            self._show()

    async def _enter(self) -> None:
        if not self._typed:
            set_text(self._hint, _('検知器の値を3桁で入れてください。0.12は 0 1 2 です'))
            return
        await self._record(_hundredths(self._typed))

    async def _record(self, value: Decimal) -> None:
        if self._detectors and self._detector is None:
            set_text(self._hint, _('使った検知器を選んでください'))
            return
        self._typed = ''
        await self._controller.breathe(value, self._method, self._detector)


class OdometerStep:
    """One typed number; the drive is reckoned while it is typed."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        self._last = view.last_odometer
        self._typed = ''
        if view.doubtful_odometer is not None:
            self._ask(view, view.doubtful_odometer)
            return
        if view.unlikely_odometer is not None and view.is_typed_twice:
            self._ask_guard(view, view.unlikely_odometer)
            return
        last = _('前回 {value}').format(value=kilometres(self._last)) if self._last is not None else ''
        if view.unlikely_odometer is None:
            step_head(view, _('メーターの距離を入れてください'), last)
        else:
            typed = _('入れた値 {value}').format(value=kilometres(view.unlikely_odometer))
            step_head(view, self._unlikely(view.unlikely_odometer), f'{last}\u3000{typed}', symbol_name='again')
        with box('div', 'step-body odometer'):
            with box('div', 'odometer-reading'):
                self._value = text('p', '', 'typed-number', aria_live='polite')
                self._distance = text('p', '', 'typed-result')
            number_pad(self._key)
        self._show()

    def _unlikely(self, odometer: int) -> str:
        if self._last is not None and odometer < self._last:
            return _('前回より小さい値です。車のメーターを見て、もう一度入れてください')
        return _('前回から離れすぎた値です。車のメーターを見て、もう一度入れてください')

    def _ask_guard(self, view: CarDeskView, odometer: int) -> None:
        title = _('守衛の方が車のメーターを確かめてください')
        values = _('前回 {last} のあと {value} です').format(
            last=kilometres(self._last or 0), value=kilometres(odometer)
        )
        step_head(view, title, values, symbol_name='person')
        with box('div', 'step-body step-choices'):
            press(_('入れ直す'), self._controller.doubt_odometer, classes='press-quiet big-press')
            press(_('守衛が確かめました'), self._controller.confirm_odometer, classes='press-main big-press')
        step_foot(self._controller)

    def _ask(self, view: CarDeskView, odometer: int) -> None:
        driven = kilometres(odometer - (self._last or 0))
        title = _('走行 {distance} になります。合っていますか').format(distance=driven)
        step_head(view, title, _('メーター {value}').format(value=kilometres(odometer)), symbol_name='question')
        with box('div', 'step-body step-choices'):
            press(_('入れ直す'), self._controller.doubt_odometer, classes='press-quiet big-press')
            press(_('合っています'), lambda: self._controller.enter_odometer(odometer), classes='press-main big-press')
        step_foot(self._controller)

    def _show(self) -> None:
        set_text(self._value, kilometres(int(self._typed)) if self._typed else '– km')
        set_text(self._distance, self._driven())

    def _driven(self) -> str:
        if not self._typed or self._last is None or int(self._typed) < self._last:
            return ''
        return _('走行 {distance}').format(distance=kilometres(int(self._typed) - self._last))

    async def _key(self, key: str) -> None:
        if key == CANCEL:
            await self._controller.cancel()
        elif key == ENTER:
            await self._enter()
        else:
            self._typed = self._typed[:-1] if key == DELETE else (self._typed + key)[:ODOMETER_DIGITS]
            self._show()

    async def _enter(self) -> None:
        typed, self._typed = self._typed, ''
        if typed:
            await self._controller.enter_odometer(int(typed))
            self._show()


class ChargeStep:
    """One typed number, percent."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        self._typed = ''
        step_head(view, _('電池の残りを入れてください'), _('車の表示のとおりに、守衛の方が入れます'))
        with box('div', 'step-body odometer'):
            with box('div', 'odometer-reading'):
                self._value = text('p', '', 'typed-number', aria_live='polite')
            number_pad(self._key)
        self._show()

    def _show(self) -> None:
        set_text(self._value, f'{self._typed or "–"} %')

    async def _key(self, key: str) -> None:
        if key == CANCEL:
            await self._controller.cancel()
        elif key == ENTER:
            typed, self._typed = self._typed, ''
            if typed:
                await self._controller.enter_charge(int(typed))
                self._show()
        else:
            self._typed = self._typed[:-1] if key == DELETE else (self._typed + key)[:CHARGE_DIGITS]
            self._show()


def _how(view: CarDeskView) -> str:
    if view.is_remote:
        return _('電話か映像で表示と体調を確認者に伝え、そのとおりに入れてください')
    if view.checker in ('', 'ready', 'starting'):
        return _('検知器の表示のとおりに、守衛の方が入れます')
    return _('検知器とつながっていません。検知器の表示のとおりに、守衛の方が入れます')


def _hundredths(digits: str) -> Decimal:
    return Decimal(int(digits)).scaleb(-2)
