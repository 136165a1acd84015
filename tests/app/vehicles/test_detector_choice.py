"""The record says with which detector a breath was measured, and says none where none was usable."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app import clock
from app.journal.models import JournalLine
from app.vehicles.alcohol import NOT_COUNTED
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry, CheckFilter
from app.vehicles.alcohol_values import Method
from app.vehicles.breath_counter import BreathCounter
from app.vehicles.checker_values import CheckerInfo
from app.vehicles.desk_flow import Draft
from app.vehicles.detector_choice import DetectorChoice, detectors_at
from app.vehicles.gates import Gate
from app.vehicles.screens import Problem, Step
from app.vehicles.sheets import About, sheet_of_checks
from device_drivers.alcohol_checker.interface import Measurement
from device_drivers.alcohol_checker.units import Unit
from tests.app.vehicles.car_room import SYSTEM, Room, at_the_details, borrow, room
from tests.support.box import until
from tests.support.car_facts import facts_of

__all__ = ['room']
TODAY = date(2026, 11, 24)
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)


def detector(number: int, *, desk: UUID | None = None, is_over: bool = False) -> CheckerInfo:
    return CheckerInfo(
        id=UUID(int=100 + number),
        serial=f'S-{number}',
        model='',
        started_on=date(2026, 1, 1),
        expires_on=TODAY - timedelta(days=1) if is_over else None,
        measurement_limit=None,
        measurements=0,
        function_checked_at=None,
        desk=desk,
    )


FREE, OTHER, OURS, THEIRS = detector(1), detector(2), detector(3, desk=HERE), detector(4, desk=ELSEWHERE)
OURS_OVER = detector(5, desk=HERE, is_over=True)


@pytest.mark.parametrize(
    ('known', 'choice'),
    [
        ([FREE, OURS, THEIRS], DetectorChoice(OURS)),
        ([FREE], DetectorChoice(FREE)),
        ([FREE, detector(6, is_over=True)], DetectorChoice(FREE)),
        ([FREE, OTHER], DetectorChoice(None, (FREE, OTHER))),
        ([THEIRS], DetectorChoice(None, (THEIRS,))),
        ([FREE, OURS_OVER], DetectorChoice(None, (FREE,))),
        ([OURS, detector(7, desk=HERE), FREE], DetectorChoice(None, (OURS, detector(7, desk=HERE)))),
        ([OURS_OVER], DetectorChoice(None)),
        ([], DetectorChoice(None)),
    ],
)
def test_the_detector_of_the_desk_counts_or_the_only_one_or_the_guard_says(
    known: list[CheckerInfo], choice: DetectorChoice
) -> None:
    assert detectors_at(HERE, known, TODAY) == choice


async def add_detector(room: Room, serial: str, *, is_tested: bool = True) -> CheckerInfo:
    checkers = room.box.vehicles.checkers
    added = await checkers.add(serial, 'FC', SYSTEM, started_on=date(2026, 1, 1))
    if is_tested:
        await checkers.tested(added.id, SYSTEM, works=True)
    return added


async def book(room: Room) -> list[CheckEntry]:
    return await AlcoholBook(room.box.reading, room.box.vault).all(CheckFilter())


async def bring_back(room: Room) -> None:
    room.reader.tap(room.driver_card)
    await until(lambda: room.desk.view.step is Step.BREATH)


async def test_where_it_is_not_known_which_detector_the_guard_says_and_that_one_is_recorded(room: Room) -> None:
    second = await add_detector(room, 'S-2')
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    assert ([serial for _id, serial in room.desk.view.detectors], room.desk.view.detector) == (['S-1', 'S-2'], '')

    await room.desk.breathe(Decimal('0.00'))
    assert (room.desk.view.problem, await book(room)) == (Problem.WHICH_CHECKER, [])

    await room.desk.breathe(Decimal('0.00'), Method.FACE_TO_FACE, second.id)
    assert (room.desk.view.step, [each.checker for each in await book(room)]) == (Step.KEYS_OUT, ['S-2'])


async def test_the_detector_that_lies_at_the_desk_is_recorded_and_the_desk_says_so(room: Room) -> None:
    second = await add_detector(room, 'S-2')
    terms = replace(second.terms, desk=room.desk.desk.id)
    await room.box.vehicles.checkers.change(second.id, terms, SYSTEM)
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    assert (room.desk.view.detector, room.desk.view.detectors) == ('S-2', ())

    await room.desk.breathe(Decimal('0.00'))
    assert [each.checker for each in await book(room)] == ['S-2']


async def test_that_another_detector_was_tested_opens_nothing_for_the_one_that_was_used(room: Room) -> None:
    untested = await add_detector(room, 'S-2', is_tested=False)
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(Decimal('0.00'), Method.FACE_TO_FACE, untested.id)

    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.CHECKER_UNTESTED,))


async def test_the_last_measurement_of_a_detector_still_counts(room: Room) -> None:
    (only,) = await room.box.vehicles.checkers.all()
    await room.box.vehicles.checkers.change(only.id, replace(only.terms, measurement_limit=1), SYSTEM)
    await borrow(room)

    assert room.desk.view.step is Step.DONE
    assert not (await room.box.vehicles.checkers.all())[0].is_valid(clock.today())


async def test_a_return_without_a_usable_detector_says_so_in_the_record_book(room: Room) -> None:
    await borrow(room)
    (only,) = await room.box.vehicles.checkers.all()
    await room.box.vehicles.checkers.retire(only.id, SYSTEM)
    await bring_back(room)
    await room.desk.breathe(Decimal('0.00'))

    assert room.desk.view.step is Step.ODOMETER
    sheet = sheet_of_checks(await book(room), About(period='2026年11月', box='市役所'))
    assert [row['by_checker'] for row in sheet.rows] == [True, False]


async def test_a_car_goes_out_with_no_usable_detector_for_nobody(room: Room) -> None:
    (only,) = await room.box.vehicles.checkers.all()
    await room.box.vehicles.checkers.retire(only.id, SYSTEM)
    await at_the_details(room)
    await room.desk.enter_details('県庁', '会議')
    await room.desk.breathe(Decimal('0.00'))

    assert (room.desk.view.step, room.desk.view.gates) == (Step.GATES, (Gate.CHECKER_EXPIRED,))


async def test_a_value_told_without_a_serial_number_is_nobodys_where_several_detectors_may_have_told_it(
    room: Room,
) -> None:
    await add_detector(room, 'S-2')
    draft = Draft(tapped=room.driver, driver=room.driver, car=room.car, is_return=False, destination='県庁')
    reading = Measurement(value_mg_per_litre=Decimal('0.00'), raw='0.00', unit=Unit.MG_PER_LITRE, measured_at=0.0)

    breaths = BreathCounter(room.box.vehicles, None)
    result = await breaths.measured(await facts_of(room.box.vehicles), draft, reading, clock.moment())

    assert (result, await book(room)) == (Problem.WHICH_CHECKER, [])
    (kept,) = await JournalLine.filter(kind=NOT_COUNTED)
    assert json.loads(kept.payload)['why'] == 'which_checker'
