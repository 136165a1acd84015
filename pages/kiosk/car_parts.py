"""What the steps of the car desk have in common."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from nicegui.element import Element

from app import clock
from app.language import _
from app.vehicles.alcohol_values import Method
from app.vehicles.due_times import Due
from app.vehicles.screens import CarDeskView
from components.elements import Handler, box, press, symbol, text
from components.times import short_time
from pages.kiosk.cars_words import problem_words
from pages.kiosk.trouble_words import whom_words


class CarController(Protocol):
    """What the page needs of a car desk; every method is safe to call at any time, also twice."""

    @property
    def view(self) -> CarDeskView:
        """What the desk shows now."""

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Call back, on the event loop, after the view has changed, until the returned function is called."""

    async def scan(self, text: str) -> None:
        """A code was read, such as that of a key tag."""

    async def choose_capacity(self, *, drives: bool) -> None:
        """Who may be in charge of the desk came to drive, or begins their shift."""

    async def choose_direction(self, *, is_return: bool) -> None:
        """Bring the car back, or take another one."""

    async def choose_car(self, vehicle: UUID) -> None:
        """One of the offered cars."""

    async def bring_back(self) -> None:
        """Who tapped brings a car back of whose trip this desk knows nothing."""

    async def choose_driver(self, index: int) -> None:
        """One of those for whom the reservation was made."""

    async def enter_details(self, destination: str, purpose: str) -> None:
        """Where to, and what for."""

    async def choose_due(self, due: Due) -> None:
        """Until when, for a car that nobody reserved."""

    async def enter_charge(self, percent: int) -> None:
        """What is left in the battery of an electric car."""

    async def breathe(self, value: Decimal, method: Method, checker: UUID | None) -> None:
        """The guard read this value (mg/L) off the checker, and pressed which one it was."""

    async def choose_confirmer(self, person: UUID) -> None:
        """Nobody is at the desk: this one confirms by telephone or video."""

    async def choose_method(self, method: Method) -> None:
        """How the guard confirms the breath that the checker will tell."""

    async def measure_again(self) -> None:
        """After rinsing the mouth."""

    async def let_the_car_in(self) -> None:
        """The guard goes on with the return after a positive value."""

    async def override(self, reason: str) -> None:
        """The car manager who tapped opens the gates with this reason."""

    async def count_passengers(self, count: int) -> None:
        """So many go along (同乗者)."""

    async def keys_out(self) -> None:
        """Key, cards and pouch were handed over."""

    async def enter_odometer(self, kilometres: int) -> None:
        """What the odometer shows."""

    async def doubt_odometer(self) -> None:
        """The number that was asked about was a slip."""

    async def confirm_odometer(self) -> None:
        """The guard stands for the unlikely number that was typed twice."""

    async def keys_in(self, **extras: object) -> None:
        """Key, cards, pouch and receipt came back."""

    async def turn_away(self, press: UUID, car_type: str = '') -> None:
        """Somebody wanted a car and there was none; the type may be said later, under the same press."""

    async def end_shift(self) -> None:
        """Who is in charge of the desk leaves."""

    async def cancel(self) -> None:
        """The person gave up."""


def step_head(view: CarDeskView, title: str, detail: str = '', *, symbol_name: str = '') -> Element:
    """The one thing to do now; what did not lead on stands above it."""
    with box('header', 'step-head') as head:
        if view.problem is not None:
            problem_note(view)
        with box('div', 'step-title'):
            if symbol_name:
                symbol(symbol_name)
            text('h1', title)
        if detail:
            text('p', detail, 'step-detail')
    return head


def problem_note(view: CarDeskView) -> None:
    """Why the last tap or press did not lead on."""
    if view.problem is None:
        return
    words = problem_words(view.problem)
    with box('div', 'step-problem', role='alert'):
        symbol(words.symbol)
        text('p', words.title, 'step-problem-title')
        text('p', words.next_step)
        if words.call and view.whom_to_call:
            text('p', whom_words(view.whom_to_call))


def step_foot(controller: CarController, label: str = '', on_press: Handler | None = None) -> None:
    """取消, and the press that leads on."""
    with box('footer', 'step-foot'):
        press(_('取消'), controller.cancel, classes='press-quiet step-cancel')
        if on_press is not None:
            press(label, on_press, classes='press-main step-main')


def kilometres(value: int) -> str:
    """41,236 km."""
    return f'{value:,} km'


def span(start: datetime | None, end: datetime | None) -> str:
    """9:00–12:00, or the end alone."""
    if end is None:
        return ''
    today = clock.today()
    if start is None:
        return _('{time}まで').format(time=short_time(end, today))
    return f'{short_time(start, today)}–{short_time(end, today)}'
