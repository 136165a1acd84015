"""What a household received at one shelter, and another of its members asks for at the shelter of another box."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.clock import SettableClock
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.across.models import AcrossClaim
from app.shelters.handouts.benefit_values import Application, BenefitProblem, BenefitRefused
from app.shelters.handouts.values import Answer, ItemEntry, ItemRules, Share
from app.shelters.handouts.wanted import Outcome, Wanted
from app.shelters.tokens import Token
from tests.app.shelters.across.city import CARD, HEADQUARTERS, IZUMI, KIDA, City, arrive, evacuee_of, shelter_of
from tests.app.shelters.across.test_claims import BLANKET, GIFT, doubles, item_of
from tests.support.shelter import HANAKO, OFFICER

HIS_CARD = Token('felica', '|0114FFFFFFFFFFFF', 'FFFF')
TARO = replace(HANAKO, name='金沢 太郎', kana='カナザワ タロウ')
TOILET = ItemEntry(name='携帯トイレ', rules=ItemRules(in_all=1, share=Share.HOUSEHOLD))
OTHER = Actor('other', Assurance.PASSWORD)


async def family(box: Box) -> UUID:
    """Hanako and Taro arrive, each with a card, as one household; answers the household."""
    hanako, taro = await arrive(box), await arrive(box, HIS_CARD, TARO)
    return (await box.shelters.households.create([hanako.id, taro.id], OFFICER)).id


async def ask(box: Box, token: Token, entry: ItemEntry, *, knowing: bool = False) -> Outcome:
    wanted = Wanted(
        item=await item_of(box, entry),
        shelter=await shelter_of(box),
        evacuee=(await evacuee_of(box, token)).id,
        knowing_others=knowing,
    )
    return await box.shelters.handouts.handouts.give(wanted, OFFICER)


async def claimed_by_hanako_then_taro_goes_on(city: City, hours: SettableClock, entry: ItemEntry) -> None:
    async with city.at(IZUMI) as box:
        await family(box)
        assert (await ask(box, CARD, entry)).handout is not None
    hours.forward(hours=1)
    async with city.at(KIDA) as box:
        await arrive(box, HIS_CARD, TARO)
    await city.exchange()


async def test_the_desk_says_that_another_member_received_it_at_another_shelter_and_gives_it_all_the_same(
    city: City, hours: SettableClock
) -> None:
    await claimed_by_hanako_then_taro_goes_on(city, hours, TOILET)
    async with city.at(KIDA) as box:
        warned = await ask(box, HIS_CARD, TOILET)
        assert warned.objection is not None
        assert (warned.objection.answer, warned.objection.elsewhere) == (Answer.IN_ALL, True)
        assert (await ask(box, HIS_CARD, TOILET, knowing=True)).handout is not None


async def test_what_is_for_each_person_is_not_counted_for_another_member(city: City, hours: SettableClock) -> None:
    await claimed_by_hanako_then_taro_goes_on(city, hours, BLANKET)
    async with city.at(KIDA) as box:
        assert (await ask(box, HIS_CARD, BLANKET)).handout is not None
    await city.exchange()
    async with city.at(HEADQUARTERS) as box:
        assert await doubles(box) == []


async def test_claims_of_two_members_while_cut_off_are_one_double_that_all_see_alike(
    city: City, hours: SettableClock
) -> None:
    for name, token in ((IZUMI, CARD), (KIDA, HIS_CARD)):
        async with city.at(name) as box:
            await family(box)
            assert (await ask(box, token, TOILET)).handout is not None
        hours.forward(hours=1)
    await city.exchange()
    seen = []
    for name in (IZUMI, KIDA, HEADQUARTERS):
        async with city.at(name) as box:
            (double,) = await doubles(box)
            seen.append(double)
    assert seen[0] == seen[1] == seen[2]
    assert (seen[0].item, seen[0].for_household) == (TOILET.name, True)
    assert (seen[0].first.shelter_name, seen[0].second.shelter_name) == (IZUMI, KIDA)


async def test_a_member_who_was_at_the_first_shelter_speaks_for_those_of_the_new_household(
    city: City, hours: SettableClock
) -> None:
    await claimed_by_hanako_then_taro_goes_on(city, hours, TOILET)
    async with city.at(KIDA) as box:
        mother = await arrive(box, None, HANAKO)
        taro = await evacuee_of(box, HIS_CARD)
        await box.shelters.households.create([mother.id, taro.id], OFFICER)
        wanted = Wanted(item=await item_of(box, TOILET), shelter=await shelter_of(box), evacuee=mother.id)
        warned = await box.shelters.handouts.handouts.give(wanted, OFFICER)
        assert warned.objection is not None
        assert warned.objection.elsewhere


async def test_what_was_taken_back_is_taken_back_for_all_members(city: City, hours: SettableClock) -> None:
    await claimed_by_hanako_then_taro_goes_on(city, hours, TOILET)
    async with city.at(IZUMI) as box:
        (given,) = await box.shelters.handouts.handouts.of((await evacuee_of(box)).id)
        await box.shelters.handouts.handouts.take_back(given.id, OFFICER)
    await city.exchange()
    async with city.at(KIDA) as box:
        assert (await ask(box, HIS_CARD, TOILET)).handout is not None


async def test_who_joins_the_household_shares_what_it_received_until_they_leave(city: City) -> None:
    async with city.at(IZUMI) as box:
        hanako, taro = await arrive(box), await arrive(box, HIS_CARD, TARO)
        household = await box.shelters.households.create([hanako.id], OFFICER)
        await ask(box, CARD, TOILET)
        assert await shares(hanako.id) == 1
        assert await shares(taro.id) == 0
        await box.shelters.households.add(household.id, [taro.id], OFFICER)
        assert await shares(taro.id) == 1
        await box.shelters.households.leave(household.id, taro.id, OFFICER)
        assert await shares(taro.id) == 0
        await box.shelters.households.add(household.id, [taro.id], OFFICER)
        assert await shares(taro.id) == 1


async def shares(person: UUID) -> int:
    return await AcrossClaim.filter(person=person, stands=True).count()


async def test_nothing_is_told_of_a_household_with_a_protected_member(city: City) -> None:
    async with city.at(IZUMI) as box:
        await family(box)
        await box.shelters.protection.set((await evacuee_of(box, HIS_CARD)).id, OFFICER, '支援措置')
        await ask(box, CARD, TOILET)
        assert not await AcrossClaim.filter(stands=True).exists()


async def test_a_benefit_of_the_household_that_another_member_applied_for_is_approved_with_a_reason_only(
    city: City, hours: SettableClock
) -> None:
    gift = replace(GIFT, rules=replace(GIFT.rules, share=Share.HOUSEHOLD))
    applied = {}
    for name, token in ((IZUMI, CARD), (KIDA, HIS_CARD)):
        async with city.at(name) as box:
            await family(box)
            evacuee = (await evacuee_of(box, token)).id
            application = Application(item=await item_of(box, gift), evacuee=evacuee, shelter=await shelter_of(box))
            applied[name] = (await box.shelters.handouts.benefits.apply(application, OFFICER)).id
        hours.forward(hours=1)
    await city.exchange()
    async with city.at(KIDA) as box:
        benefits = box.shelters.handouts.benefits
        assert len(await benefits.elsewhere(applied[KIDA])) == 1
        with pytest.raises(BenefitRefused) as refused:
            await benefits.approve(applied[KIDA], OTHER, evidence=[UUID(int=5)])
        assert refused.value.problem is BenefitProblem.SECOND_CLAIM
        (double,) = await doubles(box)
        assert double.for_household


async def test_items_that_the_boxes_call_differently_are_the_same_by_the_code_of_the_city(
    city: City, hours: SettableClock
) -> None:
    for name, entry in ((IZUMI, BLANKET), (KIDA, replace(BLANKET, name='ブランケット'))):
        async with city.at(name) as box:
            await arrive(box)
            assert (await ask(box, CARD, replace(entry, code='B-01'))).handout is not None
        hours.forward(hours=1)
    await city.exchange()
    for name in (IZUMI, KIDA, HEADQUARTERS):
        async with city.at(name) as box:
            assert len(await doubles(box)) == 1
    async with city.at(KIDA) as box:
        again = await ask(box, CARD, replace(BLANKET, name='ブランケット'))
        assert again.handout is None
