from .capture_camera import CaptureCamera
from .limits import CameraSettings
from .opencv import cv2
from .url import CameraUrl


def open_rtsp_camera(url: CameraUrl, settings: CameraSettings | None = None) -> CaptureCamera:
    """A network camera that speaks RTSP over TCP (RFC 2326), not yet started."""
    chosen = settings or CameraSettings()
    return CaptureCamera(url.shown, lambda: _open(url.whole, chosen.silence), chosen)


def _open(source: str, silence: float) -> cv2.VideoCapture:
    milliseconds = round(silence * 1000)
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, milliseconds, cv2.CAP_PROP_READ_TIMEOUT_MSEC, milliseconds]
    return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
