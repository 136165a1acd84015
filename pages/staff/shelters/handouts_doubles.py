"""`/staff/shelters/handouts/doubles`: what was received twice, at two shelters or under two numbers (重複の疑い)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from app import clock
from app.access.principals import Permission
from app.language import _
from app.runtime import Condition
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.doubles import Claim, Double
from components.elements import text
from components.plain_forms import plain_form, selection
from components.plain_table import Cell, Lines, Link, plain_table
from components.times import day_and_time
from pages.guarded import guarded_page
from pages.staff.addresses import EVACUEES
from pages.staff.shelters.across_doubles import draw_doubles_across
from pages.staff.shelters.chosen import chosen_shelter
from pages.staff.shelters.handouts_frame import DOUBLES, handouts_page, seen_people
from pages.staff.shelters.handouts_words import answer_words

DAYS = (1, 3, 7, 30)
MOST_SHOWN = 200


def register(condition: Condition) -> None:
    """Open the page."""

    @guarded_page(DOUBLES, permission=Permission.RUN_SHELTER)
    async def doubles(shelter: str = '', days: int = 3) -> None:
        box, span = condition.require_box(), days if days in DAYS else DAYS[1]
        chosen = await chosen_shelter(box, shelter)
        practice = bool(chosen and chosen.practice)
        since = clock.now() - timedelta(days=span)
        found = (await box.shelters.handouts.doubles.since(since, practice=practice))[:MOST_SHOWN]
        people = await seen_people(box, {claim.evacuee for one in found for claim in (one.first, one.second)})
        seen = [one for one in found if one.first.evacuee in people and one.second.evacuee in people]
        names = {one.id: one.entry.name for one in await box.shelters.register.all()}
        items = {item.id: item.entry.name for item in await box.shelters.handouts.items.all()}
        across = await box.shelters.across.doubles.since(since, practice=practice)
        asked = str(chosen.id) if chosen else ''
        with handouts_page(_('重複の疑い'), DOUBLES, asked):
            _draw_filter(asked, span)
            text('h2', _('この箱での重複の疑い'), 'section-title')
            _draw(seen, people, {**names, **items})
            draw_doubles_across(across[:MOST_SHOWN], box.journal.identity.box)


def _draw_filter(asked: str, days: int) -> None:
    note = _('離れた避難所でも渡せるよう、その場では断りません。事情を確かめ、必要なら次から控えてもらいます。')
    text('p', note, 'quiet')
    with plain_form(DOUBLES, _('見る'), method='get', classes='filter', hidden={'shelter': asked}):
        spans = {str(one): _('この{days}日').format(days=one) for one in DAYS}
        selection('days', _('期間'), spans, str(days))


def _draw(doubles: Sequence[Double], people: Mapping[UUID, EvacueeInfo], names: Mapping[UUID, str]) -> None:
    rows: list[list[Cell]] = [
        [
            Link(people[one.second.evacuee].number, f'{EVACUEES}/{one.second.evacuee}'),
            Lines((names.get(one.second.item, ''),)),
            Lines(_claim(one.first, people, names)),
            Lines(_claim(one.second, people, names)),
            answer_words()[one.answer],
        ]
        for one in doubles
    ]
    headings = (_('番号'), _('物'), _('はじめ'), _('あと'), _('きまり'))
    empty = (_('重複の疑いはありません'), _('ほかの避難所の記録が届くと、ここに出ます。'))
    plain_table(headings, rows, empty=empty)


def _claim(claim: Claim, people: Mapping[UUID, EvacueeInfo], names: Mapping[UUID, str]) -> tuple[str, ...]:
    return (
        day_and_time(claim.at),
        names.get(claim.shelter, _('ほかの避難所')),
        people[claim.evacuee].number,
        _('ほかの箱の記録') if claim.origin else '',
    )
