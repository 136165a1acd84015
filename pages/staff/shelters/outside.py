"""`/staff/shelters/outside`: who sleeps at home or in a car, what they need, and when somebody last spoke to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.journal.line import Act, Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.outside import last_given, rounds_sheet, wanted_words, whereabouts
from app.shelters.people_list import PeopleFilter, PersonRow
from app.shelters.places import ShelterInfo
from app.shelters.stays import NotHere
from app.shelters.values import StayState
from app.storage.transaction import transaction
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import plain_form
from components.plain_table import ROWS_PER_PAGE, offset_of, pager
from components.times import short_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES, SHELTER_OUTSIDE
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.people_prints import EXPORTED, MOST_PEOPLE
from pages.staff.shelters.people_words import by_value, need_words, place_words

SPOKEN, PRINT = f'{SHELTER_OUTSIDE}/spoken', f'{SHELTER_OUTSIDE}/print'
BUSY_STATUS = 503


@dataclass(frozen=True, slots=True)
class _Facts:
    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    rows: list[PersonRow]
    total: int
    given: Mapping[UUID, datetime]


def register(condition: Condition) -> None:
    """Open the list and what is done from it."""

    @guarded_page(SHELTER_OUTSIDE, permission=Permission.READ_EVACUEES)
    async def outside(shelter: str = '', page: int = 1, done: str = '') -> None:
        box, offset = condition.require_box(), offset_of(page)
        _draw(await _facts(box, shelter, offset, ROWS_PER_PAGE), offset, done=done)

    @guarded_post(SPOKEN, permission=Permission.RUN_SHELTER)
    async def spoken(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        evacuee, shelter = is_uuid(form.get('evacuee', '')), is_uuid(form.get('shelter', ''))
        done = 'gone'
        if evacuee and shelter and await _may_touch(box, evacuee):
            try:
                await box.shelters.stays.come_back(evacuee, shelter, actor)
                done = 'spoken'
            except NotHere:
                done = 'gone'
        return RedirectResponse(f'{SHELTER_OUTSIDE}?shelter={shelter or ""}&done={done}', status_code=303)

    @guarded_post(PRINT, permission=Permission.READ_EVACUEES)
    async def rounds(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
        facts = await _facts(box, form.get('shelter', ''), 0, MOST_PEOPLE)
        if facts.shelter is None:
            return RedirectResponse(SHELTER_OUTSIDE, status_code=303)
        words = by_value(place_words()), by_value(need_words())
        try:
            content = await box.documents.render_pdf([rounds_sheet(facts.shelter, facts.rows, facts.given, *words)])
        except ChildError:
            problem = _('いまは作れません。少し待ってください。')
            return drawn(request, lambda: _draw(facts, 0, problem=problem), BUSY_STATUS)
        await _note(box, facts.shelter, actor)
        name = quote(f'在宅・車中泊_{facts.shelter.entry.name}.pdf')
        disposition = f'inline; filename="rounds.pdf"; filename*=UTF-8\'\'{name}'
        return Response(content, media_type='application/pdf', headers={'Content-Disposition': disposition})


async def _facts(box: Box, asked: str, offset: int, limit: int) -> _Facts:
    shelter, others = await chosen_shelter(box, asked), await open_shelters(box)
    if shelter is None:
        return _Facts(None, others, [], 0, {})
    wanted = PeopleFilter(
        shelter=shelter.id, practice=shelter.practice, sees_protected=may_see_protected(), outside=True
    )
    rows, total = await box.shelters.people.page(wanted, offset, limit)
    return _Facts(shelter, others, rows, total, await last_given(box.reading, (row.evacuee for row in rows)))


async def _may_touch(box: Box, evacuee: UUID) -> bool:
    found = await box.shelters.evacuees.get(evacuee)
    return found is not None and (may_see_protected() or not found.details.protected)


async def _note(box: Box, shelter: ShelterInfo, actor: Actor) -> None:
    payload = {'what': 'outside', 'practice': shelter.practice}
    act = Act(kind=EXPORTED, actor=actor, subjects=(shelter.id,), payload=payload)
    await transaction(lambda tx: box.journal.append(tx, act))


def _draw(facts: _Facts, offset: int, *, problem: str = '', done: str = '') -> None:
    with staff_page(_('在宅・車中泊の方'), SHELTER_OUTSIDE):
        if problem:
            message_box(MessageKind.FAILURE, problem)
        if done == 'spoken':
            message_box(MessageKind.DONE, _('連絡がついたことを記録しました。'))
        if done == 'gone':
            message_box(MessageKind.FAILURE, _('この避難所での滞在はもう終わっています。'), _('何も変わっていません。'))
        draw_choice(SHELTER_OUTSIDE, facts.shelter, facts.others)
        if facts.shelter is None:
            return
        text('p', _('長く連絡のない方から順に並びます。'), 'quiet')
        if not facts.rows:
            empty_state(
                _('在宅・車中泊の方はいません'), _('受付で滞在の場所を「自宅」「車の中」にすると、ここに出ます。')
            )
            return
        with plain_form(PRINT, _('巡回の紙を印刷する'), classes='', hidden={'shelter': str(facts.shelter.id)}):
            pass
        for row in facts.rows:
            _draw_person(facts.shelter, row, facts.given.get(row.evacuee))
        pager(SHELTER_OUTSIDE, {'shelter': str(facts.shelter.id)}, offset, facts.total)


def _draw_person(shelter: ShelterInfo, row: PersonRow, given: datetime | None) -> None:
    hidden, today = row.details.protected, clock.today()
    name = _('保護が必要な方') if hidden else row.details.name or _('(氏名は未入力)')
    away = _('外出中') if row.state is StayState.AWAY else ''
    with element('section', 'section panel', aria_label=f'{row.number} {name}'):
        with element('h2', 'section-title'):
            text('a', f'{row.number} {name}', '', href=f'{EVACUEES}/{row.evacuee}')
        with element('dl', 'facts'):
            _fact(_('場所'), ' '.join(word for word in (place_words()[row.place], whereabouts(row), away) if word))
            _fact(_('電話番号'), '' if hidden else row.details.phone)
            _fact(_('要ること'), '、'.join(wanted_words(row.details, by_value(need_words()))))
            _fact(_('最後の連絡'), short_time(row.seen_at, today) + (_('(長く連絡がない)') if row.silent else ''))
            _fact(_('最後の配布'), short_time(given, today) if given else _('まだない'))
        if is_allowed(current_principal(), Permission.RUN_SHELTER):
            hidden_fields = {'evacuee': str(row.evacuee), 'shelter': str(shelter.id)}
            with plain_form(SPOKEN, _('連絡がついた'), classes='', hidden=hidden_fields):
                pass


def _fact(label: str, words: str) -> None:
    if not words:
        return
    with element('div', 'fact'):
        text('dt', label)
        text('dd', words)
