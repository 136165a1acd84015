"""Making a browser a tablet, once, and taking that back."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app import clock
from app.access.enrolment import (
    DESK_TOKEN_REVOKED,
    Enrolled,
    EnrolmentProblem,
    EnrolmentRefused,
)
from app.access.limits import TooSoon
from app.access.secrets import CODE_LENGTH, CODE_LETTERS
from app.clock import SettableClock
from app.journal.line import Actor
from app.journal.models import JournalLine, SecurityEvent
from app.runtime import Box
from tests.support.box import opened_box

ADDRESS = '10.0.0.7'
DESK = UUID('0190aaaa-0000-7000-8000-000000000001')


async def issue(box: Box, desk: UUID = DESK) -> str:
    return await box.access.enrolment.issue(desk, Actor.command_line())


async def problem_of(box: Box, code: str) -> EnrolmentProblem:
    with pytest.raises(EnrolmentRefused) as refused:
        await box.access.enrolment.enrol(code, ADDRESS)
    return refused.value.problem


@pytest.fixture
def time() -> Iterator[SettableClock]:
    settable = SettableClock(clock.now())
    with clock.use(settable):
        yield settable


async def test_a_code_has_forty_bits_and_no_letter_that_looks_like_another(box: Box) -> None:
    code = await issue(box)
    assert len(code) == CODE_LENGTH
    assert len(CODE_LETTERS) ** CODE_LENGTH >= 2**40
    assert not set('ILOU') & set(CODE_LETTERS)


async def test_a_code_makes_a_tablet_of_its_desk(box: Box) -> None:
    enrolled = await box.access.enrolment.enrol(await issue(box), ADDRESS)
    assert box.access.enrolment.find(enrolled.token) == enrolled.principal
    assert enrolled.principal.desk == DESK
    assert await JournalLine.filter(kind='access.tablet_enrolled', desk=str(DESK)).count() == 1


async def test_a_replayed_code_is_refused_and_noted(box: Box) -> None:
    code = await issue(box)
    await box.access.enrolment.enrol(code, ADDRESS)
    assert await problem_of(box, code) is EnrolmentProblem.USED
    await box.security_log.write()
    assert (await SecurityEvent.get(kind='access.enrolment_refused')).detail == 'used'


async def test_of_many_who_bring_the_same_code_at_once_one_becomes_a_tablet(box: Box) -> None:
    code = await issue(box)
    answers = await asyncio.gather(
        *(box.access.enrolment.enrol(code, f'10.0.0.{host}') for host in range(20)), return_exceptions=True
    )
    assert sum(isinstance(answer, Enrolled) for answer in answers) == 1
    assert sum(isinstance(answer, EnrolmentRefused) for answer in answers) == 19


async def test_a_code_ends_after_ten_minutes_whatever_the_wall_clock_says(box: Box, time: SettableClock) -> None:
    good, late = await issue(box), await issue(box)
    time.step(clock.now().replace(year=2030))
    time.forward(minutes=9)
    await box.access.enrolment.enrol(good, ADDRESS)
    time.forward(minutes=2)
    assert await problem_of(box, late) is EnrolmentProblem.EXPIRED


async def test_guesses_get_slow_and_no_other_address_does(box: Box, time: SettableClock) -> None:
    code = await issue(box)
    for _guess in range(5):
        assert await problem_of(box, 'AAAAAAAA') is EnrolmentProblem.UNKNOWN
    with pytest.raises(TooSoon):
        await box.access.enrolment.enrol(code, ADDRESS)
    await box.access.enrolment.enrol(code, '10.0.0.8')


@pytest.mark.parametrize('typed', ['', '/', 'A' * 5000, '\x00' * 8, "' OR 1=1", '登録登録登録登録'])
async def test_anything_else_is_an_unknown_code(box: Box, typed: str) -> None:
    assert await problem_of(box, typed) is EnrolmentProblem.UNKNOWN


async def test_neither_code_nor_token_is_in_the_database(box: Box) -> None:
    code = await issue(box)
    enrolled = await box.access.enrolment.enrol(code, ADDRESS)
    everything = b''.join(file.read_bytes() for file in box.directory.root.rglob('*') if file.is_file())
    assert code.encode() not in everything
    assert enrolled.token.encode() not in everything
    assert enrolled.token not in repr(enrolled)


async def test_a_desk_has_several_tablets_and_each_is_revoked_alone(box: Box) -> None:
    heard: list[UUID] = []
    forget = DESK_TOKEN_REVOKED.listen(heard.append)
    enrolment = box.access.enrolment
    first, second = [await enrolment.enrol(await issue(box), ADDRESS) for _tablet in range(2)]
    assert [tablet.token for tablet in enrolment.tablets_of(DESK)] == [first.principal.token, second.principal.token]
    await enrolment.revoke(first.principal.token, Actor.command_line())
    await enrolment.revoke(first.principal.token, Actor.command_line())
    forget()
    assert enrolment.find(first.token) is None
    assert enrolment.find(second.token) is not None
    assert heard == [first.principal.token]
    assert await JournalLine.filter(kind='access.tablet_revoked').count() == 1


async def test_revoking_a_desk_ends_its_tablets_and_its_waiting_codes(box: Box) -> None:
    enrolment = box.access.enrolment
    enrolled, other = [await enrolment.enrol(await issue(box, desk), ADDRESS) for desk in (DESK, uuid4())]
    waiting = await issue(box)
    await enrolment.revoke_desk(DESK, Actor.command_line())
    assert enrolment.find(enrolled.token) is None
    assert enrolment.find(other.token) is not None
    assert await problem_of(box, waiting) is EnrolmentProblem.USED


async def test_tablets_stay_enrolled_over_a_restart_and_revoked_ones_stay_revoked(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        kept, lost = [await box.access.enrolment.enrol(await issue(box), ADDRESS) for _tablet in range(2)]
        await box.access.enrolment.revoke(lost.principal.token, Actor.command_line())
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.enrolment.find(kept.token) == kept.principal
        assert box.access.enrolment.find(lost.token) is None
