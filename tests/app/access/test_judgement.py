"""Who is let in where."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.asked import Asked, is_local_path, read_scope
from app.access.judgement import Credentials, Refusal, Rules, judge, may_still
from app.access.policies import Audience, Policies, Policy
from app.access.principals import (
    NOBODY,
    DeskPrincipal,
    NotAllowed,
    Permission,
    ProgramPrincipal,
    Role,
    StaffPrincipal,
    acting_as,
    current_principal,
    is_allowed,
    require,
)

SOME = UUID('0190aaaa-0000-7000-8000-000000000001')
ADMINISTRATOR = StaffPrincipal(account=SOME, staff=SOME, roles=frozenset({Role.ADMINISTRATOR}), session=SOME)
CLERK = StaffPrincipal(account=SOME, staff=SOME, roles=frozenset({Role.ATTENDANCE_CLERK}), session=SOME)
NEWCOMER = StaffPrincipal(
    account=SOME, staff=SOME, roles=frozenset({Role.ADMINISTRATOR}), session=SOME, must_change_password=True
)
TABLET = DeskPrincipal(SOME, SOME)
PROGRAM = ProgramPrincipal(SOME, 'attendance:read', '人事システム')
OWN = 'http://box:8080'


def asked(path: str = '/', method: str = 'GET', *, origin: str = '', site: str = '', **other: object) -> Asked:
    headers = {'host': 'box:8080', 'origin': origin, 'sec-fetch-site': site, **other}
    scope = {
        'type': 'http',
        'path': path,
        'method': method,
        'headers': [(name.encode(), str(value).encode()) for name, value in headers.items() if value],
        'client': ('10.0.0.7', 1),
    }
    return read_scope(scope)


def table() -> Policies:
    policies = Policies()
    policies.register('/sign-in', public=True)
    policies.register('/kiosk', desk=True)
    policies.register('/staff', staff=True)
    policies.register('/staff/account', staff=True, with_start_password=True)
    policies.register('/staff/desks', permission=Permission.MANAGE_DESKS)
    policies.register('/staff/desks/{desk}', permission=Permission.MANAGE_DESKS)
    policies.register('/api/v1/attendance/punches', scope='attendance:read')
    policies.add_files('/assets/{path:path}')
    policies.add(Policy(path='/_nicegui_ws/{path:path}', audience=Audience.SOCKET, also_tablets=True))
    return policies


def verdict(
    path: str, credentials: Credentials, method: str = 'GET', *, rules: Rules | None = None, **headers: object
) -> object:
    request = asked(path, method, **headers)  # type: ignore[arg-type]
    return judge(request, table().find(path), credentials, rules or Rules())


@pytest.mark.parametrize(
    ('path', 'nobody', 'clerk', 'administrator', 'tablet'),
    [
        ('/sign-in', NOBODY, CLERK, ADMINISTRATOR, Refusal.TABLET_ELSEWHERE),
        ('/kiosk', Refusal.NOT_ENROLLED, Refusal.NOT_ENROLLED, Refusal.NOT_ENROLLED, TABLET),
        ('/staff', Refusal.SIGN_IN_FIRST, CLERK, ADMINISTRATOR, Refusal.TABLET_ELSEWHERE),
        ('/staff/desks', Refusal.SIGN_IN_FIRST, Refusal.NOT_ALLOWED, ADMINISTRATOR, Refusal.TABLET_ELSEWHERE),
        ('/staff/desks/7', Refusal.SIGN_IN_FIRST, Refusal.NOT_ALLOWED, ADMINISTRATOR, Refusal.TABLET_ELSEWHERE),
        ('/assets/x/y.css', NOBODY, CLERK, ADMINISTRATOR, TABLET),
        ('/nowhere', *[Refusal.NO_SUCH_PAGE] * 3, Refusal.TABLET_ELSEWHERE),
        ('/staff/desks/7/8', *[Refusal.NO_SUCH_PAGE] * 3, Refusal.TABLET_ELSEWHERE),
        ('/staff/', *[Refusal.NO_SUCH_PAGE] * 3, Refusal.TABLET_ELSEWHERE),
        ('/staff/desks/{desk}', Refusal.SIGN_IN_FIRST, Refusal.NOT_ALLOWED, ADMINISTRATOR, Refusal.TABLET_ELSEWHERE),
    ],
)
def test_each_path_lets_in_whom_it_is_for_and_nobody_else(
    path: str, nobody: object, clerk: object, administrator: object, tablet: object
) -> None:
    assert verdict(path, Credentials()) == nobody
    assert verdict(path, Credentials(staff=CLERK)) == clerk
    assert verdict(path, Credentials(staff=ADMINISTRATOR)) == administrator
    assert verdict(path, Credentials(tablet=TABLET)) == tablet


def test_an_administrator_who_signs_in_on_a_tablet_gets_no_further_than_the_tablet() -> None:
    both = Credentials(staff=ADMINISTRATOR, tablet=TABLET)
    assert verdict('/staff', both) is Refusal.TABLET_ELSEWHERE
    assert verdict('/staff', both, rules=Rules(tablets_may_visit_staff_pages=True)) == ADMINISTRATOR


def test_a_start_password_opens_only_the_page_where_it_is_changed() -> None:
    assert verdict('/staff', Credentials(staff=NEWCOMER)) is Refusal.CHANGE_PASSWORD_FIRST
    assert verdict('/staff/desks', Credentials(staff=NEWCOMER)) is Refusal.CHANGE_PASSWORD_FIRST
    assert verdict('/staff/account', Credentials(staff=NEWCOMER)) == NEWCOMER
    assert not is_allowed(NEWCOMER, Permission.MANAGE_DESKS)


def test_a_program_needs_a_known_token_with_the_right_scope() -> None:
    path = '/api/v1/attendance/punches'
    other = ProgramPrincipal(SOME, 'vehicles:read', '公用車')
    assert verdict(path, Credentials()) is Refusal.TOKEN_MISSING
    assert verdict(path, Credentials(), authorization='Bearer mb_x') is Refusal.TOKEN_UNKNOWN
    assert verdict(path, Credentials(program=other)) is Refusal.WRONG_SCOPE
    assert verdict(path, Credentials(program=PROGRAM)) == PROGRAM
    assert verdict(path, Credentials(staff=ADMINISTRATOR)) is Refusal.TOKEN_MISSING


@pytest.mark.parametrize(
    ('origin', 'site', 'is_in'),
    [
        (OWN, '', True),
        (OWN, 'cross-site', True),
        ('', 'same-origin', True),
        ('', '', False),
        ('', 'none', False),
        ('', 'same-site', False),
        ('null', 'same-origin', False),
        ('https://box:8080', '', False),
        ('http://box', '', False),
        ('http://evil.example', '', False),
        ('http://box:8080.evil.example', '', False),
    ],
)
def test_what_changes_something_must_come_from_a_page_of_the_box(origin: str, site: str, is_in: bool) -> None:
    got = verdict('/staff', Credentials(staff=ADMINISTRATOR), 'POST', origin=origin, site=site)
    assert (got == ADMINISTRATOR) is is_in
    assert is_in or got is Refusal.FOREIGN_ORIGIN


def test_the_socket_opens_only_for_pages_of_the_box() -> None:
    scope = {
        'type': 'websocket',
        'path': '/_nicegui_ws/socket.io/',
        'client': None,
        'headers': [(b'host', b'box:8080')],
    }
    policy = table().find('/_nicegui_ws/socket.io/')
    for origin, expected in (
        (b'', Refusal.FOREIGN_ORIGIN),
        (b'http://evil.example', Refusal.FOREIGN_ORIGIN),
        (OWN.encode(), NOBODY),
    ):
        headers = [*scope['headers'], (b'origin', origin), (b'sec-fetch-site', b'same-origin')]  # type: ignore[misc]
        assert judge(read_scope({**scope, 'headers': headers}), policy, Credentials(), Rules()) == expected


def test_behind_a_public_address_other_host_names_are_foreign() -> None:
    rules = Rules(own_hosts=frozenset({'box.example.lg.jp'}))
    assert verdict('/staff', Credentials(staff=CLERK), 'POST', origin=OWN, rules=rules) is Refusal.FOREIGN_ORIGIN


def test_while_the_box_is_not_open_only_pages_that_say_so_are_shown() -> None:
    for path, method, expected in (
        ('/kiosk', 'GET', NOBODY),
        ('/sign-in', 'GET', NOBODY),
        ('/sign-in', 'POST', Refusal.CANNOT_RECORD),
        ('/staff', 'GET', Refusal.CANNOT_RECORD),
        ('/api/v1/attendance/punches', 'GET', Refusal.CANNOT_RECORD),
        ('/nowhere', 'GET', Refusal.NO_SUCH_PAGE),
    ):
        request = asked(path, method, origin=OWN)
        assert judge(request, table().find(path), Credentials(), Rules(), is_open=False) == expected


def test_who_was_let_in_may_go_on_only_where_they_still_could_come_in() -> None:
    pages = table()
    desks, kiosk, sign_in, programs = (
        pages.find(path) for path in ('/staff/desks', '/kiosk', '/sign-in', '/api/v1/attendance/punches')
    )
    assert desks and kiosk and sign_in and programs
    assert may_still(ADMINISTRATOR, desks) and not may_still(CLERK, desks) and not may_still(TABLET, desks)
    assert may_still(TABLET, kiosk) and not may_still(ADMINISTRATOR, kiosk) and not may_still(NOBODY, kiosk)
    assert may_still(NOBODY, sign_in)
    assert not may_still(PROGRAM, programs)


def test_a_path_needs_exactly_one_audience() -> None:
    with pytest.raises(ValueError, match='/x'):
        Policies().register('/x')
    with pytest.raises(ValueError, match='/x'):
        Policies().register('/x', public=True, desk=True)


def test_require_answers_with_the_principal_or_raises() -> None:
    assert require(ADMINISTRATOR, Permission.MANAGE_DESKS) is ADMINISTRATOR
    for principal in (CLERK, TABLET, PROGRAM, NOBODY, NEWCOMER):
        with pytest.raises(NotAllowed):
            require(principal, Permission.MANAGE_DESKS)


def test_outside_of_any_request_nobody_asks() -> None:
    assert current_principal() == NOBODY
    with acting_as(CLERK):
        assert current_principal() == CLERK
    assert current_principal() == NOBODY


def test_a_name_is_not_in_the_repr_of_a_principal() -> None:
    named = StaffPrincipal(account=uuid4(), staff=uuid4(), roles=frozenset(), session=uuid4(), name='山田')
    assert '山田' not in repr(named)


@pytest.mark.parametrize(
    ('target', 'is_local'),
    [
        ('/staff', True),
        ('/staff/desks?page=2', True),
        ('', False),
        ('staff', False),
        ('//evil.example', False),
        ('/\\evil.example', False),
        ('/\t/evil.example', False),
        ('https://evil.example/', False),
        ('javascript:alert(1)', False),
        ('/' + 'a' * 600, False),
        ('/職員', False),
    ],
)
def test_one_returns_only_to_pages_of_the_box(target: str, is_local: bool) -> None:
    assert is_local_path(target) is is_local


@given(st.text(max_size=50), st.text(max_size=50), st.binary(max_size=50), st.binary(max_size=50))
def test_every_request_can_be_read(path: str, method: str, header: bytes, value: bytes) -> None:
    scope = {
        'type': 'http',
        'path': path,
        'method': method,
        'headers': [(header, value), (b'cookie', value), (b'content-length', value)],
    }
    request = read_scope(scope)
    judge(request, table().find(path), Credentials(), Rules())
    is_local_path(request.address_to_return_to)
