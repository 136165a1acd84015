"""Links that only the owner of an address has: they name a subscriber, and nobody can make one up."""

import base64
import binascii
import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from app.storage.vault import Vault

MAC_BYTES = 16
CODE_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'
CODE_LENGTH = 8


class Tokens:
    """Makes and reads the tokens of links; the box keeps none of them."""

    def __init__(self, vault: Vault) -> None:
        self._secret = vault.secret('message-links')

    def make(self, purpose: str, subscriber: UUID) -> str:
        """A token for one purpose (43 letters, fit for an address)."""
        return base64.urlsafe_b64encode(subscriber.bytes + self._mac(purpose, subscriber)).decode().rstrip('=')

    def read(self, purpose: str, token: str) -> UUID | None:
        """The subscriber of a token; None: it is not from this box, or for something else."""
        try:
            content = base64.b64decode(token + '=' * (-len(token) % 4), altchars=b'-_', validate=True)
        except (binascii.Error, ValueError):
            return None
        if len(content) != 16 + MAC_BYTES:
            return None
        subscriber = UUID(bytes=content[:16])
        return subscriber if hmac.compare_digest(content[16:], self._mac(purpose, subscriber)) else None

    def _mac(self, purpose: str, subscriber: UUID) -> bytes:
        return hmac.new(self._secret, purpose.encode() + b'\0' + subscriber.bytes, sha256).digest()[:MAC_BYTES]


def new_code() -> str:
    """A code that a person sends to the LINE account (39 bits; it lasts a day, and each guess costs a message)."""
    return ''.join(secrets.choice(CODE_LETTERS) for _index in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """What somebody sent, as a code is written; empty where it cannot be one."""
    letters = ''.join(one for one in text.upper() if one.isalnum())
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS) else ''
