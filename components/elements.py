"""Native HTML elements with fixed classes: what a page is drawn with where Quasar's widgets are too much."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

Handler = Callable[[], object]
TELL_PRESSED_NAME = (
    "(event) => event.target.closest('[data-press]') && emit(event.target.closest('[data-press]').dataset.press)"
)
PRESS_GUARD_SECONDS = 0.6


def box(tag: str = 'div', classes: str = '', **attributes: str) -> Element:
    """An element that holds others; attribute names are written with `_` for `-`."""
    element = ui.element(tag).classes(classes)
    set_attributes(element, **attributes)
    return element


def text(tag: str, content: str = '', classes: str = '', **attributes: str) -> TextElement:
    """An element that shows text, never markup."""
    element = TextElement(tag=tag, text=content).classes(classes)
    set_attributes(element, **attributes)
    return element


def symbol(name: str) -> Element:
    """A pictogram from `symbols.css`."""
    return box('span', f'symbol symbol-{name}', aria_hidden='true')


def fixed(tag: str, markup: str, classes: str = '', **attributes: str) -> Element:
    """One element for a part that never changes: a desk's page has room for few. Words in it go through `escape`."""
    return box(tag, classes, innerHTML=markup, **attributes)


def press(
    label: str, on_press: Handler, *, classes: str = '', symbol_name: str = '', guarded: bool = True
) -> TextElement:
    """A button; guarded, a second press within `PRESS_GUARD_SECONDS` is taken for the same one."""
    button = text('button', label, _press_classes(classes, symbol_name), type='button')
    return button.on('click', on_press, args=[], throttle=_throttle(guarded), trailing_events=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One button of a group; `name` is what the handler is told."""

    name: str
    label: str
    classes: str = ''
    symbol_name: str = ''


def press_group(
    presses: tuple[Press, ...],
    on_press: Callable[[str], Awaitable[None] | None],
    *,
    classes: str,
    label: str,
    guarded: bool = True,
) -> Element:
    """Buttons that never change, as one element; guarded, a second press in a row is taken for the same one."""
    group = fixed('div', ''.join(_markup(one) for one in presses), classes, role='group', aria_label=label)
    known = {one.name for one in presses}

    async def pressed(event: GenericEventArguments) -> None:
        if isinstance(event.args, str) and event.args in known:
            outcome = on_press(event.args)
            if outcome is not None:
                await outcome

    return group.on('click', pressed, js_handler=TELL_PRESSED_NAME, throttle=_throttle(guarded), trailing_events=False)


def _markup(one: Press) -> str:
    classes = escape(_press_classes(one.classes, one.symbol_name))
    return f'<button type="button" class="{classes}" data-press="{escape(one.name)}">{escape(one.label)}</button>'


def _throttle(guarded: bool) -> float:
    return PRESS_GUARD_SECONDS if guarded else 0.0


def _press_classes(classes: str, symbol_name: str) -> str:
    return f'press {classes} {f"symbol-{symbol_name}" if symbol_name else ""}'.strip()


def set_attributes(element: Element, **attributes: str) -> None:
    """Set what differs, so that an unchanged element is not sent again; names are written with `_` for `-`."""
    for name, value in attributes.items():
        key = _key(element, name)
        if element.props.get(key) != value:
            element.props[key] = value


def _key(element: Element, name: str) -> str:
    # "^": what an entry begins with; as a property, Vue would put it over what was typed at each drawing of the page
    return '^value' if (element.tag, name) == ('input', 'value') else name.rstrip('_').replace('_', '-')


def set_text(element: TextElement, content: str) -> None:
    """Replace the text of an element."""
    element.set_text(content)
