"""One thing that somebody should look after in the car pool, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app import clock
from app.access.principals import Permission
from app.clock import TOKYO
from app.vehicles.gates import WARNING_DAYS, warning_stage

NAMED = 3
"""So many plates are named; the others are counted."""


class MatterKind(StrEnum):
    """What is the matter."""

    CAR_DATE = 'car_date'
    CAR_DATE_MISSING = 'car_date_missing'
    LICENCE = 'licence'
    CHECKER_ENDS = 'checker_ends'
    CHECKER_TEST = 'checker_test'
    NO_CHECKER = 'no_checker'
    """No detector counts any more: no car goes out."""
    CHECKER_REFUSED = 'checker_refused'
    """Desks at which a detector told a value that is not registered, or used up."""
    POSITIVE = 'positive'
    OVERDUE = 'overdue'
    RECORD = 'record'
    LENT_TWICE = 'lent_twice'


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter, for those who have the permission."""

    kind: MatterKind
    permission: Permission
    about: str = ''
    """Plates or serial numbers, at most `NAMED` of them."""
    field: str = ''
    """Which date of a car."""
    count: int = 1
    since: datetime | None = None
    until: date | None = None
    """The nearest day."""


def staged(kind: MatterKind, field: str, found: Iterable[tuple[str, str]]) -> list[Matter]:
    """Matters of names with their last days, one for each stage of warning."""
    by_stage: dict[int, list[tuple[str, date]]] = {}
    for name, text in found:
        until = date.fromisoformat(text)
        stage = warning_stage(until, clock.today())
        if stage is not None:
            by_stage.setdefault(stage, []).append((name, until))
    return [
        Matter(
            kind=kind,
            permission=Permission.MANAGE_CARS,
            field=field,
            about=few_names(name for name, _until in of_stage),
            count=len(of_stage),
            until=min(until for _name, until in of_stage),
        )
        for _stage, of_stage in sorted(by_stage.items())
    ]


def last_warned() -> str:
    """The furthest day of which somebody is warned today."""
    return (clock.today() + timedelta(days=max(WARNING_DAYS))).isoformat()


def time_in(text: str) -> datetime:
    """A time or day of a row, in Tokyo."""
    found = datetime.fromisoformat(text)
    return found.astimezone(TOKYO) if found.tzinfo else found.replace(tzinfo=TOKYO)


def few_names(names: Iterable[str]) -> str:
    """The first of the names."""
    found = [name for name in names if name]
    return '、'.join(found[:NAMED])
