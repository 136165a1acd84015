"""Accounts as administrators see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from app.access.models import Account
from app.access.principals import Role
from app.people.staff import StaffMember, StaffRegister


class NoSuchAccount(Exception):
    """There is no account with this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """An account, with the name of its holder."""

    id: UUID
    staff: UUID
    number: str
    name: str
    roles: frozenset[Role]
    disabled: bool
    must_change_password: bool


class AccountList:
    """Reads accounts together with the people they belong to."""

    def __init__(self, staff: StaffRegister) -> None:
        self._staff = staff

    async def page(self, offset: int, limit: int) -> tuple[list[AccountEntry], int]:
        """A window of all accounts, oldest first, and how many there are."""
        rows = await Account.all().order_by('created_at', 'id').offset(offset).limit(limit)
        people = await self._staff.get_many(row.staff for row in rows)
        return [entry_of(row, people.get(row.staff)) for row in rows], await Account.all().count()

    async def get(self, account: UUID) -> AccountEntry:
        """One account.

        Raises:
            NoSuchAccount: with this id.
        """
        row = await account_row(account)
        return entry_of(row, await self._staff.get(row.staff))


async def account_row(account: UUID) -> Account:
    """The row of an account.

    Raises:
        NoSuchAccount: with this id.
    """
    row = await Account.get_or_none(id=account)
    if row is None:
        raise NoSuchAccount(str(account))
    return row


def roles_from(names: Iterable[str]) -> frozenset[Role]:
    """The roles with these names; one that this version does not know gives nothing."""
    return frozenset(Role(name) for name in names if name in set(Role))


def entry_of(row: Account, member: StaffMember | None) -> AccountEntry:
    """A row and its holder as an administrator sees them."""
    return AccountEntry(
        id=row.id,
        staff=row.staff,
        number=member.number if member else '',
        name=member.name if member else '',
        roles=roles_from(row.roles),
        disabled=row.disabled,
        must_change_password=row.must_change_password,
    )
