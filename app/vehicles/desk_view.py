"""From the state of a car desk to what its tablet shows."""

from datetime import timedelta

from app.language import _
from app.people.staff import StaffMember
from app.vehicles.board import Board, BoardRow
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.desk_flow import CarFlow, Draft
from app.vehicles.detector_choice import DetectorChoice
from app.vehicles.screens import CarDeskView, DevicesShown, Step
from app.vehicles.trip_values import TripInfo, kilometres_between

STALE_AFTER = timedelta(minutes=20)


def draw_view(
    facts: DeskFacts, flow: CarFlow, rows: tuple[BoardRow, ...], devices: DevicesShown, *, contact: str, demo: bool
) -> CarDeskView:
    """Everything that the tablet shows now."""
    draft, step = flow.draft, flow.step
    car = draft.car.entry if draft.car else None
    trip = flow.done or draft.open_trip
    choice = facts.detectors if step is Step.BREATH else DetectorChoice(None)
    return CarDeskView(
        desk_name=facts.desk.name,
        step=step,
        number=flow.number,
        rows=rows,
        guard=facts.name_of(facts.operator),
        driver=_surname(draft.driver or draft.tapped),
        is_return=bool(draft.is_return),
        plate=car.plate if car else '',
        car_name=car.name if car else '',
        key_number=car.key_number if car else '',
        key_home='' if car is None or not draft.is_return or car.guard_room == facts.desk.name else car.guard_room,
        is_of_another=_is_of_another(draft),
        offers=draft.offers if step is Step.CAR else (),
        held_back=draft.held_back if step is Step.CAR else (),
        people=tuple(person.surname for person in draft.candidates) if step is Step.DRIVER else (),
        destination=draft.destination or (trip.destination if trip and draft.is_return else ''),
        purpose=draft.purpose,
        passengers=draft.passengers,
        suggestions=draft.suggestions if step is Step.DETAILS else (),
        breath=draft.breath,
        is_positive=draft.is_positive,
        checker=devices.checker,
        detector=choice.recorded.serial if choice.recorded else '',
        detectors=tuple((each.id, each.serial) for each in choice.others),
        checker_is_typed=devices.checker_is_typed,
        blowing=devices.blowing,
        seconds_left=devices.seconds_left,
        method=str(draft.method),
        confirmer=facts.name_of(draft.confirmer),
        remote=tuple((facts.remote or {}).items()) if step is Step.BREATH else (),
        is_remote=draft.is_remote,
        gates=draft.still_closed,
        may_be_permitted=draft.may_be_permitted,
        manager=facts.name_of(draft.manager) if step is Step.OVERRIDE else '',
        last_odometer=trip.odometer_out if trip and draft.is_return else None,
        odometer=draft.odometer,
        doubtful_odometer=draft.doubtful_odometer,
        unlikely_odometer=draft.unlikely_odometer,
        is_typed_twice=draft.is_typed_twice,
        distance=flow.done.distance if flow.done else _distance(draft.open_trip, draft.odometer),
        due_at=draft.due_at,
        dues=draft.dues if step is Step.DETAILS else (),
        problem=flow.problem,
        reservations_as_of=facts.heard_at,
        is_stale=_is_stale(facts),
        is_from_file=facts.heard_at is not None and not facts.reservations.is_polled,
        reader=devices.reader,
        clock_doubtful=devices.clock_doubtful,
        storage_failed=devices.storage_failed,
        practice=devices.practice,
        whom_to_call=contact,
        demo=demo,
        warnings=_lent_twice(facts),
    )


def _is_stale(facts: DeskFacts) -> bool:
    is_old = facts.heard_at is not None and facts.now - facts.heard_at > STALE_AFTER
    return is_old and facts.reservations.is_polled


def board_rows(board: Board, facts: DeskFacts) -> tuple[BoardRow, ...]:
    """The board of all cars."""
    disaster = facts.settings.disaster_declared
    told = facts.reservations
    return board.draw(
        facts.cars, facts.trips.of_car, told.next_of_cars, facts.now, no_shows=told.no_shows, disaster=disaster
    )


def _lent_twice(facts: DeskFacts) -> tuple[str, ...]:
    if not facts.lent_twice:
        return ()
    message = _('{plate} は、もう一つの守衛室でも貸出中です。両方の守衛室で鍵を確かめてください')
    cars = [facts.car(each.first.vehicle) for each in facts.lent_twice]
    return tuple(message.format(plate=car.entry.plate if car else '') for car in cars)


def _is_of_another(draft: Draft) -> bool:
    trip, person = draft.open_trip, draft.tapped
    return draft.is_return is True and trip is not None and person is not None and trip.driver != person.id


def _distance(trip: TripInfo | None, odometer: int | None) -> int | None:
    return kilometres_between(trip.odometer_out, odometer) if trip else None


def _surname(person: StaffMember | None) -> str:
    return person.surname if person else ''
