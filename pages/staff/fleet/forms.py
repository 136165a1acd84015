"""The two forms of the page: which records, and what if."""

from collections.abc import Iterable, Mapping

from app.language import _
from app.vehicles.fleet_words import choice_words
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection, tick
from pages.staff.addresses import FLEET
from pages.staff.fleet.asked import SHIFTS, FleetQuery
from pages.staff.fleet.words import type_words

OF_RECORDS = ('first', 'last', 'type', 'site', 'days')


def draw_period_form(query: FleetQuery, sites: Iterable[str]) -> None:
    """Period, type and guard room."""
    asked = query.asked
    places = {'': _('すべて')} | {site: site for site in sites if site}
    hidden = {name: value for name, value in query.given.items() if name not in OF_RECORDS}
    with plain_form(FLEET, _('この条件で見る'), method='get', classes='filter', hidden=hidden):
        entry('first', _('いつから'), asked.first.isoformat(), kind='date', required=True)
        entry('last', _('いつまで'), asked.last.isoformat(), kind='date', required=True)
        selection('type', _('車種'), _types(_('すべて')), asked.chosen.car_type or '')
        selection('site', _('守衛室'), places, asked.chosen.site)
        choices = {str(days): words for days, words in choice_words().items()}
        selection('days', _('数える日'), choices, str(asked.chosen.days))


def draw_what_if_form(query: FleetQuery) -> None:
    """Fewer cars, and what eases or hardens it."""
    question = query.asked.question
    if question is None:
        return
    hidden = {name: value for name, value in query.given.items() if name in OF_RECORDS}
    prices = question.prices
    with element('section', 'section', aria_label=_('条件を変えて試す')):
        text('h2', _('条件を変えて試す'), 'section-title')
        with plain_form(FLEET, _('計算する'), method='get', classes='filter', hidden=hidden):
            selection('what', _('車種'), _types(''), question.car_type)
            _number('fewer', _('減らす台数'), question.fewer, _('増やすときは -1 のように入力'))
            selection('shift', _('出発時刻の調整'), _shifts(), str(question.tolerance_minutes))
            tick('other', _('別の車種でもよい'), question.other_types)
            _number('buffer', _('返却から次の貸出まで(分)'), question.turnaround_minutes, _('清掃や充電の時間'))
            _number('inspection', _('車検・整備中の台数'), question.in_inspection)
            _number('car_price', _('1台の年間維持費(円)'), round(prices.car_per_year))
            _number('trip_price', _('代わりの費用: 1回(円)'), round(prices.refused_trip), _('タクシーなど'))
            _number('hour_price', _('代わりの費用: 1時間(円)'), round(prices.refused_hour), _('カーシェアなど'))


def _number(name: str, label: str, value: int, hint: str = '') -> None:
    entry(name, label, str(value), kind='number', hint=hint, most=9, step='1', required=True)


def _types(everything: str) -> Mapping[str, str]:
    return ({'': everything} if everything else {}) | {str(kind): name for kind, name in type_words().items()}


def _shifts() -> Mapping[str, str]:
    none, *others = SHIFTS
    words = _('前後{minutes}分まで')
    return {str(none): _('ずらさない')} | {str(minutes): words.format(minutes=minutes) for minutes in others}
