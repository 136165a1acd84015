"""Figures of a draft that a person puts right."""

from collections.abc import Mapping
from datetime import datetime

from app.shelters.needs.facts import CONDITIONS, MOST, Condition, Fact, FactRefused, Found, checked
from app.shelters.reports.figures import KEYS, STATE, Figure, Value
from app.shelters.reports.values import ReportRefused
from app.shelters.values import ShelterState


def changed(figure: Figure, changes: Mapping[str, Value], at: datetime) -> Figure:
    """The figure as a person put it right, or as it was."""
    if figure.key not in changes or changes[figure.key] == figure.value:
        return figure
    return Figure(figure.key, changes[figure.key], at, typed=True)


def check_change(key: str, value: Value) -> None:
    """Refuse what the figure cannot be.

    Raises:
        ReportRefused: names the figure.
    """
    if key not in KEYS:
        raise ReportRefused(key)
    try:
        if key in _CONDITION_KEYS:
            checked(Fact(key), Found(condition=Condition(str(value)) if value is not None else None))
        elif key == STATE:
            ShelterState(str(value))
        elif value is not None and (isinstance(value, str) or not 0 <= value <= MOST):
            raise ReportRefused(key)
    except (ValueError, FactRefused):
        raise ReportRefused(key) from None


_CONDITION_KEYS = frozenset(fact.value for fact in CONDITIONS)
