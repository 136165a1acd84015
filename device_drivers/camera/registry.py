from .interface import Camera
from .limits import CameraSettings
from .url import BadCameraAddress, parse_camera_url

__all__ = ['BadCameraAddress', 'normalise_address', 'open_camera']

_HTTP = ('http', 'https')
_RTSP = ('rtsp',)
_LOCAL = ('usb', 'sim')


def normalise_address(address: str) -> str:
    """The address without blanks around it and its kind in lower case.

    Raises `BadCameraAddress`, whose text holds nothing of the address, for it may hold a password.
    """
    kind, colon, rest = address.strip().partition(':')
    kind = kind.lower()
    if not colon or kind not in (*_HTTP, *_RTSP, *_LOCAL):
        raise BadCameraAddress('a camera is usb:, http://, https://, rtsp:// or sim:')
    if not rest.strip():
        raise BadCameraAddress('the address names no camera')
    normal = f'{kind}:{rest.strip()}'
    if kind not in _LOCAL:
        parse_camera_url(normal)
    return normal


def open_camera(address: str, settings: CameraSettings | None = None) -> Camera:
    """The camera of an address, not yet started; OpenCV is loaded now.

    `usb:NAME` (within /dev/v4l/by-id) or `usb:/dev/...`, `http(s)://...` for one picture or Motion JPEG, `rtsp://...`,
    `sim:NAME`. Raises `BadCameraAddress`. A camera that is not there is no error but a state.
    """
    normal = normalise_address(address)
    kind, _, name = normal.partition(':')
    if kind in _HTTP:
        return _open_http(normal, settings)
    if kind in _RTSP:
        return _open_rtsp(normal, settings)
    if kind == 'usb':
        return _open_usb(normal, name, settings)
    return _open_simulation(normal, settings)


def _open_http(normal: str, settings: CameraSettings | None) -> Camera:
    from .http_camera import HttpCamera

    return HttpCamera(parse_camera_url(normal), settings)


def _open_rtsp(normal: str, settings: CameraSettings | None) -> Camera:
    from .rtsp import open_rtsp_camera

    return open_rtsp_camera(parse_camera_url(normal), settings)


def _open_usb(normal: str, name: str, settings: CameraSettings | None) -> Camera:
    from .usb import open_usb_camera, usb_path

    try:
        return open_usb_camera(normal, usb_path(name), settings)
    except ValueError as error:
        raise BadCameraAddress(str(error)) from error


def _open_simulation(normal: str, settings: CameraSettings | None) -> Camera:
    from .simulation import SimulatedCamera

    return SimulatedCamera(normal, settings)
