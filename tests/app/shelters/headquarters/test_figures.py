"""The figures of all shelters, read at once."""

from dataclasses import replace
from datetime import timedelta

from app.clock import SettableClock
from app.runtime import Box
from app.shelters.calls import Help
from app.shelters.evacuees import Registration
from app.shelters.handouts.request_values import RequestEntry, RequestState
from app.shelters.headquarters.figures import ShelterFigures
from app.shelters.needs.facts import Condition, Fact, Found
from app.shelters.needs.standards import Standard
from app.shelters.needs.strip import shortages
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.stays import Arrival
from app.shelters.values import LeftFor, Place, ShelterState, Urgency
from tests.support.morning import MORNING, morning
from tests.support.shelter import HANAKO, OFFICER, counted, opened_shelter, register

__all__ = ['morning']


async def figures(box: Box, shelter: ShelterInfo) -> ShelterFigures:
    found = await box.shelters.headquarters.own.of_shelters(practice=shelter.practice, with_households=True)
    return next(each for each in found if each.shelter.id == shelter.id)


async def test_a_shelter_where_nobody_was_counted_has_no_number_of_people(box: Box) -> None:
    found = await figures(box, await opened_shelter(box))
    assert (found.people, found.percent, found.short, found.as_of) == (None, None, (), MORNING)


async def test_the_figures_are_those_of_the_shelters_own_strip(box: Box) -> None:
    shelter = await opened_shelter(box, capacity=4)
    for place in (Place.SHELTER, Place.CAR, Place.HOME, Place.OTHER):
        arrival = Arrival(shelter=shelter.id, place=place, visitor=place is Place.CAR)
        await box.shelters.evacuees.register(Registration(arrival=arrival, details=HANAKO), OFFICER)
    gone = await register(box, shelter)
    await box.shelters.stays.leave(gone.evacuee.id, shelter.id, LeftFor.HOME, OFFICER)
    out = await register(box, shelter)
    await box.shelters.stays.go_out(out.evacuee.id, shelter.id, OFFICER, expected_at=None)
    await counted(box, shelter, 5)
    facts = {Fact.BEDS: Found(1), Fact.BATHS: Found(0), Fact.WATER_DRINKING: Found(0), Fact.WATER_OTHER: Found(0)}
    await box.shelters.needs.facts.enter(shelter.id, facts, OFFICER, practice=False)
    strip = await box.shelters.needs.strip(shelter)
    found, presence = await figures(box, shelter), strip.presence
    assert (found.people, found.counted, found.registered) == (5, 5, 2)
    assert (found.people, found.counted) == (presence.people, presence.counted_people)
    assert (found.registered, found.away, found.visitors) == (
        presence.registered_people, presence.away, presence.visitors,
    )  # fmt: skip
    assert found.households == presence.households
    assert (found.in_cars, found.at_home, found.elsewhere) == (1, 1, 1)
    assert found.short == shortages(strip.measures, strip.facts)
    assert set(found.short) == {Standard.BEDS, Standard.BATHS, Standard.WATER, Standard.DRINKING_WATER}
    assert found.percent == 125


async def test_stores_of_water_are_no_shortage_while_the_tap_runs(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 10)
    facts = {Fact.WATER_DRINKING: Found(0), Fact.WATER_OTHER: Found(0), Fact.TAP_WATER: Found(condition=Condition.GOOD)}
    await box.shelters.needs.facts.enter(shelter.id, facts, OFFICER, practice=False)
    assert (await figures(box, shelter)).short == ()


async def test_the_last_entry_of_a_fact_counts(box: Box) -> None:
    shelter = await opened_shelter(box)
    await counted(box, shelter, 10)
    for beds in (2, 10):
        await box.shelters.needs.facts.enter(shelter.id, {Fact.BEDS: Found(beds)}, OFFICER, practice=False)
    assert (await figures(box, shelter)).short == ()


async def test_requests_and_calls_are_counted_until_they_are_done_with(box: Box) -> None:
    shelter = await opened_shelter(box)
    requests, calls = box.shelters.handouts.requests, box.shelters.reception.calls
    wanted = [await requests.draft(RequestEntry(shelter=shelter.id, what='毛布', quantity=9), OFFICER) for _ in 'abc']
    await requests.change(wanted[0].id, RequestState.SENT, OFFICER)
    await requests.change(wanted[1].id, RequestState.DECLINED, OFFICER)
    await calls.call(Help(shelter=shelter.id, urgency=Urgency.OXYGEN), OFFICER)
    found = await figures(box, shelter)
    assert (found.requests, found.requests_to_decide, found.calls) == (2, 1, 1)
    (call,) = await calls.open(shelter.id, practice=False)
    await calls.take(call.id, OFFICER)
    assert (await figures(box, shelter)).calls == 0


async def test_figures_tell_when_something_last_changed(box: Box, morning: SettableClock) -> None:
    shelter = await opened_shelter(box)
    morning.forward(hours=1)
    await counted(box, shelter, 1)
    morning.forward(hours=1)
    assert (await figures(box, shelter)).as_of == MORNING + timedelta(hours=1)


async def test_a_report_is_due_until_it_is_signed(box: Box, morning: SettableClock) -> None:
    shelter = await opened_shelter(box)
    assert (await figures(box, shelter)).report_due_at == MORNING + timedelta(minutes=30)
    draft = await box.shelters.reports.draft(shelter, OFFICER)
    await box.shelters.reports.book.sign(draft.id, OFFICER)
    found, due = await figures(box, shelter), await box.shelters.reports.due(shelter)
    assert due is not None
    assert (found.reported_at, found.report_due_at) == (MORNING, due.at)


async def test_a_drill_counts_only_where_drills_are_asked_for(box: Box) -> None:
    real = await opened_shelter(box)
    drill = await box.shelters.register.add(ShelterEntry(code='D', name='訓練'), OFFICER, practice=True)
    drill = await box.shelters.register.set_state(drill.id, ShelterState.OPENED, OFFICER)
    await counted(box, drill, 40)
    own = box.shelters.headquarters.own
    assert [each.shelter.id for each in await own.of_shelters(practice=False)] == [real.id]
    assert [each.people for each in await own.of_shelters(practice=True)] == [40]


async def test_a_protected_person_is_a_number_like_any_other(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter, replace(HANAKO, protected=True))
    found = await figures(box, shelter)
    assert found.people == 1
    assert '花子' not in repr(found)


async def test_closing_ends_the_days_of_opening(box: Box) -> None:
    shelter = await opened_shelter(box)
    await box.shelters.register.set_state(shelter.id, ShelterState.CLOSED, OFFICER)
    assert (await figures(box, shelter)).report_due_at is None
