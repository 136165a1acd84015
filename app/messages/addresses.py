"""What an e-mail address and a LINE user id look like."""

import re
import unicodedata

LONGEST_ADDRESS = 254
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r'[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?')
_LINE_USER = re.compile(r'U[0-9a-f]{32}')


class WrongAddress(Exception):
    """What was typed is no e-mail address."""


def typed_address(typed: str) -> str:
    """The e-mail address that somebody typed, full-width letters put right.

    The local part follows what browsers take for an address (HTML standard, `input type=email`), so that addresses with
    two dots in a row, which Japanese mobile carriers gave out, can subscribe.

    Raises:
        WrongAddress: no mail can be sent there.
    """
    address = unicodedata.normalize('NFKC', typed).strip()
    local, at, domain = address.rpartition('@')
    labels = domain.split('.')
    if not at or len(address) > LONGEST_ADDRESS or not _LOCAL.fullmatch(local) or len(labels) < 2:
        raise WrongAddress
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise WrongAddress
    return f'{local}@{domain.lower()}'


def same_address(address: str) -> str:
    """One spelling for addresses that reach the same mailbox everywhere in practice."""
    return address.lower()


def is_line_user(text: str) -> bool:
    """Whether this is a LINE user id."""
    return _LINE_USER.fullmatch(text) is not None


def masked(address: str) -> str:
    """An address for a list that others read along: enough to be recognised by who knows it."""
    local, at, domain = address.rpartition('@')
    return f'{local[:1]}***@{domain}' if at else f'{address[:4]}…{address[-2:]}' if address else ''
