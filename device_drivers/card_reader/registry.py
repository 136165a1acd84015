from collections.abc import Callable

from device_drivers.cards.identify import CardIdentifier

from .interface import CardReader
from .pcsc import PcscCardReader
from .pcsc_calls import PcscNotInstalled, PcscUnavailable, list_reader_names, load_scard
from .settings import PcscSettings
from .simulation import SimulatedCardReader

__all__ = [
    'BadReaderAddress',
    'PcscNotInstalled',
    'PcscUnavailable',
    'list_pcsc_readers',
    'normalise_address',
    'open_reader',
]

_PCSC = 'pcsc'
_SIMULATED = 'sim'


class BadReaderAddress(ValueError):
    """An address that names no reader."""


def normalise_address(address: str) -> str:
    """`pcsc:NAME` or `sim:NAME`; a bare reader name means `pcsc:`. Raises `BadReaderAddress` for an empty name."""
    text = address.strip()
    kind, colon, name = text.partition(':')
    if not colon or kind not in (_PCSC, _SIMULATED):
        kind, name = _PCSC, text
    if not name.strip():
        raise BadReaderAddress(f'{address!r} names no reader')
    return f'{kind}:{name.strip()}'


def open_reader(
    address: str,
    identifier: CardIdentifier,
    settings: PcscSettings | None = None,
    on_hopeless: Callable[[], None] = lambda: None,
) -> CardReader:
    """The reader of an address, not yet started.

    Raises `BadReaderAddress`, and `PcscNotInstalled` for a `pcsc:` address on a box without pyscard. A reader that is
    not plugged in, or a service that does not run, is no error: both are states.
    """
    normal = normalise_address(address)
    if normal.startswith(f'{_SIMULATED}:'):
        return SimulatedCardReader(normal)
    load_scard()
    return PcscCardReader(normal, identifier, settings, on_hopeless)


def list_pcsc_readers() -> list[str]:
    """Addresses of the readers plugged in now. Blocks briefly; raises `PcscNotInstalled` or `PcscUnavailable`."""
    return [f'{_PCSC}:{name}' for name in list_reader_names()]
