"""Where to and what for: one press where it is known from before, typed otherwise."""

from app.language import _
from app.vehicles.screens import CarDeskView
from components.elements import Press, box, press_group, set_text, text
from components.inputs import text_input
from pages.kiosk.car_parts import CarController, step_foot, step_head

LONGEST = 200


class DetailsStep:
    """Suggestions as presses, two fields below."""

    def __init__(self, view: CarDeskView, controller: CarController) -> None:
        self._controller = controller
        step_head(
            view,
            _('行き先を選ぶか、入れてください'),
            _('用件: {purpose}').format(purpose=view.purpose) if view.purpose else '',
        )
        with box('div', 'step-body details'):
            if view.suggestions:
                self._suggest(view.suggestions)
            with box('div', 'details-fields'):
                self._destination = text_input(_('行き先'), most=LONGEST, on_enter=self._enter)
                self._purpose = text_input(_('用件'), most=LONGEST, on_enter=self._enter)
            self._hint = text('p', '', 'step-hint', role='status')
        self._purpose.value = view.purpose
        step_foot(controller, _('次へ'), self._enter)

    def _suggest(self, suggestions: tuple[tuple[str, str], ...]) -> None:
        presses = tuple(
            Press(name=str(index), label='\n'.join(filter(None, pair)), classes='offer press-own')
            for index, pair in enumerate(suggestions)
        )
        press_group(
            presses,
            lambda index: self._controller.enter_details(*suggestions[int(index)]),
            classes='offers',
            label=_('これまでの行き先'),
        )

    async def _enter(self) -> None:
        destination = (self._destination.value or '').strip()
        if not destination:
            set_text(self._hint, _('行き先を入れてから、次へを押してください'))
            return
        await self._controller.enter_details(destination, self._purpose.value or '')
