"""Delays after failed attempts: they slow a guesser down, and never keep the others out."""

from dataclasses import dataclass

from app import clock

WINDOW_SECONDS = 900.0
MOST_KEYS = 10_000


class TooSoon(Exception):
    """The next attempt is not looked at before so many seconds have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f'{seconds:.0f} s')
        self.seconds = seconds


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Delays:
    """Waiting times of 1, 2, 4… seconds per key, after some free attempts; forgotten after 15 quiet minutes."""

    def __init__(self, *, free: int, longest_seconds: float) -> None:
        self._free = free
        self._longest = longest_seconds
        self._failures: dict[str, _Failures] = {}

    def wait_seconds(self, key: str) -> float:
        """How long the next attempt has to wait; 0: not at all."""
        failures = self._remembered(key)
        if failures is None or failures.count < self._free:
            return 0.0
        delay = min(self._longest, 2.0 ** min(failures.count - self._free, 32))
        return max(0.0, failures.last + delay - clock.monotonic())

    def count(self, key: str) -> int:
        """Failures that are still remembered."""
        failures = self._remembered(key)
        return failures.count if failures else 0

    def failed(self, key: str) -> None:
        """Remember a failure."""
        failures = self._remembered(key)
        self._forget_the_oldest()
        self._failures.pop(key, None)
        self._failures[key] = _Failures(failures.count + 1 if failures else 1, clock.monotonic())

    def succeeded(self, key: str) -> None:
        """Forget the failures of this key."""
        self._failures.pop(key, None)

    def forgive(self, key: str) -> None:
        """Take one failure back."""
        failures = self._failures.get(key)
        if failures is not None:
            failures.count = max(0, failures.count - 1)

    def _remembered(self, key: str) -> _Failures | None:
        failures = self._failures.get(key)
        if failures is None or clock.monotonic() - failures.last > WINDOW_SECONDS:
            return None
        return failures

    def _forget_the_oldest(self) -> None:
        while len(self._failures) >= MOST_KEYS:
            del self._failures[next(iter(self._failures))]


class SignInLimits:
    """Limits for signing in, chosen so that guessing at one account delays nobody else.

    Most of the delay falls on the pair of account and address. An account that is guessed at from many addresses waits
    a few seconds for everyone; an address waits when it tries many accounts.
    """

    def __init__(self) -> None:
        self._pairs = Delays(free=3, longest_seconds=60)
        self._accounts = Delays(free=10, longest_seconds=4)
        self._addresses = Delays(free=20, longest_seconds=30)

    def begin(self, account: str, address: str) -> None:
        """Count an attempt as failed until `succeeded` says otherwise, so that many at once gain nothing.

        Raises:
            TooSoon: it must wait, and was not counted.
        """
        pair = f'{account}\n{address}'
        wait = max(
            self._pairs.wait_seconds(pair), self._accounts.wait_seconds(account), self._addresses.wait_seconds(address)
        )
        if wait > 0:
            raise TooSoon(wait)
        if self._pairs.count(pair) == 0:
            self._addresses.failed(address)
        self._pairs.failed(pair)
        self._accounts.failed(account)

    def succeeded(self, account: str, address: str) -> None:
        """Forget the failures of this account at this address."""
        self._pairs.succeeded(f'{account}\n{address}')
        self._accounts.succeeded(account)
        self._addresses.forgive(address)
