"""Accounts of staff: who may sign in, with which roles."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from app import clock
from app.access.account_list import AccountEntry, NoSuchAccount, account_row, entry_of, roles_from
from app.access.limits import Delays, TooSoon
from app.access.models import Account
from app.access.passwords import Passwords, refuse_weak
from app.access.principals import Permission, Role, StaffPrincipal, roles_allow
from app.access.secrets import new_start_password
from app.access.sessions import Sessions
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.people.staff import StaffRegister
from app.storage.transaction import Transaction, transaction

ACCOUNT_CREATED = 'access.account_created'
ROLE_GRANTED = 'access.role_granted'
ROLE_WITHDRAWN = 'access.role_withdrawn'
ACCOUNT_DISABLED = 'access.account_disabled'
ACCOUNT_ENABLED = 'access.account_enabled'
PASSWORD_CHANGED = 'access.password_changed'  # noqa: S105 - the kind of an act
PASSWORD_RESET = 'access.password_reset'  # noqa: S105
SIGNED_OUT_EVERYWHERE = 'access.signed_out_everywhere'


class NoSuchStaff(Exception):
    """No active member of staff has this number."""


class AccountExists(Exception):
    """This member of staff has an account already."""


class LastAdministrator(Exception):
    """Without this account nobody could manage the box any more."""


class WrongPassword(Exception):
    """The present password was not right."""


class Accounts:
    """Creates and changes accounts; whatever takes rights away ends the sessions that had them."""

    def __init__(self, journal: Journal, staff: StaffRegister, passwords: Passwords, sessions: Sessions) -> None:
        self._journal = journal
        self._staff = staff
        self._passwords = passwords
        self._sessions = sessions
        self._delays = Delays(free=3, longest_seconds=60)
        self._roles: dict[UUID, frozenset[Role]] = {}

    async def load(self) -> None:
        """Read the roles of all accounts into memory."""
        rows = await Account.filter(disabled=False)
        self._roles = {row.staff: roles_from(row.roles) for row in rows}

    def roles_of(self, staff: UUID) -> frozenset[Role]:
        """The roles of a member of staff; none for those without an account, or with a disabled one."""
        return self._roles.get(staff, frozenset())

    def who_may(self, permission: Permission) -> list[UUID]:
        """Staff with an account in use whose roles allow this."""
        return [staff for staff, roles in self._roles.items() if roles_allow(roles, permission)]

    def has_administrator(self) -> bool:
        """Whether somebody can manage the box."""
        return any(Role.ADMINISTRATOR in roles for roles in self._roles.values())

    async def create(
        self, number: str, roles: Iterable[Role], actor: Actor, *, password: str | None = None
    ) -> tuple[AccountEntry, str]:
        """Let a member of staff sign in. Without a password they get a start password, which is returned.

        Raises:
            NoSuchStaff: no active member of staff has the number.
            AccountExists: they have an account.
            PasswordRefused: the given password is too weak.
        """
        member = await self._staff.find_by_number(number)
        if member is None or not member.active:
            raise NoSuchStaff(number)
        if password is not None:
            refuse_weak(password, number)
        start_password = '' if password is not None else new_start_password()
        row = Account(
            id=uuid.uuid4(),
            staff=member.id,
            password_hash=await self._passwords.hash(password if password is not None else start_password),
            roles=sorted(role.value for role in roles),
            must_change_password=password is None,
            created_at=clock.now(),
        )

        async def work(tx: Transaction) -> None:
            if await Account.filter(staff=member.id).using_db(tx.connection).exists():
                raise AccountExists(number)
            await Account.bulk_create([row], using_db=tx.connection)
            await self._write(tx, ACCOUNT_CREATED, row, actor, {'roles': row.roles})
            tx.after_commit(lambda: self._roles.update({row.staff: roles_from(row.roles)}))

        await transaction(work)
        return entry_of(row, member), start_password

    async def grant(self, account: UUID, role: Role, actor: Actor) -> None:
        """Give a role. The account's sessions end, so that the next sign-in has it.

        Raises:
            NoSuchAccount: with this id.
        """

        def change(row: Account) -> None:
            row.roles = sorted({*row.roles, role.value})

        await self._change(account, ROLE_GRANTED, actor, change, {'role': role.value})

    async def withdraw(self, account: UUID, role: Role, actor: Actor) -> None:
        """Take a role away, and end the account's sessions.

        Raises:
            NoSuchAccount: with this id.
            LastAdministrator: nobody else could manage the box.
        """

        def change(row: Account) -> None:
            row.roles = [kept for kept in row.roles if kept != role.value]

        await self._change(account, ROLE_WITHDRAWN, actor, change, {'role': role.value})

    async def disable(self, account: UUID, actor: Actor) -> None:
        """Nobody signs in with this account any more; its sessions end.

        Raises:
            NoSuchAccount: with this id.
            LastAdministrator: nobody else could manage the box.
        """

        def change(row: Account) -> None:
            row.disabled = True

        await self._change(account, ACCOUNT_DISABLED, actor, change)

    async def enable(self, account: UUID, actor: Actor) -> None:
        """Let the account sign in again.

        Raises:
            NoSuchAccount: with this id.
        """

        def change(row: Account) -> None:
            row.disabled = False

        await self._change(account, ACCOUNT_ENABLED, actor, change)

    async def reset_password(self, account: UUID, actor: Actor) -> str:
        """Give a new start password, which must be changed at the first sign-in, and end the sessions.

        Raises:
            NoSuchAccount: with this id.
        """
        start_password = new_start_password()
        password_hash = await self._passwords.hash(start_password)

        def change(row: Account) -> None:
            row.password_hash, row.must_change_password = password_hash, True

        await self._change(account, PASSWORD_RESET, actor, change)
        return start_password

    async def change_password(self, principal: StaffPrincipal, present: str, chosen: str, actor: Actor) -> None:
        """Replace one's own password; all sessions end, the present one too.

        Raises:
            WrongPassword: the present one is not right.
            TooSoon: after too many wrong ones.
            PasswordRefused: the chosen one is too weak.
        """
        key = str(principal.account)
        if (wait := self._delays.wait_seconds(key)) > 0:
            raise TooSoon(wait)
        self._delays.failed(key)
        row = await account_row(principal.account)
        member = await self._staff.get(row.staff)
        if not await self._passwords.is_right(present, row.password_hash):
            raise WrongPassword
        self._delays.succeeded(key)
        refuse_weak(chosen, member.number if member else '')
        password_hash = await self._passwords.hash(chosen)

        def change(row: Account) -> None:
            row.password_hash, row.must_change_password = password_hash, False

        await self._change(principal.account, PASSWORD_CHANGED, actor, change)

    async def sign_out_everywhere(self, account: UUID, actor: Actor) -> None:
        """End all sessions of an account."""
        await self._change(account, SIGNED_OUT_EVERYWHERE, actor, lambda row: None)

    async def _change(
        self,
        account: UUID,
        kind: str,
        actor: Actor,
        change: Callable[[Account], None],
        payload: dict[str, str] | None = None,
    ) -> None:
        async def work(tx: Transaction) -> None:
            row = await Account.get_or_none(id=account, using_db=tx.connection)
            if row is None:
                raise NoSuchAccount(str(account))
            could_manage = _can_manage(row)
            change(row)
            await row.save(using_db=tx.connection)
            if could_manage and not _can_manage(row):
                await _refuse_without_administrator(tx)
            await self._write(tx, kind, row, actor, payload or {})
            await self._sessions.end_of_account(tx, account)
            tx.after_commit(lambda: self._remember(row))

        await transaction(work)

    async def _write(
        self, tx: Transaction, kind: str, row: Account, actor: Actor, payload: Mapping[str, object]
    ) -> None:
        act = Act(kind=kind, actor=actor, subjects=(row.staff,), payload={'account': str(row.id), **payload})
        await self._journal.append(tx, act)

    def _remember(self, row: Account) -> None:
        self._roles[row.staff] = frozenset() if row.disabled else roles_from(row.roles)


def _can_manage(row: Account) -> bool:
    return not row.disabled and Role.ADMINISTRATOR in roles_from(row.roles)


async def _refuse_without_administrator(tx: Transaction) -> None:
    rows = await Account.filter(disabled=False).using_db(tx.connection)
    if not any(_can_manage(row) for row in rows):
        raise LastAdministrator
