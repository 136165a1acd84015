"""Signing in by staff number and password, and out again."""

import unicodedata
import uuid

from app.access.account_list import roles_from
from app.access.limits import SignInLimits, TooSoon
from app.access.models import Account
from app.access.passwords import LONGEST, Passwords
from app.access.principals import StaffPrincipal
from app.access.sessions import Sessions, SignedIn
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance
from app.journal.security_log import SecurityLog
from app.people.staff import StaffMember, StaffRegister
from app.storage.transaction import Transaction, transaction

SIGNED_IN = 'access.signed_in'
SIGNED_OUT = 'access.signed_out'
SIGN_IN_REFUSED = 'access.sign_in_refused'
LONGEST_NUMBER = 32


class SignInRefused(Exception):
    """The number is unknown, the password wrong, or the account disabled: which of them is told to nobody."""


class SignIn:
    """Opens and closes sessions."""

    def __init__(
        self,
        journal: Journal,
        security_log: SecurityLog,
        staff: StaffRegister,
        passwords: Passwords,
        sessions: Sessions,
    ) -> None:
        self._journal = journal
        self._security_log = security_log
        self._staff = staff
        self._passwords = passwords
        self._sessions = sessions
        self._limits = SignInLimits()

    async def sign_in(self, number: str, password: str, address: str) -> SignedIn:
        """Check number and password, and begin a session with a new token.

        An unknown number, a disabled account and a wrong password cost the same work.

        Raises:
            SignInRefused: not these two.
            TooSoon: too many failed; nothing was checked.
            TooBusy: too many others are being checked.
        """
        number = unicodedata.normalize('NFKC', number).strip()[:LONGEST_NUMBER]
        self._begin(number, address)
        member = await self._staff.find_by_number(number)
        account = await Account.get_or_none(staff=member.id, disabled=False) if member and member.active else None
        stored = account.password_hash if account else None
        is_right = await self._passwords.is_right(password[: LONGEST + 1], stored)
        if member is None or account is None or not is_right:
            self._security_log.refused(SIGN_IN_REFUSED, address, 'number or password')
            raise SignInRefused
        self._limits.succeeded(number, address)
        await self._rehash(account, password)
        return await self._open(member, account)

    async def sign_out(self, principal: StaffPrincipal) -> None:
        """End the session."""

        async def work(tx: Transaction) -> None:
            await self._sessions.end(tx, [principal.session])
            await self._journal.append(tx, _act(SIGNED_OUT, principal))

        await transaction(work)

    def _begin(self, number: str, address: str) -> None:
        try:
            self._limits.begin(number, address)
        except TooSoon:
            self._security_log.refused(SIGN_IN_REFUSED, address, 'too soon')
            raise

    async def _rehash(self, account: Account, password: str) -> None:
        if not self._passwords.needs_rehash(account.password_hash):
            return
        old, account.password_hash = account.password_hash, await self._passwords.hash(password)

        async def work(tx: Transaction) -> None:
            rows = Account.filter(id=account.id, password_hash=old).using_db(tx.connection)
            await rows.update(password_hash=account.password_hash)

        await transaction(work)

    async def _open(self, member: StaffMember, checked: Account) -> SignedIn:
        session = uuid.uuid4()

        async def work(tx: Transaction) -> SignedIn:
            account = await Account.get(id=checked.id, using_db=tx.connection)
            if account.disabled or account.password_hash != checked.password_hash:
                raise SignInRefused
            principal = principal_of(account, member, session)
            signed_in = await self._sessions.begin(tx, principal)
            await self._journal.append(tx, _act(SIGNED_IN, principal))
            return signed_in

        return await transaction(work)


def principal_of(account: Account, member: StaffMember, session: uuid.UUID) -> StaffPrincipal:
    """Who a session of this account stands for."""
    return StaffPrincipal(
        account=account.id,
        staff=member.id,
        roles=roles_from(account.roles),
        session=session,
        name=member.name,
        must_change_password=account.must_change_password,
    )


def actor_of(principal: StaffPrincipal) -> Actor:
    """How acts of this principal are written into the journal."""
    return Actor(str(principal.staff), Assurance.PASSWORD)


def _act(kind: str, principal: StaffPrincipal) -> Act:
    payload = {'account': str(principal.account), 'session': str(principal.session)}
    return Act(kind=kind, actor=actor_of(principal), subjects=(principal.staff,), payload=payload)
