"""Residents open a shelter with the sealed code; staff take over later."""

import asyncio
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.access.limits import TooSoon
from app.clock import SettableClock
from app.journal.history import History, HistoryFilter, HistoryLine
from app.journal.line import Assurance
from app.runtime import Box
from app.shelters import adoption, opening
from app.shelters.closing import WrongState
from app.shelters.opening_room import Opening
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.resident_session import Begun, DeskAct, OpeningProblem, OpeningRefused
from app.shelters.safety_check import Answer, Question, is_complete, uncertain
from app.shelters.sealed_codes import new_code, read_code, shown_code
from app.shelters.values import ShelterState
from tests.support.shelter import OFFICER

PHONE = '192.0.2.7'
SAFE = {
    Question.CRACKS: Answer.NO,
    Question.TILT: Answer.NO,
    Question.GAS: Answer.NO,
    Question.WATER: Answer.YES,
    Question.TOILETS: Answer.NO,
}


class Scene:
    """A shelter that nobody has opened, and its sealed code."""

    def __init__(self, box: Box, shelter: ShelterInfo, code: str) -> None:
        self.box = box
        self.shelter = shelter.id
        self.code = code
        self.opening: Opening = box.shelters.opening

    async def begin(self, source: str = PHONE, desk: UUID | None = None) -> Begun:
        return await self.opening.residents.begin(shown_code(self.code), source, desk)

    async def check(self, token: str, answers: dict[Question, Answer] = SAFE) -> None:
        for question, answer in answers.items():
            await self.opening.residents.answer(token, question, answer)

    async def open(self, name: str = '', phone: str = '') -> Begun:
        begun = await self.begin()
        await self.check(begun.token)
        await self.opening.residents.open(begun.token, name, phone)
        return begun

    async def state(self) -> ShelterState:
        found = await self.box.shelters.register.get(self.shelter)
        assert found is not None
        return found.state

    async def lines(self, kind: str) -> list[HistoryLine]:
        return list((await History(self.box.reading, self.box.vault).page(HistoryFilter(kind=kind), 0, 20))[0])


@pytest.fixture
async def scene(box: Box) -> Scene:
    shelter = await box.shelters.register.add(ShelterEntry(code='E-1', name='泉小学校'), OFFICER, here=True)
    (made,) = await box.shelters.opening.codes.make([shelter.id], OFFICER)
    return Scene(box, shelter, made.code)


async def test_code_check_and_one_press_open_the_shelter(scene: Scene) -> None:
    begun = await scene.open('泉 太郎', '076-000-0000')
    session = await scene.opening.residents.session(begun.token)
    assert session is not None
    assert session.opened_at is not None
    assert await scene.state() is ShelterState.OPENED_BY_RESIDENTS


async def test_the_name_of_who_opens_may_be_left_out(scene: Scene) -> None:
    await scene.open()
    (info,) = await scene.opening.adoptions.openings(scene.shelter)
    assert (info.opener.name, info.opener.phone) == ('', '')


async def test_who_opened_and_when_stands_sealed_in_the_journal(scene: Scene) -> None:
    await scene.open('泉 太郎', '076-000-0000')
    (line,) = await scene.lines(opening.OPENED)
    assert line.assurance is Assurance.SEALED_CODE
    assert scene.shelter in line.subjects
    assert '泉 太郎' not in str(line.payload)
    (info,) = await scene.opening.adoptions.openings(scene.shelter)
    assert (info.opener.name, info.opener.phone) == ('泉 太郎', '076-000-0000')
    assert '泉' not in repr(info)


async def test_residents_count_register_and_hand_out_but_never_search(scene: Scene) -> None:
    begun = await scene.begin()
    assert not any(begun.session.may(act) for act in DeskAct)
    await scene.check(begun.token)
    session = await scene.opening.residents.open(begun.token)
    assert [act for act in DeskAct if session.may(act)] == [DeskAct.COUNT, DeskAct.REGISTER, DeskAct.HAND_OUT]


@pytest.mark.parametrize('danger', [Question.CRACKS, Question.TILT, Question.GAS])
async def test_a_dangerous_building_is_not_opened_and_the_answer_is_kept(scene: Scene, danger: Question) -> None:
    begun = await scene.begin()
    session = await scene.opening.residents.answer(begun.token, danger, Answer.YES)
    assert session.stopped
    with pytest.raises(OpeningRefused) as refused:
        await scene.opening.residents.open(begun.token)
    assert refused.value.problem is OpeningProblem.NOT_CHECKED
    assert await scene.state() is ShelterState.NOT_OPENED
    (line,) = await scene.lines(opening.UNSAFE)
    assert line.payload['answers'] == {str(danger): 'yes'}
    (info,) = await scene.opening.adoptions.openings(scene.shelter)
    assert info.stopped_at is not None


