"""Fields of pages that work over the socket, looking like those of plain forms."""

from collections.abc import Awaitable, Callable, Mapping

from nicegui import ui

from app.language import _
from components.elements import box, text

Handler = Callable[[], Awaitable[None] | None]


def text_input(
    label: str, *, hint: str = '', kind: str = 'text', most: int = 100, on_enter: Handler | None = None
) -> ui.input:
    """A line to type in; `kind` is the HTML input type, `most` the number of characters taken."""
    with box('div', 'field'):
        _label(label, hint)
        entry = ui.input().props(f'outlined type={kind} maxlength={most} autocomplete=off spellcheck=false')
        entry.props['aria-label'] = label
    if on_enter is not None:
        entry.on('keydown.enter', on_enter, args=[])
    return entry


def secret_input(label: str, *, hint: str = '', length: int) -> ui.input:
    """Digits that nobody reads along, that no browser offers to keep, and that are not sent back to it."""
    entry = text_input(label, hint=hint, kind='password', most=length)
    return entry.props('inputmode=numeric autocomplete=one-time-code')


def date_input(label: str) -> ui.input:
    """A day, as `2026-11-23`; empty when none is chosen."""
    return text_input(label, kind='date', most=10)


def choice(label: str, options: Mapping[str, str], *, hint: str = '', value: str | None = None) -> ui.select:
    """One of several, by its key."""
    with box('div', 'field'):
        _label(label, hint)
        entry = ui.select(dict(options), value=value).props(
            'outlined options-dense=false popup-content-class=choices-open'
        )
        entry.props['aria-label'] = label
        entry.props['no-options-label'] = _('選べるものがありません')
    return entry


def _label(label: str, hint: str) -> None:
    text('span', label, 'field-label', aria_hidden='true')
    if hint:
        text('p', hint, 'field-hint')
