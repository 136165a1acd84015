"""Which lines of the journal are wanted: a form whose answer has an address of its own."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.journal.history import HistoryFilter
from app.language import _
from app.people.staff import StaffRegister
from components.elements import box as element
from components.elements import text
from pages.staff.addresses import JOURNAL
from pages.staff.journal_kinds import kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for, as far as it could be understood."""

    wanted: HistoryFilter
    number: str = ''
    problem: str = ''
    finds_nothing: bool = False


async def read_filter(
    staff: StaffRegister, desks: Mapping[UUID, str], *, first: str, last: str, kind: str, number: str, desk: str
) -> Asked:
    """Read the query of the page; what cannot be understood is told, never ignored silently."""
    number = unicodedata.normalize('NFKC', number).strip()[:32]
    person = await staff.find_by_number(number) if number else None
    problem = ''
    if number and person is None:
        problem = _('職員番号 {number} の職員は見つかりません').format(number=number)
    first_day, last_day = _day(first), _day(last)
    if (first and first_day is None) or (last and last_day is None):
        problem = _('日付を読み取れません')
    if first_day and last_day and first_day > last_day:
        problem = _('期間の始まりが終わりより後になっています')
    wanted = HistoryFilter(
        first_day=first_day,
        last_day=last_day,
        kind=kind if kind in kinds() else '',
        subject=person.id if person else None,
        desk=next((id_ for id_ in desks if str(id_) == desk), None),
    )
    return Asked(wanted=wanted, number=number, problem=problem, finds_nothing=bool(problem))


def draw_filter(asked: Asked, desks: Mapping[UUID, str]) -> None:
    """The form, with what was asked for."""
    wanted = asked.wanted
    with element('form', 'filter', method='get', action=JOURNAL, aria_label=_('記録を絞り込む')):
        _entry('first', _('いつから'), wanted.first_day.isoformat() if wanted.first_day else '', kind='date')
        _entry('last', _('いつまで'), wanted.last_day.isoformat() if wanted.last_day else '', kind='date')
        _options('kind', _('内容'), kinds(), wanted.kind)
        _entry('number', _('対象の職員番号'), asked.number)
        _options('desk', _('窓口'), {str(id_): name for id_, name in desks.items()}, str(wanted.desk or ''))
        with element('div', 'buttons'):
            text('button', _('絞り込む'), 'press press-main', type='submit')
            text('a', _('条件を消す'), 'press press-quiet', href=JOURNAL)


def _entry(name: str, label: str, value: str, *, kind: str = 'text') -> None:
    with element('div', 'field'):
        text('label', label, 'field-label', for_=f'filter-{name}')
        entry = element('input', 'field-input', id=f'filter-{name}', name=name, type=kind, value=value)
        entry.props('autocomplete=off maxlength=32')


def _options(name: str, label: str, options: Mapping[str, str], chosen: str) -> None:
    with element('div', 'field'):
        text('label', label, 'field-label', for_=f'filter-{name}')
        with element('select', 'field-input', id=f'filter-{name}', name=name):
            text('option', _('すべて'), value='')
            for key, words in options.items():
                option = text('option', words, value=key)
                if key == chosen:
                    option.props('selected')


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        return None
