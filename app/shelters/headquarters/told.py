"""The figures of a box as other boxes are told of them: plain JSON, of shelters and numbers, of nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

from app.clock import TOKYO
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.needs.standards import Standard
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.values import ShelterKind, ShelterState

ENTRY = (
    'code', 'name', 'kana', 'address', 'district', 'latitude', 'longitude', 'capacity', 'blocked_capacity', 'phone',
)  # fmt: skip
TIMES = ('reported_at', 'report_due_at', 'as_of')
APART = frozenset({'shelter', 'short', *TIMES})
NUMBERS = tuple(each.name for each in fields(ShelterFigures) if each.name not in APART)


def told_of(figures: ShelterFigures) -> dict[str, Any]:
    """One shelter for the wire."""
    shelter = figures.shelter
    return {
        **{name: getattr(shelter.entry, name) for name in ENTRY},
        'id': str(shelter.id),
        'kind': str(shelter.entry.kind),
        'state': str(shelter.state),
        'state_since': _text(shelter.state_since),
        'practice': shelter.practice,
        'here': shelter.here,
        'short': [str(standard) for standard in figures.short],
        **{name: getattr(figures, name) for name in NUMBERS},
        **{name: _text(getattr(figures, name)) for name in TIMES},
    }


def figures_told(told: Iterable[Mapping[str, Any]]) -> tuple[ShelterFigures, ...]:
    """What `told_of` wrote; a shelter of which a newer version tells in words that are unknown here is left out."""
    found = []
    for each in told:
        try:
            found.append(_figures(each))
        except (KeyError, ValueError, TypeError):
            continue
    return tuple(found)


def _figures(told: Mapping[str, Any]) -> ShelterFigures:
    known = set(Standard)
    values: dict[str, Any] = {name: told[name] for name in NUMBERS if name in told}
    values |= {name: _time(told[name]) for name in TIMES}
    return ShelterFigures(
        shelter=ShelterInfo(
            id=UUID(told['id']),
            entry=ShelterEntry(kind=ShelterKind(told['kind']), **{name: told[name] for name in ENTRY}),
            state=ShelterState(told['state']),
            state_since=_time(told['state_since']),
            practice=bool(told['practice']),
            here=bool(told['here']),
        ),
        short=tuple(Standard(each) for each in told['short'] if each in known),
        **values,
    )


def _text(at: datetime | None) -> str | None:
    return at.isoformat(timespec='seconds') if at else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(TOKYO) if text else None
