from datetime import timedelta

from app import clock
from app.demonstration.cards import guard_card
from app.demonstration.cars import CAR_DESK, CARS, GUARD_ROOMS, GUARDS, furnish_cars
from app.demonstration.drives import HOURS_UNTIL_DUE
from app.demonstration.people import invented_staff
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.board import CarState
from app.vehicles.desk_view import board_rows
from app.vehicles.gates import Gate
from app.vehicles.models import AlcoholCheck, Trip
from app.vehicles.record_checks import RecordChecks, RecordProblem
from tests.support.car_facts import facts_of, gates_of


async def furnished(box: Box) -> list[StaffMember]:
    """The car side of the demonstration city; its people."""
    await box.staff.save(invented_staff(), Actor.system())
    people = await box.staff.everyone()
    await furnish_cars(box, people)
    return people


async def test_the_demonstration_has_cars_of_two_guard_rooms_in_every_state_that_needs_no_garoon(box: Box) -> None:
    await furnished(box)
    rows = board_rows(box.vehicles.board, await facts_of(box.vehicles))

    assert len(rows) == CARS
    assert {row.guard_room for row in rows} == set(GUARD_ROOMS)
    assert {row.state for row in rows} == {CarState.FREE, CarState.OUT, CarState.OVERDUE, CarState.BLOCKED}
    desk = await box.desks.find(CAR_DESK)
    assert desk is not None
    assert desk.job is Job.VEHICLES


async def test_six_weeks_of_trips_are_all_back_with_a_breath_test_before_and_after(box: Box) -> None:
    await furnished(box)
    trips = await Trip.exclude(returned_at=None)
    tests = await AlcoholCheck.all()

    assert len(trips) > 300
    assert all(trip.returned_at is not None and trip.returned_at <= clock.now() for trip in trips)
    assert sum(test.phase == 'before' for test in tests) == len(trips) + len(HOURS_UNTIL_DUE) - 1
    assert sum(test.phase == 'after' for test in tests) == len(trips) - 1
    assert {test.checked_at < clock.now() for test in tests} == {True}


async def test_only_a_few_records_ask_to_be_looked_at_each_for_a_reason_that_tells_something(box: Box) -> None:
    await furnished(box)
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=box.settings.vehicles.overdue_hours))
    found = await checks.exceptions_list(clock.today() - timedelta(days=60), clock.today())

    assert sorted(one.problem for one in found) == [
        RecordProblem.CHECK_MISSING, RecordProblem.CHECK_MISSING, RecordProblem.LONG_DRIVE, RecordProblem.ODOMETER_GAP,
    ]  # fmt: skip


async def test_the_first_of_the_staff_can_borrow_and_one_car_shows_why_not(box: Box) -> None:
    people = await furnished(box)
    cars = await box.vehicles.ledger.all()
    closed = {car.entry.name: await gates_of(box.vehicles, car, people[0].id) for car in cars}

    assert closed['1号車'] == []
    assert closed['4号車'] == [Gate.INSPECTION]
    assert closed['12号車'] == [Gate.CAR_BLOCKED]


async def test_each_guard_has_a_card_to_tap_with(box: Box) -> None:
    await furnished(box)
    guards = await box.vehicles.guards.all()

    assert {guard.name for guard in guards} == set(GUARDS)
    for guard in guards:
        link = await box.cards.find(guard_card(guard.name).credential)
        assert link is not None
        assert link.subject == guard.id
