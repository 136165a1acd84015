"""Secrets that are carried by browsers and programs, and how the box keeps them: only as hashes."""

import secrets
from hashlib import sha256

TOKEN_BYTES = 32
CODE_LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
"""Crockford's Base32: no I, L, O or U."""
CODE_LENGTH = 8
_READ_AS = str.maketrans({'I': '1', 'L': '1', 'O': '0', '-': '', ' ': '', '\u3000': ''})


def new_token() -> str:
    """A secret of 256 bits for a cookie or a header."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> str:
    """What is stored of a token (SHA-256, hex); a secret of 256 bits needs no slow hash."""
    return sha256(token.encode()).hexdigest()


def new_code() -> str:
    """A code of 40 bits that a person reads from one screen and types on another."""
    return ''.join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str:
    """The code that was meant: capital letters, no gaps, O for 0 and I or L for 1."""
    return typed[:64].upper().translate(_READ_AS)


def new_start_password() -> str:
    """A password for the first sign-in, written in groups so that it can be told by telephone."""
    letters = ''.join(secrets.choice(CODE_LETTERS.lower()) for _ in range(12))
    return '-'.join(letters[start : start + 4] for start in range(0, 12, 4))