async def test_after_a_danger_the_check_can_be_made_again(scene: Scene) -> None:
    begun = await scene.begin()
    await scene.opening.residents.answer(begun.token, Question.GAS, Answer.YES)
    assert (await scene.opening.residents.check_again(begun.token)).answers == {}
    await scene.check(begun.token)
    await scene.opening.residents.open(begun.token)
    assert await scene.state() is ShelterState.OPENED_BY_RESIDENTS
    assert len(await scene.lines(opening.UNSAFE)) == 1


async def test_what_nobody_could_judge_does_not_stop_but_is_told(scene: Scene) -> None:
    begun = await scene.begin()
    await scene.check(begun.token, {**SAFE, Question.TILT: Answer.UNSURE})
    session = await scene.opening.residents.open(begun.token)
    assert uncertain(session.answers) == [Question.TILT]


async def test_a_check_that_is_not_finished_opens_nothing(scene: Scene) -> None:
    begun = await scene.begin()
    await scene.opening.residents.answer(begun.token, Question.CRACKS, Answer.NO)
    with pytest.raises(OpeningRefused):
        await scene.opening.residents.open(begun.token)


async def test_a_second_press_opens_nothing_twice(scene: Scene) -> None:
    begun = await scene.open()
    await scene.opening.residents.open(begun.token, '別の人')
    assert len(await scene.lines(opening.OPENED)) == 1


async def test_a_second_browser_with_the_same_paper_joins(scene: Scene) -> None:
    first, desk = await scene.open(), UUID(int=7)
    second = await scene.begin('192.0.2.8', desk)
    assert second.session.opening == first.session.opening
    assert second.session.opened_at is not None
    assert second.token != first.token


async def test_two_browsers_that_open_in_the_same_moment_open_once(scene: Scene) -> None:
    one, other = await scene.begin(), await scene.begin('192.0.2.8')
    await scene.check(one.token)
    await asyncio.gather(*(scene.opening.residents.open(each.token) for each in (one, other)))
    assert len(await scene.lines(opening.OPENED)) == 1


async def test_staff_take_over_and_the_residents_session_ends(scene: Scene) -> None:
    begun = await scene.open()
    made = await scene.opening.adoptions.adopt(scene.shelter, OFFICER)
    assert await scene.state() is ShelterState.OPENED
    assert await scene.opening.residents.session(begun.token) is None
    with pytest.raises(OpeningRefused):
        await scene.opening.residents.answer(begun.token, Question.GAS, Answer.NO)
    (line,) = await scene.lines(adoption.ADOPTED)
    assert line.actor == OFFICER.id
    assert made.code != scene.code


async def test_two_officers_who_take_over_at_once_make_one_code(scene: Scene) -> None:
    await scene.open()
    both = (scene.opening.adoptions.adopt(scene.shelter, OFFICER) for _each in range(2))
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert [type(each) for each in ended].count(OpeningRefused) == 1


async def test_the_new_code_waits_until_somebody_says_that_it_is_sealed(scene: Scene) -> None:
    await scene.open()
    assert await scene.opening.adoptions.to_be_sealed() == set()
    await scene.opening.adoptions.adopt(scene.shelter, OFFICER)
    assert await scene.opening.adoptions.to_be_sealed() == {scene.shelter}
    await scene.opening.adoptions.confirm_sealed(scene.shelter, OFFICER)
    assert await scene.opening.adoptions.to_be_sealed() == set()
    assert len(await scene.lines(adoption.SEALED_AGAIN)) == 1


async def test_the_used_code_opens_no_more_after_staff_took_over(scene: Scene) -> None:
    await scene.open()
    await scene.opening.adoptions.adopt(scene.shelter, OFFICER)
    with pytest.raises(OpeningRefused) as refused:
        await scene.begin()
    assert refused.value.problem is OpeningProblem.UNKNOWN


async def test_a_shelter_that_staff_opened_says_so(scene: Scene) -> None:
    await scene.opening.states.set(scene.shelter, ShelterState.OPENED, OFFICER)
    with pytest.raises(OpeningRefused) as refused:
        await scene.begin()
    assert refused.value.problem is OpeningProblem.ALREADY_OPEN


