"""How long an answer takes for somebody who is protected and for somebody who never came, by the wall clock."""

import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import uvloop

from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.drill.invented import invent
from app.shelters.evacuees import Registration
from app.shelters.inquiries.service import QUANTUM_SECONDS
from app.shelters.inquiries.values import NOTHING, Identity, Question, Relation, Sought
from app.shelters.stays import Arrival
from tests.benchmarks.bars import Bar, middle
from tests.support.box import opened_box
from tests.support.shelter import HANAKO, OFFICER, opened_shelter

PEOPLE, AT_ONCE = 2_000, 100
ROUNDS = 20
SHARE_OF_A_QUANTUM = 0.02
TODAY = date(2026, 11, 1)
CLERK = Actor('benchmark', Assurance.PASSWORD)


def measure() -> list[Bar]:
    """In turn, so that whatever else the machine does falls on both."""
    with tempfile.TemporaryDirectory() as folder:
        protected, absent = uvloop.run(_answered(Path(folder) / 'box'))
    return [
        Bar(
            name='answers about protected and absent people: difference of the medians',
            measured=abs(middle(protected) - middle(absent)),
            limit=QUANTUM_SECONDS * 1000 * SHARE_OF_A_QUANTUM,
            unit='ms',
            details={'protected': protected, 'absent': absent, 'people': PEOPLE},
        )
    ]


async def _answered(root: Path) -> tuple[list[float], list[float]]:
    async with opened_box(root, shelters={'inquiries_per_clerk': 10_000, 'inquiries_per_name': 1_000}) as box:
        shelter = await opened_shelter(box)
        people = [each.details for each in invent(3, PEOPLE, protected=30, visitors=0, today=TODAY)]
        people.append(replace(HANAKO, protected=True))
        arrival = Arrival(shelter=shelter.id)
        for start in range(0, len(people), AT_ONCE):
            some = [Registration(arrival=arrival, details=each) for each in people[start : start + AT_ONCE]]
            await box.shelters.evacuees.register_all(some, OFFICER)
        protected: list[float] = []
        absent: list[float] = []
        for _round in range(ROUNDS):
            protected.append(await _milliseconds(box, HANAKO.name))
            absent.append(await _milliseconds(box, '金沢 月子'))
    return protected, absent


async def _milliseconds(box: Box, name: str) -> float:
    question = Question(
        inquirer_name='加賀 太郎',
        inquirer_address='富山市新桜町7-38',
        identity=Identity.LICENCE,
        relation=Relation.HOUSEHOLD,
        reason='連絡が取れない',
        sought=Sought(name=name, birth_date=HANAKO.birth_date, address=HANAKO.address),
    )
    begun = time.perf_counter()
    info = await box.shelters.inquiries.ask(question, CLERK, practice=False)
    passed = (time.perf_counter() - begun) * 1000
    assert info.answer == NOTHING
    return passed
