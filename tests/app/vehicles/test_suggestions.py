"""Where a driver is proposed to go."""

from app.vehicles.suggestions import Destinations
from app.vehicles.trip_values import HandOver, TakeBack
from tests.app.vehicles.car_room import Room, room
from tests.support.box import hire

__all__ = ['room']


async def drive(room: Room, driver_number: str, *places: tuple[str, str]) -> None:
    staff = await room.box.staff.find_by_number(driver_number) or await hire(room.box, driver_number, '佐藤\u3000花子')
    for number, (destination, purpose) in enumerate(places):
        attempt = f'{driver_number}:{number}:{destination}'
        out = HandOver(
            attempt=f'{attempt}:out', vehicle=room.car.id, driver=staff.id, destination=destination, purpose=purpose
        )
        trip = await room.box.vehicles.trips.hand_over(out)
        back = TakeBack(attempt=f'{attempt}:in', trip=trip.id, odometer=41_200, returned_by=staff.id)
        await room.box.vehicles.trips.take_back(back)


async def test_the_own_most_frequent_places_come_first_then_those_of_everybody(room: Room) -> None:
    await drive(room, '1001', ('県庁', '会議'), ('湯涌', '点検'), ('県庁', '会議'), ('', ''))
    await drive(room, '1002', ('金沢港', '視察'))

    usual = await room.box.vehicles.destinations.usual(room.driver.id)
    assert usual == [('県庁', '会議'), ('湯涌', '点検'), ('金沢港', '視察')]


async def test_what_is_remembered_of_everybody_is_what_the_record_says(room: Room) -> None:
    somebody = await hire(room.box, '1003', '守山\u3000次')
    assert await room.box.vehicles.destinations.usual(somebody.id) == []
    await drive(room, '1002', ('金沢港', '視察'), ('県庁', '会議'), ('県庁', '会議'))

    remembered = await room.box.vehicles.destinations.usual(somebody.id)
    assert remembered == await Destinations().usual(somebody.id) == [('県庁', '会議'), ('金沢港', '視察')]
