"""`/staff/shelters/{shelter}`: one shelter, with everything that staff can make of it."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.places import ShelterInfo, ShelterRefused
from app.shelters.values import RECEIVING
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTERS
from pages.staff.cars.values import WrongValue
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.areas import draw_areas
from pages.staff.shelters.form import draw_shelter_fields, posted_shelter
from pages.staff.shelters.shelter_facts import Facts, facts_of
from pages.staff.shelters.shelter_state import draw_state
from pages.staff.shelters.shelter_told import draw_facts, draw_openings
from pages.staff.shelters.words import refused_words

PATH = f'{SHELTERS}/{{shelter:uuid}}'
CHANGE = f'{PATH}/change'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each shelter."""

    @guarded_page(PATH, permission=Permission.RUN_SHELTER)
    async def shelter_page(shelter: UUID, done: str = '') -> Response | None:
        facts = await facts_of(condition.require_box(), shelter)
        if facts is None:
            return RedirectResponse(SHELTERS, status_code=303)
        draw(facts, done=done)
        return None

    @guarded_post(CHANGE, permission=Permission.MANAGE_SHELTERS)
    async def change(request: Request, shelter: UUID) -> Response:
        return await _change(request, condition.require_box(), shelter)


async def refused(request: Request, box: Box, shelter: UUID, problem: str) -> Response:
    """The page again, with what was wrong."""
    facts = await facts_of(box, shelter)
    if facts is None:
        return RedirectResponse(SHELTERS, status_code=303)
    return drawn(request, lambda: draw(facts, problem=problem), REFUSED_STATUS)


async def _change(request: Request, box: Box, shelter: UUID) -> Response:
    actor = actor_of(require(current_principal(), Permission.MANAGE_SHELTERS))
    form, found = await posted(request), await box.shelters.register.get(shelter)
    if found is None:
        return RedirectResponse(SHELTERS, status_code=303)
    try:
        await box.shelters.register.change(shelter, posted_shelter(form, found.entry), actor)
    except WrongValue as wrong:
        return await refused(request, box, shelter, str(wrong))
    except ShelterRefused as error:
        return await refused(request, box, shelter, refused_words(str(error)))
    return RedirectResponse(f'{SHELTERS}/{shelter}?done=changed', status_code=303)


def draw(facts: Facts, *, problem: str = '', done: str = '') -> None:
    """The whole page."""
    shelter = facts.shelter
    title = _('【訓練】{name}').format(name=shelter.entry.name) if shelter.practice else shelter.entry.name
    with staff_page(title, SHELTERS):
        if problem:
            message_box(MessageKind.FAILURE, problem, _('何も変わっていません。'))
        if done_words := _done_words().get(done):
            message_box(MessageKind.DONE, done_words)
        draw_state(facts)
        draw_facts(shelter)
        draw_areas(shelter, facts.areas, facts.taken)
        draw_openings(facts.openings)
        if is_allowed(current_principal(), Permission.MANAGE_SHELTERS):
            _draw_code(facts)
            _draw_change(shelter)
        _draw_place_and_practice(shelter)
        text('a', _('一覧へ戻る'), '', href=SHELTERS)


def _draw_code(facts: Facts) -> None:
    with element('section', 'section', aria_label=_('開設コード')):
        text('h2', _('開設コード'), 'section-title')
        if facts.code:
            made = day_and_time(facts.code.made_at)
            text('p', _('{made} に作ったコードが使えます。').format(made=made))
        else:
            text('p', _('使えるコードがありません。'))
        text('p', _('作り直すと、前の紙は使えなくなります。'), 'quiet')
        with plain_form(f'{SHELTERS}/codes', _('コードを作って印刷する'), hidden={'shelter': str(facts.shelter.id)}):
            pass


def _draw_change(shelter: ShelterInfo) -> None:
    with element('section', 'section', aria_label=_('内容を変える')):
        text('h2', _('内容を変える'), 'section-title')
        with plain_form(f'{SHELTERS}/{shelter.id}/change', _('変更を保存する')):
            draw_shelter_fields(shelter.entry)


def _draw_place_and_practice(shelter: ShelterInfo) -> None:
    with element('section', 'section', aria_label=_('この箱と訓練')):
        text('h2', _('この箱と訓練'), 'section-title')
        if shelter.here:
            text('p', _('この箱は、この避難所に置いてあります。'))
        else:
            with plain_form(f'{SHELTERS}/{shelter.id}/here', _('この箱をここに置く')):
                pass
        if shelter.state in RECEIVING:
            text('p', _('開設中は、訓練と本番を切り替えられません。'), 'quiet')
            return
        label = _('訓練を終える') if shelter.practice else _('訓練を始める')
        text('p', _('訓練の記録は、本番の数に入りません。'), 'quiet')
        hidden = {'practice': '' if shelter.practice else '1'}
        with plain_form(f'{SHELTERS}/{shelter.id}/practice', label, hidden=hidden):
            pass


def _done_words() -> dict[str, str]:
    return {
        'added': _('避難所を追加しました。'),
        'changed': _('変更を保存しました。'),
        'state': _('状態を変えました。'),
        'area': _('区画を保存しました。'),
        'here': _('この箱の場所を変えました。'),
        'practice': _('訓練の設定を変えました。'),
        'sealed': _('開設コードが鍵の箱にあることを記録しました。'),
    }
