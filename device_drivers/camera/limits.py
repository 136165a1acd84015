from dataclasses import dataclass

MOST_PIXELS = 20_000_000
"""What OpenCV decodes at most in this process; set before it is imported, see `opencv.py`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """What a picture from outside may cost, and how large the one that is kept becomes. Edges in pixels."""

    most_bytes: int = 8 * 1024 * 1024
    most_pixels: int = MOST_PIXELS
    longest_edge: int = 1280
    quality: int = 80
    """JPEG quality, 1 to 100."""

    def __post_init__(self) -> None:
        if min(self.most_bytes, self.longest_edge) <= 0 or not 0 < self.most_pixels <= MOST_PIXELS:
            raise ValueError('picture limits must be positive and within what OpenCV is allowed to decode')
        if not 1 <= self.quality <= 100:
            raise ValueError('the JPEG quality lies between 1 and 100')


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSettings:
    """Times in seconds. `silence`: so long without bytes, or without a whole picture, and the line is opened anew."""

    silence: float = 10.0
    look_interval: float = 2.0
    """How often a picture is looked at when nobody asks, to know whether the camera is there and not frozen."""

    patience: float = 15.0
    """How long a caller waits for a picture at most."""

    first_back_off: float = 1.0
    last_back_off: float = 60.0
    frozen_pictures: int = 5
    """As many equal pictures in a row, over at least `frozen_seconds`, mean a frozen camera."""

    frozen_seconds: float = 8.0
    limits: PictureLimits = PictureLimits()

    def __post_init__(self) -> None:
        times = (self.silence, self.look_interval, self.patience, self.first_back_off)
        if min(times) <= 0 or self.frozen_seconds < 0 or self.last_back_off < self.first_back_off:
            raise ValueError('camera times must be positive, and the last back-off no shorter than the first')
        if self.silence <= self.look_interval:
            raise ValueError('a camera that is looked at less often than its silence lasts is always lost')
        if self.frozen_pictures < 2:
            raise ValueError('one picture alone cannot be frozen')

    def back_off(self, failures: int) -> float:
        """Pause after so many failures in a row: doubling up to the last."""
        return float(min(self.first_back_off * 2 ** min(failures, 16), self.last_back_off))
