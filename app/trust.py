"""The certificate authorities that this box believes."""

from datetime import datetime
from pathlib import Path

from app import clock
from app.settings import PROJECT, SettingsError, TrustSettings
from device_drivers.cards.certificate import TrustStore, UntrustedRoot

SHIPPED_ROOTS = PROJECT / 'data' / 'trust'


def load_trust(settings: TrustSettings) -> TrustStore:
    """The production roots that ship and those that the settings add.

    Raises:
        SettingsError: a file cannot be read or holds no root that may be trusted; the message names it.
    """
    roots = [path.read_bytes() for path in sorted(SHIPPED_ROOTS.glob('*.pem'))]
    for path in settings.extra_roots:
        content = _read(path)
        _refuse_untrusted(path, content)
        roots.append(content)
    return TrustStore(roots)


def time_for_certificates() -> datetime | None:
    """The time by which the dates of a certificate are judged; None while the clock cannot be believed at all."""
    now = clock.moment()
    return None if now.quality is clock.ClockQuality.UNKNOWN else now.at


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f'trust.extra_roots: {path}: {error.strerror}') from None


def _refuse_untrusted(path: Path, content: bytes) -> None:
    try:
        TrustStore([content])
    except UntrustedRoot as error:
        raise SettingsError(f'trust.extra_roots: {path}: {error}') from None
