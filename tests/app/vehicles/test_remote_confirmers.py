"""Nobody is at the desk: the guard of the other room, or a deputy, confirms by telephone or video."""

from decimal import Decimal
from uuid import UUID, uuid4

from app import clock
from app.access.principals import Role
from app.storage.transaction import transaction
from app.vehicles.alcohol_values import Method
from app.vehicles.models import AlcoholCheck
from app.vehicles.screens import Step
from app.vehicles.two_rooms_models import DutyElsewhere
from tests.app.vehicles.car_room import SYSTEM, Room, room
from tests.support.box import hire, until

__all__ = ['room']


async def on_duty_there(room: Room) -> UUID:
    """The line of the other box says that this guard has begun a shift there."""
    guard = await room.box.vehicles.guards.add('南\u3000守', '加賀警備', SYSTEM)
    await transaction(
        lambda tx: DutyElsewhere.create(
            desk=uuid4(), box=uuid4(), operator=guard.id, since=clock.now(), using_db=tx.connection
        )
    )
    room.box.vehicles.other_room.CHANGED.emit(None)
    return guard.id


async def at_the_breath(room: Room) -> None:
    """The driver stands at the breath test, and no guard has tapped."""
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.CAR)
    await room.desk.choose_car(room.car.id)
    await room.desk.enter_details('県庁', '会議')
    assert room.desk.view.step is Step.BREATH


async def test_who_is_on_duty_in_the_other_room_confirms_by_telephone(room: Room) -> None:
    guard = await on_duty_there(room)
    await at_the_breath(room)
    assert room.desk.view.remote == ((guard, '南'),)
    await room.desk.choose_confirmer(guard)
    assert (room.desk.view.confirmer, room.desk.view.is_remote) == ('南', True)
    await room.desk.breathe(Decimal('0.00'), Method.FACE_TO_FACE)

    check = await AlcoholCheck.get()
    assert (check.confirmer, check.method) == (guard, 'telephone')
    assert room.desk.view.step is Step.KEYS_OUT


async def test_a_deputy_confirms_by_video(room: Room) -> None:
    deputy = await hire(room.box, '2001', '副\u3000安全')
    await room.box.access.accounts.create('2001', {Role.SAFE_DRIVING_MANAGER}, SYSTEM)
    await at_the_breath(room)
    assert room.desk.view.remote == ((deputy.id, '副'),)
    await room.desk.choose_confirmer(deputy.id)
    await room.desk.breathe(Decimal('0.00'), Method.VIDEO)
    assert (await AlcoholCheck.get()).method == 'video'


async def test_nobody_is_offered_where_a_guard_is_on_duty_here_and_the_driver_never(room: Room) -> None:
    await at_the_breath(room)
    await room.box.access.accounts.create('1001', {Role.SAFE_DRIVING_MANAGER}, SYSTEM)
    await on_duty_there(room)
    await until(lambda: bool(room.desk.view.remote))
    assert [name for _person, name in room.desk.view.remote] == ['南']
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.guard == '北')
    assert room.desk.view.remote == ()


async def test_a_guard_who_comes_after_all_confirms_face_to_face(room: Room) -> None:
    guard = await on_duty_there(room)
    await at_the_breath(room)
    await room.desk.choose_confirmer(guard)
    room.reader.tap(room.guard_card)
    await until(lambda: room.desk.view.confirmer == '北')
    await room.desk.breathe(Decimal('0.00'), Method.FACE_TO_FACE)
    assert (await AlcoholCheck.get()).method == 'face_to_face'


async def test_somebody_who_is_not_offered_confirms_nothing(room: Room) -> None:
    await at_the_breath(room)
    await room.desk.choose_confirmer(uuid4())
    await room.desk.breathe(Decimal('0.00'))
    assert await AlcoholCheck.all().count() == 0
