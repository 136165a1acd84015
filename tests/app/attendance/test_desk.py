from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import clock
from app.access.principals import Role
from app.attendance.clock_repair import repair_times
from app.attendance.feed import punches_after
from app.attendance.screens import Answered, Direction, Idle, Question, Refused, Renewal, RenewalStep
from app.clock import TOKYO, ClockQuality, SettableClock
from app.desks.refusals import Refusal
from app.journal.line import Actor
from app.people.cards import EndReason
from app.runtime import Box
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, CardProblem, Credential
from tests.support.box import felica, hire_with_card, open_desk, opened_box, reader_of, until

MORNING = datetime(2026, 11, 24, 8, 27, tzinfo=TOKYO)


@pytest.fixture
def morning() -> Iterator[SettableClock]:
    settable = SettableClock(MORNING)
    with clock.use(settable):
        yield settable


def my_number(identifier: str, ends_in: timedelta = timedelta(days=900)) -> SimulatedCard:
    return SimulatedCard(credential=Credential(CardKind.MY_NUMBER, 'ab' * 32, identifier, MORNING + ends_in))


async def test_a_tap_shows_surname_direction_and_time_and_is_in_the_feed(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)

    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    screen = desk.view.screen
    assert (screen.surname, screen.direction, screen.at, screen.already) == ('山田', Direction.IN, MORNING, False)
    (fed,) = await punches_after(box.reading, 0, 10)
    assert (fed.staff_number, fed.kind, fed.punched_at, fed.desk) == ('1001', Direction.IN, MORNING, '東玄関')


async def test_a_second_tap_within_the_window_answers_with_the_first_time(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    morning.forward(seconds=60)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered) and desk.view.screen.already)

    assert desk.view.screen.at == MORNING
    assert len(await punches_after(box.reading, 0, 10)) == 1


async def test_the_next_person_replaces_the_answer_at_once(box: Box) -> None:
    _first, first_card = await hire_with_card(box)
    _second, second_card = await hire_with_card(box, '1002', '佐藤\u3000花子')
    desk = await open_desk(box)

    reader_of(box, desk).tap(first_card)
    reader_of(box, desk).tap(second_card)
    await until(lambda: isinstance(desk.view.screen, Answered) and desk.view.screen.surname == '佐藤')

    assert len(await punches_after(box.reading, 0, 10)) == 2


@pytest.mark.parametrize('pressed', list(Direction))
async def test_a_doubtful_departure_is_asked_and_keeps_the_time_of_the_tap(
    box: Box, morning: SettableClock, pressed: Direction
) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))
    morning.forward(minutes=30)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Question))

    morning.forward(seconds=10)
    await desk.answer(pressed)

    assert desk.view.screen.direction is pressed
    fed = await punches_after(box.reading, 0, 10)
    assert (fed[1].kind, fed[1].punched_at) == (pressed, MORNING + timedelta(minutes=30))
    assert fed[1].source == 'choice'


async def test_a_choice_before_the_tap_wins_and_is_used_once(box: Box, morning: SettableClock) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)
    await desk.choose(Direction.OUT)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    assert desk.view.screen.direction is Direction.OUT
    assert desk.view.choice is None


@pytest.mark.parametrize(
    ('problem', 'reason'),
    [
        (CardProblem.UNKNOWN_CARD, Refusal.CARD_NOT_USABLE),
        (CardProblem.TORN, Refusal.UNREADABLE),
        (CardProblem.TWO_CARDS, Refusal.TWO_CARDS),
        (CardProblem.PHONE_TOKEN, Refusal.PHONE_TOKEN),
        (CardProblem.EXPIRED, Refusal.EXPIRED),
        (CardProblem.FOREIGN_CHAIN, Refusal.FOREIGN_CHAIN),
        (CardProblem.NO_ANSWER, Refusal.NO_ANSWER),
    ],
)
async def test_each_problem_has_its_own_screen_and_records_nothing(
    box: Box, problem: CardProblem, reason: Refusal
) -> None:
    desk = await open_desk(box)

    reader_of(box, desk).tap(SimulatedCard(credential=felica().credential, problem=problem))
    await until(lambda: isinstance(desk.view.screen, Refused))

    assert desk.view.screen.reason is reason
    assert await punches_after(box.reading, 0, 10) == []


async def test_an_unknown_transit_card_is_refused_and_an_ended_link_says_so(box: Box) -> None:
    person, card = await hire_with_card(box)
    desk = await open_desk(box)
    reader_of(box, desk).tap(felica('0114FFFFFFFFFFFF'))
    await until(lambda: isinstance(desk.view.screen, Refused))
    assert desk.view.screen.reason is Refusal.UNKNOWN_CARD

    (link,) = await box.cards.of(person.id)
    await box.cards.end(link.id, EndReason.LOST, Actor.system())
    reader_of(box, desk).tap(card)
    await until(lambda: desk.view.screen.reason is Refusal.ENDED_LINK)


