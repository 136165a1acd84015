"""A car manager opens gates ahead: for one driver, one car and one day, before the driver comes."""

import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction, transaction
from app.vehicles.gates import Gate
from app.vehicles.models import GatePermit
from app.vehicles.month_texts import month_texts

PERMITTED = 'vehicles.gates_permitted_ahead'
WITHDRAWN = 'vehicles.permit_withdrawn'
SealedNumber = Callable[[UUID], Awaitable[tuple[Sealed, ...]]]


class PermitProblem(StrEnum):
    """Why nothing was permitted."""

    LAW = 'law'
    """Among the gates is one that nobody may open, or there is none."""
    OWN = 'own'
    """The manager is the driver."""
    PAST = 'past'
    NO_REASON = 'no_reason'


class PermitRefused(Exception):
    """Nothing was permitted."""

    def __init__(self, problem: PermitProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPermit:
    """What a manager permits."""

    manager: UUID
    vehicle: UUID
    driver: UUID
    day: date
    gates: tuple[Gate, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitInfo:
    """A permission that stands."""

    id: UUID
    vehicle: UUID
    driver: UUID
    day: date
    gates: tuple[str, ...]
    reason: str
    given_by: str


class GatePermits:
    """Gives and withdraws permissions ahead; the hand-over that uses one says so with its reason."""

    def __init__(self, journal: Journal, number_of: SealedNumber) -> None:
        self._journal = journal
        self._number_of = number_of
        self._standing = Remembered(_read_standing)
        self.CHANGED: Event[None] = Event()
        """A permission was given or withdrawn."""
        self.CHANGED.listen(lambda _none: self._standing.forget())

    async def coming(self) -> list[PermitInfo]:
        """Those of today and later, by day."""
        today = clock.today()
        return [each for each in await self._standing.get() if each.day >= today]

    async def give(self, new: NewPermit, actor: Actor) -> UUID:
        """Open the gates for that day.

        Raises:
            PermitRefused: nothing was permitted.
            StorageError: nothing was recorded.
        """
        _refuse(new)
        permit, number = uuid.uuid4(), await self._number_of(new.driver)
        gates, reason = [gate.value for gate in new.gates], new.reason.strip()
        payload = {'permit': str(permit), 'day': new.day.isoformat(), 'gates': gates}
        sealed = (*number, month_texts(clock.now(), {'reason': reason}))
        await self._journal.ensure_keys(sealed)
        subjects = (new.vehicle, new.driver)

        async def work(tx: Transaction) -> None:
            await GatePermit.create(
                id=permit,
                vehicle=new.vehicle,
                driver=new.driver,
                day=new.day,
                gates=gates,
                reason=reason,
                given_by=actor.id,
                given_at=clock.now(),
                using_db=tx.connection,
            )
            act = Act(kind=PERMITTED, actor=actor, subjects=subjects, payload=payload, sealed=sealed)
            await self._journal.append(tx, act)
            self.told(tx)

        await transaction(work)
        return permit

    async def withdraw(self, permit: UUID, actor: Actor) -> None:
        """Close the gates again; what was lent meanwhile stays lent. Doing it twice changes nothing."""

        async def work(tx: Transaction) -> None:
            standing = GatePermit.filter(id=permit, withdrawn_at=None).using_db(tx.connection)
            row = await standing.first()
            if row is None:
                return
            await standing.update(withdrawn_at=clock.now())
            subjects = (row.vehicle, row.driver)
            act = Act(kind=WITHDRAWN, actor=actor, subjects=subjects, payload={'permit': str(permit)})
            await self._journal.append(tx, act)
            self.told(tx)

        await transaction(work)

    def told(self, tx: Transaction) -> None:
        """Tell the desks after the commit."""
        tx.after_commit(lambda: self.CHANGED.emit(None))


def opened_to(permits: Iterable[PermitInfo], driver: UUID, day: date) -> Mapping[UUID, Mapping[str, str]]:
    """Which gates of which cars are open to this driver on this day, each with the reason."""
    found: dict[UUID, dict[str, str]] = {}
    for each in permits:
        if each.day == day and each.driver == driver:
            found.setdefault(each.vehicle, {}).update(dict.fromkeys(each.gates, each.reason))
    return found


def permissible() -> tuple[Gate, ...]:
    """The gates that a manager may open ahead."""
    return tuple(gate for gate in Gate if gate.may_be_overridden)


def _refuse(new: NewPermit) -> None:
    if not new.gates or not all(gate.may_be_overridden for gate in new.gates):
        raise PermitRefused(PermitProblem.LAW)
    if new.manager == new.driver:
        raise PermitRefused(PermitProblem.OWN)
    if new.day < clock.today():
        raise PermitRefused(PermitProblem.PAST)
    if not new.reason.strip():
        raise PermitRefused(PermitProblem.NO_REASON)


async def _read_standing() -> list[PermitInfo]:
    standing = GatePermit.filter(withdrawn_at=None, day__gte=clock.today())
    return [
        PermitInfo(
            id=row.id,
            vehicle=row.vehicle,
            driver=row.driver,
            day=row.day,
            gates=tuple(row.gates),
            reason=row.reason,
            given_by=row.given_by,
        )
        for row in await standing.order_by('day', 'id')
    ]
