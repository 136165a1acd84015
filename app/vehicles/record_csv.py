"""The run record and the record book of breath tests as CSV of any length: neither memory nor the loop holds it."""

import asyncio
from collections.abc import AsyncIterator

from app.documents.csv_writer import Encoding, csv_chunks
from app.documents.sheet import Sheet
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.run_record import RunRecord, TripFilter
from app.vehicles.sheets import About, sheet_of_all, sheet_of_checks


async def trips_csv(record: RunRecord, wanted: TripFilter, about: About, encoding: Encoding) -> AsyncIterator[bytes]:
    """All wanted trips, piece by piece.

    Raises:
        NotInCp932: names the letters of the piece that Shift-JIS does not have.
    """
    async for piece in _written((sheet_of_all(batch, about) async for batch in record.batches(wanted)), encoding):
        yield piece


async def checks_csv(book: AlcoholBook, wanted: CheckFilter, about: About, encoding: Encoding) -> AsyncIterator[bytes]:
    """All wanted breath tests, piece by piece.

    Raises:
        NotInCp932: as above.
    """
    async for piece in _written((sheet_of_checks(batch, about) async for batch in book.batches(wanted)), encoding):
        yield piece


async def read_through(pieces: AsyncIterator[bytes]) -> None:
    """Make the whole file once for nothing: what is wrong with it is known before its first piece is sent."""
    async for _piece in pieces:
        pass


async def _written(sheets: AsyncIterator[Sheet], encoding: Encoding) -> AsyncIterator[bytes]:
    goes_on = False
    async for sheet in sheets:
        yield await asyncio.to_thread(_piece, sheet, encoding, goes_on)
        goes_on = True


def _piece(sheet: Sheet, encoding: Encoding, goes_on: bool) -> bytes:
    return b''.join(csv_chunks(sheet, encoding, goes_on=goes_on))
