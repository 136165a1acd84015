"""A real shelter from January to September: Nanao 2024, report by report."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from app import clock
from app.clock import SettableClock
from app.shelters.desk_presses import CountOne, Leave, Plain, Register, Show
from app.shelters.desk_screens import Step
from app.shelters.drill.feeding import VOLUNTEER, open_gymnasium
from app.shelters.drill.tablet import Tablet
from app.shelters.room import Shelters
from app.shelters.values import LeftFor, PersonClass, ShelterState
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, Credential

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


async def follow(room: Shelters, tablet: Tablet, curve: Iterable[Report]) -> list[str]:
    """Let people come, be counted and go as reported, close when all have left at the end; what did not agree."""
    shelter = (await open_gymnasium(room)).id
    cards = map(_card, count())
    staying: list[SimulatedCard] = []
    findings: list[str] = []
    for report in [*curve, Report(clock.now(), 0)]:
        with clock.use(SettableClock(report.at)):
            while len(staying) > report.people:
                await _leave(tablet, staying.pop(0))
            while len(staying) < report.people:
                staying.append(next(cards))
                await _arrive(tablet, staying[-1])
            findings += await _compare(room, shelter, report)
    await room.register.set_state(shelter, ShelterState.CLOSED, VOLUNTEER, reason='訓練の終わり')
    return findings


async def _arrive(tablet: Tablet, card: SimulatedCard) -> None:
    attempt = card.credential.identifier
    await tablet.press(CountOne(PersonClass.UNKNOWN, f'count:{attempt}'))
    await tablet.touch(card)
    await tablet.press(Register(PersonClass.UNKNOWN, attempt))
    await tablet.press(Plain.FINISH)


async def _leave(tablet: Tablet, card: SimulatedCard) -> None:
    await tablet.touch(card)
    await tablet.press(Show(Step.LEAVE))
    await tablet.press(Leave(LeftFor.HOME))
    await tablet.press(Plain.FINISH)


def _card(number: int) -> SimulatedCard:
    return SimulatedCard(credential=Credential(CardKind.FELICA, '', f'0114{number:012X}'))


async def _compare(room: Shelters, shelter: UUID, report: Report) -> list[str]:
    reconciled = await room.counts.reconcile(shelter, practice=True)
    known = {'registered': reconciled.registered, 'counted': reconciled.counted}
    return [
        f'{report.at:%Y-%m-%d %H:%M}: {people} are {how}, {report.people} were reported'
        for how, found in known.items()
        if (people := sum(found.values())) != report.people
    ]
