"""Inquiries at a box: one answer for absent, protected and withheld people, in words, time and journal."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import clock
from app.clock import SettableClock
from app.journal.history import History, HistoryFilter
from app.journal.line import Actor, Assurance
from app.runtime import Box
from app.shelters.departures import Going
from app.shelters.details import PersonDetails
from app.shelters.inquiries.content import BYTES, content_text, read_content, spelled
from app.shelters.inquiries.people import candidates
from app.shelters.inquiries.service import ASKED, QUANTUM_SECONDS, Inquiries, rest_of_quantum
from app.shelters.inquiries.values import (
    NOTHING,
    Answer,
    InquiryInfo,
    InquiryRefused,
    Outcome,
    Problem,
    Question,
    Reach,
    Relation,
    Sought,
    Whereabouts,
)
from app.shelters.inquiries.words import answer_lines
from app.shelters.values import LeftFor, Place, Sex, StayState
from tests.app.shelters.inquiries.scene import HANAKO, OTHERS, PROTECTED, QUESTION, SOUGHT, WITHHELD
from tests.support.shelter import OFFICER, opened_shelter, register

CLERK = Actor('8d7b0a3e-5b0e-4a53-9a35-3f6a8a3b7a11', Assurance.PASSWORD)


class Pauses:
    """A pause that takes no time and remembers how long it was asked for."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def unhurried(box: Box, pauses: Pauses) -> Inquiries:
    """The inquiries of the box, without waiting."""
    return Inquiries(box.vault, box.journal, box.reading, box.settings.shelters, pause=pauses)


async def asked(box: Box, question: Question = QUESTION) -> InquiryInfo:
    return await unhurried(box, Pauses()).ask(question, CLERK, practice=False)


async def people_of(box: Box, people: Sequence[PersonDetails]) -> list[UUID]:
    shelter = await opened_shelter(box)
    return [(await register(box, shelter, details)).evacuee.id for details in people]


async def test_a_relative_of_the_household_is_told_where_somebody_is(box: Box) -> None:
    await people_of(box, [*OTHERS, HANAKO])
    answer = (await asked(box)).answer

    assert answer.reach is Reach.WHEREABOUTS
    assert answer.whereabouts is not None
    assert (answer.whereabouts.shelter, answer.injury, answer.contact) == ('泉小学校', '右手の打撲', '076-000-0000')


async def leave_for_hospital(box: Box, person: PersonDetails) -> None:
    shelter = await opened_shelter(box)
    evacuee = (await register(box, shelter, person)).evacuee.id
    going = Going(destination='県立中央病院')
    await box.shelters.stays.leave(evacuee, shelter.id, LeftFor.HOSPITAL, OFFICER, going=going)


async def test_the_household_is_told_to_which_hospital_and_nobody_else(box: Box) -> None:
    await leave_for_hospital(box, HANAKO)
    answer = (await asked(box)).answer
    assert '居場所: 泉小学校を出ました(入院: 県立中央病院)' in answer_lines(answer)
    for relation in set(Relation) - {Relation.HOUSEHOLD}:
        told = (await asked(box, replace(QUESTION, relation=relation))).answer
        assert not any('県立中央病院' in line for line in answer_lines(told))


@pytest.mark.parametrize('person', [PROTECTED, WITHHELD], ids=['protected', 'withheld'])
async def test_where_protected_and_withheld_people_went_is_never_told(box: Box, person: PersonDetails) -> None:
    await leave_for_hospital(box, person)
    for relation in Relation:
        assert (await asked(box, replace(QUESTION, relation=relation))).answer == NOTHING


@pytest.mark.parametrize('person', [None, PROTECTED, WITHHELD], ids=['absent', 'protected', 'withheld'])
async def test_absent_protected_and_withheld_are_one_answer(box: Box, person: PersonDetails | None) -> None:
    await people_of(box, [*OTHERS, *([person] if person else [])])
    for relation in Relation:
        assert (await asked(box, replace(QUESTION, relation=relation))).answer == NOTHING


