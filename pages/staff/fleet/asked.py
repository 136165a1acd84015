"""What the address of the page asks for: every figure of it can be linked to."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app import clock
from app.language import _
from app.vehicles.fleet_report import Chosen, Days
from app.vehicles.fleet_sizing.cost import Prices
from app.vehicles.fleet_study import Asked
from app.vehicles.fleet_what_if import Question
from app.vehicles.ledger import CarType, VehicleInfo

NAMES = (
    'first', 'last', 'type', 'site', 'days', 'what', 'fewer', 'shift', 'other', 'buffer', 'inspection', 'car_price',
    'trip_price', 'hour_price',
)  # fmt: skip
USUAL_YEARS = 3
LONGEST_DAYS = 3660
SHIFTS = (0, 30, 60)
MOST = {'fewer': 300, 'buffer': 1440, 'inspection': 300}
MOST_YEN = 100_000_000
CAR_PRICE = 400_000


@dataclass(frozen=True, slots=True)
class FleetQuery:
    """What was understood, as it is shown in the form again."""

    asked: Asked
    given: Mapping[str, str]
    """Values of the address that are not empty."""
    problem: str = ''
    """One sentence, where something was not understood and the usual stands instead."""


def read_query(parameters: Mapping[str, str], usual_type: CarType) -> FleetQuery:
    """Nonsense becomes the usual value, and is said."""
    given = {name: parameters[name].strip() for name in NAMES if parameters.get(name, '').strip()}
    first, last, problem = _period(given)
    site = given.get('site', '')
    try:
        question = _question(given, usual_type, site)
    except ValueError:
        problem = problem or _('条件の数字を読み取れないため、ふだんの条件で計算しました。')
        question = Question(car_type=usual_type, site=site, prices=Prices(car_per_year=CAR_PRICE))
    days = Days.WORKING if given.get('days') == Days.WORKING else Days.OPEN
    chosen = Chosen(car_type=_type(given.get('type', '')), site=site, days=days)
    return FleetQuery(Asked(first=first, last=last, chosen=chosen, question=question), given, problem)


def usual_type(cars: list[VehicleInfo]) -> CarType:
    """The type of which there are most."""
    counts = Counter(car.entry.car_type for car in cars)
    return counts.most_common(1)[0][0] if counts else CarType.ORDINARY


def _period(given: Mapping[str, str]) -> tuple[date, date, str]:
    yesterday = clock.today() - timedelta(days=1)
    usual = yesterday - timedelta(days=365 * USUAL_YEARS - 1)
    try:
        last = date.fromisoformat(given.get('last', '')) if 'last' in given else yesterday
        first = date.fromisoformat(given.get('first', '')) if 'first' in given else min(usual, last)
    except ValueError:
        return usual, yesterday, _('期間の日付を読み取れないため、過去3年で計算しました。')
    if not first <= last <= clock.today() or (last - first).days > LONGEST_DAYS:
        return usual, yesterday, _('期間は今日まで、10年以内で選んでください。過去3年で計算しました。')
    return first, last, ''


def _question(given: Mapping[str, str], usual_type: CarType, site: str) -> Question:
    return Question(
        car_type=_type(given.get('what', '')) or _type(given.get('type', '')) or usual_type,
        site=site,
        fewer=_number(given, 'fewer', 1, least=-MOST['fewer']),
        tolerance_minutes=shift if (shift := _number(given, 'shift', 0)) in SHIFTS else 0,
        other_types='other' in given,
        turnaround_minutes=_number(given, 'buffer', 0),
        in_inspection=_number(given, 'inspection', 0),
        prices=Prices(
            car_per_year=_number(given, 'car_price', CAR_PRICE),
            refused_trip=_number(given, 'trip_price', 0),
            refused_hour=_number(given, 'hour_price', 0),
        ),
    )


def _number(given: Mapping[str, str], name: str, usual: int, *, least: int = 0) -> int:
    value = int(given.get(name, str(usual)))
    if not least <= value <= MOST.get(name, MOST_YEN):
        raise ValueError(name)
    return value


def _type(text: str) -> CarType | None:
    return CarType(text) if text in tuple(CarType) else None
