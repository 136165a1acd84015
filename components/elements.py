"""Native HTML elements with fixed classes: what a page is drawn with where Quasar's widgets are too much."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement

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


def symbol(name: str = '') -> Element:
    """A pictogram from `symbols.css`; without a name it takes the one of the screen around it."""
    return box('span', f'symbol symbol-{name}' if name else 'symbol', aria_hidden='true')


def press(
    label: str,
    on_press: Callable[[], Awaitable[None] | None],
    *,
    classes: str = '',
    symbol_name: str = '',
    guarded: bool = True,
) -> Element:
    """A button; guarded, a second press within `PRESS_GUARD_SECONDS` is taken for the same one."""
    with box('button', f'press {classes}', type='button') as button:
        if symbol_name:
            symbol(symbol_name)
        text('span', label, 'press-label')
    throttle = PRESS_GUARD_SECONDS if guarded else 0.0
    return button.on('click', on_press, args=[], throttle=throttle, trailing_events=False)


def set_attributes(element: Element, **attributes: str) -> None:
    """Set what differs, so that an unchanged element is not sent again; names are written with `_` for `-`."""
    for name, value in attributes.items():
        key = name.rstrip('_').replace('_', '-')
        if element.props.get(key) != value:
            element.props[key] = value


def set_text(element: TextElement, content: str) -> None:
    """Replace the text of an element."""
    element.set_text(content)