async def test_nobody_is_found_by_way_of_the_household_of_a_protected_person(box: Box) -> None:
    child = replace(HANAKO, name='金沢 小太郎', kana='', birth_date=date(2019, 4, 2), sex=Sex.MALE)
    members = await people_of(box, [PROTECTED, child])
    question = replace(QUESTION, sought=Sought(name='金沢小太郎', birth_date=date(2019, 4, 2)))
    assert (await asked(box, question)).answer.reach is Reach.WHEREABOUTS

    await box.shelters.households.create(members, OFFICER)
    assert (await asked(box, question)).answer == NOTHING


async def test_people_of_a_drill_are_not_found_by_a_real_inquiry(box: Box) -> None:
    await people_of(box, [HANAKO])
    info = await unhurried(box, Pauses()).ask(QUESTION, CLERK, practice=True)
    assert info.answer == NOTHING


@pytest.mark.parametrize('person', [None, PROTECTED, WITHHELD, HANAKO])
async def test_every_answer_comes_after_one_quantum_of_the_monotonic_clock(
    box: Box, person: PersonDetails | None
) -> None:
    await people_of(box, [*OTHERS, *([person] if person else [])])
    pauses = Pauses()
    with clock.use(SettableClock(clock.now())):
        await unhurried(box, pauses).ask(QUESTION, CLERK, practice=False)
    assert pauses.seconds == [QUANTUM_SECONDS]


@given(st.floats(min_value=0, max_value=20))
def test_answers_come_after_whole_quanta_whatever_the_work_took(passed: float) -> None:
    quanta = (passed + rest_of_quantum(passed)) / QUANTUM_SECONDS
    assert quanta == pytest.approx(round(quanta))
    assert round(quanta) >= 1


async def test_protected_and_withheld_people_are_read_with_the_same_queries(box: Box) -> None:
    (evacuee,) = await people_of(box, [WITHHELD])
    withheld = await statements_of(box, candidates(box.vault, practice=False))
    await box.shelters.evacuees.set_details(evacuee, PROTECTED, OFFICER)
    protected = await statements_of(box, candidates(box.vault, practice=False))
    assert withheld == protected


async def statements_of(box: Box, query: Callable[[sqlite3.Connection], Any]) -> list[str]:
    def traced(connection: sqlite3.Connection) -> list[str]:
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        query(connection)
        connection.set_trace_callback(None)
        return statements

    return await box.reading.read(traced)


async def test_journal_and_table_have_one_shape_whoever_is_there(box: Box) -> None:
    shelter = await opened_shelter(box)
    await asked(box)
    evacuee = (await register(box, shelter, PROTECTED)).evacuee.id
    await asked(box)
    for person in (WITHHELD, HANAKO):
        await box.shelters.evacuees.set_details(evacuee, person, OFFICER)
        await asked(box)

    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        lines = database.execute(
            'SELECT length(payload), length(subjects), actor, desk, version FROM journal_line WHERE kind = ?', (ASKED,)
        ).fetchall()
        rows = database.execute('SELECT length(content), outcome, name_index, inquirer_index FROM inquiry').fetchall()
    assert (len(lines), len(rows)) == (4, 4)
    assert (len(set(lines)), len(set(rows))) == (1, 1)


async def test_nothing_of_a_question_is_readable_on_the_disk(box: Box) -> None:
    await asked(box)
    with closing(sqlite3.connect(f'file:{box.directory.database}?mode=ro', uri=True)) as database:
        dump = '\n'.join(database.iterdump())
    for word in ('花子', '加賀', '新桜町', '連絡が取れない', '1946-03-01'):
        assert word not in dump


async def test_what_was_told_is_kept_and_what_was_not_told_names_nobody(box: Box) -> None:
    (hanako,) = await people_of(box, [HANAKO])
    await asked(box)
    await box.shelters.evacuees.set_details(hanako, PROTECTED, OFFICER)
    await asked(box)
    history = History(box.reading, box.vault)
    lines = (await history.page(HistoryFilter(kind=ASKED), 0, 10))[0]
    texts = [line.opened[0].fields for line in lines]
    assert [str(hanako) in str(text) for text in texts] == [False, True]


