"""Children without an adult: nobody takes one along before staff have recorded who it is."""

from dataclasses import replace

import pytest

from app.access.principals import Permission
from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.child_matters import child_matters
from app.shelters.desk_presses import GoOut, Leave, Plain, Register, Show
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.details import PersonDetails
from app.shelters.guardians import GOES_OUT, Escort, NobodyNamed
from app.shelters.until import Until
from app.shelters.values import LeftFor, PersonClass, ShelterState, StayState
from tests.support.reception import asked, attempts, open_reception
from tests.support.shelter import OFFICER, opened_shelter, register

CHILD = PersonDetails(name='迷子 光', unaccompanied=True)


async def test_no_tablet_lets_a_child_alone_leave_before_somebody_took_over(box: Box) -> None:
    shelter = await opened_shelter(box)
    child = (await register(box, shelter, CHILD)).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(child.number)
    await desk.press(Show(Step.LEAVE))
    assert (desk.view.step, desk.view.problem) == (Step.PERSON, Problem.CHILD_ALONE)

    await box.shelters.guardians.take_over(child.id, '祖母 迷子 ハナ', OFFICER)
    await desk.press(Show(Step.LEAVE))
    await asked(desk, Leave(LeftFor.RELATIVES))
    assert (desk.view.step, desk.view.told) == (Step.DONE, Told.LEFT)


async def test_a_child_who_is_flagged_while_the_tablet_asks_where_to_stays(box: Box) -> None:
    shelter = await opened_shelter(box)
    child = (await register(box, shelter, replace(CHILD, unaccompanied=False))).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(child.number)
    await desk.press(Show(Step.LEAVE))
    await box.shelters.guardians.flag(child.id, OFFICER)
    await asked(desk, Leave(LeftFor.RELATIVES))
    assert desk.view.problem is Problem.CHILD_ALONE
    (stay,) = await box.shelters.stays.of(child.id)
    assert stay.state is StayState.PRESENT


async def test_no_tablet_lets_a_child_alone_go_out_for_a_while(box: Box) -> None:
    shelter = await opened_shelter(box)
    child = (await register(box, shelter, replace(CHILD, unaccompanied=False))).evacuee
    desk, _reader = await open_reception(box)
    await desk.scan(child.number)
    await desk.press(Show(Step.OUT))
    await box.shelters.guardians.flag(child.id, OFFICER)
    await asked(desk, GoOut(Until.THREE_HOURS))
    assert desk.view.problem is Problem.CHILD_ALONE
    await asked(desk, Plain.CANCEL, Step.OUT)
    assert (desk.view.step, desk.view.problem) == (Step.PERSON, Problem.CHILD_ALONE)
    (stay,) = await box.shelters.stays.of(child.id)
    assert stay.state is StayState.PRESENT


@pytest.mark.parametrize('escort', [Escort(), Escort('祖母 迷子 ハナ'), Escort('', '祖母'), Escort('あ' * 201, '祖母')])
async def test_who_takes_a_child_out_is_said_with_name_and_relation(box: Box, escort: Escort) -> None:
    child = (await register(box, await opened_shelter(box), CHILD)).evacuee
    with pytest.raises(NobodyNamed):
        await box.shelters.guardians.goes_out(child.id, escort, OFFICER)


@pytest.mark.parametrize(
    ('escort', 'told'),
    [(Escort('迷子 ハナ', '祖母'), {'by_whom': '迷子 ハナ', 'relation': '祖母'}), (Escort(nobody=True), None)],
)
async def test_who_takes_a_child_out_is_in_the_journal_and_the_child_stays_flagged(
    box: Box, escort: Escort, told: dict[str, str] | None
) -> None:
    child = (await register(box, await opened_shelter(box), CHILD)).evacuee
    await box.shelters.guardians.goes_out(child.id, escort, OFFICER)
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=GOES_OUT), 0, 1)
    assert [part.fields for part in lines[0].opened] == ([told] if told else [])
    assert await box.shelters.guardians.is_alone(child.id)


@pytest.mark.parametrize(
    ('person_class', 'is_flagged'), [(PersonClass.CHILD, True), (PersonClass.INFANT, True), (PersonClass.MAN, False)]
)
async def test_one_press_flags_a_child_who_was_registered_alone(
    box: Box, person_class: PersonClass, is_flagged: bool
) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, Plain.WITHOUT_CARD)
    await desk.press(Register(person_class, attempts()))
    await desk.press(Plain.FLAG_ALONE)
    assert desk.view.person is not None
    assert desk.view.person.unaccompanied is is_flagged
    assert (desk.view.told is Told.FLAGGED_ALONE) is is_flagged


async def test_children_alone_are_a_matter_of_their_shelter_until_taken_over_or_gone(box: Box) -> None:
    shelter = await opened_shelter(box)
    first, second = [(await register(box, shelter, CHILD)).evacuee.id for _each in range(2)]
    await register(box, shelter)
    assert await counts_of(box) == [('泉小学校', 2, Permission.RUN_SHELTER)]
    await box.shelters.guardians.take_over(first, '祖母 迷子 ハナ', OFFICER)
    assert await counts_of(box) == [('泉小学校', 1, Permission.RUN_SHELTER)]
    await box.shelters.stays.leave(second, shelter.id, LeftFor.AMBULANCE, OFFICER)
    assert await counts_of(box) == []


async def test_a_protected_child_alone_is_a_matter_for_those_alone_who_may_see_it(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(CHILD, protected=True))
    assert await counts_of(box) == [('泉小学校', 1, Permission.SEE_PROTECTED)]


async def test_a_box_without_an_open_shelter_opens_no_record_to_look_for_children(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, CHILD)
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    assert await counts_of(box) == []


async def counts_of(box: Box) -> list[tuple[str, int, Permission]]:
    found = await child_matters(box.shelters.search, box.shelters.register)
    return [(matter.name, matter.count, matter.permission) for matter in found]
