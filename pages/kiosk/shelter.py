"""The reception desk of a shelter on a tablet: one field that always listens, and one next step."""

from collections.abc import Callable
from dataclasses import replace

from nicegui import ui

from app.language import _
from app.messages.languages import Language, speaking
from app.shelters.desk_screens import ShelterDeskView, Step, Told
from components import scanner
from components.elements import box, set_attributes, text
from components.kiosk_frame import KioskFrame, kiosk_frame
from components.sound import Sound, announce
from pages.kiosk import shelter_handout, shelter_person, shelter_steps
from pages.kiosk.shelter_count import CountStep
from pages.kiosk.shelter_digits import DigitsStep
from pages.kiosk.shelter_language import LanguagePanel
from pages.kiosk.shelter_parts import ShelterController
from pages.kiosk.shelter_side import ShelterBar, ShelterCalls, ShelterSide

FAILURE = 'failure'
STEPS: dict[Step, Callable[[ShelterDeskView, ShelterController], object]] = {
    Step.CLOSED: shelter_steps.draw_closed,
    Step.WAITING: shelter_steps.draw_waiting,
    Step.NUMBER: DigitsStep,
    Step.PERSON: shelter_person.draw_person,
    Step.NEW: shelter_steps.draw_new,
    Step.CODE: DigitsStep,
    Step.PIN: DigitsStep,
    Step.READING: shelter_steps.draw_reading,
    Step.CONFIRM: shelter_steps.draw_confirm,
    Step.DRAFT: shelter_steps.draw_draft,
    Step.HOUSEHOLD: shelter_steps.draw_household,
    Step.OUT: shelter_person.draw_out,
    Step.LEAVE: shelter_person.draw_leave,
    Step.MOVE: shelter_person.draw_move,
    Step.URGENT: shelter_person.draw_urgent,
    Step.ITEMS: shelter_handout.draw_items,
    Step.HANDOUT: shelter_handout.draw_handout,
    Step.GIVEN: shelter_handout.draw_given,
    Step.REFUSED: shelter_handout.draw_refused,
    Step.DONE: shelter_person.draw_done,
    Step.PROBLEM: shelter_handout.draw_problem,
}
LONG_WORDS = (Language.EASY_JAPANESE, Language.ENGLISH, Language.VIETNAMESE, Language.PORTUGUESE)
TYPED = (Step.CODE, Step.PIN, Step.NUMBER)


def draw(controller: ShelterController) -> None:
    """Build the page of the current client; from then on a change of the view sends what differs."""
    with kiosk_frame(_('避難所の受付'), style_sheets=('shelter.css',), scripts=(scanner.SCRIPT,)) as frame:
        page = ShelterPage(frame, controller)
    scanner.on_scanned(frame.root, controller.scan)
    page.redraw()
    ui.context.client.on_delete(controller.listen(lambda _: page.redraw()))


class ShelterPage:
    """The elements of one tablet's page: sums, counter and bar are built once a language, a step when it is reached."""

    def __init__(self, frame: KioskFrame, controller: ShelterController) -> None:
        self._frame = frame
        self._controller = controller
        self._language: Language | None = None
        self._body = box('div', 'shelter-body')

    def redraw(self) -> None:
        """Show the controller's view in its language; only what differs is sent."""
        view = self._controller.view
        with speaking(view.language):
            if view.language is not self._language:
                self._build(view.language)
            self._show(view)

    def _build(self, language: Language) -> None:
        self._language = language
        self._drawn: tuple[str, ShelterDeskView | None] = ('', None)
        self._frame.speak(language.html)
        self._body.clear()
        set_attributes(self._body, lang=language.html, data_words='long' if language in LONG_WORDS else 'short')
        with self._body:
            text('p', _('訓練'), 'practice-mark', aria_hidden='true')
            with box('div', 'shelter-desk'):
                self._side = ShelterSide()
                self._count = CountStep(self._controller)
                self._step = box('section', 'shelter-step', aria_live='polite')
                self._languages = LanguagePanel(self._controller, language)
                self._calls = ShelterCalls(self._controller)
                self._bar = ShelterBar(self._controller)

    def _show(self, view: ShelterDeskView) -> None:
        screen = FAILURE if view.storage_failed else view.step.value
        self._frame.show(
            desk_name=_('訓練 {name}').format(name=view.desk_name) if view.practice else view.desk_name,
            whom_to_call=view.whom_to_call,
            clock_doubtful=view.clock_doubtful,
            demo=view.demo,
            practice=False,
        )
        for part in (self._side, self._count, self._calls, self._bar, self._languages):
            part.show(view)
        self._draw_step(screen, view)
        set_attributes(
            self._frame.root,
            data_screen='shelter',
            data_step=screen,
            data_tone=_tone(screen, view),
            data_reader=view.reader,
            data_practice=str(view.practice).lower(),
        )
        announce(self._frame.root, _result(view), _sound(view), part=view.step.value)

    def _draw_step(self, screen: str, view: ShelterDeskView) -> None:
        wanted = (screen, _what_a_step_shows(view))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._step.clear()
        with self._step:
            if screen == FAILURE:
                shelter_steps.draw_failure(view, self._controller)
            elif view.step in STEPS:
                STEPS[view.step](view, self._controller)


def _what_a_step_shows(view: ShelterDeskView) -> ShelterDeskView | None:
    if view.step is Step.COUNT:
        return None
    return replace(
        view,
        number=view.number if view.problem and view.step in TYPED else 0,
        counted={},
        registered=0,
        last_count=None,
        calls=(),
        reader=view.reader if view.step in (Step.WAITING, Step.HANDOUT) else '',
        clock_doubtful=False,
    )


def _tone(screen: str, view: ShelterDeskView) -> str:
    if screen == FAILURE:
        return 'failure'
    if view.step in (Step.DONE, Step.CLOSED):
        return 'in' if view.step is Step.DONE else 'waiting'
    return 'care' if view.step is Step.PROBLEM else 'idle'


def _result(view: ShelterDeskView) -> int | None:
    return view.number if view.told is not None or view.problem is not None else None


def _sound(view: ShelterDeskView) -> Sound:
    if view.problem is not None:
        return Sound.PROBLEM
    if view.told in (Told.WENT_OUT, Told.LEFT):
        return Sound.OUT
    if view.told in (Told.ALREADY, Told.SHOWN, Told.WITHDRAWN):
        return Sound.NEUTRAL
    return Sound.IN if view.told else Sound.NONE
