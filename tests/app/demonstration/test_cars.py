from app import clock
from app.demonstration.cards import guard_card
from app.demonstration.cars import CAR_DESK, CARS, GUARD_ROOMS, GUARDS, furnish_cars
from app.demonstration.people import invented_staff
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffMember
from app.runtime import Box
from app.vehicles.board import CarState
from app.vehicles.desk_view import board_rows
from app.vehicles.gates import Gate
from app.vehicles.models import Trip


async def furnished(box: Box) -> list[StaffMember]:
    """The car side of the demonstration city; its people."""
    await box.staff.save(invented_staff(), Actor.system())
    people = await box.staff.everyone()
    await furnish_cars(box, people)
    return people


async def test_the_demonstration_has_cars_of_two_guard_rooms_in_every_state_that_needs_no_garoon(box: Box) -> None:
    await furnished(box)
    rows = await board_rows(box.vehicles)

    assert len(rows) == CARS
    assert {row.guard_room for row in rows} == set(GUARD_ROOMS)
    assert {row.state for row in rows} == {CarState.FREE, CarState.OUT, CarState.OVERDUE, CarState.BLOCKED}
    desk = await box.desks.find(CAR_DESK)
    assert desk is not None
    assert desk.job is Job.VEHICLES


async def test_six_weeks_of_trips_are_all_back_and_their_kilometres_go_on(box: Box) -> None:
    await furnished(box)
    trips = await Trip.exclude(returned_at=None).order_by('out_at')

    assert len(trips) > 200
    odometers: dict[object, int] = {}
    for trip in trips:
        assert trip.odometer_in is not None
        assert trip.returned_at is not None
        assert trip.odometer_out == odometers.get(trip.vehicle, trip.odometer_out)
        odometers[trip.vehicle] = trip.odometer_in
        assert trip.returned_at <= clock.now()


async def test_the_first_of_the_staff_can_borrow_and_one_car_shows_why_not(box: Box) -> None:
    people = await furnished(box)
    closed = {
        car.entry.name: await box.vehicles.closed_gates(car, people[0].id, breath_is_clear=True)
        for car in await box.vehicles.ledger.all()
    }

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
