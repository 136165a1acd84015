"""A code scanner that types like a keyboard, wherever no field is being filled in."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element
from nicegui.events import GenericEventArguments

SCRIPT = 'scanner.js'
LONGEST = 256


def on_scanned(element: Element, handler: Callable[[str], Awaitable[None]]) -> None:
    """Call back with each text that a scanner typed and ended with Enter."""

    async def scanned(event: GenericEventArguments) -> None:
        text = event.args.get('detail') if isinstance(event.args, dict) else None
        if isinstance(text, str) and len(text) <= LONGEST:
            await handler(text)

    element.on('scanned', scanned, args=['detail'])
