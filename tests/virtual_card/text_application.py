"""The 券面事項入力補助 application: what is printed on the card, as text (domain/cards.md 1.5)."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.virtual_card.apdu_journal import TEXT_APPLICATION
from tests.virtual_card.application import Application, ElementaryFile, Pin

PIN_TRIES = 3
CODE_TRIES = 10
_PIN, _CODE_A, _CODE_B = 0x11, 0x14, 0x15
_INDIVIDUAL_NUMBER = b'000000000000'
_ERAS = ((date(2019, 5, 1), 2018), (date(1989, 1, 8), 1988), (date(1926, 12, 25), 1925), (date(1912, 7, 30), 1911))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The invented person on the face of the card; `sex` is ISO 5218 in ASCII."""

    name: str = '金沢\u3000花子'
    address: str = '石川県金沢市広坂1丁目1番1号'
    birth_date: date = date(1980, 2, 17)
    sex: str = '2'
    expiry_year: int = 2035
    security_code: str = '2285'

    @property
    def code_b(self) -> bytes:
        """照合番号B: birth date in the Japanese era, western year of expiry, security code; 14 digits."""
        first_year = next(year for start, year in _ERAS if self.birth_date >= start)
        birth = f'{self.birth_date.year - first_year:02}{self.birth_date:%m%d}'
        return f'{birth}{self.expiry_year:04}{self.security_code}'.encode()


def text_application(holder: Holder, signing_key: rsa.RSAPrivateKey, pin: Pin) -> Application:
    """The application with an individual number of zeros, so that a test can prove that nobody reads it."""
    number = tlv(0xFF10, _INDIVIDUAL_NUMBER)
    values = _attribute_values(holder)
    integrity = _integrity(number, values, signing_key)
    files = {
        0x01: ElementaryFile(number + b'\xff\xff', (_PIN, _CODE_A)),
        0x02: ElementaryFile(_attributes(values), (_PIN, _CODE_B)),
        0x03: ElementaryFile(integrity, (_PIN, _CODE_A, _CODE_B)),
    }
    pins = {
        _PIN: pin,
        0x12: Pin(None, PIN_TRIES, 0),
        _CODE_A: Pin(_INDIVIDUAL_NUMBER, CODE_TRIES, CODE_TRIES),
        _CODE_B: Pin(holder.code_b, CODE_TRIES, CODE_TRIES),
    }
    return Application(TEXT_APPLICATION, files, pins)


def tlv(tag: int, value: bytes) -> bytes:
    """BER-TLV with a two-byte tag and the shortest form of the length (1, 81 xx or 82 xx xx)."""
    return tag.to_bytes(2, 'big') + _ber_length(len(value)) + value


def _ber_length(length: int) -> bytes:
    if length < 0x80:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([0x80 | size]) + length.to_bytes(size, 'big')


def _attribute_values(holder: Holder) -> tuple[bytes, ...]:
    return (
        tlv(0xDF22, holder.name.encode()),
        tlv(0xDF23, holder.address.encode()),
        tlv(0xDF24, f'{holder.birth_date:%Y%m%d}'.encode()),
        tlv(0xDF25, holder.sex.encode()),
    )


def _attributes(values: tuple[bytes, ...]) -> bytes:
    table_size = 3 + 2 * len(values)
    body_size = table_size + sum(map(len, values))
    offset = 2 + len(_ber_length(body_size)) + table_size
    table = b''
    for value in values:
        table += offset.to_bytes(2, 'big')
        offset += len(value)
    return tlv(0xFF20, tlv(0xDF21, table) + b''.join(values))


def _integrity(number: bytes, values: tuple[bytes, ...], key: rsa.RSAPrivateKey) -> bytes:
    digests = tlv(0xDF31, sha256(number).digest()) + tlv(0xDF32, sha256(b''.join(values)).digest())
    return tlv(0xFF30, digests + tlv(0xDF33, key.sign(digests, padding.PKCS1v15(), hashes.SHA256())))
