"""A box with shared cars and the staff pages in a process of its own; the accounts of those who work with cars."""

import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from app import clock
from app.access.principals import Role
from app.files.store import FileKind, NewFile
from app.people.staff import StaffEntry
from app.runtime import Box
from app.vehicles.alcohol_values import Breath, CheckInfo, Method, Phase
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from app.vehicles.models import AlcoholPicture
from app.vehicles.paper import PaperBack, PaperBook, PaperBreath, PaperOut
from tests.app.files.pictures import jpeg
from tests.pages.staff import staff_box
from tests.pages.staff.staff_box import ACTOR, LONG_NAME, PASSWORD

ACCOUNTS = {
    '1001': Role.CAR_MANAGER,
    '1002': Role.SAFE_DRIVING_MANAGER,
    '1003': Role.GUARD,
    '1004': Role.ATTENDANCE_CLERK,
    '1005': Role.ADMINISTRATOR,
}
CARS = 120
CLEAR = PaperBreath(value=Decimal('0.00'), checker=None)


async def furnish(box: Box) -> None:
    """People, 120 cars, a week of trips with a gap, one car that is late, and one positive breath."""
    people = [
        ('1001', '山田\u3000太郎'),
        ('1002', '髙田\u3000さくら'),
        ('1003', LONG_NAME),
        ('1004', '佐藤'),
        ('1005', '北'),
    ]
    entries = [StaffEntry(number=one, name=name, kana='カナ', department='総務課') for one, name in people]
    await box.staff.save(entries, ACTOR)
    for who, role in ACCOUNTS.items():
        await box.access.accounts.create(who, {role}, ACTOR, password=PASSWORD)
    soon, far = clock.today() + timedelta(days=20), clock.today() + timedelta(days=900)
    for number in range(1, CARS + 1):
        await box.vehicles.ledger.add(
            VehicleEntry(
                plate=f'金沢 500 あ {number:04}',
                name='1' * 100 if number == 2 else f'{number}号車',
                key_number=str(number),
                guard_room='第一守衛室',
                facility=str(number),
                inspection_until=soon if number == 1 else far,
                compulsory_insurance_until=far,
            ),
            ACTOR,
            odometer=10_000,
        )
    await box.vehicles.checkers.add('S-1', 'FC', ACTOR, started_on=clock.today())
    await box.vehicles.guards.add('西\u3000守', '加賀警備', ACTOR)
    await _trips(box)


async def _trips(box: Box) -> None:
    book = PaperBook(box.vehicles.trips, box.vehicles.alcohol)
    driver, manager = await box.staff.find_by_number('1003'), await box.staff.find_by_number('1001')
    assert driver is not None
    assert manager is not None
    cars = {car.entry.plate: car for car in await box.vehicles.ledger.all()}
    first, late = cars['金沢 500 あ 0001'], cars['金沢 500 あ 0002']

    def out(car: VehicleInfo, hours: float, odometer: int, due: float | None = None) -> PaperOut:
        return PaperOut(
            vehicle=car.id,
            driver=driver.id,
            destination='<b>県庁</b>',
            purpose='会議',
            out_at=clock.now() - timedelta(hours=hours),
            confirmer=manager.id,
            breath=CLEAR,
            odometer=odometer,
            due_at=None if due is None else clock.now() - timedelta(hours=due),
        )

    for hours, start, end in ((3, 10_000, 10_040), (1.5, 10_050, 10_090)):
        trip = await book.key_out(out(first, hours, start))
        await book.key_back(
            PaperBack(
                trip=trip.id,
                returned_at=clock.now() - timedelta(hours=hours - 1),
                returned_by=driver.id,
                odometer=end,
                confirmer=manager.id,
                breath=CLEAR,
            )
        )
    await book.key_out(out(late, 5, 10_000, due=3))
    check = await box.vehicles.alcohol.record(
        Breath(
            phase=Phase.BEFORE, driver=driver.id, vehicle=first.id, confirmer=manager.id, method=Method.TELEPHONE,
            checker=None, value=Decimal('0.120'), desk=None,
        )
    )  # fmt: skip
    await _picture(box, check, FileKind.BREATH_DISPLAY, 'display')
    await _picture(box, check, FileKind.FACE, 'face')


async def _picture(box: Box, check: CheckInfo, kind: FileKind, short: str) -> None:
    new = NewFile(kind=kind, content=jpeg(), subject=check.driver, record=check.id, taken_at=clock.now())
    file = await box.files.keep(new, ACTOR)
    await AlcoholPicture.create(id=uuid4(), check_id=check.id, kind=short, state='kept', file=file.id)


if __name__ in {'__main__', '__mp_main__'}:
    staff_box._furnish = furnish
    staff_box.main(int(sys.argv[1]), Path.cwd(), demo=False)
