"""Numbers that can be given without a line to anybody: box prefix, serial, check digit (domain/shelters.md 5.2)."""

import re
import unicodedata

SERIAL_DIGITS = 4
"""At least; the ten-thousandth person of a box has one more, and no zero before it."""
_SERIAL = rf'[0-9]{{{SERIAL_DIGITS}}}|[1-9][0-9]{{{SERIAL_DIGITS},8}}'
_PARTS = re.compile(rf'(?P<prefix>[A-Z0-9]*[A-Z])(?P<serial>{_SERIAL})(?P<digit>[0-9])')


def number_of(prefix: str, serial: int) -> str:
    """The number of the serial-th person at this box, such as `KRM-0041-7`; a prefix ends with a letter."""
    body = f'{prefix}-{serial:0{SERIAL_DIGITS}d}'
    return f'{body}-{check_digit(body)}'


def check_digit(body: str) -> int:
    """A digit by which a mistyped or transposed character is noticed (weights as in ISO 7064, one digit)."""
    total = 0
    for place, character in enumerate(_plain(body), start=2):
        total = (total * 3 + place * int(character, 36)) % 97
    return total % 10


def read_number(text: str) -> str | None:
    """The number in what somebody typed or scanned, full-width digits and missing hyphens allowed; None: not one."""
    parts = _PARTS.fullmatch(_plain(unicodedata.normalize('NFKC', text)))
    if parts is None:
        return None
    body = f'{parts["prefix"]}-{parts["serial"]}'
    return f'{body}-{parts["digit"]}' if str(check_digit(body)) == parts['digit'] else None


def _plain(text: str) -> str:
    return ''.join(character for character in text.upper() if character.isascii() and character.isalnum())
