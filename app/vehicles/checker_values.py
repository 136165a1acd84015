"""An alcohol detector as the registry knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app import clock

TEST_INTERVAL = timedelta(days=7)
TERMS = ('started_on', 'expires_on', 'measurement_limit', 'desk')


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerTerms:
    """What a car manager sets of a detector; None: the maker sets no such limit, or it lies at no certain desk."""

    started_on: date
    expires_on: date | None
    measurement_limit: int | None
    desk: UUID | None = None


class CheckerUnknown(Exception):
    """No detector of this box has this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerInfo:
    """A detector and what is left of its life; None: the maker sets no such limit."""

    id: UUID
    serial: str
    model: str
    started_on: date
    expires_on: date | None
    measurement_limit: int | None
    measurements: int
    function_checked_at: datetime | None
    desk: UUID | None = None
    """Where it lies; None: it is not bound to a desk."""

    @property
    def terms(self) -> CheckerTerms:
        """What a car manager has set."""
        return CheckerTerms(**{name: getattr(self, name) for name in TERMS})

    def is_valid(self, today: date) -> bool:
        """Whether neither its date nor its count is used up."""
        if self.expires_on is not None and self.expires_on < today:
            return False
        return self.measurement_limit is None or self.measurements < self.measurement_limit

    def is_tested(self, now: datetime) -> bool:
        """Whether somebody has seen it work within a week."""
        return self.function_checked_at is not None and now - self.function_checked_at < TEST_INTERVAL


def checker_of(row: Mapping[str, Any]) -> CheckerInfo:
    """A row of the table as a value."""
    expires_on, checked_at = row['expires_on'], row['function_checked_at']
    return CheckerInfo(
        id=UUID(row['id']),
        serial=row['serial'],
        model=row['model'],
        started_on=date.fromisoformat(row['started_on']),
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
        measurement_limit=row['measurement_limit'],
        measurements=row['measurements'],
        function_checked_at=datetime.fromisoformat(checked_at).astimezone(clock.TOKYO) if checked_at else None,
        desk=UUID(row['desk']) if row['desk'] else None,
    )


def differences(before: CheckerTerms, after: CheckerTerms) -> dict[str, list[str | int | None]]:
    """What differs between them: the name of the field, and both values as the journal tells them."""
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in TERMS}
    return {name: [_told(one), _told(other)] for name, (one, other) in pairs.items() if one != other}


def _told(value: date | UUID | int | None) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
