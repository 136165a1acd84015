"""Signed-in browsers. A check is a look into memory; the database knows enough to go on after a restart."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.access.models import Session
from app.access.principals import StaffPrincipal
from app.access.secrets import new_token, token_hash
from app.clock import ClockQuality, Moment
from app.events import Event
from app.storage.transaction import Transaction, transaction

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 12 * 3600
SAVE_AFTER_SECONDS = 5 * 60

SESSION_ENDED: Event[UUID] = Event()
"""The session with this id is over; what it opened must close."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session: the principal, and the token for the cookie, which is nowhere else."""

    principal: StaffPrincipal
    token: str = field(repr=False)


@dataclass(slots=True)
class _Live:
    """Times are seconds of the monotonic clock of this boot."""

    principal: StaffPrincipal
    token_hash: str
    started: float
    seen: float
    saved: float

    def is_over(self) -> bool:
        """Whether it was idle too long, lasted too long, or its times cannot be right."""
        now = clock.monotonic()
        return not (0 <= now - self.seen < IDLE_SECONDS and 0 <= now - self.started < ABSOLUTE_SECONDS)


class Sessions:
    """All sessions of the box: 30 minutes idle and 12 hours at most, by the clock that nobody turns."""

    def __init__(self) -> None:
        self._by_hash: dict[str, _Live] = {}
        self._by_id: dict[UUID, _Live] = {}

    async def load(self, describe: Callable[[UUID, UUID], StaffPrincipal | None]) -> None:
        """Go on with the sessions from before a restart; `describe(account, session)` answers who it is, if they still
        may."""
        for row in await Session.filter(ended_at=None):
            principal = describe(row.account, row.id)
            if principal is None:
                continue
            started = _seconds_of_this_boot(row.started_boot, row.started_at, row.started_ns)
            seen = _seconds_of_this_boot(row.seen_boot, row.seen_at, row.seen_ns)
            self._remember(_Live(principal, row.token_hash, started, seen, seen))
        await self.sweep()

    async def begin(self, tx: Transaction, principal: StaffPrincipal) -> SignedIn:
        """Write a new session with a new token; it counts once the transaction is committed."""
        token, now = new_token(), clock.moment()
        seconds = now.monotonic_ns / 1e9
        live = _Live(principal, token_hash(token), seconds, seconds, seconds)
        await Session.create(
            id=principal.session,
            token_hash=live.token_hash,
            account=principal.account,
            started_boot=now.boot_id,
            started_at=now.at,
            started_ns=now.monotonic_ns,
            seen_boot=now.boot_id,
            seen_at=now.at,
            seen_ns=now.monotonic_ns,
            using_db=tx.connection,
        )
        tx.after_commit(lambda: self._remember(live))
        return SignedIn(principal, token)

    def find(self, token: str) -> StaffPrincipal | None:
        """Who is signed in with this token. Does not count as use."""
        live = self._by_hash.get(token_hash(token))
        if live is None or live.is_over():
            return None
        return live.principal

    def is_live(self, session: UUID) -> bool:
        """Whether the session still counts."""
        live = self._by_id.get(session)
        return live is not None and not live.is_over()

    def used(self, session: UUID) -> None:
        """A person did something in this session."""
        live = self._by_id.get(session)
        if live is not None:
            live.seen = clock.monotonic()

    async def end(self, tx: Transaction, sessions: list[UUID]) -> None:
        """End sessions in this transaction; they stop to count, and are announced, with its commit."""
        await Session.filter(id__in=sessions).using_db(tx.connection).update(ended_at=clock.now())
        tx.after_commit(lambda: self._forget(sessions))

    async def end_of_account(self, tx: Transaction, account: UUID) -> None:
        """End all sessions of an account, also one that was begun in the same commit."""
        rows = await Session.filter(account=account, ended_at=None).using_db(tx.connection)
        await self.end(tx, [row.id for row in rows])

    async def sweep(self) -> None:
        """End what is over, and save from time to time when sessions were used; call every few seconds."""
        over = [id_ for id_, live in self._by_id.items() if live.is_over()]
        used = {id_: live.seen for id_, live in self._by_id.items() if live.seen - live.saved > SAVE_AFTER_SECONDS}
        now = clock.moment()

        async def work(tx: Transaction) -> None:
            await self.end(tx, over)
            for id_, seen in used.items():
                seen_ns = round(seen * 1e9)
                seen_at = now.at - timedelta(microseconds=(now.monotonic_ns - seen_ns) / 1000)
                row = Session.filter(id=id_).using_db(tx.connection)
                await row.update(seen_boot=now.boot_id, seen_at=seen_at, seen_ns=seen_ns)
            tx.after_commit(lambda: self._saved(used))

        if over or used:
            await transaction(work)

    def _saved(self, used: dict[UUID, float]) -> None:
        for id_, seen in used.items():
            if live := self._by_id.get(id_):
                live.saved = seen

    def _remember(self, live: _Live) -> None:
        self._by_hash[live.token_hash] = live
        self._by_id[live.principal.session] = live

    def _forget(self, sessions: list[UUID]) -> None:
        for session in sessions:
            live = self._by_id.pop(session, None)
            if live is not None:
                self._by_hash.pop(live.token_hash, None)
                SESSION_ENDED.emit(session)


def _seconds_of_this_boot(boot_id: str, at: datetime, monotonic_ns: int) -> float:
    now = clock.moment()
    then = Moment(at, monotonic_ns, boot_id, ClockQuality.RECONSTRUCTED)
    return now.monotonic_ns / 1e9 - now.seconds_since(then)


async def end_all_sessions() -> None:
    """Nobody stays signed in: after a restore, ended sessions would count again."""

    async def work(tx: Transaction) -> None:
        await Session.filter(ended_at=None).using_db(tx.connection).update(ended_at=clock.now())

    await transaction(work)
