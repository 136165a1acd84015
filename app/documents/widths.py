"""How wide text is, for columns."""

import unicodedata

from app.documents.sheet import Column, Kind

USUAL_WIDTH = {
    Kind.NUMBER: 4.5,
    Kind.DECIMAL: 4.5,
    Kind.DATE: 8.0,
    Kind.TIME: 4.5,
    Kind.DATETIME: 10.5,
    Kind.DURATION: 4.5,
    Kind.YES_NO: 3.0,
}
"""In full-width characters; text has none."""


def half_widths(text: str) -> int:
    """The width of the longest line in half-width characters; ambiguous ones count as full, as Japanese fonts draw."""
    return max((sum(_half_widths(letter) for letter in line) for line in text.split('\n')), default=0)


def usual_width(column: Column) -> float | None:
    """The width that was asked for or follows from the kind and the heading; None for text."""
    if column.width is not None:
        return column.width
    usual = USUAL_WIDTH.get(column.kind)
    return None if usual is None else max(usual, half_widths(column.heading) / 2 + 1)


def breakable(text: str, longest: int) -> str:
    """The text with a place to break (U+200B) between the letters of narrow words that are longer than this."""
    return ' '.join(_breakable_word(word, longest) for word in text.split(' '))


def _breakable_word(word: str, longest: int) -> str:
    if len(word) <= longest or half_widths(word) >= 2 * len(word):
        return word
    parts = [letter if _half_widths(letter) != 1 else f'\u200b{letter}' for letter in word]
    return ''.join(parts).removeprefix('\u200b')


def _half_widths(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in 'WFA' else 1
