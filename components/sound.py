"""Sounds of an answer: never alone, always beside a word, a colour and a symbol."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from app.language import _
from components.elements import set_attributes

SCRIPT = 'answer_sound.js'


class Sound(StrEnum):
    """What is heard; fundamentals stay below 2,500 Hz, which older ears still hear (JIS S 0013)."""

    NONE = ''
    IN = 'in'
    """One short rising tone."""
    OUT = 'out'
    """Two short tones."""
    NEUTRAL = 'neutral'
    """One plain tone: already recorded, or a question."""
    PROBLEM = 'problem'
    """Three low tones."""


def announce(element: Element, number: int | None, sound: Sound, *, part: str = '') -> None:
    """Let the browser play the sound when it draws result `number`: once for each part of it; None is silent."""
    result = '' if number is None else f'{number} {part}'.rstrip()
    set_attributes(element, data_result=result, data_sound=sound.value)


def on_shown(element: Element, acknowledge: Callable[[int], Awaitable[None]]) -> None:
    """Call back with the number of each result that the browser has drawn, also after a reload."""

    async def shown(event: GenericEventArguments) -> None:
        number = event.args.get('detail') if isinstance(event.args, dict) else None
        if isinstance(number, int):
            await acknowledge(number)

    element.on('acknowledge', shown, args=['detail'])


def sound_request() -> str:
    """What a chip says while the browser still forbids sound."""
    return _('音を出すには画面を1回押してください')
