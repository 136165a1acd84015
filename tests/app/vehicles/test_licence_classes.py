from datetime import date

import pytest

from app.vehicles.gates import Gate
from app.vehicles.ledger import VehicleEntry
from app.vehicles.licence_classes import CAR_CLASSES, LICENCE_CLASSES, LicenceCondition, may_drive
from tests.app.vehicles.car_room import FAR, SYSTEM, Room, room
from tests.support.car_facts import gates_of

__all__ = ['room']
MEDIUM_8T, SEMI_MEDIUM_5T = LicenceCondition.MEDIUM_8T, LicenceCondition.SEMI_MEDIUM_5T


@pytest.mark.parametrize(
    ('held', 'driven'),
    [
        ('普通', {'普通'}),
        ('準中型', {'普通', '準中型(5t)', '準中型'}),
        ('中型', {'普通', '準中型(5t)', '準中型', '中型(8t)', '中型'}),
        ('大型', {'普通', '準中型(5t)', '準中型', '中型(8t)', '中型', '大型'}),
        ('普通二種', {'普通'}),
        ('中型二種', {'普通', '準中型(5t)', '準中型', '中型(8t)', '中型'}),
        ('大型二種', {'普通', '準中型(5t)', '準中型', '中型(8t)', '中型', '大型'}),
        ('普通二輪', {'普通二輪'}),
        ('大型二輪', {'普通二輪'}),
        ('大型特殊', {'大型特殊'}),
        ('けん引', set()),
    ],
)
def test_a_licence_lets_drive_what_is_no_larger_and_of_its_kind(held: str, driven: set[str]) -> None:
    assert {car for car in CAR_CLASSES if may_drive(car, {held}, set())} == driven


@pytest.mark.parametrize(
    ('held', 'condition', 'driven'),
    [
        ('中型', MEDIUM_8T, {'普通', '準中型(5t)', '準中型', '中型(8t)'}),
        ('中型二種', MEDIUM_8T, {'普通', '準中型(5t)', '準中型', '中型(8t)'}),
        ('準中型', SEMI_MEDIUM_5T, {'普通', '準中型(5t)'}),
        ('大型', MEDIUM_8T, {'普通', '準中型(5t)', '準中型', '中型(8t)', '中型', '大型'}),
        ('普通', LicenceCondition.AUTOMATIC, {'普通'}),
    ],
)
def test_a_condition_limits_its_own_class_only(held: str, condition: LicenceCondition, driven: set[str]) -> None:
    assert {car for car in CAR_CLASSES if may_drive(car, {held}, {condition})} == driven


def test_a_class_that_only_the_ledger_of_a_city_knows_asks_for_the_same_words() -> None:
    assert may_drive('準中型免許', {'準中型'}, set())
    assert may_drive('準中型（5t）', {'準中型'}, {SEMI_MEDIUM_5T})
    assert may_drive('小型特殊', {'小型特殊'}, set())
    assert not may_drive('小型特殊', set(LICENCE_CLASSES), set())


async def test_a_driver_who_shows_a_medium_licence_alone_gets_an_ordinary_car_and_no_real_medium_truck(
    room: Room,
) -> None:
    truck = await room.box.vehicles.ledger.add(
        VehicleEntry(plate='金沢 100 あ 1', licence_class='中型', inspection_until=FAR, compulsory_insurance_until=FAR),
        SYSTEM,
    )
    await room.box.vehicles.licences.sight(
        room.driver.id, ['中型'], date(2029, 5, 1), SYSTEM, conditions=[LicenceCondition.MEDIUM_8T]
    )

    closed = [await gates_of(room.box.vehicles, car, room.driver.id) for car in (room.car, truck)]
    assert closed == [[], [Gate.LICENCE_CLASS]]
