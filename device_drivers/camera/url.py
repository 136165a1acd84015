from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_HARMLESS_OPTIONS = frozenset(
    {'action', 'camera', 'channel', 'fps', 'height', 'res', 'resolution', 'stream', 'subtype', 'width'}
)


class BadCameraAddress(ValueError):
    """An address that names no camera."""


@dataclass(frozen=True, slots=True)
class CameraUrl:
    """A camera's address on the network, with its secrets kept apart from what may be shown."""

    shown: str
    """Without user name and password, and with every option masked that is not known to be harmless."""

    plain: str = field(repr=False)
    """Without user name and password; may hold secrets among its options."""

    user: str | None = field(repr=False)
    password: str = field(repr=False)
    whole: str = field(repr=False)
    """As configured, for libraries that take user name and password only within the address."""


def parse_camera_url(address: str) -> CameraUrl:
    """Take a configured address apart; raises `BadCameraAddress`, whose text holds nothing of the address."""
    whole = address.strip()
    try:
        parts = urlsplit(whole)
        is_complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete or not whole.isprintable():
        raise BadCameraAddress('the address of the camera has no host, or no valid port')
    bare = parts._replace(netloc=parts.netloc.rpartition('@')[2], fragment='')
    return CameraUrl(
        shown=_masked(bare),
        plain=bare.geturl(),
        user=unquote(parts.username) if parts.username is not None else None,
        password=unquote(parts.password or ''),
        whole=whole,
    )


def _masked(parts: SplitResult) -> str:
    options = parse_qsl(parts.query, keep_blank_values=True)
    masked = [(key, value if key.lower() in _HARMLESS_OPTIONS else '***') for key, value in options]
    return parts._replace(query=urlencode(masked, safe='*')).geturl()
