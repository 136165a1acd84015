"""The standards of a shelter, as a strip of cards."""

from app.language import _
from app.shelters.needs.standards import Measure, Standard, Verdict
from app.shelters.needs.strip import Strip
from app.shelters.needs.words import (
    number_word,
    standard_rule,
    standard_unit,
    standard_word,
    unconfirmed,
    verdict_word,
)
from components.elements import box as element
from components.elements import text
from components.times import day_and_time

STATES = {Verdict.ENOUGH: 'ready', Verdict.SHORT: 'missing', Verdict.UNKNOWN: 'away'}


def draw_strip(strip: Strip) -> None:
    """People, then one card for each standard, then tonight's meals by diet."""
    with element('section', 'section', aria_label=_('いまの基準')):
        text('h2', _('いまの基準'), 'section-title')
        text('p', _('{at}現在').format(at=day_and_time(strip.as_of)), 'quiet')
        with element('div', 'needs-strip'):
            _draw_people(strip)
            for measure in strip.measures:
                _draw_measure(strip, measure)
        _draw_tonight(strip)


def _draw_people(strip: Strip) -> None:
    presence = strip.presence
    with element('section', 'needs-card', aria_label=_('人数')):
        text('h3', _('人数'), 'needs-name')
        people = presence.people
        text('p', unconfirmed() if people is None else _('{count}人').format(count=f'{people:,}'), 'needs-value')
        counts = _('数えた {counted}人 / 登録 {registered}人')
        text('p', counts.format(counted=f'{presence.counted_people:,}', registered=f'{presence.registered_people:,}'))
        if presence.difference:
            text('p', _('差 {count}人').format(count=f'{abs(presence.difference):,}'), 'state', data_state='missing')


def _draw_measure(strip: Strip, measure: Measure) -> None:
    with element('section', 'needs-card', aria_label=standard_word(measure.standard)):
        text('h3', standard_word(measure.standard), 'needs-name')
        text('p', _have(strip, measure), 'needs-value')
        text('p', _need(measure))
        text('p', _verdict(measure), 'state', data_state=STATES[measure.verdict])
        text('p', standard_rule(measure.standard), 'quiet')


def _have(strip: Strip, measure: Measure) -> str:
    if measure.standard is Standard.AREA and strip.area_per_person is not None:
        return _('1人 {area} m²').format(area=f'{strip.area_per_person:.1f}')
    unit, known = standard_unit(measure.standard), measure.have.known
    if known is not None:
        return f'{number_word(known)}{unit}'
    if measure.have.at_least > 0:
        return _('{count}{unit}以上').format(count=number_word(measure.have.at_least), unit=unit)
    return unconfirmed()


def _need(measure: Measure) -> str:
    if measure.need is None:
        words = _('必要: 男性用トイレが未確認') if _is_ratio(measure) else _('必要: 人数が未確認')
        return words
    return _('必要 {count}{unit}').format(count=number_word(measure.need), unit=standard_unit(measure.standard))


def _is_ratio(measure: Measure) -> bool:
    return measure.standard is Standard.TOILETS_FOR_WOMEN


def _verdict(measure: Measure) -> str:
    if measure.verdict is Verdict.SHORT and measure.lacking is not None:
        unit = standard_unit(measure.standard)
        return _('あと {count}{unit} 足りない').format(count=number_word(measure.lacking), unit=unit)
    return verdict_word(measure.verdict)


def _draw_tonight(strip: Strip) -> None:
    tonight = strip.tonight
    with element('section', 'panel', aria_label=_('今夜の食事の内訳')):
        text('h3', _('今夜の食事の内訳'), 'small-title')
        fed = unconfirmed() if strip.fed is None else _('{count}食').format(count=f'{strip.fed:,}')
        text('p', _('必要な食数 {count}').format(count=fed))
        for diet, people in tonight.diets.items():
            text('p', _('{what} {count}人').format(what=diet, count=f'{people:,}'))
        for allergy, people in tonight.allergies.items():
            text('p', _('アレルギー({what}) {count}人').format(what=allergy, count=f'{people:,}'))
        text('p', _('食事の希望を聞いていない登録者 {count}人').format(count=f'{tonight.nothing_told:,}'), 'quiet')
