"""Whether a drill lost anybody, made anybody up, or gave anybody away."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from app.journal.line import Actor, Assurance
from app.shelters.drill.feeding import is_typed, is_typed_anew, open_gymnasium
from app.shelters.drill.invented import InventedPerson
from app.shelters.drill.script import Act, Step
from app.shelters.inquiries.values import Answer, Identity, Question, Relation, Sought
from app.shelters.room import Shelters
from app.shelters.tokens import Token
from app.storage.reading import ReadOnlyDatabase

ABSENT_NAME, ABSENT_KANA = '不在 太一', 'フザイ タイチ'
MOST_NAMED = 5
OF_DRILL = "SELECT attempt FROM journal_line WHERE attempt LIKE 'drill:%'"
REGISTERED = 'SELECT COUNT(*) AS people FROM evacuee WHERE practice = 1'
STAYING = "SELECT COUNT(*) AS people FROM stay WHERE shelter = ? AND practice = 1 AND state <> 'left'"


@dataclass(slots=True)
class DrillVerdict:
    """What was found; empty: nothing is wrong."""

    acts: int
    people: int
    counted: int
    findings: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every accepted act is there, counts agree, and no protected person is found."""
        return not self.findings


async def judge(
    room: Shelters, reading: ReadOnlyDatabase, people: Sequence[InventedPerson], accepted: Sequence[Act]
) -> DrillVerdict:
    """Compare what the tablets were told with what the box knows."""
    shelter = (await open_gymnasium(room)).id
    reconciled = await room.counts.reconcile(shelter, practice=True)
    registered, staying, attempts = await reading.read(lambda connection: _known(connection, shelter))
    verdict = DrillVerdict(acts=len(accepted), people=registered, counted=sum(reconciled.counted.values()))
    _compare_acts(verdict, people, accepted, attempts)
    _compare_people(verdict, people, accepted, registered, staying)
    await _ask_for_details(room, verdict, people, accepted)
    await _ask_for_the_protected(room, verdict, people)
    return verdict


def _known(connection: sqlite3.Connection, shelter: UUID) -> tuple[int, int, list[str]]:
    people = connection.execute(REGISTERED).fetchone()['people']
    staying = connection.execute(STAYING, [str(shelter)]).fetchone()['people']
    return int(people), int(staying), [row['attempt'] for row in connection.execute(OF_DRILL)]


def _compare_acts(
    verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act], attempts: list[str]
) -> None:
    # A wristband that is known registers nobody: what it leaves is looked at person by person.
    expected = {act.attempt for act in accepted if act.step is Step.PRESS or is_typed(people[act.person], act)}
    lost = sorted(expected - set(attempts))
    if lost:
        verdict.findings.append(f'{len(lost)} accepted acts are lost: {", ".join(lost[:MOST_NAMED])}')
    if len(attempts) != len(set(attempts)):
        verdict.findings.append('an attempt was written twice')


def _compare_people(
    verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act], registered: int, staying: int
) -> None:
    presses = sum(act.step is Step.PRESS for act in accepted)
    typed = sum(is_typed_anew(people[act.person], act) for act in accepted)
    expected = sum(act.step is Step.REGISTER for act in accepted) + typed
    for words, found, wanted in (
        ('counted', verdict.counted, presses),
        ('registered', registered, expected),
        ('staying', staying, expected),
    ):
        if found != wanted:
            verdict.findings.append(f'{found} {words}, but the tablets were told of {wanted}')


async def _ask_for_details(
    room: Shelters, verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act]
) -> None:
    for act in accepted:
        if act.step is not Step.DETAILS:
            continue
        known = await room.evacuees.by_token(Token.printed(people[act.person].code))
        if known is None or known.details != people[act.person].details:
            verdict.findings.append(f'{act.attempt}: the details that were entered are not those that are kept')
            return


async def _ask_for_the_protected(room: Shelters, verdict: DrillVerdict, people: Sequence[InventedPerson]) -> None:
    hidden = {each.details.name: each for each in people if each.details.protected}
    sought = [(each.details.name, each.details.kana, each.details.birth_date) for each in hidden.values()]
    questions = [(ABSENT_NAME, ABSENT_KANA, date(1950, 1, 1)), *sought]
    nobody, *answers = await asyncio.gather(*(_answer(room, number, *each) for number, each in enumerate(questions)))
    for person, answer in zip(hidden.values(), answers, strict=True):
        if answer != nobody:
            verdict.findings.append(f'protected person {person.index} is answered otherwise than an absent one')


async def _answer(room: Shelters, number: int, name: str, kana: str, birth_date: date | None) -> Answer:
    question = Question(
        inquirer_name='訓練 照会',
        inquirer_address='石川県金沢市広坂1丁目1番1号',
        identity=Identity.LICENCE,
        relation=Relation.HOUSEHOLD,
        reason='訓練',
        sought=Sought(name=name, kana=kana, birth_date=birth_date),
    )
    clerk = Actor(f'drill-clerk-{number}', Assurance.PASSWORD)
    return (await room.inquiries.ask(question, clerk, practice=True)).answer
