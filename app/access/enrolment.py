"""Making a browser the tablet of a desk, and taking that back."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.access.limits import Delays, TooSoon
from app.access.models import DeskToken, EnrolmentCode
from app.access.principals import DeskPrincipal
from app.access.secrets import CODE_LENGTH, new_code, new_token, read_code, token_hash
from app.clock import ClockQuality, Moment
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.journal.security_log import SecurityLog
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

CODE_SECONDS = 600
CODE_ISSUED = 'access.enrolment_code_issued'
TABLET_ENROLLED = 'access.tablet_enrolled'
TABLET_REVOKED = 'access.tablet_revoked'
ENROLMENT_REFUSED = 'access.enrolment_refused'
CODE_INDEX = 'enrolment_code'

DESK_TOKEN_REVOKED: Event[UUID] = Event()
"""The tablet with this token id is no tablet any more; what it has open must close."""


class EnrolmentProblem(StrEnum):
    """Why a code did not make a tablet."""

    UNKNOWN = 'unknown'
    USED = 'used'
    EXPIRED = 'expired'


class EnrolmentRefused(Exception):
    """The code does not make a tablet."""

    def __init__(self, problem: EnrolmentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A new tablet, and the token for its cookie, which is nowhere else."""

    principal: DeskPrincipal
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tablet:
    """An enrolled tablet as administrators see it."""

    token: UUID
    desk: UUID
    enrolled_at: datetime


class Enrolment:
    """Codes of 40 bits that are good once within ten minutes, and the tokens of the tablets they made."""

    def __init__(self, vault: Vault, journal: Journal, security_log: SecurityLog) -> None:
        self._vault = vault
        self._journal = journal
        self._security_log = security_log
        self._delays = Delays(free=5, longest_seconds=30)
        self._live: dict[str, Tablet] = {}
        self._tokens: set[UUID] = set()

    async def load(self) -> None:
        """Read the tablets into memory."""
        for row in await DeskToken.filter(revoked_at=None):
            self._remember(row.token_hash, Tablet(row.id, row.desk, row.enrolled_at))

    async def issue(self, desk: UUID, actor: Actor) -> str:
        """A new code for a tablet of this desk. Several may wait at the same time."""
        code, now = new_code(), clock.moment()

        async def work(tx: Transaction) -> None:
            await EnrolmentCode.create(
                id=uuid.uuid4(),
                code_hash=self._vault.index(CODE_INDEX, code),
                desk=desk,
                issued_at=now.at,
                issued_ns=now.monotonic_ns,
                boot_id=now.boot_id,
                using_db=tx.connection,
            )
            await self._journal.append(tx, Act(kind=CODE_ISSUED, actor=actor, desk=desk))

        await transaction(work)
        return code

    async def enrol(self, typed: str, address: str) -> Enrolled:
        """Use a code up, and make the browser that brought it a tablet.

        Raises:
            EnrolmentRefused: the code is unknown, used or too old.
            TooSoon: after too many wrong codes from this address.
        """
        self._refuse_too_soon(address)
        try:
            enrolled = await self._use(read_code(typed))
        except EnrolmentRefused as refused:
            self._delays.failed(address)
            self._security_log.refused(ENROLMENT_REFUSED, address, refused.problem.value)
            raise
        return enrolled

    def find(self, token: str) -> DeskPrincipal | None:
        """The tablet that holds this token."""
        tablet = self._live.get(token_hash(token))
        return DeskPrincipal(tablet.desk, tablet.token) if tablet else None

    def is_live(self, token: UUID) -> bool:
        """Whether the tablet with this token id is still one."""
        return token in self._tokens

    def tablets_of(self, desk: UUID) -> list[Tablet]:
        """The tablets of a desk, oldest first."""
        return sorted((t for t in self._live.values() if t.desk == desk), key=lambda tablet: tablet.enrolled_at)

    async def revoke(self, token: UUID, actor: Actor) -> None:
        """The tablet is none any more; what it has open closes. Does nothing for one that is revoked already."""
        tablet = next((tablet for tablet in self._live.values() if tablet.token == token), None)
        if tablet is not None:
            await self._revoke([tablet], actor)

    async def revoke_desk(self, desk: UUID, actor: Actor) -> None:
        """No tablet of this desk is one any more; its waiting codes end."""

        async def end_codes(tx: Transaction) -> None:
            await EnrolmentCode.filter(desk=desk, used_at=None).using_db(tx.connection).update(used_at=clock.now())

        await transaction(end_codes)
        await self._revoke(self.tablets_of(desk), actor)

    async def _revoke(self, tablets: list[Tablet], actor: Actor) -> None:
        async def work(tx: Transaction) -> None:
            rows = DeskToken.filter(id__in=[tablet.token for tablet in tablets]).using_db(tx.connection)
            await rows.update(revoked_at=clock.now())
            await self._journal.append_all(
                tx, [_act(TABLET_REVOKED, actor, tablet.desk, tablet.token) for tablet in tablets]
            )
            tx.after_commit(lambda: self._forget({tablet.token for tablet in tablets}))

        if tablets:
            await transaction(work)

    async def _use(self, code: str) -> Enrolled:
        token, id_ = new_token(), uuid.uuid4()

        async def work(tx: Transaction) -> Enrolled:
            row = await self._good_code(tx, code)
            now = clock.now()
            row.used_at = now
            await row.save(using_db=tx.connection)
            await DeskToken.create(
                id=id_, token_hash=token_hash(token), desk=row.desk, enrolled_at=now, using_db=tx.connection
            )
            await self._journal.append(tx, _act(TABLET_ENROLLED, Actor(str(id_), Assurance.DEVICE), row.desk, id_))
            tx.after_commit(lambda: self._remember(token_hash(token), Tablet(id_, row.desk, now)))
            return Enrolled(DeskPrincipal(row.desk, id_), token)

        return await transaction(work)

    async def _good_code(self, tx: Transaction, code: str) -> EnrolmentCode:
        if len(code) != CODE_LENGTH:
            raise EnrolmentRefused(EnrolmentProblem.UNKNOWN)
        row = await EnrolmentCode.get_or_none(code_hash=self._vault.index(CODE_INDEX, code), using_db=tx.connection)
        if row is None:
            raise EnrolmentRefused(EnrolmentProblem.UNKNOWN)
        if row.used_at is not None:
            raise EnrolmentRefused(EnrolmentProblem.USED)
        issued = Moment(row.issued_at, row.issued_ns, row.boot_id, ClockQuality.RECONSTRUCTED)
        if not 0 <= clock.moment().seconds_since(issued) < CODE_SECONDS:
            raise EnrolmentRefused(EnrolmentProblem.EXPIRED)
        return row

    def _refuse_too_soon(self, address: str) -> None:
        wait = self._delays.wait_seconds(address)
        if wait > 0:
            self._security_log.refused(ENROLMENT_REFUSED, address, 'too soon')
            raise TooSoon(wait)

    def _remember(self, hash_: str, tablet: Tablet) -> None:
        self._live[hash_] = tablet
        self._tokens.add(tablet.token)

    def _forget(self, tokens: set[UUID]) -> None:
        self._live = {hash_: tablet for hash_, tablet in self._live.items() if tablet.token not in tokens}
        self._tokens -= tokens
        for token in tokens:
            DESK_TOKEN_REVOKED.emit(token)


def _act(kind: str, actor: Actor, desk: UUID, token: UUID) -> Act:
    return Act(kind=kind, actor=actor, desk=desk, payload={'token': str(token)})
