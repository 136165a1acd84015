"""What the screens of a reception desk have in common."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from app.language import _
from app.shelters.desk_presses import Plain, Press
from app.shelters.desk_screens import ShelterDeskView
from app.shelters.values import PersonClass
from components import elements
from components.elements import Handler, box, press, press_group, symbol, text
from pages.kiosk.shelter_words import class_words, problem_words
from pages.kiosk.trouble_words import whom_words

# Where the page is not served over https, browsers offer no crypto.randomUUID.
TELL_PRESS_AND_ATTEMPT = (
    '(event) => { const button = event.target.closest("[data-press]"); '
    'if (button) emit(button.dataset.press + " " + Date.now().toString(36) + Math.random().toString(36).slice(2)); }'
)
LONGEST_ATTEMPT = 40
SHORT_NAME = 10


class ShelterController(Protocol):
    """What the page needs of a reception desk; every method is safe to call at any time, also twice."""

    @property
    def view(self) -> ShelterDeskView:
        """What the desk shows now."""

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Call back, on the event loop, after the view has changed, until the returned function is called."""

    async def press(self, press: Press) -> None:
        """Something was pressed."""

    async def scan(self, text: str) -> None:
        """A code was read, or a number typed."""


def step_head(view: ShelterDeskView, title: str, detail: str = '', *, symbol_name: str = '') -> Element:
    """The one thing to do now; what did not lead on stands above it."""
    with box('header', 'desk-head') as head:
        if view.problem is not None:
            problem_note(view)
        with box('div', 'desk-title'):
            if symbol_name:
                symbol(symbol_name)
            text('h1', title)
        if detail:
            text('p', detail, 'desk-detail')
    return head


def problem_note(view: ShelterDeskView) -> None:
    """Why the last touch or press did not lead on, and how many tries are left."""
    if view.problem is None:
        return
    words = problem_words(view.problem)
    with box('div', 'desk-problem', role='alert'):
        symbol(words.symbol)
        text('p', words.title, 'desk-problem-title')
        if view.tries_left is not None:
            text('p', _('あと{count}回').format(count=view.tries_left), 'desk-tries')
        text('p', words.next_step)
        if words.call and view.whom_to_call:
            text('p', whom_words(view.whom_to_call))


def step_foot(
    controller: ShelterController,
    *,
    leads_on: str = '',
    on_press: Handler | None = None,
    cancel: str = '',
    between: Callable[[], None] | None = None,
) -> None:
    """取消, and the press that leads on; `between` draws what stands between them."""
    with box('footer', 'desk-foot'):
        press(cancel or _('取消'), pressing(controller, Plain.CANCEL), classes='press-quiet desk-cancel')
        if between is not None:
            between()
        if on_press is not None:
            press(leads_on, on_press, classes='press-main desk-main')


def draw_name(surname: str) -> None:
    """The surname as it is called out; smaller where it is a whole long name."""
    length = 'long' if len(surname) > SHORT_NAME else 'short'
    text('p', _('{name} 様').format(name=surname) if surname else _('氏名なし'), 'who-name', data_length=length)


def pressing(controller: ShelterController, what: Press) -> Callable[[], Awaitable[None]]:
    """A handler that presses this."""

    async def handle() -> None:
        await controller.press(what)

    return handle


def choices(controller: ShelterController, presses: dict[Press, str], *, label: str, classes: str = '') -> Element:
    """Big presses side by side, each of which says one thing to the desk."""
    by_name = {str(index): what for index, what in enumerate(presses)}
    buttons = tuple(
        elements.Press(name=str(index), label=word, classes='press-quiet desk-choice')
        for index, word in enumerate(presses.values())
    )
    return press_group(
        buttons, lambda name: controller.press(by_name[name]), classes=f'desk-choices {classes}'.strip(), label=label
    )


def class_presses(on_press: Callable[[PersonClass, str], Awaitable[None]], *, with_unknown: bool = True) -> Element:
    """One press registers somebody of this class; the browser names each press, so that twice is once."""
    words = class_words() | ({PersonClass.UNKNOWN: _('指定しない')} if with_unknown else {})
    with box('div', 'desk-classes', role='group', aria_label=_('区分')) as group:
        for person_class, word in words.items():
            text(
                'button',
                word,
                f'press press-quiet desk-class class-{person_class}',
                type='button',
                data_press=person_class,
            )
    on_attempt(group, set(words), on_press)
    return group


def on_attempt(
    group: Element,
    known: set[PersonClass],
    on_press: Callable[[PersonClass, str], Awaitable[None]],
    *,
    guarded: bool = True,
) -> None:
    """Call back with the class and the name of each press within the group."""

    async def pressed(event: GenericEventArguments) -> None:
        name, _space, attempt = event.args.partition(' ') if isinstance(event.args, str) else ('', '', '')
        if name in known and 0 < len(attempt) <= LONGEST_ATTEMPT:
            await on_press(PersonClass(name), attempt)

    throttle = elements.PRESS_GUARD_SECONDS if guarded else 0.0
    group.on('click', pressed, js_handler=TELL_PRESS_AND_ATTEMPT, throttle=throttle, trailing_events=False)
