"""Entering what was found: one press for a condition, one form for each group of numbers."""

from collections.abc import Mapping

from app import clock
from app.language import _
from app.shelters.needs.facts import CONDITIONS, LITRES, MOST, USABLE_TOILETS, Condition, Fact, Found, Known
from app.shelters.needs.words import condition_word, fact_unit, fact_word, found_words, unconfirmed
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form
from components.times import short_time

UNCONFIRMED = ''


def draw_entry(shelter: ShelterInfo, facts: Mapping[Fact, Known], problem: str) -> None:
    """Everything that can be looked at; an empty field is 未確認 and never 0."""
    action = f'/staff/shelters/{shelter.id}/facts'
    with element('section', 'section', aria_label=_('確かめたことを入力')):
        text('h2', _('確かめたことを入力'), 'section-title')
        text('p', _('分からないことは「未確認」のままにします。0とは違います。'), 'quiet')
        if problem:
            text('p', problem, 'form-error', role='alert')
        with element('div', 'needs-conditions'):
            for fact in CONDITIONS:
                _draw_condition(action, fact, facts.get(fact))
        for title, group in _groups():
            _draw_amounts(action, title, group, facts)


def _groups() -> tuple[tuple[str, tuple[Fact, ...]], ...]:
    return (
        (_('トイレ(使える数)'), (*USABLE_TOILETS, Fact.TOILETS_BROKEN)),
        (_('水と食事'), (Fact.WATER_DRINKING, Fact.WATER_OTHER, Fact.MEALS_TONIGHT)),
        (_('寝る場所と入浴'), (Fact.BEDS, Fact.PARTITIONS, Fact.BATHS)),
    )


def _draw_condition(action: str, fact: Fact, known: Known | None) -> None:
    found = known.found if known else Found()
    with element('form', 'needs-condition', method='post', action=action):
        text('span', fact_word(fact), 'needs-name', id=f'fact-{fact.value}')
        with element('div', 'needs-presses', role='group', aria_labelledby=f'fact-{fact.value}'):
            for condition in Condition:
                words = condition_word(fact, condition)
                _draw_press(fact, condition.value, words, is_on=found.condition is condition)
            _draw_press(fact, UNCONFIRMED, unconfirmed(), is_on=not found.is_confirmed)
        text('span', _as_of(known), 'quiet')


def _draw_press(fact: Fact, value: str, words: str, *, is_on: bool) -> None:
    pressed = 'true' if is_on else 'false'
    text('button', words, 'press press-quiet', type='submit', name=fact.value, value=value, aria_pressed=pressed)


def _draw_amounts(action: str, title: str, group: tuple[Fact, ...], facts: Mapping[Fact, Known]) -> None:
    with element('section', 'panel', aria_label=title):
        text('h3', title, 'small-title')
        with plain_form(action, _('この内容で確認した')):
            for fact in group:
                known = facts.get(fact)
                label = f'{fact_word(fact)}({fact_unit(fact)})'
                field_value = _typed(known.found.amount if known else None)
                step = '0.1' if fact in LITRES else '1'
                entry(
                    fact.value,
                    label,
                    field_value,
                    kind='number',
                    step=step,
                    hint=_last(fact, known),
                    most=len(str(MOST)),
                )


def _typed(amount: float | None) -> str:
    return '' if amount is None else f'{amount:.1f}' if amount != int(amount) else f'{amount:.0f}'


def _last(fact: Fact, known: Known | None) -> str:
    if known is None:
        return unconfirmed()
    return f'{found_words(fact, known.found)} {_as_of(known)}'


def _as_of(known: Known | None) -> str:
    return _('{at}現在').format(at=short_time(known.as_of, clock.today())) if known else ''
