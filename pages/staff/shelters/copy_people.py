"""What a copy of another box says: figures by shelter, and the people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import TOKYO
from app.language import _
from app.shelters.copies.values import CopyInfo
from app.shelters.values import LeftFor, Place, StayState
from components.elements import box as element
from components.elements import text
from components.plain_table import Lines, plain_table
from components.times import day_and_time
from pages.staff.addresses import SHELTER_COPIES
from pages.staff.navigation import staff_page
from pages.staff.shelters.people_words import left_for_words, place_words, stay_words

ROWS = 100


def draw_copy(copy: CopyInfo, page: int) -> None:
    """A page of the people, by number."""
    pages = max(1, -(-len(copy.people) // ROWS))
    shown = min(max(1, page), pages)
    with staff_page(copy.box_name, SHELTER_COPIES):
        if copy.practice:
            text('p', _('訓練'), 'practice-mark')
        text('p', _('{time} の写しです。そのあとのことは分かりません。').format(time=day_and_time(copy.made_at)))
        _draw_figures(copy)
        _draw_people(copy, shown)
        with element('nav', 'pager', aria_label=_('ページ')):
            text('p', _('{page} / {pages} ページ').format(page=shown, pages=pages))
            if shown > 1:
                text('a', _('前へ'), 'press', href=f'{SHELTER_COPIES}/{copy.id}?page={shown - 1}')
            if shown < pages:
                text('a', _('次へ'), 'press', href=f'{SHELTER_COPIES}/{copy.id}?page={shown + 1}')
        text('a', _('一覧へ戻る'), '', href=SHELTER_COPIES)


def _draw_figures(copy: CopyInfo) -> None:
    names = ('name', 'counted', 'registered', 'away', 'in_cars', 'at_home', 'visitors', 'urgent')
    headings = (
        _('避難所'), _('数えた人'), _('登録'), _('外出中'), _('車の中'), _('自宅'), _('市外から'), _('急ぎ'),
    )  # fmt: skip
    rows = [[str(one[name]) for name in names] for one in copy.figures]
    plain_table(headings, rows, empty=(_('開設した避難所はありません'), ''))


def _draw_people(copy: CopyInfo, page: int) -> None:
    shelters = {one['id']: str(one['name']) for one in copy.figures}
    people = copy.people[(page - 1) * ROWS : page * ROWS]
    with element('section', 'section', aria_label=_('避難者')):
        text('h2', _('避難者 {count}件').format(count=f'{len(copy.people):,}'), 'section-title')
        rows = [person_row(one, shelters) for one in people]
        headings = (_('番号'), _('氏名'), _('生年月日'), _('避難所'), _('状態'), _('到着'))
        plain_table(headings, rows, empty=(_('登録した人はいないか、鍵を捨てました'), ''))


def person_row(one: Mapping[str, Any], shelters: Mapping[str, str]) -> list[Lines | str]:
    """A line of the table; of a protected person the number and where they are, nothing else."""
    where = one['area'] or place_words()[Place(one['place'])]
    state = stay_words()[StayState(one['state'])]
    went = left_for_words()[LeftFor(one['left_for'])] if one['left_for'] else ''
    arrived = datetime.fromisoformat(one['arrived_at']).astimezone(TOKYO)
    hidden = bool(one['protected'])
    name = (_('(保護が必要な方)'), '') if hidden else (one['name'] or _('(氏名は未入力)'), one['kana'])
    return [
        one['number'],
        Lines(name),
        '' if hidden else one['birth_date'],
        Lines((shelters.get(one['shelter'], ''), where)),
        Lines((state, went)),
        day_and_time(arrived),
    ]
