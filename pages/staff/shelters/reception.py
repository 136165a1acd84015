"""`/staff/shelters/reception`: who needs help now, and which shelter each reception desk belongs to."""

import asyncio
from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.desks.register import DeskInfo, Job
from app.language import _
from app.runtime import Box, Condition
from app.shelters.calls import OpenCall
from app.shelters.desk_places import DeskPlace
from app.shelters.desk_screens import Mode
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import plain_form, selection
from components.times import short_time
from pages.guarded import guarded_page, guarded_post
from pages.kiosk.shelter_words import urgency_words
from pages.staff.addresses import SHELTER_RECEPTION
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

CALL = f'{SHELTER_RECEPTION}/calls/{{call:uuid}}'
DESK = f'{SHELTER_RECEPTION}/desks/{{desk:uuid}}'


def register(condition: Condition) -> None:
    """Open the page, and what its buttons post to."""

    @guarded_page(SHELTER_RECEPTION, permission=Permission.RUN_SHELTER)
    async def page() -> None:
        await _draw(condition.require_box())

    @guarded_post(CALL, permission=Permission.RUN_SHELTER)
    async def take(call: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        await condition.require_box().shelters.reception.calls.take(call, actor)
        return RedirectResponse(SHELTER_RECEPTION, status_code=303)

    @guarded_post(DESK, permission=Permission.RUN_SHELTER)
    async def put(request: Request, desk: UUID) -> Response:
        await _put(condition.require_box(), desk, await posted(request))
        return RedirectResponse(SHELTER_RECEPTION, status_code=303)


async def _draw(box: Box) -> None:
    calls, shelters = await box.shelters.reception.calls.open_everywhere(), await box.shelters.register.all()
    desks = [desk for desk in await box.desks.all() if desk.job is Job.SHELTER]
    places = [await box.shelters.reception.places.of(desk.id) for desk in desks]
    numbers = await _numbers(box, calls)
    with staff_page(_('避難所の受付'), SHELTER_RECEPTION):
        text('h2', _('応援を待っている方'), 'section-title')
        with element('div', 'urgent-calls', aria_live='assertive') as urgent:
            _draw_calls(calls, shelters, numbers)
        text('h2', _('受付の端末'), 'section-title')
        if not desks:
            empty_state(_('受付の端末がまだありません'), _('「窓口と端末」で、避難所の受付の窓口を追加してください。'))
        for desk, place in zip(desks, places, strict=True):
            _draw_desk(desk, place, shelters)

    async def again() -> None:
        now = await box.shelters.reception.calls.open_everywhere()
        known = await _numbers(box, now)
        urgent.clear()
        with urgent:
            _draw_calls(now, shelters, known)

    running: set[asyncio.Task[None]] = set()

    def changed(_shelter: UUID) -> None:
        task = asyncio.get_running_loop().create_task(again())
        running.add(task)
        task.add_done_callback(running.discard)

    ui.context.client.on_delete(box.shelters.reception.calls.CHANGED.listen(changed))


def _draw_calls(calls: Sequence[OpenCall], shelters: Sequence[ShelterInfo], numbers: Mapping[UUID, str]) -> None:
    if not calls:
        text('p', _('いま応援を待っている方はいません'))
        return
    names = {shelter.id: shelter.entry.name for shelter in shelters}
    with element('ul', 'call-list'):
        for call in calls:
            with element('li', 'call-line'):
                who = numbers.get(call.help.evacuee, '') if call.help.evacuee else _('受付前の方')
                parts = (
                    _('訓練') if call.help.practice else '',
                    urgency_words()[call.help.urgency],
                    who,
                    names.get(call.help.shelter, ''),
                    short_time(call.called_at, clock.today()),
                )
                text('span', ' '.join(part for part in parts if part), 'call-words')
                with element('form', '', method='post', action=CALL.replace('{call:uuid}', str(call.id))):
                    text('button', _('対応します'), 'press press-main', type='submit')


def _draw_desk(desk: DeskInfo, place: DeskPlace, shelters: Sequence[ShelterInfo]) -> None:
    with element('section', 'section', aria_label=desk.name):
        text('h3', desk.name, 'section-title')
        with plain_form(DESK.replace('{desk:uuid}', str(desk.id)), _('この端末の設定を保存する')):
            chosen = str(place.shelter.id) if place.shelter else ''
            options = {str(shelter.id): shelter.entry.name for shelter in shelters}
            selection('shelter', _('避難所'), options if chosen else {'': _('選んでください'), **options}, chosen)
            areas = {'': _('決めない'), **{str(area.id): area.name for area in place.areas}}
            selection('area', _('受け付けた方の区画'), areas, str(place.area or ''))
            selection('mode', _('はじめの画面'), _mode_words(), str(place.mode))


async def _put(box: Box, desk: UUID, form: Mapping[str, str]) -> None:
    actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
    desks = {each.id for each in await box.desks.all() if each.job is Job.SHELTER}
    found = {str(shelter.id): shelter.id for shelter in await box.shelters.register.all()}
    shelter = found.get(form.get('shelter', ''))
    if shelter is None or desk not in desks:
        return
    areas = {str(area.id): area.id for area in await box.shelters.register.areas(shelter)}
    mode = form.get('mode', '')
    await box.shelters.reception.places.put(
        desk,
        shelter,
        actor,
        area=areas.get(form.get('area', '')),
        mode=Mode(mode) if mode in set(Mode) else Mode.RECEPTION,
    )


async def _numbers(box: Box, calls: Sequence[OpenCall]) -> dict[UUID, str]:
    found = [await box.shelters.evacuees.get(call.help.evacuee) for call in calls if call.help.evacuee]
    return {info.id: info.number for info in found if info is not None}


def _mode_words() -> dict[str, str]:
    return {Mode.RECEPTION.value: _('受付'), Mode.COUNT.value: _('人数を数える'), Mode.HANDOUT.value: _('配布')}
