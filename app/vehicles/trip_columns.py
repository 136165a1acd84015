"""Columns of a trip that hold several values, as the database or its model gives them."""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID


def people_of(column: str | Iterable[str] | None) -> tuple[UUID, ...]:
    """The people of a column."""
    ids = json.loads(column) if isinstance(column, str) else column
    return tuple(UUID(each) for each in ids or ())


def column_of_people(people: Iterable[UUID]) -> list[str] | None:
    """A column with these people; nobody is no value."""
    return [str(each) for each in people] or None


def renamed(people: Iterable[UUID], there: UUID, here: UUID) -> tuple[UUID, ...]:
    """The same people after one of them is known by another id."""
    return tuple(here if each == there else each for each in people)


def gates_of(column: str | Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Gates that a manager opened, each with the reason."""
    gates = json.loads(column) if isinstance(column, str) else column
    return tuple((gates or {}).items())


def column_of_gates(gates: Iterable[tuple[str, str]]) -> str | None:
    """A column with these gates; none is no value."""
    return json.dumps(dict(gates), ensure_ascii=False) if gates else None
