"""Signing in by number and password, and what ends a session."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app import clock
from app.access.accounts import (
    AccountExists,
    LastAdministrator,
    NoSuchStaff,
    WrongPassword,
)
from app.access.limits import TooSoon
from app.access.models import Account, Session
from app.access.passwords import PasswordRefused
from app.access.principals import Role
from app.access.sessions import SESSION_ENDED, SignedIn
from app.access.sign_in import SignInRefused, actor_of
from app.clock import SettableClock
from app.journal.line import Actor
from app.journal.models import JournalLine, SecurityEvent
from app.runtime import Box
from tests.support.box import hire, opened_box

PASSWORD = '縁側で猫が昼寝をする'
ADDRESS = '10.0.0.7'


async def administrator(box: Box, number: str = '1001') -> UUID:
    await hire(box, number)
    entry, _none = await box.access.accounts.create(
        number, {Role.ADMINISTRATOR}, Actor.command_line(), password=PASSWORD
    )
    return entry.id


async def clerk(box: Box, number: str = '2002') -> tuple[UUID, str]:
    await hire(box, number, '佐藤\u3000花子')
    entry, start_password = await box.access.accounts.create(number, {Role.ATTENDANCE_CLERK}, Actor.command_line())
    return entry.id, start_password


async def sign_in(box: Box, number: str = '1001', password: str = PASSWORD) -> SignedIn:
    return await box.access.sign_in.sign_in(number, password, ADDRESS)


@pytest.fixture
def time() -> Iterator[SettableClock]:
    settable = SettableClock(clock.now())
    with clock.use(settable):
        yield settable


@pytest.fixture
def ended() -> Iterator[list[UUID]]:
    heard: list[UUID] = []
    forget = SESSION_ENDED.listen(heard.append)
    yield heard
    forget()


async def test_the_right_password_opens_a_session_that_the_journal_knows(box: Box) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    assert box.access.sessions.find(signed_in.token) == signed_in.principal
    assert signed_in.principal.name == '山田\u3000太郎'
    assert await JournalLine.filter(kind='access.signed_in', actor=str(signed_in.principal.staff)).count() == 1


async def test_neither_token_nor_password_is_in_the_database_or_in_a_repr(box: Box) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    everything = b''.join(file.read_bytes() for file in box.directory.root.rglob('*') if file.is_file())
    assert signed_in.token.encode() not in everything
    assert PASSWORD.encode() not in everything
    assert signed_in.token not in repr(signed_in)
    assert '山田' not in repr(signed_in)


@pytest.mark.parametrize(
    ('number', 'password'), [('1001', 'wrong password'), ('9999', PASSWORD), ('', ''), ('1001', '')]
)
async def test_unknown_number_and_wrong_password_are_refused_alike_and_noted(
    box: Box, number: str, password: str
) -> None:
    await administrator(box)
    with pytest.raises(SignInRefused) as refused:
        await sign_in(box, number, password)
    assert str(refused.value) == ''
    await box.security_log.write()
    event = await SecurityEvent.get(kind='access.sign_in_refused')
    assert event.source == ADDRESS
    assert password == '' or password not in event.detail


async def test_known_and_unknown_numbers_do_the_same_work(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    await administrator(box)
    await sign_in(box)
    compared: list[str] = []
    verify = box.access.passwords._verify

    def counting(password: str, stored: str) -> bool:
        compared.append(stored)
        return verify(password, stored)

    monkeypatch.setattr(box.access.passwords, '_verify', counting)
    for number, times in (('1001', 1), ('9999', 2)):
        with pytest.raises(SignInRefused):
            await sign_in(box, number, 'wrong password')
        assert len(compared) == times


async def test_full_width_digits_are_the_same_number(box: Box) -> None:
    await administrator(box)
    assert (await sign_in(box, '１００１')).principal.roles == {Role.ADMINISTRATOR}


async def test_a_thousand_wrong_passwords_do_not_hinder_another_account(box: Box) -> None:
    await administrator(box)
    await clerk(box)
    too_soon = 0
    for _attempt in range(1000):
        try:
            await sign_in(box, '2002', 'wrong password')
        except TooSoon:
            too_soon += 1
        except SignInRefused:
            continue
    assert too_soon > 900
    assert (await sign_in(box)).principal.roles == {Role.ADMINISTRATOR}


async def test_a_session_ends_after_thirty_idle_minutes(box: Box, time: SettableClock, ended: list[UUID]) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    time.forward(minutes=29)
    box.access.sessions.used(signed_in.principal.session)
    time.forward(minutes=29)
    assert box.access.sessions.find(signed_in.token) is not None
    time.forward(minutes=2)
    assert box.access.sessions.find(signed_in.token) is None
    await box.access.sweep()
    assert ended == [signed_in.principal.session]


async def test_a_session_ends_after_twelve_hours_of_use(box: Box, time: SettableClock) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    for _quarter in range(47):
        time.forward(minutes=15)
        box.access.sessions.used(signed_in.principal.session)
    assert box.access.sessions.is_live(signed_in.principal.session)
    time.forward(minutes=15)
    assert not box.access.sessions.is_live(signed_in.principal.session)


@pytest.mark.parametrize('hours', [-20, 20])
async def test_turning_the_wall_clock_neither_ends_nor_prolongs_a_session(
    box: Box, time: SettableClock, hours: int
) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    time.step(clock.now() + timedelta(hours=hours))
    assert box.access.sessions.find(signed_in.token) is not None
    time.forward(minutes=31)
    assert box.access.sessions.find(signed_in.token) is None


async def test_a_restart_keeps_sessions_but_not_longer_than_they_were_good(tmp_path: Path, time: SettableClock) -> None:
    async with opened_box(tmp_path / 'box') as box:
        await administrator(box)
        signed_in = await sign_in(box)
        time.forward(minutes=6)
        box.access.sessions.used(signed_in.principal.session)
        await box.access.sweep()
    time.forward(minutes=20)
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.sessions.find(signed_in.token) == signed_in.principal
    time.boot_id = 'another boot'
    time.forward(minutes=9)
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.sessions.find(signed_in.token) is not None
    time.forward(minutes=2)
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.sessions.find(signed_in.token) is None


async def test_signing_out_ends_the_session_on_the_server(box: Box, ended: list[UUID]) -> None:
    await administrator(box)
    signed_in = await sign_in(box)
    await box.access.sign_in.sign_out(signed_in.principal)
    assert box.access.sessions.find(signed_in.token) is None
    assert ended == [signed_in.principal.session]
    assert (await Session.get(id=signed_in.principal.session)).ended_at is not None


async def test_every_change_of_rights_ends_the_sessions_that_had_them(box: Box) -> None:
    await administrator(box)
    account, _start = await clerk(box)
    accounts, actor = box.access.accounts, Actor.command_line()
    password = await accounts.reset_password(account, actor)
    for change in (
        lambda: accounts.grant(account, Role.ADMINISTRATOR, actor),
        lambda: accounts.withdraw(account, Role.ADMINISTRATOR, actor),
        lambda: accounts.sign_out_everywhere(account, actor),
        lambda: accounts.disable(account, actor),
    ):
        signed_in = await sign_in(box, '2002', password)
        await change()
        assert box.access.sessions.find(signed_in.token) is None
    lines = await JournalLine.filter(kind__startswith='access.').order_by('sequence')
    assert [line.kind for line in lines if line.kind not in ('access.signed_in', 'access.account_created')] == [
        'access.password_reset',
        'access.role_granted',
        'access.role_withdrawn',
        'access.signed_out_everywhere',
        'access.account_disabled',
    ]


async def test_a_disabled_account_is_refused_until_it_is_enabled(box: Box) -> None:
    await administrator(box)
    account, password = await clerk(box)
    await box.access.accounts.disable(account, Actor.command_line())
    with pytest.raises(SignInRefused):
        await sign_in(box, '2002', password)
    assert box.access.accounts.roles_of((await Account.get(id=account)).staff) == set()
    await box.access.accounts.enable(account, Actor.command_line())
    assert (await sign_in(box, '2002', password)).principal.roles == {Role.ATTENDANCE_CLERK}


async def test_a_start_password_must_be_changed_and_is_then_no_longer_good(box: Box) -> None:
    await administrator(box)
    _account, start_password = await clerk(box)
    signed_in = await sign_in(box, '2002', start_password)
    assert signed_in.principal.must_change_password
    accounts, actor = box.access.accounts, actor_of(signed_in.principal)
    with pytest.raises(WrongPassword):
        await accounts.change_password(signed_in.principal, 'wrong password', PASSWORD, actor)
    with pytest.raises(PasswordRefused):
        await accounts.change_password(signed_in.principal, start_password, 'password2026', actor)
    await accounts.change_password(signed_in.principal, start_password, PASSWORD, actor)
    assert box.access.sessions.find(signed_in.token) is None
    assert not (await sign_in(box, '2002')).principal.must_change_password
    with pytest.raises(SignInRefused):
        await sign_in(box, '2002', start_password)


async def test_the_last_administrator_cannot_be_taken_away(box: Box) -> None:
    account = await administrator(box)
    for change in (
        lambda: box.access.accounts.disable(account, Actor.command_line()),
        lambda: box.access.accounts.withdraw(account, Role.ADMINISTRATOR, Actor.command_line()),
    ):
        with pytest.raises(LastAdministrator):
            await change()
    await administrator(box, '1002')
    await box.access.accounts.disable(account, Actor.command_line())


async def test_an_account_needs_a_member_of_staff_and_is_one_per_person(box: Box) -> None:
    await administrator(box)
    with pytest.raises(NoSuchStaff):
        await box.access.accounts.create('4711', set(), Actor.command_line())
    with pytest.raises(AccountExists):
        await box.access.accounts.create('1001', set(), Actor.command_line())


async def test_a_hash_with_weaker_parameters_is_made_anew_at_the_next_sign_in(box: Box) -> None:
    from argon2 import PasswordHasher

    account = await administrator(box)
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    await Account.filter(id=account).update(password_hash=weak)
    await sign_in(box)
    stored = (await Account.get(id=account)).password_hash
    assert stored != weak
    assert not box.access.passwords.needs_rehash(stored)
    await sign_in(box)
