"""What was measured, and whether it is good enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

HEADINGS = ('bar', 'measured', 'limit', '')


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One promise about speed or memory. `limit` stems from a baseline that ran beside it, where there is one; without
    a limit it is a figure that is told beside the promises.
    """

    name: str
    measured: float
    limit: float | None
    unit: str
    at_least: bool = False
    """The limit is a floor, not a ceiling."""
    details: Mapping[str, object] = field(default_factory=dict)
    """The figures behind it, for the JSON file."""

    @property
    def holds(self) -> bool:
        """Whether the promise was kept."""
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


def table(bars: Sequence[Bar]) -> str:
    """All bars as lines of text."""
    rows = [HEADINGS, *map(_row, bars)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return '\n'.join('  '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def middle(values: Sequence[float]) -> float:
    """The median."""
    return float(median(values))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share (0 to 1) of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _row(bar: Bar) -> tuple[str, str, str, str]:
    measured = f'{_rounded(bar.measured)} {bar.unit}'
    if bar.limit is None:
        return bar.name, measured, '', ''
    sign = '>=' if bar.at_least else '<='
    return (
        bar.name,
        measured,
        f'{sign} {_rounded(bar.limit)} {bar.unit}',
        'holds' if bar.holds else 'DOES NOT HOLD',
    )


def _rounded(value: float) -> str:
    return f'{value:.2f}' if abs(value) < 10 else f'{value:,.0f}'
