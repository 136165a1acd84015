"""The HTTP interface tells nothing of what was practised."""

from typing import Any

import httpx

from app.api.application import build_api
from app.attendance.screens import Answered
from app.journal.line import Actor
from app.runtime import Box, Condition
from app.vehicles.screens import Step
from tests.app.vehicles.car_room import borrow, furnished
from tests.support.box import open_desk, reader_of, until

PATHS = ('/attendance/punches', '/vehicles', '/vehicles/trips', '/vehicles/alcohol-checks')


async def told(box: Box) -> list[Any]:
    condition = Condition(settings=box.settings, directory=box.directory, box=box)
    transport = httpx.ASGITransport(build_api(condition, lambda path: path))
    async with httpx.AsyncClient(transport=transport, base_url='http://box') as api:
        answers = [await api.get(path) for path in PATHS]
    assert [answer.status_code for answer in answers] == [200] * len(PATHS)
    return [answer.json() for answer in answers]


async def test_answers_are_the_same_after_a_practised_day(box: Box) -> None:
    room = await furnished(box)
    entrance = await open_desk(box)
    for desk in (room.desk.desk.id, entrance.desk.id):
        await box.desks.practices.begin(desk, 30, Actor.command_line())
    await until(lambda: room.desk.view.practice and entrance.view.practice)
    before = await told(box)

    reader_of(box, entrance).tap(room.driver_card)
    await until(lambda: isinstance(entrance.view.screen, Answered))
    await borrow(room)

    assert room.desk.view.step is Step.DONE
    assert await told(box) == before