async def test_a_supervisor_links_a_renewed_card_with_their_own_tap(box: Box, morning: SettableClock) -> None:
    person, _card = await hire_with_card(box)
    await box.cards.link(person.id, my_number('0A0B0C0D').credential, Actor.system(), proven=True)
    clerk, clerk_card = await hire_with_card(box, '1002', '佐藤\u3000花子')
    await box.access.accounts.create(clerk.number, [Role.ATTENDANCE_CLERK], Actor.system())
    desk = await open_desk(box)
    renewed = my_number('1A1B1C1D')

    reader_of(box, desk).tap(renewed)
    await until(lambda: isinstance(desk.view.screen, Renewal))
    assert (desk.view.screen.step, desk.view.screen.last_four) == (RenewalStep.OFFER, '1C1D')
    await desk.renew_start()
    await desk.renew_number('9999')
    assert desk.view.screen.problem
    await desk.renew_number('1001')
    assert (desk.view.screen.step, desk.view.screen.surname) == (RenewalStep.SUPERVISOR, '山田')
    morning.forward(seconds=30)
    reader_of(box, desk).tap(clerk_card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    assert (desk.view.screen.surname, desk.view.screen.at) == ('山田', MORNING)
    links = {link.last_four: link.end_reason for link in await box.cards.of(person.id) if link.kind == 'my_number'}
    assert links == {'0C0D': EndReason.RENEWED, '1C1D': None}


async def test_nobody_confirms_their_own_renewal_and_no_colleague_without_the_role(box: Box) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)
    reader_of(box, desk).tap(my_number('1A1B1C1D'))
    await until(lambda: isinstance(desk.view.screen, Renewal))
    await desk.renew_start()
    await desk.renew_number('1001')

    reader_of(box, desk).tap(card)
    await until(lambda: bool(desk.view.screen.problem))

    assert desk.view.screen.step is RenewalStep.SUPERVISOR
    assert await box.cards.find(my_number('1A1B1C1D').credential) is None


async def test_a_certificate_that_ends_soon_is_told_to_its_holder(box: Box, morning: SettableClock) -> None:
    person, _card = await hire_with_card(box)
    soon = my_number('0A0B0C0D', timedelta(days=40))
    await box.cards.link(person.id, soon.credential, Actor.system(), proven=True)
    desk = await open_desk(box)

    reader_of(box, desk).tap(soon)
    await until(lambda: isinstance(desk.view.screen, Answered))

    assert desk.view.screen.notice == 'カードの電子証明書は 1月3日 に切れます'


async def test_the_answer_is_forgotten_after_its_time(box: Box) -> None:
    _person, card = await hire_with_card(box)
    desk = await open_desk(box)
    reader_of(box, desk).tap(card)
    await until(lambda: isinstance(desk.view.screen, Answered))

    await until(lambda: isinstance(desk.view.screen, Idle))


async def test_what_was_recorded_while_the_tablet_was_away_is_shown_when_it_is_back(box: Box) -> None:
    _first, first_card = await hire_with_card(box)
    _second, second_card = await hire_with_card(box, '1002', '佐藤\u3000花子')
    desk = await open_desk(box)
    reader_of(box, desk).tap(first_card)
    await until(lambda: isinstance(desk.view.screen, Answered))
    await desk.acknowledge(desk.view.screen.number)
    reader_of(box, desk).tap(second_card)
    await until(lambda: desk.view.screen.surname == '佐藤')

    await desk.tablet_is_back()

    assert [answer.surname for answer in desk.view.missed] == ['佐藤']


async def test_a_tap_without_pin_is_refused_where_the_city_forbids_it(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box', cards={'tap_without_pin': False}) as box:
        person, _card = await hire_with_card(box)
        card = my_number('0A0B0C0D')
        await box.cards.link(person.id, card.credential, Actor.system(), proven=True)
        desk = await open_desk(box)
        reader_of(box, desk).tap(card)
        await until(lambda: isinstance(desk.view.screen, Refused))
        assert desk.view.screen.reason is Refusal.PIN_REQUIRED


async def test_punches_of_an_unknown_clock_get_their_time_when_it_is_known(box: Box) -> None:
    dead_battery = SettableClock(datetime(1970, 1, 1, 9, 0, tzinfo=TOKYO), ClockQuality.UNKNOWN)
    with clock.use(dead_battery):
        _person, card = await hire_with_card(box)
        desk = await open_desk(box)
        reader_of(box, desk).tap(card)
        await until(lambda: isinstance(desk.view.screen, Answered))
        dead_battery.forward(minutes=10)
        assert await repair_times(box.journal, box.settings.attendance) == 0
        dead_battery.step(MORNING, ClockQuality.SYNCHRONISED)

        assert await repair_times(box.journal, box.settings.attendance) == 1
        assert await repair_times(box.journal, box.settings.attendance) == 0

    original, corrected = await punches_after(box.reading, 0, 10)
    assert original.clock_quality is ClockQuality.UNKNOWN
    assert (corrected.replaces, corrected.source) == (original.id, 'correction')
    assert corrected.punched_at == MORNING - timedelta(minutes=10)
    assert corrected.work_date == MORNING.date()
