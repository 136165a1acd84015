"""The last step of a lending: the guard hands the key over, and says who goes along."""

from app.language import _
from app.vehicles.presses import MOST_PASSENGERS
from app.vehicles.screens import CarDeskView
from components.elements import box, press, set_attributes, set_text, symbol, text
from pages.kiosk.car_parts import CarController, step_foot, step_head

SHORT_KEY_NUMBER = 3


class KeysOutStep:
    """Nothing has to be filled in: nobody goes along until somebody presses."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        step_head(view, _('鍵を渡してください'), view.plate)
        with box('div', 'step-body keys'):
            _key_number(view)
            with box('div', 'keys-given'):
                _checklist()
                self._draw_passengers()
        step_foot(controller, _('鍵・カード・ポーチを渡しました'), controller.keys_out)
        self._show(view.passengers)

    def _draw_passengers(self) -> None:
        with box('div', 'passengers', role='group', aria_label=_('同乗者')):
            text('p', _('同乗者'), 'passengers-word')
            self._less = press('−', lambda: self._count(-1), classes='press-quiet', guarded=False)
            self._told = text('p', '', 'passengers-count', role='status')
            self._more = press('+', lambda: self._count(1), classes='press-quiet', guarded=False)
        set_attributes(self._less, aria_label=_('1人減らす'))
        set_attributes(self._more, aria_label=_('1人増やす'))

    async def _count(self, change: int) -> None:
        await self._controller.count_passengers(self._controller.view.passengers + change)
        self._show(self._controller.view.passengers)

    def _show(self, count: int) -> None:
        set_text(self._told, _('{count}人').format(count=count) if count else _('なし'))
        set_attributes(self._less, aria_disabled=str(count == 0).lower())
        set_attributes(self._more, aria_disabled=str(count == MOST_PASSENGERS).lower())


def _checklist() -> None:
    with box('ul', 'checklist'):
        for item in (_('鍵'), _('給油カード・ETCカード'), _('ポーチ(車検証入れ)')):
            with box('li'):
                symbol('check')
                text('span', item)


def _key_number(view: CarDeskView) -> None:
    with box('div', 'key-plate'):
        text('p', _('鍵の番号'), 'key-word')
        length = 'short' if len(view.key_number) <= SHORT_KEY_NUMBER else 'long'
        text('p', view.key_number or '–', 'key-number', data_length=length)
