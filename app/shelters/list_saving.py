"""What a list of shelters would change, and changing it; a list never deletes."""

import math
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from app.journal.line import Actor
from app.shelters.list_import import ListedShelter, ShelterList
from app.shelters.list_repair import name_key
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import ShelterKind

LISTED = (
    'name',
    'kana',
    'address',
    'latitude',
    'longitude',
    'capacity',
    'phone',
    'hazards',
    'accepts',
    'remarks',
    'published',
)
NEAR_METRES = 1_000
"""Of the same name and so near is the same place."""
SAME_SPOT_METRES = 5
"""Of another name in another list, but on the same spot, too."""
DOUBT_METRES = 100
DOUBT_LIKENESS = 0.6
METRES_PER_DEGREE = 111_320
NOTHING: tuple[object, ...] = (None, '', (), {})
AT_ONCE = 50
"""So many in one transaction, so that no tap waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A shelter that is known, and what the list says differently."""

    listed: ListedShelter
    before: ShelterInfo
    after: ShelterEntry

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs."""
        return tuple(
            name for name in ShelterEntry.__slots__ if getattr(self.before.entry, name) != getattr(self.after, name)
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be a shelter that is known under another name."""

    listed: ListedShelter
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListComparison:
    """What a list adds and changes."""

    read: ShelterList
    added: tuple[ListedShelter, ...]
    changed: tuple[Change, ...]
    unchanged: int
    no_shelter: tuple[ListedShelter, ...]
    """Places to flee to which are no shelter that is known."""
    doubtful: tuple[Doubt, ...]
    """Which of the known shelters they are, or whether they are new, a person must say: nothing was done."""
    missing: int
    """Known shelters that the list does not name; they stay."""


def compare_list(read: ShelterList, known: Sequence[ShelterInfo]) -> ListComparison:
    """What would change. The code finds a shelter, else its name near by, else the spot where another list has one.

    A list replaces what it says of its own codes, where it says something. Of a shelter that another list brought it
    fills what is not known yet.
    """
    finder = _Finder(known)
    added: list[ListedShelter] = []
    changed: list[Change] = []
    no_shelter: list[ListedShelter] = []
    doubtful: list[Doubt] = []
    met: set[uuid.UUID] = set()
    for listed in read.shelters:
        found = finder.find(listed)
        if len(found) == 1:
            met.add(found[0].id)
            after = _merged(found[0].entry, listed.entry)
            if after != found[0].entry:
                changed.append(Change(listed=listed, before=found[0], after=after))
        elif found or (listed.is_shelter and (found := finder.perhaps(listed))):
            doubtful.append(Doubt(listed, tuple(shelter.entry.name for shelter in found)))
        else:
            (added if listed.is_shelter else no_shelter).append(listed)
    return ListComparison(
        read=read,
        added=tuple(added),
        changed=tuple(changed),
        unchanged=len(met) - len({change.before.id for change in changed}),
        no_shelter=tuple(no_shelter),
        doubtful=tuple(doubtful),
        missing=len(known) - len(met),
    )


async def save_list(register: ShelterRegister, found: ListComparison, actor: Actor) -> None:
    """Add and change what was found.

    Raises:
        ShelterRefused: somebody added one of them meanwhile.
        StorageError: what was not written yet is not there; the same list again continues.
    """
    batch = uuid.uuid4()
    entries = [listed.entry for listed in found.added]
    for start in range(0, len(entries), AT_ONCE):
        await register.add_all(entries[start : start + AT_ONCE], actor, batch=batch)
    for change in found.changed:
        await register.change(change.before.id, change.after, actor)


class _Finder:
    def __init__(self, known: Sequence[ShelterInfo]) -> None:
        self._known = known
        self._by_code = {shelter.entry.code: shelter for shelter in known}
        self._by_name: dict[str, list[ShelterInfo]] = defaultdict(list)
        for shelter in known:
            self._by_name[name_key(shelter.entry.name)].append(shelter)

    def find(self, listed: ListedShelter) -> list[ShelterInfo]:
        if same := self._by_code.get(listed.entry.code):
            return [same]
        called = self._by_name.get(name_key(listed.entry.name), [])
        if alike := [one for one in called if _metres(one.entry, listed.entry, unknown=0.0) <= NEAR_METRES]:
            return alike
        return self._of_another_list(listed, SAME_SPOT_METRES) if listed.is_shelter else []

    def perhaps(self, listed: ListedShelter) -> list[ShelterInfo]:
        key = name_key(listed.entry.name)
        near = self._of_another_list(listed, DOUBT_METRES)
        return [one for one in near if _likeness(name_key(one.entry.name), key) >= DOUBT_LIKENESS]

    def _of_another_list(self, listed: ListedShelter, metres: float) -> list[ShelterInfo]:
        near = (one for one in self._known if _metres(one.entry, listed.entry, unknown=math.inf) <= metres)
        return [one for one in near if one.entry.source != listed.entry.source]


def _likeness(one: str, other: str) -> float:
    if one in other or other in one:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _metres(one: ShelterEntry, other: ShelterEntry, *, unknown: float) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return unknown
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(north, east) * METRES_PER_DEGREE


def _merged(known: ShelterEntry, listed: ShelterEntry) -> ShelterEntry:
    own = known.code == listed.code
    said = {
        name: getattr(listed, name)
        for name in LISTED
        if getattr(listed, name) not in NOTHING and (own or getattr(known, name) in NOTHING)
    }
    welfare = own and listed.kind is ShelterKind.WELFARE
    after = replace(known, **said, kind=listed.kind if welfare else known.kind)
    return after if after == known else replace(after, source=_credited(known.source, listed.source))


def _credited(known: str, more: str) -> str:
    parts = [part for part in known.split('、') if part]
    return '、'.join(parts if more in parts else [*parts, more])
