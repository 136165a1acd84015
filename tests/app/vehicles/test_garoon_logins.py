"""Reservations of people whose login in Garoon is not their staff number."""

from datetime import timedelta

from app import clock
from app.attention import ConcernKind
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.garoon_logins import keep_logins, without_driver
from app.vehicles.ledger import VehicleEntry
from app.vehicles.models import Reservation
from app.vehicles.reservations import Reservations
from tests.app.test_attention import attention_of, found
from tests.support.box import hire

SYSTEM = Actor.system()
SOON = timedelta(minutes=30)


async def reserve(box: Box, login: str = 'Yamada.T') -> None:
    now = clock.now()
    await Reservation.create(
        key=login, event='1', facility='7', start=now + SOON, end=now + 2 * SOON, subject='訪問', purpose='',
        creator=login, attendees=[], fetched_at=now,
    )  # fmt: skip
    box.vehicles.reservations.forget()


async def furnish(box: Box) -> None:
    await hire(box)
    await box.vehicles.ledger.add(VehicleEntry(plate='金沢 500 あ 12-34', facility='7'), SYSTEM, odometer=41_200)


async def test_a_list_says_whose_reservation_it_is_also_after_the_next_start(box: Box) -> None:
    await furnish(box)
    await reserve(box)
    reservations = box.vehicles.reservations
    assert [each.people for each in await without_driver(reservations)] == [('Yamada.T',)]
    await keep_logins({'yamada.t': '1001'}, reservations, box.journal, SYSTEM)
    (car,) = await box.vehicles.ledger.all()
    following = await reservations.next_of(car.id, clock.now())
    assert following is not None
    assert following.people == ('1001',)
    assert await without_driver(reservations) == []

    started = Reservations()
    await started.load()
    assert await started.people_of('Yamada.T') == ('1001',)


async def test_a_new_list_takes_the_place_of_the_one_before(box: Box) -> None:
    reservations = box.vehicles.reservations
    await keep_logins({'a': '1001', 'b': '1002'}, reservations, box.journal, SYSTEM)
    await keep_logins({'b': '1003'}, reservations, box.journal, SYSTEM)
    assert reservations.known_logins == 1


async def test_a_login_that_is_the_staff_number_needs_no_list(box: Box) -> None:
    await furnish(box)
    await reserve(box, '1001')
    assert await without_driver(box.vehicles.reservations) == []


async def test_reservations_of_which_nobody_is_known_are_a_concern(box: Box) -> None:
    await furnish(box)
    await reserve(box, 'somebody')
    (concern,) = await found(attention_of(box), ConcernKind.DRIVER_UNKNOWN)
    assert concern.count == 1
