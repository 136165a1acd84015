"""The last step of a return: fuel, what was noticed, and the things that come back with the key."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from app.language import _
from app.vehicles.screens import CarDeskView
from components.elements import box, press, set_attributes, set_text, text
from components.inputs import text_input
from pages.kiosk.car_parts import CarController, kilometres, step_head

MOST_LITRES = Decimal(999)
MOST_YEN = 999_999
LONGEST_ABNORMALITY = 500


class NotANumber(Exception):
    """What was typed is not an amount."""


@dataclass(slots=True)
class Extras:
    """What was pressed so far."""

    fuel: bool = False
    receipt: bool = False
    abnormality: bool = False
    accident: bool = False


class ReturnStep:
    """Nothing of it has to be filled in; one press ends the return."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        self._pressed = Extras()
        driven = '' if view.distance is None else _('走行 {distance}').format(distance=kilometres(view.distance))
        home = _('鍵は{room}のものです。{room}へ戻してください').format(room=view.key_home) if view.key_home else ''
        other = _('ほかの方の名前で貸出中の車です。') if view.is_of_another else ''
        step_head(view, _('鍵を受け取ってください'), ' '.join(part for part in (driven, other, home) if part))
        with box('div', 'step-body return', data_fuel='false', data_abnormality='false') as self._body:
            with box('div', 'return-toggles', role='group', aria_label=_('あてはまるもの')):
                self._toggles = {name: self._toggle(name, word) for name, word in _toggle_words().items()}
            with box('div', 'return-fields return-fuel'):
                self._litres = _number_input(_('給油量(L)'), 'decimal')
                self._yen = _number_input(_('金額(円)'), 'numeric')
            with box('div', 'return-fields return-abnormality'):
                self._abnormality = text_input(_('異常や事故の内容'), most=LONGEST_ABNORMALITY)
            self._hint = text('p', '', 'step-hint', role='alert')
        with box('footer', 'step-foot'):
            press(_('取消'), controller.cancel, classes='press-quiet step-cancel')
            self._main = press('', self._finish, classes='press-main step-main')
        self._show()

    def _toggle(self, name: str, word: str) -> TextElement:
        def press_it() -> None:
            setattr(self._pressed, name, not getattr(self._pressed, name))
            self._show()

        return press(word, press_it, classes='press-quiet', guarded=False)

    def _show(self) -> None:
        pressed = self._pressed
        for name, button in self._toggles.items():
            set_attributes(button, aria_pressed=str(getattr(pressed, name)).lower())
        noticed = pressed.abnormality or pressed.accident
        set_attributes(self._body, data_fuel=str(pressed.fuel).lower(), data_abnormality=str(noticed).lower())
        with_receipt = _('鍵・カード・ポーチ・領収書を受け取りました')
        set_text(self._main, with_receipt if pressed.receipt else _('鍵・カード・ポーチを受け取りました'))

    async def _finish(self) -> None:
        pressed = self._pressed
        noticed = (self._abnormality.value or '').strip()
        if (pressed.abnormality or pressed.accident) and not noticed:
            set_text(self._hint, _('異常や事故の内容を、短く入れてください'))
            return
        try:
            litres = litres_of(self._litres.value or '') if pressed.fuel else None
            yen = yen_of(self._yen.value or '') if pressed.fuel else None
        except NotANumber:
            set_text(self._hint, _('給油量と金額は数字で入れてください。例: 23.5 と 4120'))
            return
        await self._controller.keys_in(
            fuel_litres=litres,
            fuel_yen=yen,
            has_receipt=pressed.receipt,
            abnormality=noticed if pressed.abnormality or pressed.accident else '',
            is_accident=pressed.accident,
        )


def litres_of(typed: str) -> Decimal | None:
    """Litres with two decimals; None: not entered.

    Raises:
        NotANumber: no amount of fuel that a car takes.
    """
    plain = _plain(typed).upper().removesuffix('L')
    if not plain:
        return None
    try:
        litres = Decimal(plain)
    except InvalidOperation:
        raise NotANumber from None
    if not litres.is_finite() or not 0 <= litres <= MOST_LITRES:
        raise NotANumber
    return round(litres, 2)


def yen_of(typed: str) -> int | None:
    """Whole yen; None: not entered.

    Raises:
        NotANumber: no price of a filling.
    """
    plain = _plain(typed).removesuffix('円')
    if not plain:
        return None
    if not plain.isascii() or not plain.isdecimal() or int(plain) > MOST_YEN:
        raise NotANumber
    return int(plain)


def _plain(typed: str) -> str:
    return unicodedata.normalize('NFKC', typed[:20]).strip().replace(',', '')


def _toggle_words() -> dict[str, str]:
    return {
        'fuel': _('給油した'),
        'receipt': _('領収書あり'),
        'abnormality': _('異常あり'),
        'accident': _('事故'),
    }


def _number_input(label: str, inputmode: str) -> ui.input:
    return text_input(label, most=12).props(f'inputmode={inputmode}')
