"""Who asks, and what they may do."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a member of staff was made responsible for."""

    ADMINISTRATOR = 'administrator'
    ATTENDANCE_CLERK = 'attendance_clerk'
    GUARD = 'guard'
    CAR_MANAGER = 'car_manager'
    SAFE_DRIVING_MANAGER = 'safe_driving_manager'
    SHELTER_OFFICER = 'shelter_officer'
    HEADQUARTERS = 'headquarters'
    """災害対策本部."""


class Permission(StrEnum):
    """One thing that a role allows."""

    MANAGE_DESKS = 'manage_desks'
    LINK_CARDS = 'link_cards'
    READ_JOURNAL = 'read_journal'
    MANAGE_ACCOUNTS = 'manage_accounts'
    MANAGE_STAFF = 'manage_staff'
    READ_ATTENDANCE = 'read_attendance'
    APPROVE_RENEWAL = 'approve_renewal'
    GUARD_CARS = 'guard_cars'
    MANAGE_CARS = 'manage_cars'
    INSTRUCT_DRIVERS = 'instruct_drivers'
    READ_TRIPS = 'read_trips'
    APPROVE_DISPOSAL = 'approve_disposal'
    RUN_SHELTER = 'run_shelter'
    """Open it, receive people, look after them."""
    MANAGE_SHELTERS = 'manage_shelters'
    """Lists, areas, sealed codes, closing."""
    READ_EVACUEES = 'read_evacuees'
    SEE_PROTECTED = 'see_protected'
    ANSWER_INQUIRIES = 'answer_inquiries'
    """安否情報の照会."""
    COMMAND_SHELTERS = 'command_shelters'
    """See all shelters, approve requests and benefits."""
    SEND_MESSAGES = 'send_messages'


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.ATTENDANCE_CLERK: frozenset({Permission.LINK_CARDS, Permission.READ_ATTENDANCE, Permission.APPROVE_RENEWAL}),
    Role.GUARD: frozenset({Permission.GUARD_CARS, Permission.READ_TRIPS}),
    Role.CAR_MANAGER: frozenset({Permission.GUARD_CARS, Permission.MANAGE_CARS, Permission.READ_TRIPS}),
    Role.SAFE_DRIVING_MANAGER: frozenset({Permission.GUARD_CARS, Permission.INSTRUCT_DRIVERS, Permission.READ_TRIPS}),
    Role.SHELTER_OFFICER: frozenset({Permission.RUN_SHELTER, Permission.READ_EVACUEES}),
    Role.HEADQUARTERS: frozenset(
        {
            Permission.RUN_SHELTER,
            Permission.MANAGE_SHELTERS,
            Permission.READ_EVACUEES,
            Permission.SEE_PROTECTED,
            Permission.ANSWER_INQUIRIES,
            Permission.COMMAND_SHELTERS,
        }
    ),
}


class NotAllowed(Exception):
    """The principal may not do this; the message names the permission, never the person."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """A browser or program that has not shown who it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPrincipal:
    """A member of staff in one signed-in browser."""

    account: UUID
    staff: UUID
    roles: frozenset[Role]
    session: UUID
    name: str = field(default='', repr=False)
    must_change_password: bool = False
    """Signed in with a start password: nothing is allowed until it was changed."""


@dataclass(frozen=True, slots=True)
class DeskPrincipal:
    """An enrolled tablet."""

    desk: UUID
    token: UUID


@dataclass(frozen=True, slots=True)
class ProgramPrincipal:
    """A program with a token for the HTTP interface."""

    token: UUID
    scope: str
    name: str


Principal = StaffPrincipal | DeskPrincipal | ProgramPrincipal | Nobody
NOBODY = Nobody()

_current: ContextVar[Principal] = ContextVar('principal', default=NOBODY)


def roles_allow(roles: Iterable[Role], permission: Permission) -> bool:
    """Whether one of the roles allows this."""
    return any(permission in ALLOWED[role] for role in roles)


def is_allowed(principal: Principal, permission: Permission) -> bool:
    """Whether a role of the principal allows this; only staff have roles."""
    if not isinstance(principal, StaffPrincipal) or principal.must_change_password:
        return False
    return roles_allow(principal.roles, permission)


def require(principal: Principal, permission: Permission) -> StaffPrincipal:
    """The principal, known to be staff who may do this.

    Raises:
        NotAllowed: no role of theirs allows it.
    """
    if not isinstance(principal, StaffPrincipal) or not is_allowed(principal, permission):
        raise NotAllowed(permission.value)
    return principal


def current_principal() -> Principal:
    """Who asked for what runs now: the request, the page under construction or the socket event."""
    return _current.get()


@contextmanager
def acting_as(principal: Principal) -> Iterator[None]:
    """Let `current_principal` answer this inside the block, and in the tasks that begin in it."""
    token = _current.set(principal)
    try:
        yield
    finally:
        _current.reset(token)
