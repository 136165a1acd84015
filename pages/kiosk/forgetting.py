"""When the person at a desk is gone, a reconnecting browser must not be sent their name again."""

from collections.abc import Callable
from typing import Protocol

from nicegui import Client


class Changing(Protocol):
    """A desk's controller, as far as it matters here."""

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Call back after each change of the view."""


def forget_what_was_sent(controller: Changing, client: Client, nobody_is_here: Callable[[], bool]) -> None:
    """Drop what the client was sent whenever the view holds nobody's name."""

    def forget(_changed: None) -> None:
        if nobody_is_here():
            client.outbox.message_history.clear()

    client.on_delete(controller.listen(forget))
