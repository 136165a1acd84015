"""Which card readers a box may be given."""

from device_drivers.card_reader.registry import normalise_address

SIMULATED = 'sim:'


class SimulatedReader(Exception):
    """Only a demonstration has simulated readers; at a real desk nobody could ever tap one."""


def reader_address(typed: str, *, demo: bool) -> str:
    """The full address (`pcsc:NAME`) of a reader that somebody named.

    Raises:
        BadReaderAddress: it names no reader.
        SimulatedReader: it names a simulated one, and this is no demonstration.
    """
    address = normalise_address(typed)
    if address.startswith(SIMULATED) and not demo:
        raise SimulatedReader(address)
    return address
