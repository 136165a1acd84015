from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PcscSettings:
    """Times in seconds. `answer_timeout`: how long one call to a card may take before its thread is given up."""

    answer_timeout: float = 5.0
    status_interval: float = 1.0
    """Longest sleep in the service before the thread looks around again."""

    sharing_patience: float = 1.0
    """How long another program may hold the card before it counts as busy."""

    first_back_off: float = 0.5
    last_back_off: float = 5.0
    max_replacements: int = 5
    """Threads given up one after the other before the reader is called hopeless."""

    def __post_init__(self) -> None:
        positive = (self.answer_timeout, self.status_interval, self.first_back_off, self.max_replacements)
        if min(positive) <= 0 or self.sharing_patience < 0 or self.last_back_off < self.first_back_off:
            raise ValueError('reader times must be positive, and the last back-off no shorter than the first')

    def back_off(self, failures: int) -> float:
        """Pause after so many failures in a row: doubling up to the last."""
        return float(min(self.first_back_off * 2 ** min(failures, 16), self.last_back_off))
