"""Codes of the city's own, signed so that another is never taken for one of them; and how codes are drawn."""

import base64
import hmac
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

import segno

PREFIX = 'MB1'
"""Said first, so that another code is recognised as foreign before it is called forged."""
LONGEST = 256
LONGEST_CONTENT = 100
"""Bytes."""
MAC_BYTES = 16
_KIND = re.compile(r'[A-Z][A-Z0-9]{0,11}')
_SHAPE = re.compile(
    r'MB1:(?P<kind>[A-Z][A-Z0-9]{0,11}):(?P<until>[0-9]{1,11}):(?P<content>[A-Z2-7]*):(?P<mac>[A-Z2-7]{26})'
)


class Correction(StrEnum):
    """How much of a drawn code may be hidden."""

    MEDIUM = 'm'
    HIGH = 'q'
    """For labels that get dirty."""


class CodeError(Exception):
    """The code is not accepted."""


class ForeignCode(CodeError):
    """Not one of this box's codes, or one for something else."""


class ForgedCode(CodeError):
    """It looks like ours, but was changed, or signed elsewhere."""


class ExpiredCode(CodeError):
    """It was ours, until the time it carries."""

    def __init__(self, expired_at: datetime) -> None:
        super().__init__(expired_at.isoformat())
        self.expired_at = expired_at


@dataclass(frozen=True, slots=True)
class Code:
    """What a code that was accepted says."""

    kind: str
    content: str
    expires_at: datetime | None
    """With zone (UTC); None for a code that is valid until its register says otherwise."""


def sign_code(secret: bytes, kind: str, content: str, expires_at: datetime | None) -> str:
    """A code to be drawn: capital letters and digits, so that it stays small. Seconds are cut off.

    Args:
        secret: of the box, for codes alone (`vault.secret('codes')`).
        kind: what the code is for, e.g. `KEY`; a code of one kind is not accepted as another.
        content: an opaque id; whoever scans the code can read it, so nothing personal.
        expires_at: with zone.

    Raises:
        ValueError: the kind or the content cannot be put into a code.
    """
    raw = content.encode()
    if not _KIND.fullmatch(kind) or len(raw) > LONGEST_CONTENT:
        raise ValueError('kind or content of a code')
    seconds = 0 if expires_at is None else int(_with_zone(expires_at).timestamp())
    if expires_at is not None and seconds <= 0:
        raise ValueError('a code that never was valid')
    signed = f'{PREFIX}:{kind}:{seconds}:{_base32(raw)}'
    return f'{signed}:{_mac(secret, signed)}'


def read_code(secret: bytes, kind: str, text: str, now: datetime) -> Code:
    """What a scanned text says, if it is a code of this kind that this box signed and that is still valid.

    Raises:
        ForeignCode, ForgedCode, ExpiredCode: tells them apart, for different words on the screen.
    """
    if len(text) > LONGEST or not text.startswith(f'{PREFIX}:'):
        raise ForeignCode('another code')
    found = _SHAPE.fullmatch(text)
    if found is None or not hmac.compare_digest(found['mac'], _mac(secret, text.rpartition(':')[0])):
        raise ForgedCode('changed, or signed elsewhere')
    if found['kind'] != kind:
        raise ForeignCode(f'a code for {found["kind"]}')
    expires_at = datetime.fromtimestamp(int(found['until']), UTC) if int(found['until']) else None
    if expires_at is not None and _with_zone(now) >= expires_at:
        raise ExpiredCode(expires_at)
    return Code(kind, _content(found['content']), expires_at)


def code_svg(text: str, correction: Correction = Correction.MEDIUM) -> str:
    """The QR code as SVG with the quiet zone of four modules (ISO/IEC 18004), one unit per module."""
    drawn = io.BytesIO()
    _make(text, correction).save(
        drawn, kind='svg', border=4, xmldecl=False, svgclass=None, lineclass=None, light='#fff'
    )
    return drawn.getvalue().decode()


def code_png(text: str, correction: Correction = Correction.MEDIUM, module_pixels: int = 8) -> bytes:
    """The QR code as PNG, black on white."""
    drawn = io.BytesIO()
    _make(text, correction).save(drawn, kind='png', border=4, scale=module_pixels)
    return drawn.getvalue()


def _make(text: str, correction: Correction) -> segno.QRCode:
    return segno.make_qr(text, error=correction, boost_error=True)


def _mac(secret: bytes, signed: str) -> str:
    return _base32(hmac.digest(secret, signed.encode('ascii'), sha256)[:MAC_BYTES])


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode('ascii').rstrip('=')


def _content(encoded: str) -> str:
    return base64.b32decode(encoded + '=' * (-len(encoded) % 8)).decode()


def _with_zone(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError('a time without zone')
    return at
