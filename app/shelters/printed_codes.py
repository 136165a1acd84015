"""Codes on wristbands, labels and forms that lead to nobody yet: made by a box, and told from those of other boxes."""

import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from app.storage.vault import Vault

LETTERS = 'ACDEFHJKLMNPRTUVWXY34679'
MARK = 'HNJ'
BOX_LETTERS, SECRET_LETTERS, PROOF_LETTERS = 3, 7, 4
LENGTH = len(MARK) + BOX_LETTERS + SECRET_LETTERS + PROOF_LETTERS
"""Fits a QR of the smallest size; 24 letters to the power of 11: nobody finds a code by trying."""
_OURS = re.compile(
    rf'{MARK}(?P<box>[{LETTERS}]{{{BOX_LETTERS}}})(?P<secret>[{LETTERS}]{{{SECRET_LETTERS}}})'
    rf'(?P<proof>[{LETTERS}]{{{PROOF_LETTERS}}})'
)
_BOUGHT = re.compile(r'(?=\D*\d)[A-Za-z0-9:_-]{6,80}', re.ASCII)


class CodeOrigin(StrEnum):
    """Where a code comes from, as far as the code itself tells."""

    OWN = 'own'
    OTHER_BOX = 'other_box'
    MISTYPED = 'mistyped'
    """It begins like a code of ours, and no box made it; or it was forged."""
    BOUGHT = 'bought'
    """Of a wristband or a card that another maker numbered: letters with at least one digit."""
    NONE = 'none'
    """No code at all."""


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code as it is bound and looked for."""

    text: str = field(repr=False)
    origin: CodeOrigin


class PrintedCodes:
    """Makes the codes of one box, and knows them again without looking into the database."""

    def __init__(self, vault: Vault, box: UUID) -> None:
        self._secret = vault.secret('printed-code')
        self._box = _letters(box.int, BOX_LETTERS)

    def new_code(self) -> str:
        """A code that leads to nobody yet."""
        secret = ''.join(secrets.choice(LETTERS) for _letter in range(SECRET_LETTERS))
        return f'{MARK}{self._box}{secret}{self._proof(secret)}'

    def read(self, text: str) -> ReadCode:
        """What was scanned or typed, full-width letters, blanks and hyphens allowed."""
        code = unicodedata.normalize('NFKC', text).strip()
        plain = plain_code(code)
        if plain.startswith(MARK):
            return ReadCode(plain, self._origin(plain))
        return ReadCode(code, CodeOrigin.BOUGHT if _BOUGHT.fullmatch(code) else CodeOrigin.NONE)

    def _origin(self, plain: str) -> CodeOrigin:
        parts = _OURS.fullmatch(plain)
        if parts is None:
            return CodeOrigin.MISTYPED
        if parts['box'] != self._box:
            return CodeOrigin.OTHER_BOX
        is_own = hmac.compare_digest(parts['proof'], self._proof(parts['secret']))
        return CodeOrigin.OWN if is_own else CodeOrigin.MISTYPED

    def _proof(self, secret: str) -> str:
        mac = hmac.new(self._secret, f'{self._box}{secret}'.encode(), sha256).digest()
        return _letters(int.from_bytes(mac), PROOF_LETTERS)


def plain_code(text: str) -> str:
    """As it is printed: capitals without blanks and hyphens."""
    return re.sub(r'[\s\-‐−ー]', '', unicodedata.normalize('NFKC', text)).upper()


def typed_code(text: str) -> str:
    """The code of a box in what was read or typed, not compared with any box; empty: it has not the form of one."""
    plain = plain_code(text)
    return plain if _OURS.fullmatch(plain) else ''


def _letters(number: int, count: int) -> str:
    found = ''
    for _place in range(count):
        number, rest = divmod(number, len(LETTERS))
        found += LETTERS[rest]
    return found
