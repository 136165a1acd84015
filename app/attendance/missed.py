"""What was recorded while the tablet was away, to be shown once when it is back."""

from collections import deque

from app.attendance.screens import Answered

MOST_MISSED = 20
KEPT_SECONDS = 1800.0
SHOWN_SECONDS = 12.0


class MissedAnswers:
    """Answers that no tablet has acknowledged, and the short time for which they are shown again."""

    def __init__(self) -> None:
        self._unseen: deque[tuple[float, Answered]] = deque(maxlen=MOST_MISSED)
        self._shown: tuple[Answered, ...] = ()
        self.until: float | None = None
        """Monotonic seconds at which the shown ones are forgotten."""

    @property
    def shown(self) -> tuple[Answered, ...]:
        """What the tablet shows of them now."""
        return self._shown

    def answered(self, answer: Answered, now: float) -> None:
        """An answer was given; nobody has seen it yet."""
        self._unseen.append((now, answer))

    def acknowledged(self, number: int) -> None:
        """A tablet has shown this answer and all before it."""
        while self._unseen and self._unseen[0][1].number <= number:
            self._unseen.popleft()

    def tablet_is_back(self, now: float) -> None:
        """Show what nobody has seen; what is being shown stays, for a weak link breaks several times."""
        unseen = tuple(answer for at, answer in self._unseen if now - at < KEPT_SECONDS)
        self._unseen.clear()
        if unseen:
            self._shown = (*self._shown, *unseen)
            self.until = now + SHOWN_SECONDS

    def time_passed(self, now: float) -> None:
        """Forget what was shown long enough."""
        if self.until is not None and now >= self.until:
            self._shown, self.until = (), None
