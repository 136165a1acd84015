"""An evacuation replayed at the tablets of a shelter, with the power cut in the middle."""

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.commands.drill import Drill, replay, replay_curve, scene_of
from app.commands.exit_codes import FAILED, OK
from app.composition import open_box
from app.settings import load_settings
from app.shelters.across.models import AcrossPerson
from app.shelters.drill.curve import Report, read_curve
from app.shelters.drill.invented import Way, invent
from app.shelters.drill.script import Act, Step, again_by, is_anew, write_script
from app.shelters.drill.verdict import judge
from app.storage.layout import DataDirectory
from tests.support.process import run

DONE_BY = "SELECT DISTINCT kind, desk FROM journal_line WHERE kind LIKE 'shelters.%'"
ABOUT_PEOPLE = [
    f'shelters.{kind}'
    for kind in (
        'counted',
        'registered',
        'family_taken',
        'arrived',
        'went_out',
        'left',
        'handed_out',
    )
]
SMALL = Drill(people=40, tablets=4, protected=5, visitors=6, seed=246)


@pytest.fixture(scope='module')
def played(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    """The directory of a small drill that passed."""
    directory = DataDirectory(tmp_path_factory.mktemp('drill') / 'box')
    directory.create()
    verdict, is_intact = asyncio.run(replay(directory, SMALL))
    assert verdict.findings == []
    assert is_intact
    assert verdict.counted == 40
    return directory


def script() -> list[Act]:
    return write_script(SMALL.seed, SMALL.cast(), SMALL.tablets)


async def findings(directory: DataDirectory, accepted: list[Act], hide: int = 0) -> list[str]:
    """What the checker finds when these acts were answered, and so many more people are said to be protected."""
    cast = [
        replace(each, details=replace(each.details, protected=each.details.protected or each.index < hide))
        for each in SMALL.cast()
    ]
    box = await open_box(directory, load_settings(directory.root))
    try:
        return (await judge(await scene_of(box, cast), accepted)).findings
    finally:
        await box.close()


async def test_an_answered_press_that_the_box_does_not_know_is_found(played: DataDirectory) -> None:
    lost = Act(0, 'drill:press:999', 0, Step.PRESS, 0)
    assert any('accepted acts are lost: drill:press:999' in each for each in await findings(played, [*script(), lost]))


async def test_a_person_whom_no_tablet_was_told_of_is_found(played: DataDirectory) -> None:
    acts = script()
    registering = next(act for act in acts if act.step is Step.REGISTER)
    found = await findings(played, [act for act in acts if act is not registering])
    assert any('registered, but the tablets were told of' in each for each in found)


async def test_people_who_should_be_hidden_and_are_not_are_found_by_everybody_who_tells_names(
    played: DataDirectory,
) -> None:
    found = await findings(played, script(), hide=40)
    givers = {each.partition(' gives ')[0] for each in found if 'protected people away' in each}
    assert givers >= {
        'inquiries.service.Inquiries.ask',
        'search.PeopleSearch.find',
        'search.PeopleSearch.look_up',
        'people_list.PeopleList.page',
        'printed_people',
        'roll_call.RollCalls.sheets',
        'duplicates.Duplicates.candidates',
        'ledger.service.Ledger.take',
    }


async def test_the_other_boxes_are_told_of_all_who_can_be_touched_but_the_protected(played: DataDirectory) -> None:
    box = await open_box(played, load_settings(played.root))
    try:
        told = set(await AcrossPerson.filter(withdrawn=False).values_list('number', flat=True))
        hidden = set(await box.shelters.protection.numbers(practice=True))
        assert len(told) >= len([each for each in SMALL.cast() if each.has_token and not each.details.protected])
        assert hidden
        assert told & hidden == set()
    finally:
        await box.close()


async def test_a_meal_that_was_given_and_is_not_there_is_found(played: DataDirectory) -> None:
    fed = {act.person for act in script() if act.step is Step.MEAL}
    hungry = next(index for index in range(SMALL.people) if index not in fed)
    found = await findings(played, [*script(), Act(0, f'drill:meal:{hungry}', 0, Step.MEAL, hungry)])
    assert any('meals given, but the tablets were told of' in each for each in found)


async def test_everything_was_done_by_the_desks_of_the_tablets(played: DataDirectory) -> None:
    box = await open_box(played, load_settings(played.root))
    try:
        tablets = {str(desk.id) for desk in await box.desks.all()}
        lines = await box.reading.read(lambda connection: connection.execute(DONE_BY).fetchall())
    finally:
        await box.close()
    elsewhere = {line['kind'] for line in lines if line['desk'] not in tablets}
    assert {line['kind'] for line in lines} >= set(ABOUT_PEOPLE)
    assert elsewhere & set(ABOUT_PEOPLE) == set()


def test_people_come_with_every_way_of_being_known() -> None:
    assert {person.way for person in SMALL.cast()} == set(Way)


def test_protected_people_come_again_with_their_card_before_and_after_they_asked_to_be_hidden() -> None:
    cast, acts = SMALL.cast(), script()
    again = {act.person: act for act in acts if act.step is Step.AGAIN and again_by(cast[act.person]) is Way.MY_NUMBER}
    told = {act.person: act for act in acts if act.step is Step.DETAILS}
    both = [person for person in again if cast[person].details.protected and person in told]
    assert {again[person] < told[person] for person in both} == {True, False}


def test_somebody_who_is_not_protected_comes_again_with_their_card_and_is_named_before() -> None:
    cast, acts = SMALL.cast(), script()
    named = {act.person for act in acts if act.step is Step.DETAILS and not cast[act.person].details.protected}
    assert [act for act in acts if act.step is Step.AGAIN and act.person in named and is_anew(cast[act.person])]


def test_each_double_comes_again_at_another_tablet() -> None:
    acts = script()
    first = {act.person: act.tablet for act in acts if act.step is Step.REGISTER}
    again = [act for act in acts if act.step is Step.AGAIN]
    assert again
    assert all(act.tablet != first[act.person] for act in again)


def test_the_same_drill_has_the_same_people_and_acts() -> None:
    assert SMALL.cast() == SMALL.cast()
    assert script() == script()


def test_the_protected_and_the_visitors_are_as_many_as_asked_for() -> None:
    cast = invent(1, 500, protected=30, visitors=100, today=date(2026, 1, 1))
    assert (sum(each.details.protected for each in cast), sum(each.visitor for each in cast)) == (30, 100)
    assert all(not each.details.address for each in cast if each.visitor)


def test_a_directory_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / 'machibako.db').write_bytes(b'somebody')
    ended = run('drill', 'replay', data=tmp_path)
    assert ended.returncode == FAILED
    assert '空のフォルダー' in ended.stderr
    assert (tmp_path / 'machibako.db').read_bytes() == b'somebody'


def test_the_command_tells_what_became_of_it(tmp_path: Path) -> None:
    ended = run('drill', 'replay', '--people', '12', '--without-cut', data=tmp_path / 'box')
    assert (ended.returncode, '12 人' in ended.stdout) == (OK, True)


async def test_a_shelter_of_a_tenth_of_the_size_empties_as_the_real_one_did_in_nanao(tmp_path: Path) -> None:
    directory = DataDirectory(tmp_path / 'box')
    directory.create()
    smaller = [Report(report.at, report.people // 10) for report in read_curve()]
    assert await replay_curve(directory, smaller) == []
