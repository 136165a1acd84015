from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from app import clock
from app.access.principals import Permission
from app.clock import SettableClock
from app.desks.register import Job
from app.vehicles.alcohol_book import AlcoholBook
from app.vehicles.alcohol_values import Breath, Method, Phase, ReadingSource, Told
from app.vehicles.matter_values import Matter, MatterKind
from app.vehicles.matters import CarMatters
from app.vehicles.record_checks import RecordChecks
from app.vehicles.screens import Problem
from pages.staff.cars.matter_words import matter_words
from tests.app.vehicles.record_scene import SYSTEM, Scene, at, evening, scene

__all__ = ['evening', 'scene']


async def matters_of(scene: Scene, kind: MatterKind) -> list[Matter]:
    box = scene.box
    checks = RecordChecks(box.reading, box.journal, timedelta(hours=1))
    found = await CarMatters(box.reading, AlcoholBook(box.reading, box.vault), checks).all()
    return [matter for matter in found if matter.kind is kind]


async def test_a_pool_in_order_has_no_matters(scene: Scene) -> None:
    for kind in MatterKind:
        assert await matters_of(scene, kind) == []


@pytest.mark.parametrize(('days', 'is_told'), [(61, False), (60, True), (7, True), (0, True), (-1, True)])
async def test_an_inspection_is_told_sixty_days_ahead_and_until_it_is_renewed(
    scene: Scene, days: int, is_told: bool
) -> None:
    until = clock.today() + timedelta(days=days)
    await scene.box.vehicles.ledger.change(scene.car.id, replace(scene.car.entry, inspection_until=until), SYSTEM)
    found = await matters_of(scene, MatterKind.CAR_DATE)
    assert [(one.field, one.about, one.until) for one in found] == (
        [('inspection_until', '金沢 500 あ 12-34', until)] if is_told else []
    )


async def test_each_stage_of_a_date_is_one_matter_that_names_few_and_counts_all(scene: Scene) -> None:
    today, ledger = clock.today(), scene.box.vehicles.ledger
    for number, days in enumerate((-1, 5, 6, 7, 7, 20)):
        entry = replace(scene.car.entry, plate=f'車{number}', inspection_until=today + timedelta(days=days))
        await ledger.add(entry, SYSTEM)
    found = await matters_of(scene, MatterKind.CAR_DATE)
    assert [(one.about, one.count) for one in found] == [('車0', 1), ('車1、車2、車3', 4), ('車5', 1)]


async def test_a_date_that_was_not_entered_is_its_own_matter(scene: Scene) -> None:
    entry = replace(scene.car.entry, compulsory_insurance_until=None, voluntary_insurance_until=None)
    await scene.box.vehicles.ledger.change(scene.car.id, entry, SYSTEM)
    missing = await matters_of(scene, MatterKind.CAR_DATE_MISSING)
    assert [one.field for one in missing] == ['compulsory_insurance_until', 'voluntary_insurance_until']
    assert {one.since for one in missing} == {at(24, 20)}


async def test_a_missing_date_says_since_when_it_is_missing_whatever_else_changed(
    scene: Scene, evening: SettableClock
) -> None:
    ledger = scene.box.vehicles.ledger
    without = replace(scene.car.entry, inspection_until=None)
    await ledger.change(scene.car.id, without, SYSTEM)
    evening.forward(minutes=30)
    await ledger.change(scene.car.id, replace(without, name='改名', inspection_until=None), SYSTEM)
    later = await ledger.add(replace(without, plate='金沢 300 い 1'), SYSTEM)
    (missing,) = await matters_of(scene, MatterKind.CAR_DATE_MISSING)
    assert (missing.count, missing.since) == (2, at(24, 20))

    await ledger.change(scene.car.id, scene.car.entry, SYSTEM)
    (left,) = await matters_of(scene, MatterKind.CAR_DATE_MISSING)
    assert (left.about, left.since) == (later.entry.plate, at(24, 20, 30))
    assert '11月24日' in matter_words(left)[1]


async def test_insurance_and_check_that_nobody_entered_are_told_and_hold_no_car_back(scene: Scene) -> None:
    entry = replace(scene.car.entry, voluntary_insurance_until=None, periodic_check_until=None)
    await scene.box.vehicles.ledger.change(scene.car.id, entry, SYSTEM)
    missing = await matters_of(scene, MatterKind.CAR_DATE_MISSING)
    assert [(one.field, one.about) for one in missing] == [
        ('voluntary_insurance_until', '金沢 500 あ 12-34'),
        ('periodic_check_until', '金沢 500 あ 12-34'),
    ]
    car = await scene.box.vehicles.ledger.get(scene.car.id)
    assert car is not None
    assert scene.box.vehicles.gates_inside([car]) == [()]


