"""Finding people although nothing that tells who they are is readable on the disk (docs/adr/009.md)."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import PersonDetails
from app.shelters.evacuees import Evacuees
from app.shelters.known_people import Known, read_all, read_some
from app.shelters.matching_people import Fits, match_all
from app.shelters.registry import ShelterRegister
from app.shelters.values import RECEIVING
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.storage.vault import RecordClass, Vault

SEARCHED = 'shelters.searched'
MOST = 50
LONGEST_TYPED = 100


class SearchReason(StrEnum):
    """Why staff look for somebody."""

    SAFETY_INQUIRY = 'safety_inquiry'
    """安否の照会."""
    FAMILY_ASKED = 'family_asked'
    LIST_CHECK = 'list_check'
    """名簿の確認."""
    BENEFIT = 'benefit'
    """給付・配布."""
    OTHER = 'other_reason'


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for."""

    typed: str = field(repr=False)
    """A number, reading, name, birth date, telephone number or part of an address; a date may stand beside a name."""
    sees_protected: bool = False
    practice: bool = False
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who fits, and how well out of 100."""

    evacuee: UUID
    number: str
    details: PersonDetails = field(repr=False)
    score: int
    by: Fits


class PeopleSearch:
    """An index in memory while a shelter of the box receives people; dropped when the last one closed."""

    def __init__(
        self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, evacuees: Evacuees, register: ShelterRegister
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._register = register
        self._people: dict[UUID, Known] | None = None
        self._stale: set[UUID] = set()
        self._forgetting: set[asyncio.Task[None]] = set()
        self._lock = asyncio.Lock()
        self.version = 0
        """Another one whenever `people` may answer otherwise."""
        evacuees.CHANGED.listen(self._stale.add)
        register.CHANGED.listen(self._note_shelter)

    @property
    def is_in_memory(self) -> bool:
        """Whether names stand in memory now."""
        return self._people is not None

    async def find(self, query: Query) -> list[Match]:
        """Who fits, the best first. For the flow of the reception, which has its own lines of the journal."""
        people = await self.people()
        return await asyncio.to_thread(_matches, people, query)

    async def look_up(
        self, query: Query, shelter: UUID, reason: SearchReason, actor: Actor, desk: UUID | None = None
    ) -> list[Match]:
        """The same for anybody outside the reception: who searched when, where and why is journaled, the words sealed.

        Raises:
            StorageError: it could not be written down, so nothing is answered.
        """
        found = await self.find(query)
        fields = {'typed': query.typed[:LONGEST_TYPED], 'found': str(len(found))}
        sealed = Sealed(shelter, RecordClass.SHELTER, fields)
        await self._journal.ensure_keys([sealed])
        payload = {'shelter': str(shelter), 'reason': str(reason), 'practice': query.practice}
        act = Act(kind=SEARCHED, actor=actor, subjects=(shelter,), desk=desk, payload=payload, sealed=(sealed,))
        await transaction(lambda tx: self._journal.append(tx, act))
        return found

    async def people(self) -> tuple[Known, ...]:
        """Everybody who was not merged, as they are now."""
        async with self._lock:
            return await self._current()

    async def forget(self) -> None:
        """Drop the index; whoever looks for people next reads it anew."""
        async with self._lock:
            self._people = None

    async def forget_if_closed(self) -> None:
        """Drop the index if no shelter receives people any more."""
        async with self._lock:
            if not await self._is_any_open():
                self._people = None

    async def _current(self) -> tuple[Known, ...]:
        if self._people is None:
            self._stale.clear()
            self.version += 1
            people = await self._reading.read(lambda connection: read_all(connection, self._vault))
            if not await self._is_any_open():
                return tuple(people.values())
            self._people = people
        await self._refresh(self._people)
        return tuple(self._people.values())

    async def _refresh(self, people: dict[UUID, Known]) -> None:
        stale = list(self._stale)
        self._stale.clear()
        if not stale:
            return
        self.version += 1
        fresh = await self._reading.read(lambda connection: read_some(connection, self._vault, stale))
        for evacuee in stale:
            people.pop(evacuee, None)
        people.update(fresh)

    async def _is_any_open(self) -> bool:
        return any(shelter.state in RECEIVING for shelter in await self._register.all())

    def _note_shelter(self, _shelter: UUID) -> None:
        if self._people is None:
            return
        task = asyncio.create_task(self.forget_if_closed())
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)


def _matches(people: tuple[Known, ...], query: Query) -> list[Match]:
    shown = [
        each
        for each in people
        if each.practice == query.practice and (query.sees_protected or not each.details.protected)
    ]
    found = match_all(shown, query.typed[:LONGEST_TYPED].strip(), clock.today())
    matches = [
        Match(each.evacuee, each.number, each.details, hit.score, hit.by)
        for each in shown
        if (hit := found.get(each.evacuee))
    ]
    return sorted(matches, key=lambda match: (-match.score, match.details.kana, match.number))[: query.most]
