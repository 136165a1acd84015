"""A draft of a report from live data; what is not known stays unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.shelters.needs.care import CareTotals
from app.shelters.needs.facts import USABLE_TOILETS, Fact
from app.shelters.needs.health import CaseInfo, Symptom
from app.shelters.needs.standards import together
from app.shelters.needs.strip import Strip
from app.shelters.reports.figures import AREA, KEYS, STATE, TOILETS, Figure, Value
from app.shelters.values import PersonClass, Place, ShelterState

CLASSES = {
    'people_men': PersonClass.MAN,
    'people_women': PersonClass.WOMAN,
    'people_children': PersonClass.CHILD,
    'people_infants': PersonClass.INFANT,
    'people_unknown_class': PersonClass.UNKNOWN,
}
ILL = {'ill_fever': Symptom.FEVER, 'ill_cough': Symptom.COUGH, 'ill_stomach': Symptom.STOMACH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Everything a draft is made of, read at one time."""

    state: ShelterState
    strip: Strip
    care: CareTotals
    cases: Sequence[CaseInfo] | None
    """None: nobody ever looked after illness here."""
    requests: int


def draft_figures(live: Live) -> tuple[Figure, ...]:
    """The figures in the order of the form; those somebody looked at carry the time of looking."""
    at = live.strip.as_of
    values: dict[str, Value] = {STATE: str(live.state), **_people(live), **_ill(live)}
    values |= {'requests_open': live.requests, AREA: _rounded(live.strip.area_per_person)}
    live_figures = [Figure(key, value, at) for key, value in values.items()]
    figures = (*live_figures, _toilets(live.strip), *(_fact(live.strip, fact) for fact in Fact))
    return tuple(sorted(figures, key=lambda figure: KEYS.index(figure.key)))


def _people(live: Live) -> dict[str, Value]:
    presence = live.strip.presence
    if not presence.anybody_ever:
        keys = ('people_total', *CLASSES, 'people_counted', 'people_registered', 'people_away', 'people_in_cars')
        more = ('people_at_home', 'people_visitors', 'people_with_needs', 'people_urgent', 'households')
        return dict.fromkeys((*keys, *more))
    by_class = presence.by_class()
    is_counted, is_told = bool(presence.counted), live.care.named > 0
    return {
        'people_total': presence.people,
        **{key: by_class.get(person_class, 0) for key, person_class in CLASSES.items()},
        'people_counted': presence.counted_people if is_counted else None,
        'people_registered': presence.registered_people,
        'people_away': presence.away,
        'people_in_cars': presence.places.get(Place.CAR, 0),
        'people_at_home': presence.places.get(Place.HOME, 0),
        'people_visitors': presence.visitors,
        'people_with_needs': live.care.with_needs if is_told else None,
        'people_urgent': live.care.urgent if is_told else None,
        'households': presence.households if presence.registered_people or presence.places else None,
    }


def _ill(live: Live) -> dict[str, Value]:
    if live.cases is None:
        return dict.fromkeys((*ILL, 'ill_other'))
    other = [case for case in live.cases if not case.entry.symptoms & frozenset(ILL.values())]
    found: dict[str, Value] = {
        key: sum(case.entry.people for case in live.cases if symptom in case.entry.symptoms)
        for key, symptom in ILL.items()
    }
    return {**found, 'ill_other': sum(case.entry.people for case in other)}


def _toilets(strip: Strip) -> Figure:
    known = [strip.facts.get(fact) for fact in USABLE_TOILETS]
    total = together([each.found.amount if each else None for each in known]).known
    times = [each.as_of for each in known if each]
    return Figure(TOILETS, total, min(times) if total is not None else strip.as_of)


def _fact(strip: Strip, fact: Fact) -> Figure:
    known = strip.facts.get(fact)
    if known is None or not known.found.is_confirmed:
        return Figure(fact.value, None, strip.as_of)
    condition = known.found.condition
    return Figure(fact.value, known.found.amount if condition is None else str(condition), known.as_of)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)
