"""A shelter, its state and its areas, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.shelters.models import Shelter, ShelterArea
from app.shelters.values import AreaKind, ShelterKind, ShelterState


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterEntry:
    """What is known of a shelter; unknown numbers are None, which is not 0."""

    code: str
    name: str
    kind: ShelterKind = ShelterKind.DESIGNATED
    kana: str = ''
    address: str = ''
    district: str = ''
    """校下."""
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    blocked_capacity: int = 0
    area_m2: float | None = None
    phone: str = ''
    hazards: tuple[str, ...] = ()
    accepts: str = ''
    remarks: str = ''
    source: str = ''
    published: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the standard data set says in columns that nothing here works with, by column: 名称_英字, 標高."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterInfo:
    """A shelter as it stands."""

    id: UUID
    entry: ShelterEntry
    state: ShelterState
    state_since: datetime | None
    practice: bool
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A part of a shelter."""

    id: UUID
    shelter: UUID
    name: str
    kind: AreaKind = AreaKind.GENERAL
    capacity: int | None = None
    blocked: int = 0
    area_m2: float | None = None


class ShelterRefused(Exception):
    """Nothing was changed; the message names the field."""


def columns_of(entry: ShelterEntry) -> dict[str, object]:
    """The columns of a row."""
    columns = {name: getattr(entry, name) for name in ShelterEntry.__slots__}
    return {**columns, 'kind': str(entry.kind), 'hazards': list(entry.hazards), 'published': dict(entry.published)}


def shelter_info(row: Shelter) -> ShelterInfo:
    """A row as a value."""
    columns = {name: getattr(row, name) for name in ShelterEntry.__slots__}
    values = {'kind': ShelterKind(row.kind), 'hazards': tuple(row.hazards), 'published': row.published or {}}
    entry = ShelterEntry(**{**columns, **values})
    return ShelterInfo(
        id=row.id,
        entry=entry,
        state=ShelterState(row.state),
        state_since=row.state_since,
        practice=row.practice,
        here=row.here,
    )


def area_info(row: ShelterArea) -> Area:
    """A row as a value."""
    return Area(
        id=row.id,
        shelter=row.shelter,
        name=row.name,
        kind=AreaKind(row.kind),
        capacity=row.capacity,
        blocked=row.blocked,
        area_m2=row.area_m2,
    )