async def test_licences_are_counted_and_nobody_is_named(scene: Scene) -> None:
    until = clock.today() + timedelta(days=30)
    await scene.box.vehicles.licences.sight(scene.driver.id, ['普通'], until, SYSTEM)
    (licence,) = await matters_of(scene, MatterKind.LICENCE)
    assert (licence.count, licence.until, licence.about) == (1, until, '')


async def test_a_detector_needs_its_weekly_test_and_is_told_before_it_is_used_up(scene: Scene) -> None:
    checkers = scene.box.vehicles.checkers
    one = await checkers.add('S-1', 'FC', SYSTEM, started_on=clock.today(), measurement_limit=40)
    (test,) = await matters_of(scene, MatterKind.CHECKER_TEST)
    assert (test.about, test.since) == ('S-1', at(24, 0))
    ending = await matters_of(scene, MatterKind.CHECKER_ENDS)
    assert [(matter.about, matter.since) for matter in ending] == [('S-1', at(24, 0))]
    await checkers.tested(one.id, SYSTEM, works=True)
    assert await matters_of(scene, MatterKind.CHECKER_TEST) == []


async def test_an_open_positive_is_for_the_safe_driving_manager_until_it_has_an_instruction(scene: Scene) -> None:
    alcohol = scene.box.vehicles.alcohol
    check = await alcohol.record(
        Breath(
            phase=Phase.BEFORE, driver=scene.driver.id, vehicle=None, confirmer=scene.guard,
            method=Method.FACE_TO_FACE, checker=None, value=Decimal('0.1'), desk=None,
        )
    )  # fmt: skip
    (positive,) = await matters_of(scene, MatterKind.POSITIVE)
    assert (positive.permission, positive.since) == (Permission.INSTRUCT_DRIVERS, at(24, 20))
    await alcohol.instruct(check.id, '運転しないこと', scene.driver.id)
    assert await matters_of(scene, MatterKind.POSITIVE) == []


async def test_a_late_car_is_named_and_records_that_do_not_fit_are_counted(scene: Scene) -> None:
    await scene.drive(19, 41_200, 41_236)
    await scene.drive(20, 41_240, 41_300)
    await scene.out(at(22, 9), odometer=41_300)
    (late,) = await matters_of(scene, MatterKind.OVERDUE)
    assert (late.about, late.since) == ('金沢 500 あ 12-34', at(22, 9))
    assert [(one.count, one.since) for one in await matters_of(scene, MatterKind.RECORD)] == [(1, at(20, 9))]


async def test_a_car_desk_without_a_usable_detector_is_a_matter(scene: Scene) -> None:
    await scene.box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM)
    (none,) = await matters_of(scene, MatterKind.NO_CHECKER)
    assert (none.about, none.permission, none.since) == ('第一守衛室', Permission.MANAGE_CARS, at(24, 20))
    checkers = scene.box.vehicles.checkers
    over = clock.today() - timedelta(days=1)
    await checkers.add('S-1', 'FC', SYSTEM, started_on=clock.today(), expires_on=over)
    assert [one.since for one in await matters_of(scene, MatterKind.NO_CHECKER)] == [at(24, 0)]
    await checkers.add('S-2', 'FC', SYSTEM, started_on=clock.today())
    assert await matters_of(scene, MatterKind.NO_CHECKER) == []


async def test_a_reading_of_a_detector_that_does_not_count_names_its_desk_until_one_counts(
    scene: Scene, evening: SettableClock
) -> None:
    box = scene.box
    desk = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM)
    why = str(Problem.CHECKER_NOT_VALID)
    await box.vehicles.alcohol.keep_uncounted(desk.id, scene.driver.id, Decimal(0), '0.00', why, clock.moment())
    await box.vehicles.alcohol.keep_uncounted(desk.id, None, Decimal(0), '0.00', 'too_early', clock.moment())
    (refused,) = await matters_of(scene, MatterKind.CHECKER_REFUSED)
    assert (refused.about, refused.count, refused.since) == ('第一守衛室', 1, at(24, 20))
    assert matter_words(refused)[3] == '/staff/checkers'

    evening.forward(minutes=5)
    await box.vehicles.alcohol.record(
        Breath(
            phase=Phase.BEFORE, driver=scene.driver.id, vehicle=None, confirmer=scene.guard, desk=desk.id,
            method=Method.FACE_TO_FACE, checker=None, value=Decimal(0), told=Told(ReadingSource.CHECKER, 'ready'),
        )
    )  # fmt: skip
    assert await matters_of(scene, MatterKind.CHECKER_REFUSED) == []
