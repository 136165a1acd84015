import hashlib
import re
from enum import StrEnum

from . import apdu
from . import constants as c
from .apdu import Command, Response, Transmit, exchange
from .certificate import verify_signature
from .credential import CardError, CardProblem
from .secret_code import present
from .tlv import TlvError, read_header

_PIN = re.compile(rf'[0-9]{{{c.AUTH_PIN_LENGTH}}}', re.ASCII)


class Token(StrEnum):
    """Where the certificate lives, by the label of EF 0006 (domain/cards.md 1.2)."""

    CARD = 'card'
    PHONE = 'phone'
    OLD_RESIDENT_CARD = 'old_resident_card'


def select(transmit: Transmit) -> bool:
    """Select the JPKI application; False when the card has none.

    The first command after power-on may be answered 6F00 (domain/cards.md 1.3), so that one answer is asked again.
    """
    command = apdu.select_application(c.JPKI_AID)
    response = exchange(transmit, command)
    if response.sw == c.SW_INTERNAL_ERROR:
        response = exchange(transmit, command)
    return response.ok


def read_certificate(transmit: Transmit) -> bytes:
    """Read the 利用者証明用 certificate (DER) of the selected application, without a PIN.

    Raises `CardError`: phone_token, old_resident_card, no_certificate, unreadable, and swapped when the card at the
    end is not the one of the beginning.
    """
    _refuse_other_tokens(read_token(transmit))
    _refuse_absent_certificate(transmit)
    selected = exchange(transmit, apdu.select_file(c.EF_AUTH_CERTIFICATE))
    if selected.sw == c.SW_FILE_NOT_FOUND:
        raise CardError(_why_file_is_missing(transmit))
    _require(selected)
    first = _require(exchange(transmit, apdu.read_binary(0)))
    certificate = _read_rest(transmit, first)
    if exchange(transmit, apdu.read_binary(0)).data != first:
        raise CardError(CardProblem.SWAPPED)
    return certificate


def read_token(transmit: Transmit) -> Token:
    """Tell a card from a phone and from an old resident card by the token label; an unheard-of label is a card."""
    if not exchange(transmit, apdu.select_file(c.EF_TOKEN_LABEL)).ok:
        return Token.CARD
    label = exchange(transmit, apdu.read_binary(0, c.TOKEN_LABEL_LENGTH)).data
    name = label[: c.TOKEN_LABEL_LENGTH].decode('ascii', 'replace').strip(' \0')
    if name in c.LABELS_OF_PHONES:
        return Token.PHONE
    return Token.OLD_RESIDENT_CARD if name == c.LABEL_OLD_RESIDENT_CARD else Token.CARD


def prove(transmit: Transmit, pin: str, certificate: bytes, challenge: bytes) -> None:
    """Let the selected application sign `challenge` and check the signature with the certificate's key.

    The counter is asked first: with one try left none is made. Needs an exclusive connection, for the verified state
    is the card's, not the program's. Raises `CardError`: pin_wrong, pin_blocked, pin_last_try, proof_failed.
    """
    if not _PIN.fullmatch(pin):
        raise CardError(CardProblem.PIN_WRONG)
    exchange(transmit, apdu.select_file(c.EF_AUTH_PIN))
    present(transmit, pin.encode('ascii'))
    # Only SELECT EF may come between: whether selecting the application again drops the VERIFY is not settled.
    exchange(transmit, apdu.select_file(c.EF_AUTH_KEY))
    signed = exchange(transmit, _sign(challenge))
    if not signed.ok or not verify_signature(certificate, signed.data, challenge):
        raise CardError(CardProblem.PROOF_FAILED)


def _refuse_other_tokens(token: Token) -> None:
    if token is Token.PHONE:
        raise CardError(CardProblem.PHONE_TOKEN)
    if token is Token.OLD_RESIDENT_CARD:
        raise CardError(CardProblem.OLD_RESIDENT_CARD)


def _refuse_absent_certificate(transmit: Transmit) -> None:
    if not exchange(transmit, apdu.select_file(c.EF_CERTIFICATE_PRESENCE)).ok:
        return
    flags = exchange(transmit, apdu.read_binary(0, 3)).data
    index = c.PRESENCE_INDEX_OF_AUTH_CERTIFICATE
    if len(flags) > index and flags[index] == c.ABSENT:
        raise CardError(CardProblem.NO_CERTIFICATE)


def _why_file_is_missing(transmit: Transmit) -> CardProblem:
    still_selected = exchange(transmit, apdu.select_file(c.EF_TOKEN_LABEL)).ok
    return CardProblem.NO_CERTIFICATE if still_selected else CardProblem.SWAPPED


def _read_rest(transmit: Transmit, content: bytes) -> bytes:
    total = _certificate_length(content)
    while len(content) < total:
        chunk = exchange(transmit, apdu.read_binary(len(content)))
        if chunk.sw not in (c.SW_OK, c.SW_END_OF_FILE) or not chunk.data:
            raise CardError(CardProblem.UNREADABLE)
        content += chunk.data
    return content[:total]


def _certificate_length(content: bytes) -> int:
    if not content.strip(b'\xff') or not content.strip(b'\x00'):
        raise CardError(CardProblem.NO_CERTIFICATE)
    try:
        header = read_header(content)
    except TlvError as error:
        raise CardError(CardProblem.UNREADABLE) from error
    if header.tag != c.TAG_SEQUENCE or header.total > c.MAXIMUM_CERTIFICATE_LENGTH:
        raise CardError(CardProblem.UNREADABLE)
    return header.total


def _require(response: Response) -> bytes:
    if response.sw not in (c.SW_OK, c.SW_END_OF_FILE):
        raise CardError(CardProblem.UNREADABLE)
    return response.data


def _sign(challenge: bytes) -> Command:
    return apdu.sign(c.DIGEST_INFO_SHA256 + hashlib.sha256(challenge).digest())
