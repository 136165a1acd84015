import pytest

from device_drivers.alcohol_checker.bactrack import BactrackChecker
from device_drivers.alcohol_checker.interface import CheckerState
from device_drivers.alcohol_checker.line_pattern import PATTERNS, LinePattern
from device_drivers.alcohol_checker.photo import PhotoChecker
from device_drivers.alcohol_checker.registry import BadCheckerAddress, normalise_address, open_checker, serial_settings
from device_drivers.alcohol_checker.serial_line import SerialChecker
from device_drivers.alcohol_checker.simulation import SimulatedChecker
from device_drivers.alcohol_checker.typed import TypedChecker
from device_drivers.camera.simulation import SimulatedCamera


@pytest.mark.parametrize(
    ('address', 'kind'),
    [
        ('typed:', TypedChecker),
        ('serial:/dev/ttyUSB0?baud=9600&pattern=tanita', SerialChecker),
        ('ble:AA:BB:CC:DD:EE:FF', BactrackChecker),
        ('photo:sim:display', PhotoChecker),
        (' sim:guard ', SimulatedChecker),
    ],
)
def test_each_address_opens_its_kind_of_checker(address: str, kind: type) -> None:
    checker = open_checker(address, camera_of=SimulatedCamera)
    assert isinstance(checker, kind)
    assert (checker.address, checker.state) == (address.strip(), CheckerState.STOPPED)


def test_the_options_of_a_serial_line_are_read() -> None:
    settings = serial_settings('/dev/serial/by-id/usb-FTDI?baud=19200&framing=7e1&pattern=tanita')
    assert (settings.port, settings.baud, settings.pattern) == (
        '/dev/serial/by-id/usb-FTDI',
        19200,
        PATTERNS['tanita'],
    )
    assert (settings.data_bits, settings.parity, settings.stop_bits) == (7, 'E', 1)


def test_a_pattern_of_the_citys_own_can_be_named() -> None:
    own = {'own': LinePattern.compile(r'(?P<value>[0-9.]+)(?P<unit>%)')}
    assert serial_settings('/dev/ttyS0?pattern=own', own).pattern is own['own']


@pytest.mark.parametrize('address', ['', 'typed', 'usb:0', 'sim:', 'ble: ', '/dev/ttyUSB0'])
def test_an_address_that_names_no_checker_is_refused(address: str) -> None:
    with pytest.raises(BadCheckerAddress):
        normalise_address(address)


@pytest.mark.parametrize(
    'address',
    [
        'serial:ttyUSB0',
        'serial:/dev/ttyUSB0?baud=fast',
        'serial:/dev/ttyUSB0?baud=0',
        'serial:/dev/ttyUSB0?framing=9N1',
        'serial:/dev/ttyUSB0?pattern=unknown',
        'serial:/dev/ttyUSB0?bauds=9600',
        'photo:sim:display',
    ],
)
def test_an_address_that_cannot_work_is_refused_when_it_is_opened(address: str) -> None:
    with pytest.raises(BadCheckerAddress):
        open_checker(address)
