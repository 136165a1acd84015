"""An attendance desk in practice: the same answers, and nothing that anybody could pay by."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from app import clock
from app.access.principals import Role
from app.attendance.desk import AttendanceDesk
from app.attendance.feed import punches_after
from app.attendance.models import Punch
from app.attendance.screens import Answered, Direction, Idle, Question, Renewal, RenewalStep
from app.clock import TOKYO, SettableClock
from app.desks.practice import MOST_MINUTES, PRACTICE_BEGUN, PRACTICE_ENDED, PracticeProblem, PracticeRefused
from app.desks.register import Job
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, Credential
from tests.support.box import hire_with_card, open_desk, reader_of, until

MORNING = datetime(2026, 11, 24, 8, 27, tzinfo=TOKYO)
CLERK = Actor.command_line()


@pytest.fixture
def morning() -> Iterator[SettableClock]:
    settable = SettableClock(MORNING)
    with clock.use(settable):
        yield settable


async def practising(box: Box, minutes: int = 30) -> AttendanceDesk:
    desk = await open_desk(box)
    await box.desks.practices.begin(desk.desk.id, minutes, CLERK)
    await until(lambda: desk.view.practice)
    return desk


async def test_a_tap_is_answered_and_leaves_no_punch_no_line_and_nothing_in_the_feed(
    box: Box, morning: SettableClock
) -> None:
    _person, card = await hire_with_card(box)
    desk = await practising(box)
    heard: list[object] = []
    box.attendance.PUNCHED.listen(heard.append)
    lines = await JournalLine.all().count()

    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    screen = desk.view.screen
    assert isinstance(screen, Answered)
    assert (screen.surname, screen.direction) == ('山田', Direction.IN)
    assert (await Punch.all().count(), await JournalLine.all().count(), heard) == (0, lines, [])
    assert await punches_after(box.reading, 0, 10) == []


async def test_the_rules_are_those_of_a_real_day(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await practising(box, MOST_MINUTES)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))
    morning.forward(seconds=60)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered) and desk.view.screen.already)
    morning.forward(minutes=10)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Question))
    await desk.answer(Direction.OUT)
    assert isinstance(desk.view.screen, Answered)
    assert desk.view.screen.direction is Direction.OUT
    assert await Punch.all().count() == 0


async def test_practice_ends_by_itself_and_the_next_tap_is_a_punch(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await practising(box)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    morning.forward(minutes=30)
    reader_of(box, desk).tap(card)
    await until(lambda: not desk.view.practice and isinstance(desk.view.screen, Answered))
    (fed,) = await punches_after(box.reading, 0, 10)
    assert fed.kind is Direction.IN


async def test_whoever_ends_it_earlier_finds_an_empty_screen(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await practising(box)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))
    await box.desks.practices.end(desk.desk.id, CLERK)
    await until(lambda: not desk.view.practice)
    assert isinstance(desk.view.screen, Idle)


async def test_a_desk_that_was_restarted_goes_on_practising_until_the_time_that_was_set(
    box: Box, morning: SettableClock
) -> None:
    desk = await practising(box)
    await box.engine.close()
    await box.engine.refresh()
    again = box.engine.controller(desk.desk.id)
    assert isinstance(again, AttendanceDesk)
    assert again.view.practice

    await box.engine.close()
    morning.forward(minutes=31)
    await box.engine.refresh()
    later = box.engine.controller(desk.desk.id)
    assert isinstance(later, AttendanceDesk)
    assert not later.view.practice


async def test_a_renewed_card_is_shown_as_linked_and_is_not(box: Box, morning: SettableClock) -> None:
    await hire_with_card(box)
    clerk, clerk_card = await hire_with_card(box, '1002', '鈴木\u3000一郎')
    await box.access.accounts.create(clerk.number, [Role.ATTENDANCE_CLERK], CLERK)
    desk = await practising(box)
    new = SimulatedCard(credential=Credential(CardKind.MY_NUMBER, 'ab' * 32, '77AA', MORNING.replace(year=2030)))
    reader_of(box, desk).tap(new)
    await until(lambda: isinstance(desk.view.screen, Renewal))
    await desk.renew_start()
    await desk.renew_number('1001')
    assert isinstance(desk.view.screen, Renewal)
    assert desk.view.screen.step is RenewalStep.SUPERVISOR
    reader_of(box, desk).tap(clerk_card)
    await until(lambda: isinstance(desk.view.screen, Answered))
    assert await box.cards.find(new.credential) is None


async def test_both_presses_are_in_the_journal_with_the_end_that_was_set(box: Box, morning: SettableClock) -> None:
    desk = await practising(box, 60)
    await box.desks.practices.end(desk.desk.id, CLERK)
    await box.desks.practices.end(desk.desk.id, CLERK)
    lines = await JournalLine.filter(kind__in=[PRACTICE_BEGUN, PRACTICE_ENDED]).order_by('sequence')
    assert [line.kind for line in lines] == [PRACTICE_BEGUN, PRACTICE_ENDED]
    assert '09:27' in str(lines[0].payload)


@pytest.mark.parametrize('minutes', [0, -5, MOST_MINUTES + 1])
async def test_nobody_can_practise_for_ever(box: Box, minutes: int) -> None:
    desk = await open_desk(box)
    with pytest.raises(PracticeRefused) as refused:
        await box.desks.practices.begin(desk.desk.id, minutes, CLERK)
    assert refused.value.problem is PracticeProblem.TOO_LONG


async def test_a_desk_of_a_shelter_and_one_that_is_gone_do_not_practise_like_this(box: Box) -> None:
    shelter = await box.desks.add('受付1', Job.SHELTER, 'sim:受付1', CLERK)
    gone = await open_desk(box)
    await box.desks.remove(gone.desk.id, CLERK)
    for desk, problem in ((shelter.id, PracticeProblem.NOT_HERE), (gone.desk.id, PracticeProblem.GONE)):
        with pytest.raises(PracticeRefused) as refused:
            await box.desks.practices.begin(desk, 30, CLERK)
        assert refused.value.problem is problem
