"""A car manager opens the gates that they may open, with a reason: one press, or a typed line."""

from app.language import _
from app.vehicles.overrides import LONGEST_REASON
from app.vehicles.screens import CarDeskView
from components.elements import Press, box, press_group, set_text, text
from components.inputs import text_input
from pages.kiosk.car_parts import CarController, step_foot, step_head
from pages.kiosk.cars_words import gate_words


class OverrideStep:
    """What is permitted stands above, usual reasons below it."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        detail = _('許可する方 {manager}。理由とともに記録に残ります').format(manager=view.manager)
        step_head(view, _('許可する理由を選ぶか、入れてください'), detail)
        with box('div', 'step-body details'):
            with box('ul', 'held-back'):
                for gate in view.gates:
                    text('li', gate_words(gate)[0])
            self._offer_reasons()
            with box('div', 'details-fields'):
                self._reason = text_input(_('そのほかの理由'), most=LONGEST_REASON, on_enter=self._enter)
            self._hint = text('p', '', 'step-hint', role='status')
        step_foot(controller, _('この理由で許可する'), self._enter)

    def _offer_reasons(self) -> None:
        reasons = (_('車の状態を確認した'), _('書類を確認した'), _('急ぎの公務'), _('災害対応'))
        presses = tuple(Press(name=reason, label=reason, classes='offer press-quiet') for reason in reasons)
        press_group(presses, self._controller.override, classes='offers', label=_('許可する理由'))

    async def _enter(self) -> None:
        reason = (self._reason.value or '').strip()
        if not reason:
            set_text(self._hint, _('理由を選ぶか、短く入れてください'))
            return
        await self._controller.override(reason)
