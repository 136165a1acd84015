"""A pad of large digits for a desk; what is typed is held by the page that shows it."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element

from app.language import _
from components.elements import Press, press_group

DELETE, ENTER, CANCEL = 'delete', 'enter', 'cancel'


def number_pad(on_key: Callable[[str], Awaitable[None] | None]) -> Element:
    """Calls back with a digit, or with `DELETE`, `ENTER` or `CANCEL`."""
    digits = tuple(Press(name=digit, label=digit, classes='press-quiet pad-digit') for digit in '123456789')
    others = (
        Press(name=DELETE, label=_('1文字消す'), classes='press-quiet pad-delete', symbol_name='delete'),
        Press(name='0', label='0', classes='press-quiet pad-digit pad-zero'),
        Press(name=ENTER, label=_('決定'), classes='press-main pad-enter'),
        Press(name=CANCEL, label=_('取消'), classes='press-quiet pad-cancel'),
    )
    return press_group(digits + others, on_key, classes='number-pad', label=_('数字'), guarded=False)
