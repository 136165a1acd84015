"""A pad of large digits for a desk; what is typed is held by the page that shows it."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element

from app.language import _
from components.elements import box, press

Handler = Callable[[], Awaitable[None] | None]


def number_pad(
    *, on_digit: Callable[[str], None], on_delete: Handler, on_enter: Handler, on_cancel: Handler
) -> Element:
    """Digits, one step back, enter and cancel."""
    with box('div', 'number-pad', role='group', aria_label=_('数字')) as pad:
        for digit in '123456789':
            _digit(digit, on_digit)
        press(_('1文字消す'), on_delete, classes='press-quiet pad-delete', symbol_name='delete')
        _digit('0', on_digit, 'pad-zero')
        press(_('決定'), on_enter, classes='press-main pad-enter')
        press(_('取消'), on_cancel, classes='press-quiet pad-cancel')
    return pad


def _digit(digit: str, on_digit: Callable[[str], None], classes: str = '') -> None:
    press(digit, lambda: on_digit(digit), classes=f'press-quiet pad-digit {classes}', guarded=False)
