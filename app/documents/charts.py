"""Charts above a printed table: what they show, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class Stroke(StrEnum):
    """Lines that differ without colour."""

    SOLID = 'solid'
    DASHED = 'dashed'
    DOTTED = 'dotted'


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line; a value for each place across."""

    name: str
    values: tuple[float, ...]
    stroke: Stroke = Stroke.SOLID


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """Lines over places such as times of the day or numbers of cars."""

    title: str
    across: tuple[str, ...]
    """What each place is called."""
    across_title: str
    up_title: str
    series: tuple[Series, ...]
    every: int = 1
    """Only each so-manieth place is named on the axis."""
    steps: bool = False
    """A value holds until the next place, and does not slope."""
    marked: tuple[tuple[int, str], ...] = ()
    """Places with a line upwards, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatChart:
    """A grid that is darker where the value is higher, with the value in it."""

    title: str
    across: tuple[str, ...]
    down: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    """Row by row; None: there is no such value."""


Chart = LineChart | HeatChart
