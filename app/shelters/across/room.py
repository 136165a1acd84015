"""Recognising people at the shelters of several boxes, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app.exchange.received import ExchangedKinds
from app.journal.journal import Journal
from app.shelters.across.doubles import DoublesAcross
from app.shelters.across.elsewhere import Elsewhere
from app.shelters.across.hearing import Hearing
from app.shelters.across.keys import SharedKeys
from app.shelters.across.telling import Telling
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """People who come to the shelters of several boxes."""

    keys: SharedKeys
    elsewhere: Elsewhere
    doubles: DoublesAcross
    hearing: Hearing
    is_headquarters: bool

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange the key and what is told with it."""
        self.hearing.join(kinds)

    async def keep_a_key(self) -> None:
        """Periodic work of the box at headquarters: after the end of a disaster comes the key of the next."""
        if self.is_headquarters:
            await self.keys.make_if_none()


def build_across(
    vault: Vault,
    journal: Journal,
    reading: ReadOnlyDatabase,
    keys: SharedKeys,
    changed: Callable[[UUID], None],
    *,
    is_headquarters: bool,
) -> Across:
    """Put the parts together; from here on the journal tells of what is written."""
    telling = Telling(vault, journal, keys)
    telling.join()
    return Across(
        keys=keys,
        elsewhere=Elsewhere(reading),
        doubles=DoublesAcross(reading),
        hearing=Hearing(vault, journal, keys, telling, changed, passes_on=is_headquarters),
        is_headquarters=is_headquarters,
    )
