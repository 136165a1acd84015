"""What stands beside the one thing to do at a reception desk: the sums, the speeds, and who needs help."""

from collections.abc import Callable

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

from app import clock
from app.language import _
from app.shelters.desk_presses import ChooseMode, Show, TakeCall
from app.shelters.desk_screens import Mode, ShelterDeskView, Step
from app.shelters.desk_shown import CallShown
from components.clock import big_clock
from components.elements import box, press, set_attributes, set_text, symbol, text
from components.times import short_time
from pages.kiosk.shelter_parts import ShelterController, pressing
from pages.kiosk.shelter_words import urgency_words

MOST_CALLS = 2


class ShelterSide:
    """Clock and sums; built once."""

    def __init__(self) -> None:
        with box('aside', 'shelter-side'):
            self._name = text('p', '', 'shelter-name')
            big_clock()
            with box('dl', 'shelter-sums'):
                self._counted = _sum(_('数えた人数'))
                self._registered = _sum(_('受付した人数'))
                self._difference = _sum(_('差'))

    def show(self, view: ShelterDeskView) -> None:
        """Draw what differs."""
        set_text(self._name, view.shelter_name)
        set_text(self._counted, _('{count}人').format(count=view.total))
        set_text(self._registered, _('{count}人').format(count=view.registered))
        set_text(self._difference, _('{count}人').format(count=_signed(view.total - view.registered)))


class ShelterBar:
    """How fast people are taken in, and the press for who cannot wait; built once."""

    def __init__(self, controller: ShelterController) -> None:
        with box('nav', 'shelter-bar', aria_label=_('受付のしかた')):
            self._modes = {
                Mode.RECEPTION: _mode(controller, Mode.RECEPTION, _('受付')),
                Mode.COUNT: _mode(controller, Mode.COUNT, _('人数を数える')),
                Mode.HANDOUT: _mode(controller, Mode.HANDOUT, _('配布')),
            }
            press(
                _('緊急(待てない方)'),
                pressing(controller, Show(Step.URGENT)),
                classes='press-careful shelter-urgent',
                symbol_name='hand',
            )

    def show(self, view: ShelterDeskView) -> None:
        """Draw what differs."""
        for mode, button in self._modes.items():
            set_attributes(button, aria_pressed=str(mode is view.mode).lower())


class ShelterCalls:
    """Who needs help and whom nobody has gone to yet; at every desk of the shelter."""

    def __init__(self, controller: ShelterController) -> None:
        self._controller = controller
        self._drawn: tuple[CallShown, ...] = ()
        self._list: Element = box('ul', 'shelter-calls', aria_live='assertive')

    def show(self, view: ShelterDeskView) -> None:
        """Draw them again if they differ."""
        if view.calls == self._drawn:
            return
        self._drawn = view.calls
        self._list.clear()
        with self._list:
            for call in view.calls[:MOST_CALLS]:
                self._draw(call)
            if len(view.calls) > MOST_CALLS:
                text('li', _('ほかに{count}件').format(count=len(view.calls) - MOST_CALLS), 'call-more')

    def _draw(self, call: CallShown) -> None:
        with box('li', 'call'):
            symbol('hand')
            text('span', urgency_words()[call.urgency], 'call-what')
            text('span', call.number or _('受付前の方'), 'call-who')
            text('span', f'{call.where} {short_time(call.called_at, clock.today())}'.strip(), 'call-where')
            press(_('対応します'), pressing(self._controller, TakeCall(call.id)), classes='press-main call-take')


def _sum(label: str) -> TextElement:
    text('dt', label)
    return text('dd', '')


def _signed(number: int) -> str:
    return f'△{-number}' if number < 0 else str(number)


def _mode(controller: ShelterController, mode: Mode, label: str) -> TextElement:
    handler: Callable[[], object] = pressing(controller, ChooseMode(mode))
    return press(label, handler, classes='press-quiet shelter-mode')
