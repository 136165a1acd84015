"""Somebody goes from the shelter of one box to that of another."""

from pathlib import Path

import pytest

from app.shelters.values import LeftFor
from tests.app.shelters.across.city import IZUMI, KIDA, City, arrive, shelter_of
from tests.support.shelter import OFFICER


@pytest.fixture
async def city(tmp_path: Path) -> City:
    city = City(tmp_path)
    await city.prepare()
    return city


async def test_a_card_of_another_shelter_is_received_at_once_and_both_hear_of_it_later(city: City) -> None:
    async with city.at(IZUMI) as box:
        there = await arrive(box)
    async with city.at(KIDA) as box:
        here = await arrive(box)
        assert await box.shelters.across.elsewhere.staying(here.id) == ''
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await box.shelters.across.elsewhere.staying(here.id) == IZUMI
        assert await box.shelters.across.elsewhere.left_behind() == []
    async with city.at(IZUMI) as box:
        (left,) = await box.shelters.across.elsewhere.left_behind()
        assert (left.evacuee, left.number, left.shelter_name) == (there.id, there.number, IZUMI)


async def test_a_stay_that_staff_end_is_proposed_no_more(city: City) -> None:
    async with city.at(IZUMI) as box:
        there = await arrive(box)
    async with city.at(KIDA) as box:
        here = await arrive(box)
    await city.exchange()
    async with city.at(IZUMI) as box:
        await box.shelters.stays.leave(there.id, await shelter_of(box), LeftFor.OTHER_SHELTER, OFFICER)
        assert await box.shelters.across.elsewhere.left_behind() == []
    await city.exchange()
    async with city.at(KIDA) as box:
        assert await box.shelters.across.elsewhere.staying(here.id) == ''
