"""Charts as SVG for paper: black, white and grey, so that a photocopy says the same."""

from collections.abc import Iterator
from math import ceil, floor, log10
from xml.sax.saxutils import escape, quoteattr

from app.documents.cells import clean_text
from app.documents.charts import Chart, HeatChart, LineChart, Series, Stroke

WIDTH = 720.0
LINE_HEIGHT = 250.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 14.0, 46.0, 40.0
CELL_HEIGHT = 24.0
LABEL = 11.0
INK, QUIET, GRID = '#000000', '#555555', '#c8c8c8'
DASHES = {Stroke.SOLID: '', Stroke.DASHED: '9 4', Stroke.DOTTED: '1.5 4'}
WIDTHS = {Stroke.SOLID: 2.4, Stroke.DASHED: 1.6, Stroke.DOTTED: 1.8}
DARKEST = 0.85
WHITE_ON = 0.63
"""From this share of the darkest on, letters are white."""
MOST_TICKS = 6
NOTHING = 1e-6
Point = tuple[float, float]


def chart_svg(chart: Chart) -> str:
    """The chart with its title, as wide as the paper."""
    height = LINE_HEIGHT if isinstance(chart, LineChart) else TOP + CELL_HEIGHT * len(chart.down) + 6
    parts = _lines(chart) if isinstance(chart, LineChart) else _heat(chart)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" font-family="BIZ UDPGothic">'
    return ''.join((head, _text(0, 13, chart.title, size=13, weight='bold'), *parts, '</svg>'))


def ticks(most: float) -> list[float]:
    """Round numbers from 0 to at least this, at most eight; next to nothing counts as nothing."""
    if most < NOTHING:
        return [0.0, 1.0]
    least_step = most / MOST_TICKS
    power = 10.0 ** floor(log10(least_step))
    step = next(power * factor for factor in (1, 2, 5, 10, 20) if power * factor >= least_step)
    return [step * number for number in range(ceil(most / step - 1e-9) + 1)]


def _lines(chart: LineChart) -> Iterator[str]:
    marks = ticks(max((value for one in chart.series for value in one.values), default=0.0))
    bottom, highest = LINE_HEIGHT - BOTTOM, marks[-1]

    def place_x(index: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * index / max(1, len(chart.across) - (0 if chart.steps else 1))

    def place_y(value: float) -> float:
        return bottom - (bottom - TOP) * value / highest

    for value in marks:
        yield _rule((LEFT, place_y(value)), (WIDTH - RIGHT, place_y(value)), GRID, 0.7)
        yield _text(LEFT - 5, place_y(value) + 4, f'{value:,g}', anchor='end')
    for index in range(0, len(chart.across), chart.every):
        yield _rule((place_x(index), bottom), (place_x(index), bottom + 4), INK, 0.8)
        yield _text(place_x(index), bottom + 16, chart.across[index], anchor='middle')
    yield _rule((LEFT, bottom), (WIDTH - RIGHT, bottom), INK, 1.0)
    yield _text(WIDTH - RIGHT, bottom + 31, chart.across_title, anchor='end')
    yield _text(0, TOP - 10, chart.up_title)
    for index, words in chart.marked:
        yield _rule((place_x(index), TOP), (place_x(index), bottom), QUIET, 1.0, '3 3')
        yield _text(place_x(index) + 4, TOP + 10, words)
    for one in chart.series:
        points = _points(one, steps=chart.steps)
        yield _line(one, [(place_x(across), place_y(value)) for across, value in points])
        if not chart.steps:
            for across, value in points:
                yield f'<circle cx="{place_x(across):.1f}" cy="{place_y(value):.1f}" r="3" fill="{INK}"/>'
    yield from _legend(chart.series)


def _points(one: Series, *, steps: bool) -> list[Point]:
    if not steps:
        return [(float(index), value) for index, value in enumerate(one.values)]
    return [(float(index + end), value) for index, value in enumerate(one.values) for end in (0, 1)]


def _line(one: Series, points: list[Point]) -> str:
    path = ' '.join(f'{x:.1f},{y:.1f}' for x, y in points)
    return f'<polyline points="{path}" fill="none" {_stroke(one.stroke)}/>'


def _legend(series: tuple[Series, ...]) -> Iterator[str]:
    if len(series) < 2:
        return
    left = WIDTH - RIGHT - 130 * len(series)
    for number, one in enumerate(series):
        at = left + 130 * number
        yield f'<line x1="{at:g}" y1="26" x2="{at + 34:g}" y2="26" {_stroke(one.stroke)}/>'
        yield _text(at + 40, 30, one.name)


def _heat(chart: HeatChart) -> Iterator[str]:
    wide = (WIDTH - LEFT - RIGHT) / max(1, len(chart.across))
    most = max((value for row in chart.values for value in row if value is not None), default=0.0)
    for index, name in enumerate(chart.across):
        yield _text(LEFT + wide * (index + 0.5), TOP - 6, name, anchor='middle')
    for number, (name, row) in enumerate(zip(chart.down, chart.values, strict=True)):
        top = TOP + CELL_HEIGHT * number
        yield _text(LEFT - 8, top + 16, name, anchor='end')
        for index, value in enumerate(row):
            yield _cell(LEFT + wide * index, top, wide, value, most)


def _cell(left: float, top: float, wide: float, value: float | None, most: float) -> str:
    share = 0.0 if value is None or not most else value / most
    grey = round(255 * (1 - DARKEST * share))
    fill = f'#{grey:02x}{grey:02x}{grey:02x}'
    box = f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{CELL_HEIGHT:g}" fill="{fill}" '
    words = '' if value is None else f'{value:.1f}'
    colour = '#ffffff' if share >= WHITE_ON else INK
    told = _text(left + wide / 2, top + 16, words, anchor='middle', size=10, colour=colour)
    return f'{box}stroke="{QUIET}" stroke-width="0.5"/>{told}'


def _stroke(stroke: Stroke) -> str:
    dashes = f' stroke-dasharray="{DASHES[stroke]}"' if DASHES[stroke] else ''
    return f'stroke="{INK}" stroke-width="{WIDTHS[stroke]}"{dashes}'


def _rule(start: Point, end: Point, colour: str, width: float, dashes: str = '') -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ''
    ends = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _text(
    x: float, y: float, words: str, *, anchor: str = 'start', size: float = LABEL, weight: str = '', colour: str = INK
) -> str:
    heavy = f' font-weight={quoteattr(weight)}' if weight else ''
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}"{heavy} fill="{colour}"'
    return f'<text {place}>{escape(clean_text(words))}</text>'
