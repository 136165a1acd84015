"""Which card readers there are to choose from, and which one somebody just touched."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from app.desks.readers import Readers
from app.desks.register import DeskInfo
from device_drivers.card_reader.registry import PcscNotInstalled, PcscUnavailable, list_pcsc_readers
from device_drivers.cards.credential import CardError, CardProblem

SPARE_SIMULATED_READER = 'sim:予備'


@dataclass(frozen=True, slots=True)
class AvailableReader:
    """A reader that is plugged in or in use, and the name of the desk it belongs to (empty: none)."""

    address: str
    desk: str


async def available_readers(readers: Readers, desks: Iterable[DeskInfo], *, demo: bool) -> list[AvailableReader]:
    """Readers of desks, readers that are plugged in, and in a demonstration a spare one."""
    plugged: list[str] = []
    with suppress(PcscNotInstalled, PcscUnavailable):
        plugged = await asyncio.to_thread(list_pcsc_readers)
    owners = {desk.reader: desk.name for desk in desks}
    spare = [SPARE_SIMULATED_READER] if demo else []
    addresses = dict.fromkeys([*owners, *readers.states(), *plugged, *spare])
    return [AvailableReader(address, owners.get(address, '')) for address in addresses]


async def touched_reader(readers: Readers, addresses: Iterable[str], seconds: float) -> str | None:
    """The reader on which the next card is laid, whatever card it is; None: none was.

    Give only readers that serve no desk: the card is not taken for a tap.
    """
    waiting = [asyncio.create_task(_touched(readers, address, seconds)) for address in addresses]
    try:
        for finished in asyncio.as_completed(waiting):
            if (address := await finished) is not None:
                return address
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
    return None


async def _touched(readers: Readers, address: str, seconds: float) -> str | None:
    async with readers.lent(address) as reader:
        try:
            await reader.capture(None, seconds)
        except TimeoutError:
            return None
        except CardError as error:
            return None if error.problem is CardProblem.READER_BUSY else reader.address
        return reader.address
