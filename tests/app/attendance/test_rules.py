from datetime import date, datetime, time, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.attendance.rules import Already, Ask, PunchFact, Record, decide, work_date
from app.attendance.screens import Direction
from app.clock import TOKYO, ClockQuality, Moment
from app.settings import AttendanceSettings

RULES = AttendanceSettings()
MONDAY = datetime(2026, 11, 23, 8, 27, tzinfo=TOKYO)
BOUNDARY = time(5)


def moment(at: datetime, boot: str = 'boot') -> Moment:
    return Moment(at, int(at.timestamp() * 1e9), boot, ClockQuality.SYNCHRONISED)


def punch(at: datetime, direction: Direction, boot: str = 'boot') -> PunchFact:
    return PunchFact(uuid4(), direction, moment(at, boot), work_date(at, BOUNDARY))


def test_the_first_tap_of_a_work_date_is_an_arrival() -> None:
    yesterday = [punch(MONDAY - timedelta(days=1), Direction.IN)]

    assert decide(yesterday, moment(MONDAY), None, RULES) == Record(Direction.IN)


def test_a_tap_before_five_in_the_morning_belongs_to_the_day_before() -> None:
    assert work_date(MONDAY.replace(hour=4, minute=59, second=59), BOUNDARY) == date(2026, 11, 22)
    assert work_date(MONDAY.replace(hour=5, minute=0), BOUNDARY) == date(2026, 11, 23)


def test_a_departure_after_midnight_still_is_one() -> None:
    arrival = punch(MONDAY, Direction.IN)

    assert decide([arrival], moment(MONDAY + timedelta(hours=17)), None, RULES) == Record(Direction.OUT)


def test_a_second_tap_within_the_window_answers_already_recorded() -> None:
    arrival = punch(MONDAY, Direction.IN)

    assert decide([arrival], moment(MONDAY + timedelta(seconds=119)), None, RULES) == Already(arrival)


def test_the_window_counts_from_the_last_tap_also_across_the_day_boundary() -> None:
    late = punch(MONDAY.replace(hour=4, minute=59, second=30), Direction.OUT)

    assert decide([late], moment(MONDAY.replace(hour=5, minute=0, second=30)), None, RULES) == Already(late)


def test_a_tap_within_the_hour_after_the_arrival_asks() -> None:
    arrival = punch(MONDAY, Direction.IN)

    assert decide([arrival], moment(MONDAY + timedelta(minutes=59)), None, RULES) == Ask(arrival)
    assert decide([arrival], moment(MONDAY + timedelta(minutes=60)), None, RULES) == Record(Direction.OUT)


def test_a_choice_before_the_tap_always_wins() -> None:
    arrival = punch(MONDAY, Direction.IN)

    for seconds in (1, 119, 600, 40_000):
        tapped = moment(MONDAY + timedelta(seconds=seconds))
        assert decide([arrival], tapped, Direction.OUT, RULES) == Record(Direction.OUT)
        assert decide([arrival], tapped, Direction.IN, RULES) == Record(Direction.IN)


def test_every_later_tap_is_a_departure_so_that_the_last_one_counts() -> None:
    arrival, departure = punch(MONDAY, Direction.IN), punch(MONDAY + timedelta(hours=9), Direction.OUT)

    assert decide([arrival, departure], moment(MONDAY + timedelta(hours=11)), None, RULES) == Record(Direction.OUT)


def test_a_wall_clock_that_was_turned_back_does_not_hide_a_second_tap() -> None:
    arrival = punch(MONDAY, Direction.IN)
    turned_back = Moment(
        MONDAY - timedelta(hours=1), arrival.at.monotonic_ns + 30 * 10**9, 'boot', ClockQuality.STEPPED
    )

    assert decide([arrival], turned_back, None, RULES) == Already(arrival)


@given(
    st.lists(st.tuples(st.integers(0, 72 * 3600), st.sampled_from(Direction)), max_size=12),
    st.integers(0, 72 * 3600),
    st.sampled_from([None, *Direction]),
)
def test_every_tap_means_exactly_one_thing(
    earlier: list[tuple[int, Direction]], seconds: int, choice: Direction | None
) -> None:
    punches = [punch(MONDAY + timedelta(seconds=at), direction) for at, direction in sorted(earlier)]
    tapped = moment(MONDAY + timedelta(seconds=max([seconds, *(at for at, _ in earlier)])))

    decision = decide(punches, tapped, choice, RULES)

    if choice is not None:
        assert decision == Record(choice)
    elif isinstance(decision, Already):
        assert decision.punch == punches[-1]
    elif isinstance(decision, Ask):
        assert decision.arrival.direction is Direction.IN
        assert decision.arrival.work_date == work_date(tapped.at, BOUNDARY)
    else:
        has_punches_today = any(p.work_date == work_date(tapped.at, BOUNDARY) for p in punches)
        assert decision.direction is (Direction.OUT if has_punches_today else Direction.IN)
