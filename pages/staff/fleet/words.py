"""How the page of the number of cars speaks."""

from app.language import _
from app.vehicles.fleet_what_if import Answer, Question
from pages.kiosk.cars_words import type_words

__all__ = ['clock_words', 'condition_words', 'named', 'percent', 'type_words', 'weekdays', 'yen']


def named(question: Question) -> str:
    """The pool that a sentence is about."""
    name = type_words()[question.car_type]
    return f'{question.site} {name}' if question.site else name


def condition_words(answer: Answer) -> str:
    """Under which conditions the sentence holds."""
    question = answer.question
    parts = [_('全庁で1つの車両群') if not question.site else _('{site}だけ').format(site=question.site)]
    if question.tolerance_minutes:
        words = _('出発を前後{minutes}分までずらす(ずらす利用{moved}件)')
        parts.append(words.format(minutes=question.tolerance_minutes, moved=f'{answer.moved:,}'))
    if question.other_types:
        parts.append(_('別の車種でもよい(代わりの車種{count}件)').format(count=f'{answer.substituted:,}'))
    if question.turnaround_minutes:
        parts.append(_('返却後{minutes}分は使えない').format(minutes=question.turnaround_minutes))
    if question.in_inspection:
        parts.append(_('車検・整備で常に{count}台少ない').format(count=question.in_inspection))
    parts.append(_('貸出できない利用がある日 {days}日').format(days=f'{answer.days_with_refusal:,}'))
    return _('条件: ') + '、'.join(parts)


def weekdays() -> tuple[str, ...]:
    """Monday first."""
    return (_('月'), _('火'), _('水'), _('木'), _('金'), _('土'), _('日'))


def percent(share: float) -> str:
    """One decimal."""
    return f'{share * 100:.1f}%'


def yen(amount: float) -> str:
    """Whole yen, below zero as offices write it."""
    whole = round(amount)
    return f'△{-whole:,}' if whole < 0 else f'{whole:,}'


def clock_words(minute: int) -> str:
    """A minute of the day: 8:15."""
    return f'{minute // 60}:{minute % 60:02}'
