"""The figures of several boxes as one table: each shelter once, with sums, filter and order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.shelters.headquarters.attention import is_overcrowded, urgency
from app.shelters.headquarters.figures import BoxFigures, ShelterFigures
from app.shelters.values import ShelterState

OPEN = 'open'
"""Filter: every state in which people can come."""


class Order(StrEnum):
    """By what the table is sorted."""

    ATTENTION = 'attention'
    PEOPLE = 'people'
    FULLNESS = 'fullness'
    OLDEST = 'oldest'
    """Figures that did not change for the longest time first."""
    NAME = 'name'


@dataclass(frozen=True, slots=True)
class Line:
    """A shelter, and the box whose figures count for it."""

    figures: ShelterFigures
    box: BoxFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Over many shelters; what is not known is left out and counted apart, so that it is not taken for 0."""

    shelters: int
    open: int
    by_residents: int
    full: int
    people: int
    unknown: int
    """Open shelters of which no number of people was told."""
    counted: int
    registered: int
    visitors: int
    outside: int
    """In cars, at home or elsewhere, looked after by a shelter."""
    overcrowded: int
    short: int
    requests: int
    calls: int


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that headquarters know at one time."""

    now: datetime
    boxes: tuple[BoxFigures, ...]
    lines: tuple[Line, ...]

    @property
    def sums(self) -> Sums:
        """Over all shelters of all boxes."""
        return sums_of([line.figures for line in self.lines])

    @property
    def districts(self) -> list[str]:
        """校下 that occur."""
        return sorted({line.figures.shelter.entry.district for line in self.lines} - {''})

    def chosen(self, *, state: str = '', district: str = '', order: Order = Order.ATTENTION) -> list[Line]:
        """Filtered and sorted; `state` is a `ShelterState`, `open`, or empty for all."""
        lines = [line for line in self.lines if _is_in(line.figures, state, district)]
        return sorted(lines, key=lambda line: (_KEYS[order](line.figures, self.now), line.figures.shelter.entry.name))


def board_of(boxes: Sequence[BoxFigures], now: datetime) -> Board:
    """Join what the boxes tell: every box knows the list of the city, so a shelter (by its code) is told many times.

    The box that stands in it counts; else one where people can come or were counted; else the newest.
    """
    best: dict[str, Line] = {}
    for box in boxes:
        for figures in box.shelters:
            line, code = Line(figures, box), figures.shelter.entry.code
            if code not in best or _weight(line) > _weight(best[code]):
                best[code] = line
    return Board(now, tuple(boxes), tuple(best.values()))


def sums_of(figures: Iterable[ShelterFigures]) -> Sums:
    """Add up."""
    known = list(figures)
    receiving = [each for each in known if each.is_open]
    return Sums(
        shelters=len(known),
        open=len(receiving),
        by_residents=sum(each.shelter.state is ShelterState.OPENED_BY_RESIDENTS for each in known),
        full=sum(each.shelter.state is ShelterState.FULL for each in known),
        people=sum(each.people or 0 for each in known),
        unknown=sum(each.people is None for each in receiving),
        counted=sum(each.counted for each in known),
        registered=sum(each.registered for each in known),
        visitors=sum(each.visitors for each in known),
        outside=sum(each.in_cars + each.at_home + each.elsewhere for each in known),
        overcrowded=sum(is_overcrowded(each) for each in known),
        short=sum(bool(each.short) for each in receiving),
        requests=sum(each.requests for each in known),
        calls=sum(each.calls for each in known),
    )


def _weight(line: Line) -> tuple[bool, bool, bool, datetime]:
    figures = line.figures
    return figures.shelter.here, figures.is_open, bool(figures.people), line.box.as_of


def _is_in(figures: ShelterFigures, state: str, district: str) -> bool:
    if district and figures.shelter.entry.district != district:
        return False
    return not state or (figures.is_open if state == OPEN else figures.shelter.state == state)


def _age(figures: ShelterFigures, _now: datetime) -> tuple[bool, bool, float]:
    return not figures.is_open, figures.as_of is not None, figures.as_of.timestamp() if figures.as_of else 0.0


_KEYS: dict[Order, Callable[[ShelterFigures, datetime], Any]] = {
    Order.ATTENTION: urgency,
    Order.PEOPLE: lambda figures, _now: -(figures.people or 0),
    Order.FULLNESS: lambda figures, _now: -(figures.percent if figures.percent is not None else -1),
    Order.OLDEST: _age,
    Order.NAME: lambda figures, _now: figures.shelter.entry.kana,
}
