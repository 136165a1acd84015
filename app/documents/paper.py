"""How columns share the width of A4 paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.documents.sheet import Column, Kind, Orientation, Sheet, TooWide
from app.documents.widths import breakable, half_widths, usual_width

USUAL_POINTS = 9.0
SMALLEST_POINTS = 5.0
PADDING_POINTS = 6.0
"""Of each column, left and right together; the template says the same."""
ROOM_POINTS = {Orientation.PORTRAIT: 184 / 25.4 * 72, Orientation.LANDSCAPE: 271 / 25.4 * 72}
NARROWEST_TEXT = 4.0
"""Full-width characters that a text column gets at least."""
PROPORTIONAL = 1.1
"""Digits of BIZ UDPGothic are a little wider than half."""
LONGEST_WORD = 16
"""Half-width characters that a text column without a width of its own does not break."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths in full-width characters, None for a share of what is left, and the size of the letters."""

    widths: tuple[float | None, ...]
    points: float


def lay_out(sheet: Sheet, rows: Iterable[list[str]]) -> Layout:
    """Widths that hold the longest number and date, and letters small enough for all columns.

    Raises:
        TooWide: the letters would be smaller than 5 points.
    """
    seen = [0.0] * len(sheet.columns)
    for row in rows:
        seen = [max(width, half_widths(cell) / 2) for width, cell in zip(seen, row, strict=True)]
    widths = tuple(_width(column, content) for column, content in zip(sheet.columns, seen, strict=True))
    room = ROOM_POINTS[sheet.orientation] - PADDING_POINTS * len(widths)
    points = min(USUAL_POINTS, room / sum(NARROWEST_TEXT if width is None else width for width in widths))
    if points < SMALLEST_POINTS:
        raise TooWide(sheet.title)
    return Layout(widths, points)


def break_long_words(column: Column, text: str) -> str:
    """Text that can be broken to the width of its column."""
    if column.kind is not Kind.TEXT:
        return text
    return breakable(text, LONGEST_WORD if column.width is None else int(column.width * 2))


def _width(column: Column, content: float) -> float | None:
    usual = usual_width(column)
    if usual is None or column.kind is Kind.TEXT:
        return usual
    return max(usual, content * PROPORTIONAL + 0.5)
