"""A map of points without any outside server: north up, a scale, one mark for each shelter."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

SIDE, MARGIN = 720, 48
"""Units of the drawing, which are pixels where it is shown at its own size."""
METRES_PER_DEGREE = 111_320
SMALLEST_SPAN = 500.0
"""Metres across, so that one shelter alone has a map too."""
SCALES = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
LETTER, LINE, GAP = 11.0, 16.0, 8.0
MOST_NAMES = 30
STYLE = 'width:100%;min-width:{least}px;height:auto;border:1px solid #666'
CIRCLE = '<circle r="7" fill="#197a4b"/>'
TRIANGLE = '<path d="M0-9 9 7H-9z" fill="#a35200"/>'
SQUARE = '<path d="M-7-7H7V7H-7z" fill="#ce0000"/>'
RING = '<circle r="6" fill="#fff" stroke="#1a1a1a" stroke-width="2"/>'
DIAMOND = '<path d="M0-12 12 0 0 12-12 0z" fill="#8b0000" stroke="#fff" stroke-width="2"/>'
DOT = '<circle r="3" fill="#767676"/>'
"""Shape and colour both tell them apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map."""

    number: int
    """As in the list beside the map."""
    name: str
    latitude: float
    longitude: float
    shape: str
    """One of the shapes of this module."""
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class _Projection:
    side: int
    west: float
    north: float
    metres_per_pixel: float
    stretch: float

    def place(self, mark: Mark) -> tuple[float, float]:
        x = (mark.longitude - self.west) * METRES_PER_DEGREE * self.stretch / self.metres_per_pixel
        y = (self.north - mark.latitude) * METRES_PER_DEGREE / self.metres_per_pixel
        return round(MARGIN + x, 1), round(MARGIN + y, 1)


def map_svg(marks: Sequence[Mark], *, title: str, north: str, side: int = SIDE) -> str:
    """The drawing; labels are names while they are few, else numbers, and none that would cover another.

    Where marks lie on each other, the first of them lies on top and has its label.
    """
    projection = _projection(marks, side)
    places = [projection.place(mark) for mark in marks]
    taken = [(x - GAP, y - GAP, x + GAP, y + GAP) for x, y in places]
    pairs, as_name = zip(marks, places, strict=True), sum(mark.labelled for mark in marks) <= MOST_NAMES
    drawn = [_mark(mark, place, taken, side, as_name=as_name) for mark, place in pairs][::-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label="{escape(title)}" font-size="13" style="{STYLE.format(least=side * 8 // 9)}">'
        f'{"".join(drawn)}{_scale(projection)}{_north(north, side)}</svg>'
    )


def _projection(marks: Sequence[Mark], side: int) -> _Projection:
    latitudes, longitudes = [mark.latitude for mark in marks], [mark.longitude for mark in marks]
    middle = (min(latitudes) + max(latitudes)) / 2
    stretch = math.cos(math.radians(middle))
    high = (max(latitudes) - min(latitudes)) * METRES_PER_DEGREE
    wide = (max(longitudes) - min(longitudes)) * METRES_PER_DEGREE * stretch
    span = max(high, wide, SMALLEST_SPAN)
    half_high, half_wide = span / METRES_PER_DEGREE / 2, span / METRES_PER_DEGREE / stretch / 2
    centre = (min(longitudes) + max(longitudes)) / 2
    per_pixel = span / (side - 2 * MARGIN)
    return _Projection(side, centre - half_wide, middle + half_high, per_pixel, stretch)


def _mark(
    mark: Mark, place: tuple[float, float], taken: list[tuple[float, float, float, float]], side: int, *, as_name: bool
) -> str:
    x, y = place
    words = mark.name if as_name else str(mark.number)
    label = _label(words, x, y, taken, side) if mark.labelled else ''
    title = f'<title>{escape(f"{mark.number} {mark.name}")}</title>'
    return f'<g transform="translate({x} {y})">{title}{mark.shape}</g>{label}'


def _label(words: str, x: float, y: float, taken: list[tuple[float, float, float, float]], side: int) -> str:
    width = sum(LETTER * (1 if ord(letter) > 0xFF else 0.65) for letter in words) + LETTER
    for left, top in ((x + 10, y - 8), (x - 10 - width, y - 8), (x - width / 2, y - 26), (x - width / 2, y + 10)):
        area = (left, top, left + width, top + LINE)
        if _is_inside(area, side) and not any(_overlap(area, other) for other in taken):
            taken.append(area)
            return f'<text x="{left:.0f}" y="{top + 13:.0f}">{escape(words)}</text>'
    return ''


def _is_inside(area: tuple[float, float, float, float], side: int) -> bool:
    return area[0] >= 0 and area[1] >= 0 and area[2] <= side and area[3] <= side


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(projection: _Projection) -> str:
    per_pixel, side = projection.metres_per_pixel, projection.side
    metres = max((each for each in SCALES if each / per_pixel <= side / 3), default=SCALES[0])
    length, bottom = metres / per_pixel, side - 14
    words = f'{metres} m' if metres < 1000 else f'{metres // 1000} km'
    line = f'<path d="M14 {bottom - 6}v6h{length:.0f}v-6" fill="none" stroke="#1a1a1a" stroke-width="2"/>'
    return f'{line}<text x="20" y="{bottom - 8}">{words}</text>'


def _north(word: str, side: int) -> str:
    arrow = f'<path d="M0-24 8 0H-8z"/><text y="16" text-anchor="middle">{escape(word)}</text>'
    return f'<g transform="translate({side - 30} 40)">{arrow}</g>'
