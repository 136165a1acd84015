"""The card readers of the box, opened once each, whoever asks."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from app import clock
from app.events import Event
from device_drivers.card_reader.interface import CardReader, ReaderChanged, ReaderEvent, ReaderState
from device_drivers.card_reader.registry import normalise_address, open_reader
from device_drivers.card_reader.settings import PcscSettings
from device_drivers.cards.identify import CardIdentifier

log = logging.getLogger(__name__)


class Readers:
    """All readers in use; each stays open until all who use it gave it back, or the box stops."""

    def __init__(self, identifier: CardIdentifier, settings: PcscSettings, on_hopeless: Callable[[], None]) -> None:
        self._identifier = identifier
        self._settings = settings
        self._on_hopeless = on_hopeless
        self._readers: dict[str, CardReader] = {}
        self._users: Counter[str] = Counter()
        self._since: dict[str, datetime] = {}
        self.CHANGED: Event[ReaderChanged] = Event()
        """The state of a reader changed."""

    def use(self, address: str) -> CardReader:
        """The reader of this address, started if it was not, until `give_back`.

        Raises:
            BadReaderAddress, PcscNotInstalled: there can be no such reader on this box.
        """
        address = normalise_address(address)
        if address not in self._readers:
            reader = open_reader(address, self._identifier, self._settings, self._on_hopeless)
            reader.listen(self._heard)
            reader.start()
            self._readers[address] = reader
        self._users[address] += 1
        return self._readers[address]

    async def give_back(self, reader: CardReader) -> None:
        """One of those who use this reader needs it no longer: the last one stops it."""
        self._users[reader.address] -= 1
        if self._users[reader.address] <= 0 and self._readers.pop(reader.address, None) is reader:
            del self._users[reader.address]
            await reader.stop()

    @asynccontextmanager
    async def lent(self, address: str) -> AsyncIterator[CardReader]:
        """The same for a while.

        Raises:
            BadReaderAddress, PcscNotInstalled: there can be no such reader on this box.
        """
        reader = self.use(address)
        try:
            yield reader
        finally:
            await self.give_back(reader)

    def states(self) -> dict[str, ReaderState]:
        """State of each reader, by address."""
        return {address: reader.state for address, reader in sorted(self._readers.items())}

    def since(self, address: str) -> datetime:
        """When the reader came into its present state (Asia/Tokyo); now, where it was never heard of."""
        return self._since.get(address) or clock.now()

    async def close(self) -> None:
        """Stop all readers."""
        for reader in self._readers.values():
            await reader.stop()
        self._readers.clear()

    def _heard(self, event: ReaderEvent) -> None:
        if isinstance(event, ReaderChanged):
            self._since[event.reader] = clock.now()
            self.CHANGED.emit(event)
