"""Protected people (DV等支援措置): setting and lifting the flag, and the opening of a protected record."""

import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.details import open_person
from app.shelters.evacuees import EvacueeInfo, Evacuees
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.storage.vault import RecordClass, Vault

PROTECTION = 'shelters.protection'
OPENED = 'shelters.protected_opened'
LONGEST_REASON = 300
PEOPLE = 'SELECT id, number, details FROM evacuee WHERE merged_into IS NULL AND practice = ? ORDER BY number'


class ReasonMissing(Exception):
    """Nothing was changed or opened: there is no reason, or it is too long."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A protected record is open for one session until this second of the monotonic clock."""

    evacuee: UUID
    session: UUID
    until: float
    key: str = field(repr=False)


class Protection:
    """Who is protected, and who looked."""

    def __init__(
        self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, evacuees: Evacuees, opened_seconds: int
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._evacuees = evacuees
        self._opened_seconds = opened_seconds
        self._openings: dict[str, Opening] = {}

    async def set(self, evacuee: UUID, actor: Actor, reason: str) -> EvacueeInfo:
        """From now on the same as absent to anybody who asks.

        Raises:
            ReasonMissing: nothing was changed.
            LookupError: there is no such person.
        """
        return await self._change(evacuee, actor, reason, protected=True)

    async def lift(self, evacuee: UUID, actor: Actor, reason: str) -> EvacueeInfo:
        """The person need not be hidden any more; raises as `set` does."""
        return await self._change(evacuee, actor, reason, protected=False)

    async def open(self, evacuee: UUID, session: UUID, actor: Actor, reason: str) -> Opening:
        """Open the record for a short while; the caller has checked `Permission.SEE_PROTECTED`.

        Raises:
            ReasonMissing: nothing was opened.
            LookupError: there is no such person.
            StorageError: it was not recorded, so nothing was opened.
        """
        told = _checked(reason)
        if await self._evacuees.get(evacuee) is None:
            raise LookupError('evacuee')
        await self._note(OPENED, evacuee, actor, {'reason': told})
        until = clock.monotonic() + self._opened_seconds
        opening = Opening(evacuee, session, until, secrets.token_urlsafe(16))
        self._openings = {key: one for key, one in self._openings.items() if one.until > clock.monotonic()}
        self._openings[opening.key] = opening
        return opening

    async def read(self, key: str, session: UUID) -> tuple[EvacueeInfo, float] | None:
        """The record and the seconds that are left; None: not open, closed again, or of another session."""
        opening = self._openings.get(key)
        left = opening.until - clock.monotonic() if opening else 0.0
        if opening is None or opening.session != session or left <= 0:
            return None
        info = await self._evacuees.get(opening.evacuee)
        return (info, left) if info else None

    async def numbers(self, *, practice: bool) -> list[str]:
        """The numbers of all protected people; for those with `Permission.SEE_PROTECTED`."""

        def query(connection: sqlite3.Connection) -> list[str]:
            rows = connection.execute(PEOPLE, (practice,)).fetchall()
            return [number for id_, number, details in rows if open_person(self._vault, UUID(id_), details).protected]

        return await self._reading.read(query)

    def close(self, key: str) -> None:
        """Close it before its time."""
        self._openings.pop(key, None)

    async def _change(self, evacuee: UUID, actor: Actor, reason: str, *, protected: bool) -> EvacueeInfo:
        told = _checked(reason)
        info = await self._evacuees.get(evacuee)
        if info is None:
            raise LookupError('evacuee')
        # Noted first: a flag without its reason would be worse than a reason whose flag did not follow.
        await self._note(PROTECTION, evacuee, actor, {'protected': str(protected), 'reason': told})
        details = replace(info.details, protected=protected)
        return await self._evacuees.set_details(evacuee, details, actor, assured=info.assured)

    async def _note(self, kind: str, evacuee: UUID, actor: Actor, fields: dict[str, str]) -> None:
        sealed = Sealed(evacuee, RecordClass.SHELTER, fields)
        act = Act(kind=kind, actor=actor, subjects=(evacuee,), sealed=(sealed,))
        await transaction(lambda tx: self._journal.append(tx, act))


def without_protected(people: Iterable[EvacueeInfo]) -> list[EvacueeInfo]:
    """The people as anybody without `Permission.SEE_PROTECTED` is shown them."""
    return [person for person in people if not person.details.protected]


def _checked(reason: str) -> str:
    told = reason.strip()
    if not told or len(told) > LONGEST_REASON:
        raise ReasonMissing
    return told
