"""`/staff/shelters/papers/{photo}`: the photo of a form, and beside it the entry of what stands on it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo, Registration
from app.shelters.papers.service import NotWaiting, PaperInfo, PaperState
from app.shelters.printed_codes import LENGTH, CodeOrigin
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import Place
from app.shelters.visitors import visitor_by_default
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, selection, tick
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_PAPERS
from pages.staff.cars.values import is_ticked
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people import is_uuid
from pages.staff.shelters.people_words import by_value, place_words
from pages.staff.shelters.person_edit import draw_fields, form_of
from pages.staff.shelters.person_values import WrongField, changed_details

ONE = f'{SHELTER_PAPERS}/{{photo}}'
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is typed in now."""

    photo: PaperInfo
    known: EvacueeInfo | None
    """Whom the code on the form leads to already."""
    first: EvacueeInfo | None
    """Who was typed in before from the same sheet: the others are of that household."""


def register(condition: Condition) -> None:
    """Open the page of each photo."""

    @guarded_page(ONE, permission=Permission.RUN_SHELTER)
    async def paper(photo: UUID, first: str = '') -> Response | None:
        box = condition.require_box()
        found = await _entry(box, photo, first)
        if found is None:
            return RedirectResponse(f'{SHELTER_PAPERS}?done=other', status_code=303)
        _draw(found, form_of(found.known) if found.known else await _new_form(box, found))
        return None

    @guarded_post(ONE, permission=Permission.RUN_SHELTER)
    async def save(request: Request, photo: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        found = await _entry(box, photo, form.get('first', ''))
        if found is None:
            return RedirectResponse(f'{SHELTER_PAPERS}?done=other', status_code=303)
        try:
            details = changed_details(form, found.known.details if found.known else PersonDetails())
            if not details.is_named:
                raise WrongField(_('氏名を入れてください。読めないときは、読めるところだけ入れます。'))
            if form.get('code', '').strip() and not _code_in(box, form):
                words = _('紙の番号が違います。印刷された{letters}文字を、そのまま入れてください。')
                raise WrongField(words.format(letters=LENGTH))
        except WrongField as wrong:
            problem = str(wrong)
            return drawn(request, lambda: _draw(found, form, problem), REFUSED_STATUS)
        person = await _saved(box, found, details, form, actor)
        return await _go_on(box, found, person, actor, more=is_ticked(form, 'more'))


async def _entry(box: Box, photo: UUID, first: str) -> _Entry | None:
    info = await box.papers.get(photo)
    if info is None or info.state is not PaperState.WAITING:
        return None
    before = is_uuid(first)
    spoke = await box.shelters.evacuees.get(before) if before else None
    known = await _holder(box, info.code) if info.code and not spoke else None
    return _Entry(info, None if known and known.details.protected else known, spoke)


def _code_in(box: Box, form: Mapping[str, str]) -> str:
    """The code on the form; another box may have printed it."""
    read = box.shelters.tokens.codes.read(form.get('code', ''))
    return read.text if read.origin in (CodeOrigin.OWN, CodeOrigin.OTHER_BOX) else ''


async def _new_form(box: Box, found: _Entry) -> dict[str, str]:
    shelter = await box.shelters.register.get(found.photo.shelter)
    before = await box.shelters.stays.of(found.first.id) if found.first else []
    by_default = shelter is not None and visitor_by_default(shelter, '')
    is_visitor = any(stay.visitor for stay in before) if before else by_default
    return {'code': found.photo.code, 'visitor': '1' if is_visitor else ''}


async def _holder(box: Box, code: str) -> EvacueeInfo | None:
    holder = await box.shelters.evacuees.by_token(Token.printed(code))
    return await box.shelters.evacuees.get(await box.shelters.duplicates.current(holder.id)) if holder else None


async def _saved(box: Box, found: _Entry, details: PersonDetails, form: Mapping[str, str], actor: Actor) -> EvacueeInfo:
    """Register the person, or enter what the form says of somebody whom its code leads to."""
    room, photo = box.shelters, found.photo
    if found.known is not None:
        return await room.evacuees.set_details(found.known.id, details, actor)
    code, place = _code_in(box, form), form.get('place', '')
    there = Place(place) if place in set(Place) else Place.SHELTER
    registered = await room.evacuees.register(
        Registration(
            arrival=Arrival(
                shelter=photo.shelter, place=there, visitor=is_ticked(form, 'visitor'), practice=photo.practice
            ),
            details=details,
            token=Token.printed(code) if code and found.first is None else None,
            attempt=f'paper:{photo.id}:{form.get("once", "")[:12]}',
        ),
        actor,
    )
    person = registered.evacuee
    if registered.already and person.details != details and not person.details.protected:
        person = await room.evacuees.set_details(person.id, details, actor)
    if found.first is not None:
        await _join(box, found.first.id, person.id, actor)
    return person


async def _join(box: Box, first: UUID, person: UUID, actor: Actor) -> None:
    household = await box.shelters.households.of(first)
    if household is None:
        await box.shelters.households.create((first, person), actor)
    elif person not in household.members:
        await box.shelters.households.add(household.id, (person,), actor)


async def _go_on(box: Box, found: _Entry, person: EvacueeInfo, actor: Actor, *, more: bool) -> Response:
    """To the next of the same sheet, else to the next sheet."""
    first = found.first or person
    if more:
        return RedirectResponse(f'{SHELTER_PAPERS}/{found.photo.id}?first={first.id}', status_code=303)
    try:
        await box.papers.enter(found.photo.id, first.id, actor)
    except NotWaiting:
        return RedirectResponse(f'{SHELTER_PAPERS}?done=other', status_code=303)
    shelter = await box.shelters.register.get(found.photo.shelter)
    waiting, _count = await box.papers.waiting(shelter, 1) if shelter else ([], 0)
    if waiting:
        return RedirectResponse(f'{SHELTER_PAPERS}/{waiting[0].id}', status_code=303)
    return RedirectResponse(f'{SHELTER_PAPERS}?shelter={found.photo.shelter}&done=entered', status_code=303)


def _draw(found: _Entry, form: Mapping[str, str], problem: str = '') -> None:
    address = f'{SHELTER_PAPERS}/{found.photo.id}'
    with staff_page(_('紙の登録票の入力'), SHELTER_PAPERS):
        if found.photo.practice:
            text('p', _('訓練'), 'practice-mark')
        _draw_who(found)
        with element('div', 'paper-entry'):
            with element('div', 'paper-photo', tabindex='0', role='group', aria_label=_('紙の写真')):
                element('img', '', src=f'{address}/picture', alt=_('記入された登録票'))
            with element('div', ''):
                _draw_form(found, form, problem)
        with plain_form(f'{address}/aside', _('この写真を使わずに捨てる'), careful=True, classes=''):
            pass
        text('a', _('一覧へ戻る'), '', href=f'{SHELTER_PAPERS}?shelter={found.photo.shelter}')


def _draw_who(found: _Entry) -> None:
    if found.first is not None:
        name = found.first.details.name or found.first.number
        message_box(MessageKind.NOTE, _('{name} さんの世帯の、次の方を入力します。').format(name=name))
    elif found.known is not None:
        words = _('この紙の番号は {number} の方のものです。').format(number=found.known.number)
        message_box(MessageKind.NOTE, words, _('登録済みの内容に、紙の内容を足します。'))


def _draw_form(found: _Entry, form: Mapping[str, str], problem: str) -> None:
    once = form.get('once') or uuid.uuid4().hex[:12]
    hidden = {'once': once, 'first': str(found.first.id) if found.first else ''}
    with plain_form(f'{SHELTER_PAPERS}/{found.photo.id}', _('保存して次へ'), error=problem, classes='', hidden=hidden):
        if found.known is None and found.first is None:
            hint = _('QRから読めたときは、入っています。ないときは空のままでかまいません。')
            words = _('紙の番号({letters}文字)').format(letters=LENGTH)
            entry('code', words, form.get('code', ''), most=LENGTH + 8, hint=hint)
        if found.known is None:
            selection('place', _('滞在の場所'), by_value(place_words()), form.get('place', str(Place.SHELTER)))
            tick('visitor', _('市外の方'), is_ticked(form, 'visitor'))
        draw_fields(form)
        tick('more', _('同じ紙の家族を、続けて入力する'))
