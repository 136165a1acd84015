"""The attendance desk on a tablet: draws what the desk's controller shows, and hands on what is pressed."""

from collections.abc import Callable
from typing import Protocol

from nicegui import ui
from nicegui.element import Element

from app.attendance.screens import DeskView, Direction, Renewal, RenewalStep
from app.language import _
from components.clock import big_clock
from components.elements import Press, box, press, press_group, set_attributes, set_text, text
from components.kiosk_frame import KioskFrame, kiosk_frame
from components.number_pad import CANCEL, DELETE, ENTER, number_pad
from components.sound import announce, on_shown
from pages.kiosk.attendance_words import Screen, number_screen, screen_of

LONGEST_STAFF_NUMBER = 12
NAME_LENGTHS = ((5, 'short'), (9, 'medium'), (24, 'long'))


class AttendanceController(Protocol):
    """What the page needs of a desk; every method is safe to call at any time, also twice."""

    @property
    def view(self) -> DeskView:
        """What the desk shows now."""

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Call back, on the event loop, after the view has changed, until the returned function is called."""

    async def choose(self, direction: Direction | None) -> None:
        """The next tap counts as this; None leaves it to the rules."""

    async def answer(self, direction: Direction) -> None:
        """Answer the question: keep 出勤, or record 退勤."""

    async def cancel(self) -> None:
        """Leave what was begun, without an act."""

    async def renew_start(self) -> None:
        """The holder of an unknown card wants to type their staff number."""

    async def renew_number(self, staff_number: str) -> None:
        """The staff number whose card is to be linked anew."""

    async def acknowledge(self, number: int) -> None:
        """The browser has shown this result."""

    async def tablet_is_back(self) -> None:
        """A browser (re)connected: it may have missed answers."""


def draw(controller: AttendanceController) -> None:
    """Build the page of the current client; from then on a change of the view is one small push."""
    with kiosk_frame(_('出勤・退勤')) as frame:
        page = AttendancePage(frame, controller)
    page.redraw()
    client = ui.context.client
    client.on_delete(controller.listen(lambda _: page.redraw()))
    client.on_connect(controller.tablet_is_back)


class AttendancePage:
    """The elements of one tablet's page, built once."""

    def __init__(self, frame: KioskFrame, controller: AttendanceController) -> None:
        self._frame = frame
        self._controller = controller
        self._typed = ''
        big_clock()
        self._build_words()
        self._build_choices()
        self._build_question()
        self._build_renewal()
        number_pad(self._key)
        on_shown(frame.root, controller.acknowledge)

    def redraw(self) -> None:
        """Show the controller's view; only what differs is sent."""
        view = self._controller.view
        self._frame.show(
            desk_name=view.desk_name,
            whom_to_call=view.whom_to_call,
            clock_doubtful=view.clock_doubtful,
            demo=view.demo,
            practice=view.practice,
        )
        screen = self._screen_of(view)
        self._show_words(screen)
        self._show_choice(view.choice)
        set_attributes(
            self._frame.root,
            data_screen=screen.layout,
            data_tone=screen.tone,
            data_symbol=screen.symbol,
            data_step=view.screen.step.value if isinstance(view.screen, Renewal) else '',
            data_missed=str(bool(screen.missed)).lower(),
            data_large=str(view.large).lower(),
            data_practice=str(view.practice).lower(),
            data_name_length=_name_length(screen.name),
        )
        announce(self._frame.root, screen.number, screen.sound, part=screen.part)

    def _screen_of(self, view: DeskView) -> Screen:
        if view.storage_failed or not isinstance(view.screen, Renewal) or view.screen.step is not RenewalStep.NUMBER:
            self._typed = ''
            return screen_of(view)
        return number_screen(view.screen, self._typed)

    def _build_words(self) -> None:
        with box('section', 'screen', role='status', aria_live='assertive', aria_atomic='true'):
            self._name = text('p', '', 'screen-name')
            self._title = text('h1', '', 'screen-title')
            self._answer = text('p', '', 'screen-answer')
            self._detail = text('p', '', 'screen-detail')
            self._next_step = text('p', '', 'screen-next')
            self._whom = text('p', '', 'screen-whom')
            self._missed = text('p', '', 'screen-missed')

    def _build_choices(self) -> None:
        with box('div', 'choices', role='group', aria_label=_('先に選ぶとき')):
            self._choices = {
                Direction.IN: self._choice(Direction.IN, _('出勤')),
                Direction.OUT: self._choice(Direction.OUT, _('退勤')),
            }

    def _choice(self, direction: Direction, label: str) -> Element:
        async def toggle() -> None:
            chosen = self._controller.view.choice is direction
            await self._controller.choose(None if chosen else direction)

        return press(label, toggle, classes=f'press-{direction.value}', symbol_name=direction.value)

    def _build_question(self) -> None:
        presses = (
            Press(name=Direction.IN.value, label=_('出勤のまま'), classes='press-in', symbol_name='in'),
            Press(name=Direction.OUT.value, label=_('退勤する'), classes='press-out', symbol_name='out'),
        )
        press_group(
            presses,
            lambda name: self._controller.answer(Direction(name)),
            classes='question',
            label=_('退勤しますか'),
        )

    def _build_renewal(self) -> None:
        begin = Press(name='begin', label=_('職員番号を入れて登録し直す'), classes='press-main renewal-begin')
        cancel = Press(name='cancel', label=_('取消'), classes='press-quiet renewal-cancel')
        press_group(
            (cancel, begin),
            lambda name: self._controller.renew_start() if name == begin.name else self._controller.cancel(),
            classes='renewal',
            label=_('カードの登録'),
        )

    def _show_words(self, screen: Screen) -> None:
        set_text(self._name, screen.name)
        set_text(self._title, screen.title)
        set_text(self._answer, screen.answer)
        set_text(self._detail, screen.detail)
        set_text(self._next_step, screen.next_step)
        set_text(self._whom, screen.whom)
        set_text(self._missed, screen.missed)

    def _show_choice(self, choice: Direction | None) -> None:
        for direction, button in self._choices.items():
            set_attributes(button, aria_pressed=str(direction is choice).lower())

    async def _key(self, key: str) -> None:
        if key == CANCEL:
            await self._controller.cancel()
        elif key == ENTER:
            await self._enter()
        else:
            self._typed = self._typed[:-1] if key == DELETE else (self._typed + key)[:LONGEST_STAFF_NUMBER]
            self.redraw()

    async def _enter(self) -> None:
        typed, self._typed = self._typed, ''
        if typed:
            await self._controller.renew_number(typed)


def _name_length(name: str) -> str:
    return next((word for limit, word in NAME_LENGTHS if len(name) <= limit), 'endless')
