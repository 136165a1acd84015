"""A real shelter from January to September: Nanao 2024, report by report."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app import clock
from app.clock import SettableClock
from app.shelters.counting import Press
from app.shelters.drill.feeding import VOLUNTEER, open_gymnasium
from app.shelters.evacuees import Registration
from app.shelters.room import Shelters
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, PersonClass, ShelterState

NANAO = Path(__file__).parents[3] / 'data' / 'drill' / 'nanao_2024_yatago.csv'


@dataclass(frozen=True, slots=True)
class Report:
    """How many people the city reported at a time."""

    at: datetime
    people: int


def read_curve(file: Path = NANAO) -> list[Report]:
    """The reports in the order of their time."""
    with file.open(encoding='utf-8') as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith('#'))
        return [Report(datetime.fromisoformat(row['at']), int(row['people'])) for row in rows]


async def follow(room: Shelters, curve: Iterable[Report]) -> list[str]:
    """Let people come, be counted and go as reported, close when all have left at the end; what did not agree."""
    shelter = (await open_gymnasium(room)).id
    staying: list[UUID] = []
    findings: list[str] = []
    for report in [*curve, Report(clock.now(), 0)]:
        with clock.use(SettableClock(report.at)):
            await _become(room, shelter, staying, report.people)
            findings += await _compare(room, shelter, report)
    await room.register.set_state(shelter, ShelterState.CLOSED, VOLUNTEER, reason='訓練の終わり')
    return findings


async def _become(room: Shelters, shelter: UUID, staying: list[UUID], people: int) -> None:
    while len(staying) > people:
        await room.stays.leave(staying.pop(0), shelter, LeftFor.HOME, VOLUNTEER)
    arrival = Arrival(shelter=shelter, practice=True)
    newcomers = [Registration(arrival=arrival) for _person in range(people - len(staying))]
    registered = await room.evacuees.register_all(newcomers, VOLUNTEER) if newcomers else []
    staying.extend(each.evacuee.id for each in registered)
    for _person in registered:
        await room.counts.press(Press(shelter=shelter, person_class=PersonClass.UNKNOWN, practice=True), VOLUNTEER)


async def _compare(room: Shelters, shelter: UUID, report: Report) -> list[str]:
    reconciled = await room.counts.reconcile(shelter, practice=True)
    known = {'registered': reconciled.registered, 'counted': reconciled.counted}
    return [
        f'{report.at:%Y-%m-%d %H:%M}: {people} are {how}, {report.people} were reported'
        for how, found in known.items()
        if (people := sum(found.values())) != report.people
    ]
