"""Which language the tablet of a reception desk speaks with whoever stands there."""

from nicegui.events import GenericEventArguments

from app.messages.languages import Language
from app.shelters.desk_presses import ChooseLanguage
from app.shelters.desk_screens import ShelterDeskView, Step
from components.elements import TELL_PRESSED_NAME, box, press, set_attributes, text
from pages.kiosk.shelter_parts import ShelterController

WORDS = 'Language / 言語'


class LanguagePanel:
    """A press that always shows the language, and the languages to choose from, each in its own words."""

    def __init__(self, controller: ShelterController, language: Language) -> None:
        self._controller = controller
        self._step: Step | None = None
        self._is_open = False
        with box('div', 'language'):
            self._opener = press(f'Language: {language.own_name}', self._turn, classes='press-quiet language-opener')
            with box('div', 'language-choices', role='group', aria_label=WORDS) as self._choices:
                for one in Language:
                    self._draw(one, is_current=one is language)
        self._choices.on('click', self._chosen, js_handler=TELL_PRESSED_NAME)
        self._draw_open()

    def show(self, view: ShelterDeskView) -> None:
        """Make way for another step."""
        if view.step is not self._step:
            self._step, self._is_open = view.step, False
            self._draw_open()

    def _draw(self, language: Language, *, is_current: bool) -> None:
        text(
            'button',
            language.own_name,
            'press press-quiet language-choice',
            type='button',
            lang=language.html,
            aria_pressed=str(is_current).lower(),
            data_press=language.value,
        )

    def _turn(self) -> None:
        self._is_open = not self._is_open
        self._draw_open()

    def _draw_open(self) -> None:
        set_attributes(self._opener, aria_expanded=str(self._is_open).lower())
        set_attributes(self._choices, data_open=str(self._is_open).lower())

    async def _chosen(self, event: GenericEventArguments) -> None:
        chosen = next((one for one in Language if one.value == event.args), None)
        if chosen is None:
            return
        self._is_open = False
        self._draw_open()
        await self._controller.press(ChooseLanguage(chosen))