async def test_wrong_letters_are_told_apart_from_a_code_that_is_not_known(scene: Scene) -> None:
    residents = scene.opening.residents
    wrong = scene.code[:-1] + ('2' if scene.code[-1] != '2' else '3')
    assert read_code(wrong) is None
    for typed, problem in ((wrong, OpeningProblem.MISTYPED), (new_code(), OpeningProblem.UNKNOWN)):
        with pytest.raises(OpeningRefused) as refused:
            await residents.begin(typed, PHONE)
        assert refused.value.problem is problem


async def test_guessing_is_slowed_down_noted_and_keeps_nobody_else_out(scene: Scene) -> None:
    with clock.use(SettableClock(clock.now())):
        for _each in range(5):
            with pytest.raises(OpeningRefused):
                await scene.opening.residents.begin(new_code(), PHONE)
        with pytest.raises(TooSoon):
            await scene.begin(PHONE)
        assert (await scene.begin('192.0.2.99')).session.shelter == scene.shelter
    await scene.box.security_log.write()
    rows = await scene.box.reading.read(
        lambda connection: connection.execute('SELECT kind, source, times FROM security_event').fetchall()
    )
    assert (opening.REFUSED, PHONE, 5) in [tuple(row) for row in rows]


async def test_an_opening_in_a_drill_carries_the_mark(scene: Scene) -> None:
    await scene.opening.facilities.set_practice(scene.shelter, True, OFFICER)
    begun = await scene.open()
    assert begun.session.practice
    (line,) = await scene.lines(opening.OPENED)
    assert line.payload['practice'] is True


STEPS = ('begin', 'join', 'danger', 'check', 'again', 'open', 'adopt', 'sealed', 'close', 'reopen')


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=14))
async def test_whatever_is_pressed_in_whatever_order_a_shelter_opens_only_checked_and_closes_all(
    box: Box, steps: list[str]
) -> None:
    walk = Walk(box, await box.shelters.register.add(ShelterEntry(code=uuid4().hex, name='泉小学校'), OFFICER))
    await walk.begin_with_a_code()
    for step in steps:
        await walk.take(step)
        await walk.holds()


class Walk:
    """Somebody presses whatever there is; what must hold is asked after every press."""

    def __init__(self, box: Box, shelter: ShelterInfo) -> None:
        self.box = box
        self.shelter = shelter.id
        self.opening = box.shelters.opening
        self.code = ''
        self.tokens: list[str] = []

    async def begin_with_a_code(self) -> None:
        (made,) = await self.opening.codes.make([self.shelter], OFFICER)
        self.code = made.code

    async def take(self, step: str) -> None:
        try:
            await getattr(self, step)()
        except (OpeningRefused, WrongState, IndexError):
            return

    async def begin(self) -> None:
        self.tokens.append((await self.opening.residents.begin(self.code, uuid4().hex)).token)

    async def join(self) -> None:
        await self.begin()

    async def danger(self) -> None:
        await self.opening.residents.answer(self.tokens[-1], Question.GAS, Answer.YES)

    async def check(self) -> None:
        for question, answer in SAFE.items():
            await self.opening.residents.answer(self.tokens[-1], question, answer)

    async def again(self) -> None:
        await self.opening.residents.check_again(self.tokens[0])

    async def open(self) -> None:
        await self.opening.residents.open(self.tokens[-1])

    async def adopt(self) -> None:
        self.code = (await self.opening.adoptions.adopt(self.shelter, OFFICER)).code

    async def sealed(self) -> None:
        await self.opening.adoptions.confirm_sealed(self.shelter, OFFICER)

    async def close(self) -> None:
        await self.opening.states.set(self.shelter, ShelterState.CLOSED, OFFICER)

    async def reopen(self) -> None:
        await self.opening.states.set(self.shelter, ShelterState.OPENED, OFFICER)

    async def holds(self) -> None:
        shelter = await self.box.shelters.register.get(self.shelter)
        assert shelter is not None
        sessions = [await self.opening.residents.session(token) for token in self.tokens]
        living = [session for session in sessions if session is not None]
        if shelter.state is ShelterState.OPENED_BY_RESIDENTS:
            assert any(session.opened_at is not None and is_complete(session.answers) for session in living)
        else:
            assert not any(session.may(act) for session in living for act in DeskAct)
        if shelter.state is ShelterState.CLOSED:
            assert living == []
            assert await self.opening.codes.of(self.shelter) is None
