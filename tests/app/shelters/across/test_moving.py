"""Somebody goes from the shelter of one box to that of another."""

from dataclasses import replace
from pathlib import Path

from app.clock import SettableClock
from app.runtime import Box
from app.shelters.across.models import AcrossPerson, AcrossStay
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor
from tests.app.shelters.across.city import CARD, IZUMI, KIDA, City, arrive, evacuee_of, shelter_of
from tests.support.shelter import HANAKO, OFFICER


async def come_to_both(city: City, hours: SettableClock) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    hours.forward(hours=2)
    async with city.at(KIDA) as box:
        await arrive(box)
        assert await box.shelters.across.elsewhere.came_from((await evacuee_of(box)).id) == ''
    hours.forward(minutes=10)
    await city.exchange()


async def touch(box: Box) -> None:
    await box.shelters.stays.arrive((await evacuee_of(box)).id, Arrival(shelter=await shelter_of(box)), OFFICER)


async def came_from(box: Box) -> str:
    return await box.shelters.across.elsewhere.came_from((await evacuee_of(box)).id)


async def test_a_card_of_another_shelter_is_received_at_once_and_both_hear_of_it_by_way_of_headquarters(
    city: City, hours: SettableClock
) -> None:
    await come_to_both(city, hours)
    async with city.at(KIDA) as box:
        assert await came_from(box) == IZUMI
        assert await box.shelters.across.elsewhere.left_behind() == []
    async with city.at(IZUMI) as box:
        there = await evacuee_of(box)
        (left,) = await box.shelters.across.elsewhere.left_behind()
        assert (left.evacuee, left.number, left.shelter_name) == (there.id, there.number, IZUMI)


async def test_the_shelter_that_somebody_left_is_not_told_where_they_are(city: City, hours: SettableClock) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        assert await came_from(box) == ''
        assert KIDA not in repr(await box.shelters.across.elsewhere.left_behind())


async def test_a_stay_that_staff_end_is_proposed_no_more(city: City, hours: SettableClock) -> None:
    await come_to_both(city, hours)
    async with city.at(IZUMI) as box:
        there = await evacuee_of(box)
        await box.shelters.stays.leave(there.id, await shelter_of(box), LeftFor.OTHER_SHELTER, OFFICER)
        assert await box.shelters.across.elsewhere.left_behind() == []
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await came_from(box) == ''


async def test_who_came_back_to_the_first_shelter_is_proposed_at_the_second(city: City, hours: SettableClock) -> None:
    await come_to_both(city, hours)
    hours.forward(hours=1)
    async with city.at(IZUMI) as box:
        await touch(box)
        assert await box.shelters.across.elsewhere.left_behind() == []
    await city.exchange()
    async with city.at(KIDA) as box:
        assert [one.number for one in await box.shelters.across.elsewhere.left_behind()]


async def test_who_was_seen_here_before_the_line_came_is_not_taken_for_gone(city: City, hours: SettableClock) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    hours.forward(hours=2)
    async with city.at(KIDA) as box:
        await arrive(box)
    hours.forward(hours=2)
    async with city.at(IZUMI) as box:
        await touch(box)
    await city.exchange()
    await city.exchange()
    async with city.at(IZUMI) as box:
        assert await box.shelters.across.elsewhere.left_behind() == []
    async with city.at(KIDA) as box:
        assert len(await box.shelters.across.elsewhere.left_behind()) == 1


async def test_two_shelters_that_reach_each_other_need_no_headquarters(city: City, hours: SettableClock) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    hours.forward(hours=2)
    async with city.at(KIDA) as box:
        await arrive(box)
    await city.bring(IZUMI, KIDA)
    await city.bring(KIDA, IZUMI)
    async with city.at(KIDA) as box:
        assert await came_from(box) == IZUMI
    async with city.at(IZUMI) as box:
        assert len(await box.shelters.across.elsewhere.left_behind()) == 1


async def test_who_was_at_one_box_only_is_not_passed_on(city: City) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await AcrossPerson.all().count() == await AcrossStay.all().count() == 0


async def test_without_a_card_nobody_is_compared_by_their_name(city: City) -> None:
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box, None, HANAKO)
    await city.exchange()
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            assert await AcrossPerson.all().count() == 0


async def test_a_card_that_was_bound_before_the_key_came_is_compared_from_its_next_touch_on(tmp_path: Path) -> None:
    city = City(tmp_path)
    await city.open()
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await arrive(box)
    await city.hand_over_the_key()
    for name in (IZUMI, KIDA):
        async with city.at(name) as box:
            await box.shelters.tokens.recognise(CARD)
    await city.exchange()
    async with city.at(IZUMI) as box:
        assert await AcrossPerson.all().count() == 2


async def test_a_drill_at_the_other_shelter_is_not_taken_for_a_move(city: City, hours: SettableClock) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box)
    hours.forward(hours=1)
    async with city.at(KIDA) as box:
        await arrive(box, practice=True)
    await city.exchange()
    await city.bring(KIDA, IZUMI)
    async with city.at(IZUMI) as box:
        assert await AcrossPerson.all().count() == 2
        assert await box.shelters.across.elsewhere.left_behind() == []


async def test_the_longest_name_of_a_shelter_keeps_nobody_out(city: City) -> None:
    async with city.at(IZUMI) as box:
        here = await box.shelters.register.here()
        assert here is not None
        await box.shelters.register.change(here.id, replace(here.entry, name='泉' * 200), OFFICER)
        await arrive(box)
        assert [len(row.shelter_name) for row in await AcrossStay.all()] == [200]
