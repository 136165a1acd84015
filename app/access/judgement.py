"""Whether a request is let in: plain rules on plain values."""

from dataclasses import dataclass
from enum import StrEnum

from app.access.asked import Asked
from app.access.policies import Audience, Policy
from app.access.principals import (
    NOBODY,
    DeskPrincipal,
    Principal,
    ProgramPrincipal,
    StaffPrincipal,
    is_allowed,
)


class Refusal(StrEnum):
    """Why a request is not let in."""

    NO_SUCH_PAGE = 'no_such_page'
    TABLET_ELSEWHERE = 'tablet_elsewhere'
    NOT_ENROLLED = 'not_enrolled'
    SIGN_IN_FIRST = 'sign_in_first'
    CHANGE_PASSWORD_FIRST = 'change_password_first'  # noqa: S105 - names a step, holds none
    NOT_ALLOWED = 'not_allowed'
    FOREIGN_ORIGIN = 'foreign_origin'
    TOKEN_MISSING = 'token_missing'  # noqa: S105
    TOKEN_UNKNOWN = 'token_unknown'  # noqa: S105
    WRONG_SCOPE = 'wrong_scope'
    TOO_LARGE = 'too_large'
    CANNOT_RECORD = 'cannot_record'


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who the cookies and the header of a request stand for."""

    staff: StaffPrincipal | None = None
    tablet: DeskPrincipal | None = None
    program: ProgramPrincipal | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between boxes."""

    scheme: str = 'http'
    own_hosts: frozenset[str] = frozenset()
    """Hosts under which pages of the box run; empty: whichever the browser asked for."""
    tablets_may_visit_staff_pages: bool = False
    """Only for a demonstration, where one browser shows both sides."""


def judge(
    asked: Asked, policy: Policy | None, credentials: Credentials, rules: Rules, *, is_open: bool = True
) -> Principal | Refusal:
    """Who may come in as whom, or why not.

    While the box is not open nobody can be known: public pages and the kiosk are shown as such, to say so.
    """
    is_tablet = credentials.tablet is not None and not rules.tablets_may_visit_staff_pages
    if policy is None:
        return Refusal.TABLET_ELSEWHERE if is_tablet else Refusal.NO_SUCH_PAGE
    if is_tablet and policy.audience is not Audience.DESK and not policy.also_tablets:
        return Refusal.TABLET_ELSEWHERE
    if _needs_own_origin(asked, policy) and not asked.is_from(rules.scheme, rules.own_hosts):
        return Refusal.FOREIGN_ORIGIN
    if asked.content_length > policy.largest_body:
        return Refusal.TOO_LARGE
    if not is_open:
        return _judge_closed(asked, policy)
    match policy.audience:
        case Audience.PUBLIC:
            return credentials.staff or credentials.tablet or NOBODY
        case Audience.SOCKET:
            return NOBODY
        case Audience.DESK:
            return credentials.tablet or Refusal.NOT_ENROLLED
        case Audience.STAFF:
            return _judge_staff(credentials.staff, policy)
        case Audience.PROGRAM:
            return _judge_program(asked, credentials.program, policy)


def may_still(principal: Principal, policy: Policy) -> bool:
    """Whether somebody who was let in once may still use the page; that they are signed in is checked elsewhere."""
    match policy.audience:
        case Audience.PUBLIC:
            return True
        case Audience.DESK:
            return isinstance(principal, DeskPrincipal)
        case Audience.STAFF:
            return isinstance(principal, StaffPrincipal) and not isinstance(_judge_staff(principal, policy), Refusal)
        case _:
            return False


def _needs_own_origin(asked: Asked, policy: Policy) -> bool:
    if policy.audience is Audience.SOCKET:
        return True
    needs_page = policy.audience is not Audience.PROGRAM and not policy.proves_itself
    return needs_page and (asked.changes_something or asked.is_socket)


def _judge_closed(asked: Asked, policy: Policy) -> Principal | Refusal:
    if policy.audience in (Audience.STAFF, Audience.PROGRAM):
        return Refusal.CANNOT_RECORD
    return Refusal.CANNOT_RECORD if asked.changes_something and policy.audience is not Audience.SOCKET else NOBODY


def _judge_staff(staff: StaffPrincipal | None, policy: Policy) -> Principal | Refusal:
    if staff is None:
        return Refusal.SIGN_IN_FIRST
    if staff.must_change_password and not policy.with_start_password:
        return Refusal.CHANGE_PASSWORD_FIRST
    if policy.permission is not None and not is_allowed(staff, policy.permission):
        return Refusal.NOT_ALLOWED
    return staff


def _judge_program(asked: Asked, program: ProgramPrincipal | None, policy: Policy) -> Principal | Refusal:
    if program is None:
        return Refusal.TOKEN_UNKNOWN if asked.bearer else Refusal.TOKEN_MISSING
    return program if program.scope == policy.scope else Refusal.WRONG_SCOPE
