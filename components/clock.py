"""The big clock of a desk."""

from nicegui.element import Element

from app import clock
from app.language import current_language
from components.elements import fixed, set_attributes

SCRIPT = 'box_link.js'
FACE = '<div class="clock-time" role="timer"></div><div class="clock-date"></div>'


def big_clock() -> Element:
    """Time and date of the box in Asia/Tokyo; the browser counts, and asks the box again every 20 seconds.

    The page needs the script `box_link.js`, which also marks the page when the box no longer answers.
    """
    element = fixed('div', FACE, 'clock', data_zone=clock.TOKYO.key, data_language=current_language())
    _tell_time(element)
    return element.on('sync', lambda: _tell_time(element), args=[])


def _tell_time(element: Element) -> None:
    set_attributes(element, data_server_ms=str(round(clock.now().timestamp() * 1000)))
