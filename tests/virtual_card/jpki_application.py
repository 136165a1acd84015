"""The 公的個人認証 application: certificates, their keys and PINs (domain/cards.md 1.2)."""

from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric import rsa

from tests.virtual_card.apdu_journal import JPKI_APPLICATION
from tests.virtual_card.application import Application, ElementaryFile, Pin, SigningKey

AUTHENTICATION_PIN = 0x18
SIGNATURE_PASSWORD = 0x1B
PIN_TRIES = 3
PASSWORD_TRIES = 5
_FILLER = b'\xff' * 24


class TokenLabel(StrEnum):
    """EF 0006: what carries the certificates."""

    CARD = 'JPKIAPICCTOKEN2'
    OLD_RESIDENT_CARD = 'JPKIAPICCTOKEN'
    ANDROID = 'JPKIAPGPSETOKEN'
    IPHONE = 'JPKIAPIOSTOKEN'


def jpki_application(
    *,
    certificate: bytes | None,
    private_key: rsa.RSAPrivateKey,
    root: bytes,
    signature: tuple[bytes, rsa.RSAPrivateKey],
    signature_root: bytes,
    label: TokenLabel,
    pin: Pin,
    password: Pin,
) -> Application:
    """An application whose 利用者証明用 certificate is free to read, except on the phones, where it needs the PIN."""
    readers = (AUTHENTICATION_PIN,) if label in (TokenLabel.ANDROID, TokenLabel.IPHONE) else ()
    files = {
        0x01: ElementaryFile(signature[0] + _FILLER, (SIGNATURE_PASSWORD,)),
        0x02: ElementaryFile(signature_root + _FILLER),
        0x06: ElementaryFile(label.value.encode().ljust(32) + bytes(128)),
        0x08: ElementaryFile(bytes([0x8F, 0x8F if certificate else 0x00, 0x00])),
        0x0B: ElementaryFile(root + _FILLER),
        0x0A: ElementaryFile(certificate + _FILLER if certificate else b'\xff' * 2048, readers),
    }
    keys = {0x1A: SigningKey(signature[1], SIGNATURE_PASSWORD)}
    if certificate:
        keys[0x17] = SigningKey(private_key, AUTHENTICATION_PIN)
    return Application(JPKI_APPLICATION, files, {AUTHENTICATION_PIN: pin, SIGNATURE_PASSWORD: password}, keys)
