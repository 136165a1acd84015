"""Cards that a car desk cannot take: each is told by its own name, and nothing is recorded."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.desks.refusals import Refusal
from app.people.cards import EndReason
from app.vehicles.screens import Step
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, CardProblem, Credential
from tests.app.vehicles.car_room import SYSTEM, Room, borrow, furnished, room
from tests.support.box import felica, opened_box, until

__all__ = ['room']


@pytest.mark.parametrize(
    ('problem', 'reason'),
    [
        (CardProblem.UNKNOWN_CARD, Refusal.CARD_NOT_USABLE),
        (CardProblem.TORN, Refusal.UNREADABLE),
        (CardProblem.TWO_CARDS, Refusal.TWO_CARDS),
        (CardProblem.SWAPPED, Refusal.SWAPPED),
        (CardProblem.PHONE_TOKEN, Refusal.PHONE_TOKEN),
        (CardProblem.EXPIRED, Refusal.EXPIRED),
        (CardProblem.FOREIGN_CHAIN, Refusal.FOREIGN_CHAIN),
        (CardProblem.UID_NOT_ALLOWED, Refusal.UID_NOT_ALLOWED),
        (CardProblem.READER_BUSY, Refusal.BUSY),
    ],
)
async def test_each_card_problem_is_told_by_its_own_name(room: Room, problem: CardProblem, reason: Refusal) -> None:
    room.reader.tap(SimulatedCard(credential=felica().credential, problem=problem))
    await until(lambda: room.desk.view.problem is not None)

    assert (room.desk.view.step, room.desk.view.problem) == (Step.PROBLEM, reason)


async def test_a_card_that_was_given_back_says_so(room: Room) -> None:
    (link,) = await room.box.cards.of(room.driver.id)
    await room.box.cards.end(link.id, EndReason.LOST, SYSTEM)
    room.reader.tap(room.driver_card)

    await until(lambda: room.desk.view.problem is Refusal.ENDED_LINK)


async def test_a_my_number_card_counts_without_pin_only_where_the_city_allows_it(tmp_path: Path) -> None:
    ends = datetime.now(UTC) + timedelta(days=365)
    card = Credential(kind=CardKind.MY_NUMBER, issuer='ab' * 32, identifier='0123ABCD', not_after=ends)
    async with opened_box(tmp_path / 'box', cards={'tap_without_pin': False}) as box:
        strict = await furnished(box)
        await box.cards.link(strict.driver.id, card, SYSTEM, proven=True)
        strict.reader.tap(SimulatedCard(credential=card))

        await until(lambda: strict.desk.view.problem is Refusal.PIN_REQUIRED)


async def test_a_card_that_is_not_read_in_the_middle_loses_nothing_that_was_entered(room: Room) -> None:
    await borrow(room)
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)
    room.reader.tap(SimulatedCard(credential=felica().credential, problem=CardProblem.TORN))
    await until(lambda: room.desk.view.problem is Refusal.UNREADABLE)

    assert (room.desk.view.step, room.desk.view.driver) == (Step.BREATH, '山田')
