from datetime import date, timedelta

import pytest

from app import clock
from app.runtime import Box
from app.vehicles.fleet_report import Chosen
from app.vehicles.fleet_study import Asked, StillComputing
from tests.support.fleet import furnish_pool

DAYS = 30
WAIT_SECONDS = 30


def asked_until(last: date) -> Asked:
    return Asked(first=last - timedelta(days=DAYS), last=last, chosen=Chosen())


async def test_who_does_not_wait_is_told_so_and_finds_the_answer_when_coming_back(box: Box) -> None:
    yesterday = clock.today() - timedelta(days=1)
    trips = await furnish_pool(box, yesterday - timedelta(days=DAYS - 1), DAYS)
    asked = asked_until(yesterday)

    with pytest.raises(StillComputing):
        await box.fleet.study_within(asked, 0)
    study = await box.fleet.study_within(asked, WAIT_SECONDS)

    assert study is not None
    assert study.report.trips == trips
    assert await box.fleet.study_within(asked, 0) is study


async def test_a_new_question_does_not_get_the_answer_of_another(box: Box) -> None:
    yesterday = clock.today() - timedelta(days=1)
    await furnish_pool(box, yesterday - timedelta(days=DAYS - 1), DAYS)
    month = await box.fleet.study_within(asked_until(yesterday), WAIT_SECONDS)
    shorter = await box.fleet.study_within(asked_until(yesterday - timedelta(days=10)), WAIT_SECONDS)

    assert month is not None
    assert shorter is not None
    assert shorter.report.trips < month.report.trips
