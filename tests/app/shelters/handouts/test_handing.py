"""Handing out on a box: once, also when asked twice, and never refused for what another box did."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app import clock
from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.handouts.models import Handout
from app.shelters.handouts.values import Answer, ItemRules, Proxies, Share
from app.shelters.handouts.wanted import ReasonMissing, UnknownItem, Wanted
from app.shelters.models import Evacuee
from app.shelters.values import LeftFor
from tests.app.shelters.handouts.handing_room import MEAL, handing
from tests.support.shelter import OFFICER, opened_shelter, register


async def test_a_meal_is_given_and_the_second_one_says_since_when(box: Box) -> None:
    room = await handing(box)
    first = await room.give()
    assert first.handout is not None
    second = await room.give()
    assert second.handout is None
    assert second.objection is not None
    assert (second.objection.answer, second.objection.item) == (Answer.TOO_SOON, None)
    assert (await JournalLine.filter(kind='shelters.handed_out').count()) == 1


async def test_the_same_attempt_is_one_handout(box: Box) -> None:
    room = await handing(box)
    water = await room.item(ItemRules())
    answers = [await room.give(item=water.id, attempt='tablet:1') for _touch in range(2)]
    assert answers[0].handout == answers[1].handout
    assert await Handout.all().count() == 1


async def test_however_many_tablets_ask_in_the_same_second_one_gives(box: Box) -> None:
    room = await handing(box)
    answers = await asyncio.gather(*(room.give() for _tablet in range(5)))
    assert [answer.handout is not None for answer in answers].count(True) == 1


async def test_an_allergen_stops_until_an_officer_gives_a_reason(box: Box) -> None:
    room = await handing(box)
    taro = await room.person('太郎', allergies=('こむぎ',))
    stopped = (await room.give(evacuee=taro)).objection
    assert stopped is not None
    assert (stopped.answer, stopped.allergens) == (Answer.ALLERGEN, ('小麦',))

    overridden = frozenset({Answer.ALLERGEN})
    with pytest.raises(ReasonMissing):
        await room.give(evacuee=taro, overridden=overridden)
    given = (await room.give(evacuee=taro, overridden=overridden, reason='軽いので本人が希望')).handout
    assert given is not None
    assert (given.overrode, given.reason) == (overridden, '軽いので本人が希望')
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        assert '本人が希望' not in '\n'.join(database.iterdump())


async def test_one_of_the_household_collects_for_all_and_each_counts_for_themselves(box: Box) -> None:
    room = await handing(box)
    children = [await room.person(name) for name in ('一郎', '二郎')]
    await box.shelters.households.create([room.hanako, *children], OFFICER)
    await room.give(evacuee=children[0])
    handouts = box.shelters.handouts.handouts
    wanted = (await room.give()).handout
    assert wanted is not None

    own = Wanted(item=room.supper.id, shelter=room.shelter.id, evacuee=room.hanako)
    assert await handouts.waiting_members(own) == [children[1]]
    given = (await room.give(evacuee=children[1], collected_by=room.hanako)).handout
    assert given is not None
    assert given.collected_by == room.hanako


async def test_a_named_proxy_collects_only_what_anybody_may_collect(box: Box) -> None:
    room = await handing(box)
    refused = (await room.give(proxy='隣の山田')).objection
    assert refused is not None
    assert refused.answer is Answer.NO_PROXY
    water = await room.item(ItemRules(proxies=Proxies.ANYBODY))
    given = (await room.give(item=water.id, proxy='隣の山田')).handout
    assert given is not None
    assert given.proxy == '隣の山田'


async def test_a_household_shares_one_allowance_and_the_portion_is_for_each_member(box: Box) -> None:
    room = await handing(box)
    taro = await room.person('太郎')
    await box.shelters.households.create([room.hanako, taro], OFFICER)
    water = await room.item(ItemRules(share=Share.HOUSEHOLD, per_day=1, portion=3, by_size=True))
    given = (await room.give(item=water.id)).handout
    assert given is not None
    assert given.quantity == 6
    second = (await room.give(item=water.id, evacuee=taro)).objection
    assert second is not None
    assert second.answer is Answer.PER_DAY


async def test_what_excludes_the_other_excludes_both_ways(box: Box) -> None:
    room = await handing(box)
    special = await room.item(ItemRules(excludes=frozenset({room.supper.id})), 'おかゆ')
    await room.give(item=special.id)
    refused = (await room.give()).objection
    assert refused is not None
    assert (refused.answer, refused.item) == (Answer.EXCLUSIVE, special.id)


async def test_what_was_taken_back_counts_no_more(box: Box) -> None:
    room = await handing(box)
    given = (await room.give()).handout
    assert given is not None
    handouts = box.shelters.handouts.handouts
    assert await handouts.take_back(given.id, OFFICER)
    assert not await handouts.take_back(given.id, OFFICER)
    assert (await room.give()).handout is not None
    count = await handouts.count(room.shelter.id, room.supper.id, clock.now() - timedelta(hours=1), practice=False)
    assert (count.pieces, count.times) == (1, 1)


async def test_a_surplus_needs_nobody_and_no_rule(box: Box) -> None:
    room = await handing(box)
    for _each in range(2):
        given = await box.shelters.handouts.handouts.give_surplus(room.supper.id, room.shelter.id, OFFICER, quantity=5)
        assert given.evacuee is None
    assert (await room.give()).handout is not None


async def test_practice_counts_apart(box: Box) -> None:
    room = await handing(box)
    await room.give(practice=True)
    assert (await room.give()).handout is not None


async def test_a_benefit_and_what_is_retired_are_not_handed_out(box: Box) -> None:
    room = await handing(box)
    await box.shelters.handouts.items.retire(room.supper.id, OFFICER)
    with pytest.raises(UnknownItem):
        await room.give()


async def test_what_another_box_gave_refuses_nobody_and_is_shown_as_received_twice(box: Box) -> None:
    room = await handing(box)
    elsewhere = clock.moment()
    await Handout.create(
        id=uuid4(), sequence=1, item=room.supper.id, shelter=uuid4(), evacuee=room.hanako, quantity=1,
        given_at=elsewhere.at - timedelta(minutes=5), boot_id='other', monotonic_ns=0, overrode='', origin=uuid4(),
        practice=False,
    )  # fmt: skip
    given = (await room.give()).handout
    assert given is not None

    (double,) = await box.shelters.handouts.doubles.since(clock.now() - timedelta(days=1), practice=False)
    assert (double.second.id, double.answer) == (given.id, Answer.TOO_SOON)
    assert double.first.origin is not None


async def test_two_numbers_of_one_person_are_received_twice_once_somebody_says_they_are_one(box: Box) -> None:
    room = await handing(box)
    other_shelter = await opened_shelter(box, '緑小学校')
    again = (await register(box, other_shelter)).evacuee.id
    await room.give()
    assert (await room.give(evacuee=again, shelter=other_shelter.id)).handout is not None
    doubles = box.shelters.handouts.doubles
    day = clock.now() - timedelta(days=1)
    assert await doubles.since(day, practice=False) == []

    await Evacuee.filter(id=again).update(merged_into=room.hanako)

    (double,) = await doubles.since(day, practice=False)
    assert (double.first.shelter, double.second.shelter) == (room.shelter.id, other_shelter.id)
    assert (await room.give(evacuee=again)).handout is None


async def test_a_meal_without_an_answer_about_its_contents_waits_for_who_has_an_allergy(box: Box) -> None:
    room = await handing(box)
    unknown = await room.item(replace(MEAL, allergens=None), '差し入れ')
    taro = await room.person('太郎', allergies=('えび',))
    found = (await room.give(item=unknown.id, evacuee=taro)).objection
    assert found is not None
    assert found.answer is Answer.ALLERGENS_UNKNOWN
    assert (await room.give(item=unknown.id)).handout is not None


async def test_what_a_protected_member_was_given_says_nothing_to_the_rest_of_the_household(box: Box) -> None:
    room = await handing(box)
    protected = await room.person('太郎', protected=True)
    await box.shelters.households.create([room.hanako, protected], OFFICER)
    water = await room.item(ItemRules(share=Share.HOUSEHOLD, per_day=1, portion=3, by_size=True))
    assert (await room.give(item=water.id, evacuee=protected)).handout is not None
    given = (await room.give(item=water.id)).handout
    assert given is not None
    assert given.quantity == 3
    own = Wanted(item=room.supper.id, shelter=room.shelter.id, evacuee=room.hanako)
    assert await box.shelters.handouts.handouts.waiting_members(own) == []


async def test_who_stays_at_another_shelter_is_not_collected_for_here(box: Box) -> None:
    room = await handing(box)
    taro = await room.person('太郎')
    await box.shelters.households.create([room.hanako, taro], OFFICER)
    await box.shelters.stays.leave(taro, room.shelter.id, LeftFor.OTHER_SHELTER, OFFICER)
    own = Wanted(item=room.supper.id, shelter=room.shelter.id, evacuee=room.hanako)
    assert await box.shelters.handouts.handouts.waiting_members(own) == []
