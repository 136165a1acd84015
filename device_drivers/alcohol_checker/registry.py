import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from urllib.parse import parse_qsl

from device_drivers.camera.interface import Camera

from .bactrack import BactrackChecker
from .bactrack_protocol import CHARACTERISTIC, SERVICE
from .interface import AlcoholChecker
from .line_pattern import PATTERNS, LinePattern
from .photo import PhotoChecker
from .serial_settings import SerialSettings
from .simulation import SimulatedChecker
from .typed import TypedChecker

_KINDS = ('typed', 'serial', 'ble', 'photo', 'sim')
_DEFAULT_PATTERN = 'plain'
_RADIO_ADDRESS = re.compile(r'[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){5}')
_SERIAL_OPTIONS = {'baud', 'framing', 'pattern'}


class AddressProblem(StrEnum):
    """What is wrong with an address."""

    UNKNOWN_KIND = 'unknown_kind'
    NO_NAME = 'no_name'
    NOT_A_PORT = 'not_a_port'
    UNKNOWN_OPTION = 'unknown_option'
    UNKNOWN_PATTERN = 'unknown_pattern'
    BAD_OPTION = 'bad_option'
    """A baud rate or framing that no line has."""

    NOT_A_RADIO_ADDRESS = 'not_a_radio_address'
    NO_CAMERA = 'no_camera'


class BadCheckerAddress(ValueError):
    """An address that names no alcohol checker."""

    def __init__(self, message: str, problem: AddressProblem) -> None:
        super().__init__(message)
        self.problem = problem


def normalise_address(address: str) -> str:
    """The address without blanks around it; raises `BadCheckerAddress` for an unknown kind or a missing name."""
    kind, colon, name = address.strip().partition(':')
    if not colon or kind not in _KINDS:
        raise BadCheckerAddress(
            f'{address!r} does not begin with one of {", ".join(_KINDS)}', AddressProblem.UNKNOWN_KIND
        )
    if not name.strip() and kind != 'typed':
        raise BadCheckerAddress(f'{address!r} names no checker', AddressProblem.NO_NAME)
    return f'{kind}:{name.strip()}'


def open_checker(
    address: str,
    patterns: Mapping[str, LinePattern] = PATTERNS,
    camera_of: Callable[[str], Camera] | None = None,
) -> AlcoholChecker:
    """The checker of an address, not yet started.

    `typed:`, `serial:/dev/ttyUSB0?baud=9600&framing=8N1&pattern=plain`, `ble:AA:BB:CC:DD:EE:FF`, `photo:CAMERA` with
    the address of a camera that `camera_of` answers, `sim:NAME`. Raises `BadCheckerAddress`. A checker that is not
    plugged in is no error but a state.
    """
    normal = normalise_address(address)
    kind, _, name = normal.partition(':')
    if kind == 'typed':
        return TypedChecker(normal)
    if kind == 'sim':
        return SimulatedChecker(normal)
    if kind == 'photo':
        return _open_photo(normal, name, camera_of)
    if kind == 'ble':
        return _open_ble(normal)
    return _open_serial(normal, name, patterns)


def serial_settings(name: str, patterns: Mapping[str, LinePattern] = PATTERNS) -> SerialSettings:
    """What follows `serial:` as settings; raises `BadCheckerAddress`."""
    port, _, query = name.partition('?')
    options = dict(parse_qsl(query, keep_blank_values=True))
    unknown = options.keys() - _SERIAL_OPTIONS
    if unknown:
        raise BadCheckerAddress(
            f'serial lines have no option {", ".join(sorted(unknown))}', AddressProblem.UNKNOWN_OPTION
        )
    if not port.startswith('/'):
        raise BadCheckerAddress(f'{port!r} is no path of a serial port', AddressProblem.NOT_A_PORT)
    pattern = options.get('pattern', _DEFAULT_PATTERN)
    if pattern not in patterns:
        raise BadCheckerAddress(f'there is no line pattern {pattern!r}', AddressProblem.UNKNOWN_PATTERN)
    try:
        return SerialSettings(
            port=port,
            pattern=patterns[pattern],
            baud=int(options.get('baud', '9600')),
            framing=options.get('framing', '8N1').upper(),
        )
    except ValueError as error:
        raise BadCheckerAddress(str(error), AddressProblem.BAD_OPTION) from error


def _open_serial(normal: str, name: str, patterns: Mapping[str, LinePattern]) -> AlcoholChecker:
    from .serial_line import SerialChecker

    return SerialChecker(normal, serial_settings(name, patterns))


def _open_ble(normal: str) -> AlcoholChecker:
    from .bleak_radio import BleakRadio

    if _RADIO_ADDRESS.fullmatch(normal.partition(':')[2]) is None:
        raise BadCheckerAddress(f'{normal!r} is no Bluetooth address', AddressProblem.NOT_A_RADIO_ADDRESS)
    return BactrackChecker(normal, BleakRadio(SERVICE, CHARACTERISTIC))


def _open_photo(normal: str, name: str, camera_of: Callable[[str], Camera] | None) -> AlcoholChecker:
    if camera_of is None:
        raise BadCheckerAddress(f'{normal!r} needs a camera', AddressProblem.NO_CAMERA)
    return PhotoChecker(normal, camera_of(name))
