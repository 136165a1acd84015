"""What may stand in a cell: text that no program takes for a formula, and numbers as offices write them."""

import unicodedata
from decimal import ROUND_HALF_UP, Context, Decimal

DANGEROUS = frozenset('=+-@\t\r\n\0＝＋－＠−')
"""OWASP ASVS 5.0 1.2.10, and the full-width forms that Japanese programs read alike, U+2212 among them."""
LONGEST_TEXT = 32_000
"""UTF-16 units, of which Excel keeps 32,767 in a cell."""
CUT_MARK = '…(以下略)'
_ROOMY = Context(prec=400)
_INVISIBLE = frozenset('\ufeff\ufffe\uffff\u2028\u2029') | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
"""Signs that turn the direction of what follows, or are no characters at all."""


def clean_text(text: str) -> str:
    """The text without control characters; line breaks stay, and tabs become spaces."""
    lines = text.replace('\r\n', '\n').replace('\r', '\n').replace('\t', ' ')
    cleaned = ''.join(_clean_character(character) for character in lines)
    shortened = cut_to(cleaned, LONGEST_TEXT)
    return cleaned if shortened == cleaned else cut_to(cleaned, LONGEST_TEXT - len(CUT_MARK)) + CUT_MARK


def cut_to(text: str, units: int) -> str:
    """The beginning of a text without surrogates, at most so many UTF-16 units long, no character cut in two."""
    if len(text) * 2 <= units:
        return text
    return text.encode('utf-16-le')[: units * 2].decode('utf-16-le', 'ignore')


def harmless_text(text: str) -> str:
    """Clean text for CSV: what a spreadsheet could take for a formula begins with an apostrophe."""
    cleaned = clean_text(text)
    return f"'{cleaned}" if looks_like_formula(text) or looks_like_formula(cleaned) else cleaned


def looks_like_formula(text: str) -> bool:
    """Whether the first character, or the first after blanks and invisible signs, begins a formula somewhere."""
    if text[:1] in DANGEROUS and text:
        return True
    visible = next((character for character in text if not _is_blank(character)), '')
    return visible != '' and visible in DANGEROUS


def office_number(number: int | Decimal, decimals: int = 0) -> str:
    """`22,261`, `△22,261`, with as many decimals as asked for, a half rounded up; a rounded zero has no sign."""
    text = f'{Decimal(number).copy_abs().quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _ROOMY):,f}'
    return f'△{text}' if number < 0 and text.strip('0.,') else text


def plain_number(number: int | float | Decimal) -> str:
    """For files: `-22261`, `0.15`; never an exponent."""
    return str(number) if isinstance(number, int) else f'{Decimal(str(number)):f}'


def _clean_character(character: str) -> str:
    if character == '\n':
        return character
    category = unicodedata.category(character)
    if category == 'Cs':
        return '\ufffd'
    return '' if category == 'Cc' or character in _INVISIBLE else character


def _is_blank(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ('Cc', 'Cf')
