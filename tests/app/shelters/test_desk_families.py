"""A household that entered itself on its own phone comes to the desk."""

from app.runtime import Box
from app.shelters.desk_presses import Plain
from app.shelters.desk_screens import Problem, Step, Told
from app.shelters.details import PersonDetails, SharedDetails
from app.shelters.family_values import Family
from app.shelters.values import Assured
from tests.support.reception import asked, open_reception
from tests.support.shelter import HANAKO, opened_shelter

FAMILY = Family(
    members=(HANAKO, PersonDetails(name='金沢 太郎'), PersonDetails(name='金沢 次郎')),
    shared=SharedDetails(address=HANAKO.address, phone='076-220-2111'),
)


async def test_a_household_is_registered_with_one_scan_and_one_press(box: Box) -> None:
    await opened_shelter(box)
    ticket = await box.shelters.families.put(FAMILY, '192.0.2.7')
    desk, _reader = await open_reception(box)
    await desk.scan(ticket.code)
    assert (desk.view.step, desk.view.surname, desk.view.members) == (Step.DRAFT, '金沢', 3)
    assert '金沢' not in repr(desk.view)
    await asked(desk, Plain.REGISTER_FAMILY)

    assert desk.view.person is not None
    assert (desk.view.told, desk.view.registered) == (Told.REGISTERED, 3)
    household = await box.shelters.households.of(desk.view.person.evacuee)
    assert household is not None
    assert (len(household.members), household.shared.phone) == (3, '076-220-2111')
    first = await box.shelters.evacuees.get(desk.view.person.evacuee)
    assert first is not None
    assert (first.details, first.assured) == (HANAKO, Assured.TOLD)


async def test_the_number_beside_the_code_does_as_well(box: Box) -> None:
    await opened_shelter(box)
    ticket = await box.shelters.families.put(FAMILY, '192.0.2.7')
    desk, _reader = await open_reception(box)
    await desk.scan(ticket.number)
    assert desk.view.step is Step.DRAFT


async def test_a_code_that_was_used_says_so(box: Box) -> None:
    await opened_shelter(box)
    ticket = await box.shelters.families.put(FAMILY, '192.0.2.7')
    desk, _reader = await open_reception(box)
    await desk.scan(ticket.code)
    await asked(desk, Plain.REGISTER_FAMILY, Plain.FINISH)
    await desk.scan(ticket.code)
    assert (desk.view.step, desk.view.problem) == (Step.PROBLEM, Problem.DRAFT_USED)


async def test_giving_up_before_the_press_registers_nobody_and_the_code_stays_good(box: Box) -> None:
    shelter = await opened_shelter(box)
    ticket = await box.shelters.families.put(FAMILY, '192.0.2.7')
    desk, _reader = await open_reception(box)
    await desk.scan(ticket.code)
    await asked(desk, Plain.CANCEL)
    assert (await box.shelters.counts.reconcile(shelter.id)).registered == {}
    await desk.scan(ticket.code)
    assert desk.view.step is Step.DRAFT
