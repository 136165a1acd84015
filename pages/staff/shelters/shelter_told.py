"""What is known of a shelter, and how residents opened it."""

from collections.abc import Mapping, Sequence

from app.language import _
from app.shelters.list_words import field_words
from app.shelters.opening_rows import OpeningInfo
from app.shelters.places import ShelterEntry, ShelterInfo
from components.elements import box as element
from components.elements import text
from components.plain_table import Lines, plain_table
from components.times import day_and_time
from pages.staff.shelters.words import answer_words, kind_words, people_words, question_words


def draw_facts(shelter: ShelterInfo) -> None:
    """What is known, without what is not."""
    of, words = shelter.entry, field_words()
    told: list[tuple[str, str]] = [
        (words['kind'], kind_words()[of.kind]),
        (words['address'], of.address),
        (words['district'], of.district),
        (words['capacity'], _capacity(of)),
        (words['area_m2'], f'{of.area_m2:g}' if of.area_m2 is not None else _('未入力')),
        (words['phone'], of.phone),
        (words['hazards'], '、'.join(of.hazards)),
        (words['accepts'], of.accepts),
        (words['remarks'], of.remarks),
        (_('ID'), of.code),
        (words['source'], of.source),
    ]
    with element('section', 'section', aria_label=_('避難所の内容')):
        text('h2', _('避難所の内容'), 'section-title')
        _draw_told({label: value for label, value in told if value})


def _draw_told(told: Mapping[str, str]) -> None:
    with element('dl', 'facts'):
        for label, value in told.items():
            with element('div', 'fact'):
                text('dt', label)
                text('dd', value)


def _capacity(of: ShelterEntry) -> str:
    if not of.blocked_capacity:
        return people_words(of.capacity)
    blocked = people_words(of.blocked_capacity)
    return _('{all}(うち使えない {blocked})').format(all=people_words(of.capacity), blocked=blocked)


def draw_openings(openings: Sequence[OpeningInfo]) -> None:
    """Each time that residents began to open it."""
    if not openings:
        return
    with element('section', 'section', aria_label=_('住民による開設')):
        text('h2', _('住民による開設'), 'section-title')
        headings = (_('始めた時刻'), _('建物の確認'), _('開設した時刻'), _('開いた人'))
        plain_table(headings, [_opening_row(opening) for opening in openings], empty=('', ''))


def _opening_row(opening: OpeningInfo) -> list[Lines | str]:
    questions, answers = question_words(), answer_words()
    checked = tuple(f'{questions[question]}: {answers[answer]}' for question, answer in opening.answers.items())
    opened = day_and_time(opening.opened_at) if opening.opened_at else ''
    stopped = _('危険のため開設していません') if opening.stopped_at else _('まだ開設していません')
    return [
        day_and_time(opening.began_at),
        Lines(checked),
        opened or stopped,
        Lines((opening.opener.name or _('名前なし'), opening.opener.phone)) if opened else '',
    ]
