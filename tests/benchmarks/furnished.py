"""Boxes with invented staff, cards and tablets, as the measures need them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.api.attendance import SCOPE
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffEntry
from app.runtime import Box
from app.storage.vault import RecordClass
from device_drivers.card_reader.simulation import SimulatedCard
from tests.support.box import felica, opened_box

DESK_COOKIE = 'machibako_desk'


@dataclass(frozen=True, slots=True)
class Furnished:
    """What is needed to use a box that was made ready."""

    tablets: list[dict[str, str]]
    """The cookies of one tablet for each desk."""
    api_token: str


def surname_of(position: int) -> str:
    """The surname of the invented person at this position; no two have the same."""
    return f'職員{position:05}'


def reader_of(desk: int) -> str:
    """Address of the reader of this desk."""
    return f'sim:{desk:02}'


def card_of(position: int) -> SimulatedCard:
    """The card of the invented person at this position."""
    return felica(f'0114{position:012X}')


async def furnish(root: Path, desks: int, staff: int) -> Furnished:
    """Make a box with desks, each with a tablet, and staff with cards."""
    async with opened_box(root) as box:
        people = await hire_many(box, staff)
        await asyncio.gather(*(_link(box, person, position) for position, person in enumerate(people)))
        tablets = [await add_desk(box, f'窓口{number:02}', reader_of(number)) for number in range(desks)]
        token = await box.access.api_tokens.create('benchmark', SCOPE, Actor.system())
    return Furnished(tablets, token)


async def hire_many(box: Box, count: int) -> list[UUID]:
    """Invented staff who have punched before, in the order of their positions."""
    entries = [
        StaffEntry(
            number=f'{position:05}', name=f'{surname_of(position)}\u3000花子', kana='ショクイン', department='総務課'
        )
        for position in range(count)
    ]
    await box.staff.save(entries, Actor.system())
    ids = {member.number: member.id for member in await box.staff.everyone()}
    people = [ids[entry.number] for entry in entries]
    await box.vault.ensure((person, RecordClass.ATTENDANCE) for person in people)
    return people


async def add_desk(box: Box, name: str, reader: str, job: Job = Job.ATTENDANCE) -> dict[str, str]:
    """Add a desk with a tablet; returns the cookies of the tablet."""
    desk = await box.desks.add(name, job, reader, Actor.system())
    code = await box.access.enrolment.issue(desk.id, Actor.system())
    enrolled = await box.access.enrolment.enrol(code, 'benchmark')
    return {DESK_COOKIE: enrolled.token}


async def _link(box: Box, person: UUID, position: int) -> None:
    await box.cards.link(person, card_of(position).credential, Actor.system(), proven=False)
