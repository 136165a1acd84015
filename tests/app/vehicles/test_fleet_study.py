"""適切な台数 over invented trips in a real box."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app import clock
from app.clock import TOKYO, SettableClock
from app.runtime import Box
from app.vehicles.fleet_report import Chosen
from app.vehicles.fleet_sizing.cost import Prices
from app.vehicles.fleet_sizing.sentence import honest_sentence
from app.vehicles.fleet_study import Asked, Study
from app.vehicles.fleet_what_if import Question
from app.vehicles.ledger import CarType, VehicleEntry
from tests.support.fleet import SITES, SYSTEM, booking, furnish_pool, keep, trip, turn_away

MONDAY = date(2025, 11, 10)
LAST = date(2026, 11, 8)
NOW = datetime(2026, 11, 9, 9, 0, tzinfo=TOKYO)


async def study(box: Box, question: Question | None = None, first: date = MONDAY, last: date = LAST) -> Study:
    with clock.use(SettableClock(NOW)):
        found = await box.fleet.study(Asked(first=first, last=last, chosen=Chosen(), question=question))
    assert found is not None
    return found


async def two_cars(box: Box) -> list[object]:
    """Two cars on one Monday: both out from 9 to 10, one of them also at noon over the end of the hour."""
    cars = [
        (await box.vehicles.ledger.add(VehicleEntry(plate=plate, facility=plate, guard_room=SITES[0]), SYSTEM)).id
        for plate in ('A', 'B')
    ]
    nine = datetime(2025, 11, 10, 9, 0, tzinfo=TOKYO)
    hour = timedelta(hours=1)
    trips = [
        trip(cars[0], nine, nine + hour, 1, 'a'),
        trip(cars[1], nine, nine + hour / 2, 2, 'b'),
        trip(cars[0], nine + 3 * hour, nine + 4 * hour, 3),
    ]
    bookings = [
        booking('a', 'A', nine, nine + hour),
        booking('b', 'B', nine, nine + hour),
        booking('c', 'B', nine + 5 * hour, nine + 6 * hour),
    ]
    await keep(trips, bookings)
    return list(cars)


async def test_what_was_driven_and_reserved_is_counted(box: Box) -> None:
    await two_cars(box)
    report = (await study(box, last=MONDAY)).report

    (everywhere,) = report.peaks
    assert (everywhere.cars, everywhere.actual.most, everywhere.reserved.most) == (2, 2, 2)
    assert (report.trips, report.days, report.working_days) == (3, 1, 1)
    assert [(car.plate, car.trips, car.hours) for car in report.cars] == [('A', 2, 2.0), ('B', 1, 0.5)]
    assert (report.kept.reserved, report.kept.no_shows, report.kept.early_minutes) == (3, 1, 30)
    assert report.heat[0][9] == pytest.approx(1.5)
    assert report.heat[1][9] is None
    assert max(point.most for point in report.curve) == 2


async def test_one_car_fewer_refuses_the_trip_that_found_none(box: Box) -> None:
    await two_cars(box)
    answer = (await study(box, Question(car_type=CarType.ORDINARY), last=MONDAY)).answer
    assert answer is not None
    (refused,) = answer.refused
    assert (refused.start, refused.site) == (datetime(2025, 11, 10, 9, 0, tzinfo=TOKYO), SITES[0])
    assert (answer.finding.cars_now, answer.finding.cars_then, answer.enough) == (2, 1, 2)
    assert (answer.days_with_refusal, answer.refused_hours) == (1, 0.5)
    assert '1日分しかないため' in honest_sentence(replace(answer.finding, car_type='普通車'))


async def test_who_may_leave_an_hour_later_is_not_refused(box: Box) -> None:
    await two_cars(box)
    question = Question(car_type=CarType.ORDINARY, tolerance_minutes=60)
    answer = (await study(box, question, last=MONDAY)).answer
    assert answer is not None
    assert (answer.finding.refused, answer.moved) == (0, 1)


async def test_another_type_helps_where_it_is_free(box: Box) -> None:
    await two_cars(box)
    await box.vehicles.ledger.add(VehicleEntry(plate='K', car_type=CarType.KEI, guard_room=SITES[0]), SYSTEM)
    question = Question(car_type=CarType.ORDINARY, other_types=True)
    answer = (await study(box, question, last=MONDAY)).answer
    assert answer is not None
    assert (answer.finding.refused, answer.substituted) == (0, 1)


async def test_a_car_in_inspection_and_cleaning_take_cars_away(box: Box) -> None:
    await two_cars(box)
    question = Question(car_type=CarType.ORDINARY, fewer=0, in_inspection=1, turnaround_minutes=150)
    answer = (await study(box, question, last=MONDAY)).answer
    assert answer is not None
    assert answer.finding.refused == 2


async def test_a_year_gives_a_sentence_with_its_interval_and_a_break_even(box: Box) -> None:
    trips = await furnish_pool(box, MONDAY, 364)
    prices = Prices(car_per_year=400_000, refused_trip=3_000, refused_hour=500)
    found = await study(box, Question(car_type=CarType.ORDINARY, fewer=2, prices=prices))

    answer = found.answer
    assert answer is not None
    assert found.report.trips == trips
    sentence = honest_sentence(replace(answer.finding, car_type='普通車'))
    assert sentence.startswith('普通車12台→10台: ')
    assert '95%区間' in sentence
    assert answer.break_even is not None
    costs = {row.cars: row.total for row in answer.sizes}
    assert answer.break_even not in costs or costs[answer.break_even] == min(costs.values())
    assert [row.refused for row in answer.sizes] == sorted((row.refused for row in answer.sizes), reverse=True)
    assert {row.site for row in found.report.peaks} == {'', *SITES}
    assert answer.erlang_cars > answer.load


async def test_what_nobody_pays_for_has_no_break_even(box: Box) -> None:
    await two_cars(box)
    answer = (await study(box, Question(car_type=CarType.ORDINARY), last=MONDAY)).answer
    assert answer is not None
    assert answer.break_even is None


async def test_a_choice_of_site_and_type_leaves_the_others_out(box: Box) -> None:
    await furnish_pool(box, MONDAY, 28)
    chosen = Chosen(car_type=CarType.KEI, site=SITES[1])
    with clock.use(SettableClock(NOW)):
        found = await box.fleet.study(Asked(first=MONDAY, last=LAST, chosen=chosen))
    assert found is not None
    assert {(row.site, row.car_type, row.cars) for row in found.report.peaks} == {(SITES[1], CarType.KEI, 2)}
    assert {car.site for car in found.report.cars} == {SITES[1]}


async def test_those_who_were_turned_away_are_told_or_said_to_be_unknown(box: Box) -> None:
    await two_cars(box)
    assert (await study(box)).report.turned_away is None
    await turn_away(datetime(2025, 11, 11, 9, 0, tzinfo=TOKYO), 'ordinary')
    await turn_away(datetime(2024, 11, 4, 9, 0, tzinfo=TOKYO), 'ordinary')
    assert (await study(box)).report.turned_away == 1


async def test_years_before_the_first_trip_do_not_thin_the_numbers(box: Box) -> None:
    await two_cars(box)
    report = (await study(box, first=date(2020, 1, 1), last=MONDAY)).report
    assert (report.first_day, report.days) == (MONDAY, 1)


async def test_a_period_without_trips_says_so(box: Box) -> None:
    assert await box.fleet.study(Asked(first=MONDAY, last=LAST, chosen=Chosen())) is None


async def test_a_car_that_is_out_still_is_no_trip_yet(box: Box) -> None:
    cars = await two_cars(box)
    await keep([trip(cars[1], NOW - timedelta(days=3), None, 9, 'c')], [])  # type: ignore[arg-type]
    found = await study(box)
    assert found.report.trips == 3
    assert found.report.kept.no_shows == 0


async def test_cars_kept_for_disasters_are_not_in_the_pool(box: Box) -> None:
    await two_cars(box)
    await box.vehicles.ledger.add(VehicleEntry(plate='D', guard_room=SITES[0], for_disasters=True), SYSTEM)
    answer = (await study(box, Question(car_type=CarType.ORDINARY))).answer
    assert answer is not None
    assert answer.finding.cars_now == 2