@pytest.mark.parametrize(
    ('question', 'problem'),
    [
        (replace(QUESTION, inquirer_name=' '), Problem.INQUIRER),
        (replace(QUESTION, inquirer_address=''), Problem.INQUIRER),
        (replace(QUESTION, identity=None), Problem.IDENTITY),
        (replace(QUESTION, sought=replace(SOUGHT, name='\u3000')), Problem.NAME),
        (replace(QUESTION, sought=Sought(address='金沢市広坂1-1-1')), Problem.NAME),
        (replace(QUESTION, sought=Sought(name='金沢花子')), Problem.MORE_NEEDED),
        (replace(QUESTION, sought=Sought(name='金沢花子', address='金沢市')), Problem.MORE_NEEDED),
        (replace(QUESTION, reason=''), Problem.REASON),
        (replace(QUESTION, reason='あ' * 301), Problem.TOO_LONG),
    ],
)
async def test_an_incomplete_inquiry_is_not_taken(box: Box, question: Question, problem: Problem) -> None:
    with pytest.raises(InquiryRefused) as refused:
        await asked(box, question)
    assert refused.value.problem is problem
    assert (await box.shelters.inquiries.past(0, 10))[1] == 0


async def test_one_clerk_cannot_try_names_without_end(box: Box) -> None:
    settings = box.settings.shelters.model_copy(update={'inquiries_per_clerk': 2})
    inquiries = Inquiries(box.vault, box.journal, box.reading, settings, pause=Pauses())
    await inquiries.ask(QUESTION, CLERK, practice=False)
    await inquiries.ask(QUESTION, CLERK, practice=False)
    with pytest.raises(InquiryRefused, match='too_many_by_clerk'):
        await inquiries.ask(QUESTION, CLERK, practice=False)


async def test_one_name_is_not_asked_for_without_end_whether_or_not_it_is_here(box: Box) -> None:
    settings = box.settings.shelters.model_copy(update={'inquiries_per_name': 1})
    inquiries = Inquiries(box.vault, box.journal, box.reading, settings, pause=Pauses())
    await inquiries.ask(QUESTION, CLERK, practice=False)
    with pytest.raises(InquiryRefused, match='too_many_for_name'):
        await inquiries.ask(replace(QUESTION, inquirer_name='別の人'), OFFICER, practice=False)


async def test_several_who_ask_for_one_name_are_told_and_one_who_asks_often_is_not(box: Box) -> None:
    for _time in range(4):
        await asked(box)
    assert await box.shelters.inquiries.unusual() is None
    await asked(box, replace(QUESTION, inquirer_name='能登 次郎'))
    await asked(box, replace(QUESTION, inquirer_name='越中 三郎'))
    found = await box.shelters.inquiries.unusual()
    assert found is not None
    assert found.names == 1


async def test_what_became_of_an_answer_is_recorded_once(box: Box) -> None:
    info = await asked(box)
    closed = await box.shelters.inquiries.close(info.id, Outcome.TOLD, CLERK)
    assert (closed.outcome, closed.question, closed.answer) == (Outcome.TOLD, info.question, info.answer)
    with pytest.raises(InquiryRefused, match='closed'):
        await box.shelters.inquiries.close(info.id, Outcome.REFUSED, CLERK)
    with pytest.raises(LookupError):
        await box.shelters.inquiries.close(UUID(int=1), Outcome.TOLD, CLERK)


TEXTS = st.text(max_size=100)


@given(
    st.builds(
        Question,
        inquirer_name=TEXTS,
        inquirer_address=TEXTS,
        identity=st.just(QUESTION.identity),
        relation=st.sampled_from(Relation),
        reason=TEXTS,
        sought=st.builds(Sought, name=TEXTS, kana=TEXTS, address=TEXTS, birth_date=st.none() | st.dates()),
    ),
    st.builds(
        Answer,
        reach=st.sampled_from(Reach),
        injury=TEXTS,
        condition=TEXTS,
        contact=TEXTS,
        whereabouts=st.builds(
            Whereabouts,
            shelter=TEXTS,
            place=st.sampled_from(Place),
            state=st.sampled_from(StayState),
            left_for=st.none() | st.sampled_from(LeftFor),
            destination=TEXTS,
        ),
    ),
)
def test_whatever_is_kept_has_one_length_and_is_read_back(question: Question, answer: Answer) -> None:
    text = spelled(content_text(question, answer, None))
    assert len(text.encode()) == BYTES
    assert read_content(text) == (question, answer)
