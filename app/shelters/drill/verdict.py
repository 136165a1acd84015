"""Whether a drill lost anybody, made anybody up, or gave anybody away."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.shelters.details import PersonDetails
from app.shelters.drill.asking import who_give_away
from app.shelters.drill.feeding import MEAL
from app.shelters.drill.held import my_number_card, token_of
from app.shelters.drill.invented import InventedPerson, Way
from app.shelters.drill.scene import Scene
from app.shelters.drill.script import Act, Step, again_by, is_anew
from app.shelters.room import Shelters
from app.shelters.tokens import Token
from app.shelters.values import StayState

MOST_NAMED = 5
OF_DRILL = "SELECT attempt FROM journal_line WHERE attempt LIKE '%drill:%'"
PRESSES = 'SELECT COALESCE(SUM(change), 0) FROM head_count WHERE shelter = ? AND practice = 1'
REGISTERED = 'SELECT COUNT(*) FROM evacuee WHERE practice = 1'
STAYING = 'SELECT COUNT(*) FROM stay WHERE shelter = ? AND practice = 1 AND state = ?'
MEALS = 'SELECT COUNT(*) FROM handout WHERE item = ? AND practice = 1 AND taken_back_at IS NULL'
FED = 'SELECT COUNT(DISTINCT evacuee) FROM handout WHERE item = ? AND practice = 1 AND taken_back_at IS NULL'


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


async def judge(scene: Scene, accepted: Sequence[Act]) -> DrillVerdict:
    """Compare what the tablets were told with what the box knows, and ask for whom nobody may find."""
    room, people, shelter = scene.room, scene.people, scene.shelter.id
    reconciled = await room.counts.reconcile(shelter, practice=True)
    known = await scene.reading.read(lambda connection: _known(connection, shelter))
    verdict = DrillVerdict(acts=len(accepted), people=known.people, counted=known.presses)
    _compare_attempts(verdict, people, accepted, known.attempts)
    _compare_people(verdict, people, accepted, known, sum(reconciled.counted.values()))
    await _ask_for_details(room, verdict, people, accepted)
    await _ask_for_doubles(room, verdict, people, accepted)
    await _ask_for_the_protected(scene, verdict)
    return verdict


@dataclass(frozen=True, slots=True)
class _Known:
    """What the box has."""

    people: int
    presses: int
    inside: int
    away: int
    meals: int
    fed: int
    attempts: list[str]


def _known(connection: sqlite3.Connection, shelter: UUID) -> _Known:
    def number(query: str, *values: str) -> int:
        return int(connection.execute(query, values).fetchone()[0])

    attempts = [row['attempt'] for row in connection.execute(OF_DRILL)]
    return _Known(
        people=number(REGISTERED),
        presses=number(PRESSES, str(shelter)),
        inside=number(STAYING, str(shelter), StayState.PRESENT),
        away=number(STAYING, str(shelter), StayState.AWAY),
        meals=number(MEALS, str(MEAL)),
        fed=number(FED, str(MEAL)),
        attempts=[attempt[attempt.index('drill:') :] for attempt in attempts],
    )


def _compare_attempts(
    verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act], attempts: list[str]
) -> None:
    # A card that tells its holder is looked at person by person: touching it again leaves nothing.
    expected = {act.attempt for act in accepted if act.step is Step.PRESS or _leaves_attempt(people[act.person], act)}
    lost = sorted(expected - set(attempts))
    if lost:
        verdict.findings.append(f'{len(lost)} accepted acts are lost: {", ".join(lost[:MOST_NAMED])}')
    if len(attempts) != len(set(attempts)):
        verdict.findings.append('an attempt was written twice')


def _leaves_attempt(person: InventedPerson, act: Act) -> bool:
    by_press = (Way.TRANSIT, Way.WRISTBAND, Way.NOTHING)
    if act.step is Step.AGAIN:
        return is_anew(person) and again_by(person) in by_press
    return act.step is Step.REGISTER and person.way in by_press


def _compare_people(
    verdict: DrillVerdict,
    people: Sequence[InventedPerson],
    accepted: Sequence[Act],
    known: _Known,
    still_counted: int,
) -> None:
    done = {step: {act.person for act in accepted if act.step is step} for step in Step}
    registered = sum(people[person.speaker].index in done[Step.REGISTER] for person in people)
    expected = registered + sum(is_anew(people[index]) for index in done[Step.AGAIN])
    away = len(done[Step.OUT] - done[Step.BACK] - done[Step.LEAVE])
    for words, found, wanted in (
        ('counted', known.presses, len(done[Step.PRESS])),
        ('counted and not left', still_counted, len(done[Step.PRESS]) - len(done[Step.LEAVE])),
        ('registered', known.people, expected),
        ('inside', known.inside, expected - away - len(done[Step.LEAVE])),
        ('away', known.away, away),
        ('meals given', known.meals, len(done[Step.MEAL])),
        ('people given a meal', known.fed, len(done[Step.MEAL])),
    ):
        if found != wanted:
            verdict.findings.append(f'{found} {words}, but the tablets were told of {wanted}')


async def _ask_for_details(
    room: Shelters, verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act]
) -> None:
    """Everybody who can be touched again leads to what was told of them."""
    completed = {act.person for act in accepted if act.step is Step.DETAILS}
    for act in accepted:
        person = people[act.person]
        token = token_of(person)
        if act.step is not Step.REGISTER or token is None:
            continue
        known = await room.evacuees.by_token(token)
        if known is None or not _has(known.details, person, is_completed=person.index in completed):
            verdict.findings.append(f'{act.attempt}: the details that were entered are not those that are kept')
            return


def _has(details: PersonDetails, person: InventedPerson, *, is_completed: bool) -> bool:
    if is_completed:
        return details == person.details
    told = (person.details.name, person.details.birth_date) if person.way is Way.MY_NUMBER else ('', None)
    return (details.name, details.birth_date) == told


async def _ask_for_doubles(
    room: Shelters, verdict: DrillVerdict, people: Sequence[InventedPerson], accepted: Sequence[Act]
) -> None:
    """Whoever came again by another card is proposed as a double, unless they are protected."""
    completed = {act.person for act in accepted if act.step is Step.DETAILS}
    pairs = await room.duplicates.candidates(practice=True)
    proposed = {frozenset({pair.one.number, pair.other.number}) for pair in pairs}
    for act in accepted:
        person = people[act.person]
        is_named = person.index in completed
        if act.step is not Step.AGAIN or again_by(person) is not Way.MY_NUMBER or not is_anew(person) or not is_named:
            continue
        first, second = token_of(person), Token.of_card(my_number_card(person).credential)
        records = [await room.evacuees.by_token(token) for token in (first, second) if token is not None]
        if person.details.protected:
            continue
        if frozenset(each.number for each in records if each) not in proposed:
            verdict.findings.append(f'{act.attempt}: came twice, and nobody proposes to look')
            return


async def _ask_for_the_protected(scene: Scene, verdict: DrillVerdict) -> None:
    for asker, people in (await who_give_away(scene)).items():
        verdict.findings.append(f'{asker} gives {people} protected people away')
