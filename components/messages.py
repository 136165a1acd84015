"""What a page says instead of, or about, its content."""

from enum import StrEnum

from nicegui.element import Element

from components.elements import box, symbol, text


class MessageKind(StrEnum):
    """How much a message matters; each has its own colour and symbol."""

    DONE = 'done'
    NOTE = 'note'
    WARNING = 'warning'
    FAILURE = 'failure'


_SYMBOLS = {
    MessageKind.DONE: 'check',
    MessageKind.NOTE: 'note',
    MessageKind.WARNING: 'question',
    MessageKind.FAILURE: 'hand',
}


def message_box(kind: MessageKind, message: str, next_step: str = '') -> Element:
    """A message that stays on the page, with the one thing to do next."""
    role = 'alert' if kind is MessageKind.FAILURE else 'status'
    with box('div', f'message-box message-{kind.value}', role=role) as element:
        symbol(_SYMBOLS[kind])
        text('p', message, 'message-text')
        if next_step:
            text('p', next_step, 'message-next')
    return element


def empty_state(message: str, next_step: str) -> Element:
    """Nothing to show yet: why, and what brings something here."""
    with box('div', 'empty-state') as element:
        symbol('empty')
        text('p', message, 'empty-text')
        text('p', next_step)
    return element
