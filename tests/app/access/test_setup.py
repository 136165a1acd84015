"""The first administrator."""

from pathlib import Path

import pytest

from app.access.limits import TooSoon
from app.access.passwords import PasswordRefused
from app.access.principals import Role
from app.access.setup import SetupRefused
from app.journal.models import JournalLine
from app.people.staff import StaffEntry
from app.runtime import Box
from tests.support.box import hire, opened_box

PASSWORD = '縁側で猫が昼寝をする'
ENTRY = StaffEntry(number='1001', name='山田\u3000太郎', kana='ヤマダ\u3000タロウ', department='総務課')
ADDRESS = '10.0.0.7'


async def set_up(box: Box, code: str, password: str = PASSWORD) -> None:
    await box.access.setup.create_administrator(code, ENTRY, password, ADDRESS)


async def test_the_code_makes_an_administrator_and_a_member_of_staff_who_was_not_imported(box: Box) -> None:
    code = box.access.setup.new_code()
    assert code is not None
    await set_up(box, code)
    signed_in = await box.access.sign_in.sign_in('1001', PASSWORD, ADDRESS)
    assert signed_in.principal.roles == {Role.ADMINISTRATOR}
    assert not signed_in.principal.must_change_password
    assert await JournalLine.filter(kind='access.account_created', assurance='setup_code').count() == 1


async def test_a_member_of_staff_who_was_imported_keeps_their_record(box: Box) -> None:
    member = await hire(box, '1001', '山田\u3000花子')
    await set_up(box, box.access.setup.new_code() or '')
    assert box.access.accounts.roles_of(member.id) == {Role.ADMINISTRATOR}
    found = await box.staff.find_by_number('1001')
    assert found is not None
    assert found.name == '山田\u3000花子'


async def test_the_code_works_once_and_there_is_none_while_there_is_an_administrator(box: Box) -> None:
    code = box.access.setup.new_code() or ''
    await set_up(box, code)
    assert not box.access.setup.is_open
    assert box.access.setup.new_code() is None
    with pytest.raises(SetupRefused):
        await set_up(box, code)


async def test_a_code_may_be_typed_as_people_read_it(box: Box) -> None:
    code = box.access.setup.new_code() or ''
    await set_up(box, f' {code[:4].lower()}-{code[4:].replace("0", "o").replace("1", "l")} ')
    assert box.access.accounts.has_administrator()


async def test_a_weak_password_leaves_the_code_good(box: Box) -> None:
    code = box.access.setup.new_code() or ''
    with pytest.raises(PasswordRefused):
        await set_up(box, code, 'password2026')
    await set_up(box, code)


async def test_guessing_the_code_gets_slow(box: Box) -> None:
    box.access.setup.new_code()
    for _guess in range(5):
        with pytest.raises(SetupRefused):
            await set_up(box, 'AAAAAAAA')
    with pytest.raises(TooSoon):
        await set_up(box, 'AAAAAAAA')


async def test_each_start_has_a_new_code_and_the_old_one_ends(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        old = box.access.setup.new_code() or ''
    async with opened_box(tmp_path / 'box') as box:
        new = box.access.setup.new_code()
        assert new != old
        with pytest.raises(SetupRefused):
            await set_up(box, old)
