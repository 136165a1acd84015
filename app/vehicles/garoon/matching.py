"""Which facility of Garoon is which car of the ledger."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.vehicles.garoon.events import Facility
from app.vehicles.garoon.sync import Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What belongs together, and what is left over on both sides."""

    spelling: dict[str, str]
    """By id of the facility: what the ledger calls it (its id, code or name)."""
    matched: tuple[Facility, ...]
    unmatched: tuple[Facility, ...]
    """Facilities that no car of the ledger names."""
    missing: tuple[str, ...]
    """What the ledger names and Garoon does not show."""


def match_facilities(facilities: Iterable[Facility], ledger: Iterable[str]) -> Matching:
    """By id first, then by code, then by name; a code or a name that several facilities share matches none."""
    shown = tuple(facilities)
    wanted = tuple(dict.fromkeys(name for name in ledger if name))
    ids = {each.id: each for each in shown}
    codes, names = _unique(shown, 'code'), _unique(shown, 'name')
    found = {name: ids.get(name) or codes.get(name) or names.get(name) for name in wanted}
    spelling: dict[str, str] = {}
    for name, facility in found.items():
        if facility is not None:
            spelling.setdefault(facility.id, name)
    return Matching(
        spelling=spelling,
        matched=tuple(each for each in shown if each.id in spelling),
        unmatched=tuple(each for each in shown if each.id not in spelling),
        missing=tuple(name for name in wanted if name not in spelling.values()),
    )


def spelled(fetched: Fetched, matching: Matching) -> Fetched:
    """The same with facilities as the ledger calls them."""
    return replace(
        fetched,
        reservations=tuple(
            replace(each, facility_id=matching.spelling[each.facility_id]) for each in fetched.reservations
        ),
        read_facilities=frozenset(matching.spelling[each] for each in fetched.read_facilities),
    )


def _unique(facilities: tuple[Facility, ...], field: str) -> dict[str, Facility]:
    texts = Counter(getattr(each, field) for each in facilities)
    return {text: each for each in facilities if texts[text := getattr(each, field)] == 1 and text}
