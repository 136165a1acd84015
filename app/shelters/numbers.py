"""Numbers that can be given without a line to anybody: box prefix, serial, check digit (domain/shelters.md 5.2)."""

import unicodedata

SERIAL_DIGITS = 4


def number_of(prefix: str, serial: int) -> str:
    """The number of the serial-th person at this box, such as `K12-0041-7`."""
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
    plain = _plain(unicodedata.normalize('NFKC', text))
    if len(plain) < SERIAL_DIGITS + 2 or not plain.isalnum() or not plain[-SERIAL_DIGITS - 1 :].isdigit():
        return None
    prefix, serial, digit = plain[: -SERIAL_DIGITS - 1], plain[-SERIAL_DIGITS - 1 : -1], plain[-1]
    body = f'{prefix}-{serial}'
    return f'{body}-{digit}' if prefix and str(check_digit(body)) == digit else None


def _plain(text: str) -> str:
    return ''.join(character for character in text.upper() if character.isascii() and character.isalnum())
