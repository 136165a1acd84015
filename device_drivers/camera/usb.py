import os
from pathlib import Path

from .capture_camera import CaptureCamera
from .limits import CameraSettings
from .opencv import cv2

BY_ID = Path('/dev/v4l/by-id')
"""Names here stay the same whichever socket a camera is plugged into, and in whatever order."""

_WIDTH, _HEIGHT = 1280, 720


def usb_path(name: str) -> Path:
    """The device of a name within `/dev/v4l/by-id`, or of an absolute path below `/dev`. Raises `ValueError`."""
    path = Path(os.path.normpath(BY_ID / name))
    if not name or not path.is_relative_to('/dev') or path in (BY_ID, Path('/dev')):
        raise ValueError('a USB camera is a name of /dev/v4l/by-id or a path below /dev')
    return path


def open_usb_camera(address: str, path: Path, settings: CameraSettings | None = None) -> CaptureCamera:
    """A camera at this box (Video4Linux), not yet started; asked for Motion JPEG of 1280 x 720."""
    return CaptureCamera(address, lambda: _open(path), settings or CameraSettings())


def _open(path: Path) -> cv2.VideoCapture:
    device = path.resolve()
    if not device.is_char_device():
        raise FileNotFoundError(path)
    capture = cv2.VideoCapture(str(device), cv2.CAP_V4L2)
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*'MJPG'))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, _WIDTH)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, _HEIGHT)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture
