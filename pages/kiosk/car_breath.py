"""The alcohol step: the checker tells its value by itself, or the guard types what it shows."""

from nicegui.element import Element

from app.language import _
from app.vehicles.alcohol_values import Method
from app.vehicles.screens import CarDeskView
from components.elements import box, press, set_attributes, text
from device_drivers.alcohol_checker.interface import CheckerState, Step
from pages.kiosk.car_numbers import BreathStep
from pages.kiosk.car_parts import CarController, step_head
from pages.kiosk.cars_words import method_words

TELLS_BY_ITSELF = (CheckerState.READY, CheckerState.STARTING)


class BlowStep:
    """Waits for a breath; a press leads to typing, for a checker that does not tell."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._view = view
        self._controller = controller
        with box('div', 'breath-place') as self._place:
            if view.checker in TELLS_BY_ITSELF and not view.checker_is_typed and (view.guard or view.confirmer):
                self._draw()
            else:
                BreathStep(view, controller)

    def _draw(self) -> None:
        step_head(
            self._view,
            _('検知器に息を吹きかけてください'),
            _('値は自動で入ります。押す必要はありません。'),
            symbol_name='wait',
        )
        with box('div', 'step-body blow'):
            text('p', _progress(self._view), 'blow-progress', role='status')
            guard = self._view.guard or self._view.confirmer
            text('p', _('確認者 {guard}').format(guard=guard), 'breath-guard')
            with box('div', 'methods', role='group', aria_label=_('確認の方法')):
                for method, word in method_words(from_elsewhere=self._view.is_remote).items():
                    self._method_press(method, word)
        with box('footer', 'step-foot'):
            press(_('取消'), self._controller.cancel, classes='press-quiet step-cancel')
            press(_('値を手で入れる'), self._type, classes='press-quiet')

    def _method_press(self, method: Method, word: str) -> Element:
        button = press(word, lambda: self._controller.choose_method(method), classes='press-quiet')
        set_attributes(button, aria_pressed=str(method == self._view.method).lower())
        return button

    def _type(self) -> None:
        self._place.clear()
        with self._place:
            BreathStep(self._view, self._controller)


def _progress(view: CarDeskView) -> str:
    words = {
        Step.CONNECTING.value: _('検知器につないでいます'),
        Step.WARMING_UP.value: _('準備しています'),
        Step.BLOW.value: _('いま吹いてください'),
        Step.KEEP_BLOWING.value: _('そのまま吹き続けてください'),
        Step.ANALYSING.value: _('測っています'),
    }.get(view.blowing, _('息を待っています'))
    return (
        words
        if view.seconds_left is None
        else _('{words}(あと{seconds}秒)').format(words=words, seconds=view.seconds_left)
    )
