"""The car desk on a tablet: the board while nobody is there, then one step after the other."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from nicegui import ui

from app.language import _
from app.vehicles.ledger import CarType
from app.vehicles.screens import CarDeskView, Problem, Step
from components import scanner
from components.elements import box, press, set_attributes
from components.kiosk_frame import KioskFrame, kiosk_frame
from components.sound import Sound, announce
from pages.kiosk import car_answers, car_choice, car_steps
from pages.kiosk.car_board import CarBoard
from pages.kiosk.car_breath import BlowStep
from pages.kiosk.car_details import DetailsStep
from pages.kiosk.car_keys import KeysOutStep
from pages.kiosk.car_numbers import ChargeStep, OdometerStep
from pages.kiosk.car_override import OverrideStep
from pages.kiosk.car_parts import CarController
from pages.kiosk.car_return import ReturnStep
from pages.kiosk.car_side import CarSide
from pages.kiosk.cars_words import type_words

FAILURE, TURNING_AWAY = 'failure', 'turning_away'
TOLD_SECONDS = 5.0
STEPS: dict[Step, Callable[[CarDeskView, CarController], object]] = {
    Step.CAPACITY: car_steps.draw_capacity,
    Step.DIRECTION: car_steps.draw_direction,
    Step.CAR: car_choice.draw_cars,
    Step.DRIVER: car_choice.draw_drivers,
    Step.DETAILS: DetailsStep,
    Step.CHARGE: ChargeStep,
    Step.BREATH: BlowStep,
    Step.POSITIVE: car_steps.draw_positive,
    Step.GATES: car_steps.draw_gates,
    Step.OVERRIDE: OverrideStep,
    Step.KEYS_OUT: KeysOutStep,
    Step.ODOMETER: OdometerStep,
    Step.KEYS_IN: ReturnStep,
    Step.DONE: car_answers.draw_done,
    Step.PROBLEM: car_answers.draw_problem,
}


def draw(controller: CarController) -> None:
    """Build the page of the current client; from then on a change of the view sends what differs."""
    with kiosk_frame(_('共用車の貸出・返却'), style_sheets=('cars.css',), scripts=(scanner.SCRIPT,)) as frame:
        page = CarsPage(frame, controller)
    scanner.on_scanned(frame.root, controller.scan)
    page.redraw()
    ui.context.client.on_delete(controller.listen(lambda _: page.redraw()))


class CarsPage:
    """The elements of one tablet's page: side and board are built once, a step when it is reached."""

    def __init__(self, frame: KioskFrame, controller: CarController) -> None:
        self._frame = frame
        self._controller = controller
        self._is_turning_away = False
        self._turned = uuid4()
        self._recorded = ''
        self._drawn: tuple[str, CarDeskView | None] = ('', None)
        with box('div', 'car-desk'):
            self._side = CarSide()
            self._board = CarBoard()
            with box('div', 'desk-presses'):
                press(_('車がなくて断った'), self._begin_turning_away, classes='press-quiet turn-away')
                press(_('交代・終了'), controller.end_shift, classes='press-quiet end-shift')
            self._step = box('section', 'car-step', aria_live='polite')

    def redraw(self) -> None:
        """Show the controller's view; only what differs is sent."""
        view = self._controller.view
        self._is_turning_away = self._is_turning_away and view.step is Step.BOARD
        self._frame.show(
            desk_name=view.desk_name,
            whom_to_call=view.whom_to_call,
            clock_doubtful=view.clock_doubtful,
            demo=view.demo,
            practice=view.practice,
        )
        screen = self._screen_of(view)
        self._side.show(view, recorded=self._recorded)
        if view.step is Step.BOARD:
            self._board.show(view.rows, view.desk_name)
        self._draw_step(screen, view)
        set_attributes(
            self._frame.root,
            data_screen='cars',
            data_step=screen,
            data_tone=_tone(screen, view),
            data_reader=view.reader,
            data_on_duty=str(bool(view.guard)).lower(),
            data_practice=str(view.practice).lower(),
        )
        announce(self._frame.root, _result(view), _sound(view), part=view.step.value)

    def _screen_of(self, view: CarDeskView) -> str:
        if view.storage_failed:
            return FAILURE
        return TURNING_AWAY if self._is_turning_away else view.step.value

    def _draw_step(self, screen: str, view: CarDeskView) -> None:
        wanted = (screen, _what_a_step_shows(view))
        if wanted == self._drawn:
            return
        self._drawn = wanted
        self._step.clear()
        with self._step:
            if screen == FAILURE:
                car_answers.draw_not_recording(view)
            elif screen == TURNING_AWAY:
                car_steps.draw_turning_away(view, self._turn_away, self._end_turning_away)
            elif view.step in STEPS:
                STEPS[view.step](view, self._controller)

    async def _begin_turning_away(self) -> None:
        self._turned = uuid4()
        await self._controller.turn_away(self._turned)
        self._is_turning_away = self._controller.view.problem is None
        self.redraw()

    def _end_turning_away(self) -> None:
        self._is_turning_away = False
        self.redraw()

    async def _turn_away(self, car_type: CarType) -> None:
        self._is_turning_away = False
        await self._controller.turn_away(self._turned, car_type.value)
        self._tell(_('{type}がなくて断ったことを記録しました').format(type=type_words()[car_type]))

    def _tell(self, recorded: str) -> None:
        self._recorded = recorded
        self.redraw()
        if recorded:
            with self._frame.root:
                ui.timer(TOLD_SECONDS, lambda: self._tell(''), once=True)


def _what_a_step_shows(view: CarDeskView) -> CarDeskView | None:
    if view.step is Step.BOARD:
        return None
    of_breath = view.step is Step.BREATH
    return replace(
        view,
        rows=(),
        number=0,
        guard=view.guard if of_breath else '',
        confirmer=view.confirmer if of_breath else '',
        checker=view.checker if of_breath else '',
        due_at=None if view.step is Step.DETAILS else view.due_at,
        passengers=0,
        blowing=view.blowing if of_breath else '',
        seconds_left=view.seconds_left if of_breath else None,
        reservations_as_of=None,
        is_stale=False,
        is_from_file=False,
        reader='',
        clock_doubtful=False,
        warnings=(),
    )


def _tone(screen: str, view: CarDeskView) -> str:
    if screen == FAILURE:
        return 'failure'
    if view.step is Step.DONE:
        return 'in' if view.is_return else 'out'
    if view.step is Step.PROBLEM:
        return 'care'
    return 'idle'


def _result(view: CarDeskView) -> int | None:
    return view.number if view.step is Step.DONE or view.problem is not None else None


def _sound(view: CarDeskView) -> Sound:
    if view.step is Step.DONE:
        return Sound.IN if view.is_return else Sound.OUT
    if view.problem is None:
        return Sound.NONE
    return Sound.NEUTRAL if view.problem is Problem.NEEDS_GUARD else Sound.PROBLEM
