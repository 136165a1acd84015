"""What a reader told, kept in order, and ways to wait for it."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from device_drivers.card_reader.interface import (
    CardPresented,
    CardReader,
    CardRefused,
    CardRemoved,
    ReaderEvent,
    ReaderState,
)

PATIENCE = 30.0
T = TypeVar('T', bound=ReaderEvent)


class Witness:
    """Listens to one reader."""

    def __init__(self, reader: CardReader) -> None:
        self.reader = reader
        self.events: list[ReaderEvent] = []
        self._news = asyncio.Event()
        reader.listen(self._hear)

    def all(self, kind: type[T]) -> list[T]:
        """Events of one kind, oldest first."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def identifiers(self) -> list[str]:
        """Identifiers of the cards presented, in order."""
        return [event.credential.identifier for event in self.all(CardPresented)]

    async def presented(self, count: int = 1) -> CardPresented:
        """The card presented as number `count`."""
        await self.until(lambda: len(self.all(CardPresented)) >= count)
        return self.all(CardPresented)[count - 1]

    async def refused(self, count: int = 1) -> CardRefused:
        """The card refused as number `count`."""
        await self.until(lambda: len(self.all(CardRefused)) >= count)
        return self.all(CardRefused)[count - 1]

    async def removed(self, count: int = 1) -> None:
        """Wait for so many removals."""
        await self.until(lambda: len(self.all(CardRemoved)) >= count)

    async def state(self, state: ReaderState) -> None:
        """Wait until the reader is in a state."""
        await self.until(lambda: self.reader.state is state)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is true; it is looked at after each event."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def _hear(self, event: ReaderEvent) -> None:
        self.events.append(event)
        self._news.set()
