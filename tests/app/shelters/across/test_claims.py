"""What somebody receives at the shelters of two boxes: never lost, never refused, seen by all who should know."""

import uuid
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app import clock
from app.clock import SettableClock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.across.doubles import DoubleAcross
from app.shelters.handouts.benefit_values import Application, BenefitProblem, BenefitRefused, BenefitState
from app.shelters.handouts.values import Answer, ItemEntry, ItemKind, ItemRules
from app.shelters.handouts.wanted import Outcome, Wanted
from tests.app.shelters.across.city import HEADQUARTERS, IZUMI, KIDA, City, arrive, evacuee_of, shelter_of
from tests.support.shelter import OFFICER

BLANKET = ItemEntry(name='毛布', rules=ItemRules(in_all=1))
GIFT = ItemEntry(name='見舞金', amount=30_000, rules=ItemRules(kind=ItemKind.BENEFIT))
LONG_AGO = datetime(2026, 1, 1, tzinfo=clock.TOKYO)
OTHER = Actor('other', Assurance.PASSWORD)


async def give(box: Box, entry: ItemEntry = BLANKET, *, knowing: bool = False) -> Outcome:
    item = await item_of(box, entry)
    evacuee = (await evacuee_of(box)).id
    wanted = Wanted(item=item, shelter=await shelter_of(box), evacuee=evacuee, knowing_others=knowing)
    return await box.shelters.handouts.handouts.give(wanted, OFFICER)


async def item_of(box: Box, entry: ItemEntry) -> UUID:
    known = {item.entry.name: item.id for item in await box.shelters.handouts.items.all()}
    if entry.name not in known:
        known[entry.name] = (await box.shelters.handouts.items.save(uuid.uuid4(), entry, OFFICER)).id
    return known[entry.name]


async def doubles(box: Box) -> list[DoubleAcross]:
    return await box.shelters.across.doubles.since(LONG_AGO, practice=False)


async def received_at_both(city: City, hours: SettableClock) -> None:
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
            assert (await give(box)).handout is not None
        hours.forward(hours=1)
    await city.exchange()


async def test_a_second_claim_while_cut_off_stands_and_both_and_headquarters_see_it_alike(
    city: City, hours: SettableClock
) -> None:
    await received_at_both(city, hours)
    seen = []
    for name in (IZUMI, KIDA, HEADQUARTERS):
        async with city.at(name) as box:
            (double,) = await doubles(box)
            seen.append(double)
    assert seen[0] == seen[1] == seen[2]
    assert (seen[0].first.shelter_name, seen[0].second.shelter_name) == (IZUMI, KIDA)
    assert (seen[0].item, seen[0].answer) == ('毛布', Answer.IN_ALL)


async def test_where_the_line_has_come_the_desk_says_so_before_and_gives_it_all_the_same(
    city: City, hours: SettableClock
) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
        await give(box)
    hours.forward(hours=1)
    async with city.at(KIDA) as box:
        await arrive(box)
    await city.exchange()
    async with city.at(KIDA) as box:
        warned = await give(box)
        assert warned.handout is None
        assert warned.objection is not None
        assert (warned.objection.answer, warned.objection.elsewhere) == (Answer.IN_ALL, True)
        assert (await give(box, knowing=True)).handout is not None
        assert len(await doubles(box)) == 1


async def test_what_this_box_gave_is_refused_as_before(city: City) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
        await give(box)
        again = await give(box, knowing=True)
        assert again.objection is not None
        assert not again.objection.elsewhere


async def test_what_was_taken_back_was_not_received_twice(city: City, hours: SettableClock) -> None:
    await received_at_both(city, hours)
    async with city.at(IZUMI) as box:
        (given,) = await box.shelters.handouts.handouts.of((await evacuee_of(box)).id)
        assert await box.shelters.handouts.handouts.take_back(given.id, OFFICER)
        assert await doubles(box) == []
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await doubles(box) == []


async def test_a_meal_at_noon_and_one_in_the_evening_at_another_shelter_are_two_meals(
    city: City, hours: SettableClock
) -> None:
    meal = ItemEntry(name='食事', rules=ItemRules(kind=ItemKind.MEAL, interval=timedelta(hours=3)))
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
            assert (await give(box, meal)).handout is not None
        hours.forward(hours=6)
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await doubles(box) == []


async def test_a_second_application_at_another_box_is_approved_with_a_reason_only(
    city: City, hours: SettableClock
) -> None:
    applied = {}
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
            evacuee = (await evacuee_of(box)).id
            application = Application(item=await item_of(box, GIFT), evacuee=evacuee, shelter=await shelter_of(box))
            applied[name] = (await box.shelters.handouts.benefits.apply(application, OFFICER)).id
        hours.forward(hours=1)
    await city.exchange()
    async with city.at(KIDA) as box:
        benefits, picture = box.shelters.handouts.benefits, [uuid.uuid4()]
        assert len(await benefits.elsewhere(applied[KIDA])) == 1
        with pytest.raises(BenefitRefused) as refused:
            await benefits.approve(applied[KIDA], OTHER, evidence=picture)
        assert refused.value.problem is BenefitProblem.SECOND_CLAIM
        approved = await benefits.approve(applied[KIDA], OTHER, evidence=picture, reason='泉小に確かめた')
        assert approved.state is BenefitState.APPROVED
    async with city.at(IZUMI) as box:
        await box.shelters.handouts.benefits.decline(applied[IZUMI], OTHER, '木曳野で申請済み')
    await city.exchange()
    async with city.at(HEADQUARTERS) as box:
        assert await doubles(box) == []
