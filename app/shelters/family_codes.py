"""The code in the QR of a family's draft, and the short number beside it."""

import hmac
import re
import secrets
import unicodedata
from base64 import b32encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from app.shelters.numbers import check_digit
from app.storage.vault import Vault

MARK = 'FAMILY'
BOX_LETTERS, SECRET_BYTES, PROOF_LETTERS = 6, 15, 8
_CODE = re.compile(rf'{MARK}\.([0-9A-F]{{{BOX_LETTERS}}})\.([A-Z2-7]{{24}})\.([A-Z2-7]{{{PROOF_LETTERS}}})')
_NUMBER = re.compile(r'(\d{5})(\d)')


class DraftProblem(StrEnum):
    """Why there is nothing to take; each asks for another next step."""

    NOT_A_CODE = 'not_a_code'
    """Neither a code of a family nor a number: mistyped, or something else was scanned."""
    FORGED = 'forged'
    """It names this box, and this box never made it."""
    FOREIGN = 'foreign'
    """Made by the box of another shelter."""
    EXPIRED = 'expired'
    USED = 'used'
    UNKNOWN = 'unknown'
    """A well-formed number that leads to nothing now."""


class DraftRefused(Exception):
    """Nothing was taken."""

    def __init__(self, problem: DraftProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Read:
    """What was scanned or typed, as it is looked for."""

    text: str
    is_number: bool


class FamilyCodes:
    """Makes codes, and tells those of this box from others without looking into the database."""

    def __init__(self, vault: Vault, box: UUID) -> None:
        self._secret = vault.secret('family-draft')
        self._box = box.hex[-BOX_LETTERS:].upper()

    def new_code(self) -> str:
        """A code that nobody guesses (120 bits), in letters that make a small QR."""
        secret = b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
        return f'{MARK}.{self._box}.{secret}.{self._proof(secret)}'

    @staticmethod
    def new_number() -> str:
        """Six digits, the last of which tells mistyping."""
        body = f'{secrets.randbelow(100_000):05d}'
        return f'{body}{check_digit(body)}'

    def read(self, text: str) -> Read:
        """Which draft is meant.

        Raises:
            DraftRefused: NOT_A_CODE, FORGED or FOREIGN.
        """
        plain = re.sub(r'[\s\-‐−]', '', unicodedata.normalize('NFKC', text)).upper()
        if number := _NUMBER.fullmatch(plain):
            if str(check_digit(number[1])) != number[2]:
                raise DraftRefused(DraftProblem.NOT_A_CODE)
            return Read(plain, is_number=True)
        code = _CODE.fullmatch(plain.rpartition('/')[2])
        if code is None:
            raise DraftRefused(DraftProblem.NOT_A_CODE)
        if code[1] != self._box:
            raise DraftRefused(DraftProblem.FOREIGN)
        if not hmac.compare_digest(code[3], self._proof(code[2])):
            raise DraftRefused(DraftProblem.FORGED)
        return Read(code[0], is_number=False)

    def _proof(self, secret: str) -> str:
        mac = hmac.new(self._secret, f'{self._box}.{secret}'.encode(), sha256).digest()
        return b32encode(mac).decode()[:PROOF_LETTERS]
