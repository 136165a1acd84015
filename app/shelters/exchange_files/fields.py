"""What a template can ask for: fields of a shelter, by our own names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.shelters.headquarters.board import Board, Line
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.open_data.directory import Fullness
from app.shelters.open_data.files import CITY, CODE, PREFECTURE
from app.shelters.values import ShelterKind, ShelterState

Value = str | int | float | datetime | None
"""None: nobody knows, or nobody was asked."""
Find = Callable[[Line, Board], Value]


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `values` are all that it can be, where there are few."""

    find: Find
    values: frozenset[str] = frozenset()


def _of(find: Callable[[ShelterFigures], Value], values: type[StrEnum] | None = None) -> Field:
    known = frozenset(str(each) for each in values) if values else frozenset[str]()
    return Field(lambda line, _board: find(line.figures), known)


def _yes_no(is_so: bool) -> str:
    return 'yes' if is_so else 'no'


def _households(of: ShelterFigures) -> int | None:
    """Only where everybody inside is registered; households of people who were just counted are not known."""
    return of.households if of.people is not None and of.registered >= of.counted else None


FIELDS: Mapping[str, Field] = {
    'code': _of(lambda of: of.shelter.entry.code),
    'name': _of(lambda of: of.shelter.entry.name),
    'kana': _of(lambda of: of.shelter.entry.kana or None),
    'kind': _of(lambda of: str(of.shelter.entry.kind), ShelterKind),
    'address': _of(lambda of: of.shelter.entry.address or None),
    'district': _of(lambda of: of.shelter.entry.district or None),
    'phone': _of(lambda of: of.shelter.entry.phone or None),
    'latitude': _of(lambda of: of.shelter.entry.latitude),
    'longitude': _of(lambda of: of.shelter.entry.longitude),
    'state': _of(lambda of: str(of.shelter.state), ShelterState),
    'state_since': _of(lambda of: of.shelter.state_since),
    'fullness': _of(lambda of: str(of.fullness) if of.is_open else None, Fullness),
    'capacity': _of(lambda of: of.shelter.entry.capacity),
    'places': _of(lambda of: of.places),
    'percent': _of(lambda of: of.percent),
    'people': _of(lambda of: of.people),
    'counted': _of(lambda of: None if of.people is None else of.counted),
    'registered': _of(lambda of: None if of.people is None else of.registered),
    'households': _of(_households),
    'away': _of(lambda of: None if of.people is None else of.away),
    'in_cars': _of(lambda of: None if of.people is None else of.in_cars),
    'at_home': _of(lambda of: None if of.people is None else of.at_home),
    'visitors': _of(lambda of: None if of.people is None else of.visitors),
    'short': _of(lambda of: ' '.join(map(str, of.short)) or None),
    'requests': _of(lambda of: of.requests),
    'calls': _of(lambda of: of.calls),
    'reported_at': _of(lambda of: of.reported_at),
    'as_of': _of(lambda of: of.as_of),
    'practice': Field(lambda line, _board: _yes_no(line.figures.shelter.practice), frozenset({'yes', 'no'})),
    'box': Field(lambda line, _board: line.box.name or None),
    'box_as_of': Field(lambda line, _board: line.box.as_of),
    'made_at': Field(lambda _line, board: board.now),
    'municipality_code': Field(lambda _line, _board: CODE),
    'municipality': Field(lambda _line, _board: CITY),
    'prefecture': Field(lambda _line, _board: PREFECTURE),
}
"""By name; a template that asks for another one is told so."""
