"""Whether an alcohol checker or a camera can be at an address, and what of the address may be shown."""

from collections.abc import Mapping
from enum import StrEnum

from device_drivers.alcohol_checker.line_pattern import PATTERNS, LinePattern
from device_drivers.alcohol_checker.registry import AddressProblem, BadCheckerAddress, open_checker
from device_drivers.alcohol_checker.registry import normalise_address as normalise_checker
from device_drivers.camera.interface import Camera
from device_drivers.camera.registry import normalise_address as normalise_camera
from device_drivers.camera.registry import open_camera
from device_drivers.camera.url import BadCameraAddress, parse_camera_url

PHOTO, SIMULATED, TYPED = 'photo', 'sim', 'typed'
ON_NETWORK = ('http', 'https', 'rtsp')


class DeviceProblem(StrEnum):
    """Why there can be no such device at this box; those of the checker's driver, and two more."""

    UNKNOWN_KIND = AddressProblem.UNKNOWN_KIND.value
    NO_NAME = AddressProblem.NO_NAME.value
    NOT_A_PORT = AddressProblem.NOT_A_PORT.value
    UNKNOWN_OPTION = AddressProblem.UNKNOWN_OPTION.value
    UNKNOWN_PATTERN = AddressProblem.UNKNOWN_PATTERN.value
    BAD_OPTION = AddressProblem.BAD_OPTION.value
    NOT_A_RADIO_ADDRESS = AddressProblem.NOT_A_RADIO_ADDRESS.value
    NO_CAMERA = AddressProblem.NO_CAMERA.value
    BAD_CAMERA = 'bad_camera'
    SIMULATION = 'simulation'
    """Simulations are for demonstrations only."""


class BadDeviceAddress(Exception):
    """No device can be at this address; says nothing of the address, for it may hold a password."""

    def __init__(self, problem: DeviceProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class DeviceAddresses:
    """Takes the addresses that people enter. Loads OpenCV for a camera: not on the event loop."""

    def __init__(self, patterns: Mapping[str, LinePattern] = PATTERNS, *, demo: bool) -> None:
        self._patterns = patterns
        self._demo = demo

    def checker(self, text: str) -> str:
        """The address of an alcohol checker as it is kept; empty for a checker whose value is typed.

        Raises:
            BadDeviceAddress: there can be no such checker.
        """
        if not text.strip():
            return ''
        try:
            normal = normalise_checker(text)
            open_checker(normal, self._patterns, self._camera_of)
        except BadCheckerAddress as error:
            raise BadDeviceAddress(DeviceProblem(error.problem.value)) from None
        kind, _colon, rest = normal.partition(':')
        self._refuse_simulation(kind)
        if kind == PHOTO:
            return f'{PHOTO}:{self.camera(rest)}'
        return '' if kind == TYPED else normal

    def camera(self, text: str) -> str:
        """The address of a camera as it is kept; empty for none.

        Raises:
            BadDeviceAddress: there can be no such camera.
        """
        if not text.strip():
            return ''
        try:
            normal = normalise_camera(text)
            open_camera(normal)
        except BadCameraAddress:
            raise BadDeviceAddress(DeviceProblem.BAD_CAMERA) from None
        self._refuse_simulation(normal.partition(':')[0])
        return normal

    def _camera_of(self, address: str) -> Camera:
        self.camera(address)
        return open_camera(address)

    def _refuse_simulation(self, kind: str) -> None:
        if kind == SIMULATED and not self._demo:
            raise BadDeviceAddress(DeviceProblem.SIMULATION)


def display_camera(checker: str) -> str:
    """Address of the camera that photographs the display; empty where none does."""
    kind, _colon, rest = checker.partition(':')
    return rest if kind == PHOTO else ''


def port_of(checker: str) -> str:
    """What two desks cannot both listen to: the address without its options."""
    return checker.partition('?')[0] if checker.startswith('serial:') else checker


def shown_address(address: str) -> str:
    """The address without user name, password and other secrets."""
    kind, _colon, rest = address.partition(':')
    if kind == PHOTO:
        return f'{PHOTO}:{shown_address(rest)}'
    return parse_camera_url(address).shown if kind in ON_NETWORK else address
