"""From the state of a car desk to what its tablet shows."""

from datetime import timedelta
from uuid import UUID

from app import clock
from app.desks.register import DeskInfo
from app.language import _
from app.people.staff import StaffMember
from app.vehicles.board import BoardRow
from app.vehicles.desk_flow import CarFlow
from app.vehicles.desk_room import CarRoom
from app.vehicles.detector_choice import DetectorChoice, detectors_at
from app.vehicles.screens import CarDeskView, Step
from app.vehicles.trip_values import TripInfo, kilometres_between

STALE_AFTER = timedelta(minutes=20)


async def draw_view(room: CarRoom, desk: DeskInfo, flow: CarFlow, *, contact: str, demo: bool) -> CarDeskView:
    """Everything that the tablet shows now."""
    draft = flow.draft
    heard_at = room.reservations.heard_at
    trip = flow.done or draft.open_trip
    choice = await _detectors(room, desk, flow)
    return CarDeskView(
        desk_name=desk.name,
        step=flow.step,
        number=flow.number,
        rows=await board_rows(room) if flow.step in (Step.BOARD, Step.PROBLEM) else (),
        guard=await _guard_on_duty(room, desk.id),
        driver=_surname(draft.driver or draft.tapped),
        is_return=bool(draft.is_return),
        plate=draft.car.entry.plate if draft.car else '',
        car_name=draft.car.entry.name if draft.car else '',
        key_number=draft.car.entry.key_number if draft.car else '',
        key_home=_other_room(flow, desk),
        offers=draft.offers if flow.step is Step.CAR else (),
        held_back=draft.held_back if flow.step is Step.CAR else (),
        people=tuple(person.surname for person in draft.candidates) if flow.step is Step.DRIVER else (),
        destination=draft.destination or (trip.destination if trip and draft.is_return else ''),
        purpose=draft.purpose,
        suggestions=draft.suggestions if flow.step is Step.DETAILS else (),
        breath=draft.breath,
        is_positive=draft.is_positive,
        method=str(draft.method),
        detector=choice.recorded.serial if choice.recorded else '',
        detectors=tuple((each.id, each.serial) for each in choice.others),
        confirmer=await _name_of(room, draft.confirmer),
        gates=draft.still_closed,
        may_be_permitted=draft.may_be_permitted,
        manager=await _name_of(room, draft.manager) if flow.step is Step.OVERRIDE else '',
        last_odometer=trip.odometer_out if trip and draft.is_return else None,
        odometer=draft.odometer,
        doubtful_odometer=draft.doubtful_odometer,
        unlikely_odometer=draft.unlikely_odometer,
        is_typed_twice=draft.is_typed_twice,
        distance=flow.done.distance if flow.done else _distance(draft.open_trip, draft.odometer),
        due_at=draft.due_at,
        dues=draft.dues if flow.step is Step.DETAILS else (),
        problem=flow.problem,
        reservations_as_of=heard_at,
        is_stale=heard_at is not None and clock.now() - heard_at > STALE_AFTER,
        whom_to_call=contact,
        demo=demo,
        warnings=await _lent_twice(room),
    )


async def _detectors(room: CarRoom, desk: DeskInfo, flow: CarFlow) -> DetectorChoice:
    known = await room.checkers.all() if flow.step is Step.BREATH else []
    return detectors_at(desk.id, known, clock.today())


def _other_room(flow: CarFlow, desk: DeskInfo) -> str:
    draft = flow.draft
    home = draft.car.entry.guard_room if draft.car is not None and draft.is_return else ''
    return '' if home == desk.name else home


async def _lent_twice(room: CarRoom) -> tuple[str, ...]:
    lent_twice = await room.loans.under_way()
    if not lent_twice:
        return ()
    cars = {car.id: car.entry.plate for car in await room.ledger.all()}
    message = _('{plate} は、もう一つの守衛室でも貸出中です。両方の守衛室で鍵を確かめてください')
    return tuple(message.format(plate=cars.get(each.first.vehicle, '')) for each in lent_twice)


def _distance(trip: TripInfo | None, odometer: int | None) -> int | None:
    return kilometres_between(trip.odometer_out, odometer) if trip else None


async def board_rows(room: CarRoom) -> tuple[BoardRow, ...]:
    """The board of all cars."""
    now = clock.now()
    following = await room.reservations.next_of_cars(now)
    reserved_from = {vehicle: each.start for vehicle, each in following.items()}
    return room.board.draw(
        await room.ledger.all(),
        await room.trips.open_trips(),
        reserved_from,
        now,
        disaster=room.settings.disaster_declared,
    )


async def _guard_on_duty(room: CarRoom, desk: UUID) -> str:
    shift = await room.shifts.current(desk)
    return await _name_of(room, shift.operator if shift else None)


async def _name_of(room: CarRoom, person: UUID | None) -> str:
    if person is None:
        return ''
    guard = await room.guards.get(person)
    if guard is not None:
        return guard.name.split('\u3000')[0]
    return _surname(await room.staff.get(person))


def _surname(person: StaffMember | None) -> str:
    return person.surname if person else ''
