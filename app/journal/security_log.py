"""The log of what was refused: who tried what, from where. It cannot be flooded."""

import logging
from collections import Counter
from dataclasses import dataclass

from app import clock
from app.journal.models import SecurityEvent
from app.storage.transaction import Transaction, transaction

MOST_KINDS_PER_MINUTE = 200
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of refused act from one source."""

    kind: str
    source: str
    detail: str


class SecurityLog:
    """Collects refusals and writes them once a minute, equal ones as one row with a count."""

    def __init__(self) -> None:
        self._collected: Counter[Refusal] = Counter()

    def refused(self, kind: str, source: str, detail: str = '') -> None:
        """Note that an act was refused. Never pass a secret: the detail is kept in clear."""
        refusal = Refusal(kind, source[:128], detail[:256])
        if refusal not in self._collected and len(self._collected) >= MOST_KINDS_PER_MINUTE:
            refusal = Refusal(kind, 'many', '')
        self._collected[refusal] += 1

    async def write(self) -> None:
        """Put what was collected on the disk."""
        if not self._collected:
            return
        collected, self._collected = self._collected, Counter()
        at = clock.now()

        async def work(tx: Transaction) -> None:
            for refusal, times in collected.items():
                await SecurityEvent.create(
                    at=at,
                    kind=refusal.kind,
                    source=refusal.source,
                    detail=refusal.detail,
                    times=times,
                    using_db=tx.connection,
                )

        await transaction(work)
