from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from . import apdu
from . import constants as c
from .apdu import Transmit, exchange
from .credential import CardError, CardProblem
from .secret_code import present
from .tlv import Tlv, TlvError, read_header, read_tlv


class FaceKeyKind(StrEnum):
    """What opens the attributes of the card's face; 照合番号A is the individual number and is never one of them."""

    PIN = 'pin'
    """暗証番号 of four digits of the text application."""
    CODE_B = 'code_b'
    """照合番号B: birth date in the Japanese era, year of expiry and security code, all printed on the face."""


LENGTHS = {FaceKeyKind.PIN: c.TEXT_PIN_LENGTH, FaceKeyKind.CODE_B: c.FACE_CODE_B_LENGTH}
_FILES = {FaceKeyKind.PIN: c.EF_TEXT_PIN, FaceKeyKind.CODE_B: c.EF_FACE_CODE_B}


@dataclass(frozen=True, slots=True, repr=False)
class FaceKey:
    """A secret that the holder typed, or that was typed from the face; it stays in memory and is told to nobody."""

    kind: FaceKeyKind
    digits: str

    @property
    def is_complete(self) -> bool:
        """Whether it is worth sending."""
        digits = self.digits
        return len(digits) == LENGTHS[self.kind] and digits.isascii() and digits.isdecimal()

    def __repr__(self) -> str:
        return f'FaceKey({self.kind.value})'


class FaceSex(StrEnum):
    """性別 as the card has it (ISO 5218 in ASCII)."""

    UNKNOWN = '0'
    MALE = '1'
    FEMALE = '2'
    NOT_APPLICABLE = '9'


@dataclass(frozen=True, slots=True, repr=False)
class FaceAttributes:
    """What EF 0002 tells of the holder; `birth_date` is None where the card has no full date."""

    name: str
    address: str
    birth_date: date | None
    sex: FaceSex

    def __repr__(self) -> str:
        return 'FaceAttributes(…)'


def read_face(transmit: Transmit, key: FaceKey) -> FaceAttributes:
    """Open EF 0002 of 券面事項入力補助 with `key` and read it; no other file is ever selected (domain/cards.md 1.5).

    Needs an exclusive connection, for the verified state is the card's. Raises `CardError`: pin_wrong, pin_blocked,
    pin_last_try with the tries left, unreadable, and unknown_card for a card without the application.
    """
    if not key.is_complete:
        raise CardError(CardProblem.PIN_WRONG)
    if not exchange(transmit, apdu.select_application(c.TEXT_AID)).ok:
        raise CardError(CardProblem.UNKNOWN_CARD)
    exchange(transmit, apdu.select_file(_FILES[key.kind]))
    present(transmit, key.digits.encode('ascii'))
    if not exchange(transmit, apdu.select_file(c.EF_FACE_ATTRIBUTES)).ok:
        raise CardError(CardProblem.UNREADABLE)
    try:
        return parse_face(_read_file(transmit))
    except TlvError as error:
        raise CardError(CardProblem.UNREADABLE) from error


def parse_face(content: bytes) -> FaceAttributes:
    """The attributes in the bytes of EF 0002; its table of offsets is not trusted. Raises `TlvError`."""
    face = read_tlv(content)
    if face.tag != c.TAG_FACE:
        raise TlvError('not the attributes of a face')
    values = {each.tag: each.value for each in _children(face.value)}
    name = _text(values.get(c.TAG_NAME, b''))
    if not name:
        raise TlvError('no name')
    return FaceAttributes(
        name=name,
        address=_text(values.get(c.TAG_ADDRESS, b'')),
        birth_date=_date(values.get(c.TAG_BIRTH_DATE, b'')),
        sex=_sex(values.get(c.TAG_SEX, b'')),
    )


def _read_file(transmit: Transmit) -> bytes:
    content = _read(transmit, 0)
    total = read_header(content).total
    if total > c.MAXIMUM_FACE_LENGTH:
        raise TlvError('longer than any face')
    while len(content) < total:
        content += _read(transmit, len(content))
    return content[:total]


def _read(transmit: Transmit, offset: int) -> bytes:
    chunk = exchange(transmit, apdu.read_binary(offset))
    if chunk.sw not in (c.SW_OK, c.SW_END_OF_FILE) or not chunk.data:
        raise CardError(CardProblem.UNREADABLE)
    return chunk.data


def _children(content: bytes) -> list[Tlv]:
    found = []
    while content.strip(b'\xff'):
        found.append(read_tlv(content))
        content = content[found[-1].size :]
    return found


def _text(value: bytes) -> str:
    return value.decode('utf-8', 'replace').strip(' \0\u3000')


def _date(value: bytes) -> date | None:
    try:
        return datetime.strptime(value.decode('ascii'), '%Y%m%d').date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None


def _sex(value: bytes) -> FaceSex:
    text = value.decode('ascii', 'replace')
    return FaceSex(text) if text in set(FaceSex) else FaceSex.UNKNOWN
