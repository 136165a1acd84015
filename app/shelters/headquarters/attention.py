"""What of a shelter headquarters should look at first."""

from datetime import datetime
from enum import StrEnum

from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.open_data.directory import Fullness
from app.shelters.values import ShelterState


class Concern(StrEnum):
    """Why, the most urgent first."""

    HELP = 'help'
    """Somebody cannot wait, and nobody has taken the call."""
    BY_RESIDENTS = 'by_residents'
    """No officer has taken over yet."""
    OVERCROWDED = 'overcrowded'
    """More people than places that can be given."""
    SHORT = 'short'
    """Something that the standards ask for is lacking."""
    REPORT_LATE = 'report_late'
    REQUEST = 'request'
    """A request waits for headquarters to decide."""
    FULL = 'full'
    CROWDED = 'crowded'
    NOBODY_COUNTED = 'nobody_counted'
    """Open, and no number was told yet."""


ORDER = {concern: place for place, concern in enumerate(Concern)}


def concerns_of(figures: ShelterFigures, now: datetime) -> tuple[Concern, ...]:
    """All that is the matter, in order; a closed shelter has none beside a call for help."""
    is_crammed = is_overcrowded(figures)
    found = {
        Concern.HELP: figures.calls > 0,
        Concern.BY_RESIDENTS: figures.shelter.state is ShelterState.OPENED_BY_RESIDENTS,
        Concern.OVERCROWDED: is_crammed,
        Concern.SHORT: figures.is_open and bool(figures.short),
        Concern.REPORT_LATE: figures.report_due_at is not None and figures.report_due_at <= now,
        Concern.REQUEST: figures.requests_to_decide > 0,
        Concern.FULL: figures.is_open and figures.fullness is Fullness.FULL and not is_crammed,
        Concern.CROWDED: figures.is_open and figures.fullness is Fullness.CROWDED,
        Concern.NOBODY_COUNTED: figures.is_open and figures.people is None,
    }
    return tuple(concern for concern, is_so in found.items() if is_so)


def is_overcrowded(figures: ShelterFigures) -> bool:
    """More people than places, wherever both are known."""
    return figures.people is not None and figures.places is not None and figures.people > figures.places


def urgency(figures: ShelterFigures, now: datetime) -> tuple[int, int, int, int]:
    """Sorts the shelters: what is the matter, then open ones, then by the number of people."""
    concerns = concerns_of(figures, now)
    first = ORDER[concerns[0]] if concerns else len(ORDER)
    return first, not figures.is_open, -len(concerns), -(figures.people or 0)
