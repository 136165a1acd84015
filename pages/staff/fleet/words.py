"""How the page of the number of cars speaks."""

from app.language import _
from app.vehicles.fleet_report import FleetReport
from app.vehicles.fleet_what_if import Answer, Question
from pages.kiosk.cars_words import type_words

__all__ = [
    'break_even_words',
    'clock_words',
    'condition_words',
    'erlang_words',
    'figures',
    'named',
    'percent',
    'type_words',
    'weekdays',
    'yen',
]


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
    return '、'.join(parts)


def break_even_words(answer: Answer) -> str:
    """How many cars are enough, and how many are cheapest."""
    enough = _('この期間の利用すべてに車がある最少の台数は{count}台です。').format(count=answer.enough)
    if answer.break_even is None:
        return enough + _('代わりの費用(タクシー、カーシェア)を入れると、費用が最も少ない台数も出ます。')
    return enough + _('費用が最も少ないのは{count}台です。').format(count=answer.break_even)


def erlang_words(answer: Answer) -> str:
    """The cross-check, and what it leaves out."""
    words = _(
        '検算(アーランB式): 最も混む時間帯の平均は{load}台。利用が偶然に来るとすると、{then}台では{share}が貸出できず、'
        '5%以下にするには{cars}台が要ります。予約は偶然より均されるため、実際はこれより少なくなります。'
    )
    return words.format(
        load=f'{answer.load:.1f}',
        then=answer.finding.cars_then,
        share=percent(answer.erlang_share),
        cars=answer.erlang_cars,
    )


def figures(report: FleetReport) -> tuple[tuple[str, str], ...]:
    """Label and value of what reservations became."""
    kept = report.kept
    no_shows = _('{count}件({share})').format(count=f'{kept.no_shows:,}', share=percent(kept.no_show_share))
    turned_away = _('記録なし')
    if report.turned_away is not None:
        turned_away = _('{count}件').format(count=f'{report.turned_away:,}')
    return (
        (_('予約'), _('{count}件').format(count=f'{kept.reserved:,}')),
        (_('予約したが貸出なし'), no_shows),
        (_('予約より早く返却'), _('計{hours}時間').format(hours=f'{kept.early_minutes / 60:,.0f}')),
        (_('空きがなく断った'), turned_away),
    )


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
