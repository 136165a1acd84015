"""Where to and what for: one press where it is known from before, typed otherwise."""

from nicegui.elements.mixins.text_element import TextElement

from app import clock
from app.language import _
from app.vehicles.due_times import Due, DueChoice
from app.vehicles.screens import CarDeskView
from components.elements import Press, box, press, press_group, set_attributes, set_text, text
from components.inputs import text_input
from components.times import short_time
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
            if view.dues:
                self._draw_dues(view)
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

    def _draw_dues(self, view: CarDeskView) -> None:
        with box('div', 'methods', role='group', aria_label=_('返却予定')):
            self._dues = {choice.due: self._due_press(choice) for choice in view.dues}
        self._show_due(next((choice.due for choice in view.dues if choice.at == view.due_at), None))

    def _due_press(self, choice: DueChoice) -> TextElement:
        async def choose() -> None:
            self._show_due(choice.due)
            await self._controller.choose_due(choice.due)

        return press(due_words(choice), choose, classes='press-quiet', guarded=False)

    def _show_due(self, chosen: Due | None) -> None:
        for due, button in self._dues.items():
            set_attributes(button, aria_pressed=str(due is chosen).lower())

    async def _enter(self) -> None:
        destination = (self._destination.value or '').strip()
        if not destination:
            set_text(self._hint, _('行き先を入れてから、次へを押してください'))
            return
        await self._controller.enter_details(destination, self._purpose.value or '')


def due_words(choice: DueChoice) -> str:
    """Until when, as it is pressed."""
    at = short_time(choice.at, clock.today())
    words = {Due.HOUR: _('1時間({time}まで)'), Due.NOON: _('正午まで'), Due.END_OF_WORK: _('{time}まで')}
    return words[choice.due].format(time=at)
