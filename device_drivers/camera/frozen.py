from hashlib import blake2b


class FrozenWatch:
    """Tells a camera that sends one and the same picture: real sensors never see exactly the same twice for long.

    Frozen after `pictures` equal ones in a row that lie at least `seconds` apart from first to last.
    """

    def __init__(self, pictures: int, seconds: float) -> None:
        self._pictures = pictures
        self._seconds = seconds
        self._digest = b''
        self._count = 0
        self._since = 0.0

    def is_frozen(self, content: bytes, taken_at: float) -> bool:
        """Look at the next picture's bytes; `taken_at` in monotonic seconds."""
        digest = blake2b(content, digest_size=16).digest()
        if digest != self._digest:
            self._digest, self._count, self._since = digest, 0, taken_at
        self._count += 1
        return self._count >= self._pictures and taken_at - self._since >= self._seconds

    def forget(self) -> None:
        """The connection is new: equal pictures count from the first again."""
        self._digest, self._count = b'', 0
