"""A place on a page where the outcome of the last act stands."""

from components.elements import box
from components.messages import MessageKind, message_box


class Notice:
    """Empty at first; shows one message at a time."""

    def __init__(self) -> None:
        self._place = box('div', 'notice', aria_live='polite')

    def show(self, kind: MessageKind, message: str, next_step: str = '') -> None:
        """Replace what stood there."""
        self._place.clear()
        with self._place:
            message_box(kind, message, next_step)

    def done(self, message: str, next_step: str = '') -> None:
        """It was done."""
        self.show(MessageKind.DONE, message, next_step)

    def failed(self, message: str, next_step: str = '') -> None:
        """It was not done, and nothing was changed."""
        self.show(MessageKind.FAILURE, message, next_step)

    def wait(self, message: str, next_step: str = '') -> None:
        """It is going on."""
        self.show(MessageKind.NOTE, message, next_step)

    def clear(self) -> None:
        """Nothing to say."""
        self._place.clear()
