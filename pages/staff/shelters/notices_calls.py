"""Calling people by number, and seeing to those who said on their phones that they leave."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.guardians import WITHOUT_TAKER
from app.shelters.leaving import Declared
from app.shelters.person_calls import Called, CannotCall
from app.shelters.places import ShelterInfo
from app.shelters.stays import NotHere
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form
from pages.guarded import guarded_post
from pages.public.resident_words import leaving_words
from pages.staff.addresses import EVACUEES, SHELTER_NOTICES
from pages.staff.forms import posted

CALL = f'{SHELTER_NOTICES}/call'
CAME = f'{SHELTER_NOTICES}/came'
SETTLE = f'{SHELTER_NOTICES}/settle'


def register(condition: Condition) -> None:
    """Open the targets of the forms."""

    @guarded_post(CALL, permission=Permission.RUN_SHELTER)
    async def call(request: Request) -> Response:
        return await _call(condition.require_box(), await posted(request))

    @guarded_post(CAME, permission=Permission.RUN_SHELTER)
    async def came(request: Request) -> Response:
        actor, form = actor_of(require(current_principal(), Permission.RUN_SHELTER)), await posted(request)
        await condition.require_box().shelters.person_calls.came(id_in(form, 'call'), actor)
        return _back(form, 'came')

    @guarded_post(SETTLE, permission=Permission.RUN_SHELTER)
    async def settle(request: Request) -> Response:
        return await _settle(condition.require_box(), await posted(request))


def draw_calls(
    shelter: ShelterInfo,
    calls: Sequence[Called],
    leavings: Sequence[Declared],
    numbers: Mapping[UUID, str],
    *,
    failed: bool,
) -> None:
    """Who is called, the form to call somebody, and who is leaving."""
    with element('section', 'section', aria_label=_('番号で呼び出す')):
        text('h2', _('番号で呼び出す'), 'section-title')
        for each in calls:
            with element('div', 'buttons'):
                text('strong', each.number)
                _one_press(CAME, _('来ました'), {'call': str(each.id), 'shelter': str(shelter.id)})
        with plain_form(
            CALL,
            _('呼び出す'),
            error=_cannot_call() if failed else '',
            hidden={'shelter': str(shelter.id)},
            classes='filter',
        ):
            entry('number', _('番号'), hint=_('名前では呼び出しません。画面に出て、声でも伝えます。'), most=20)
    if not leavings:
        return
    with element('section', 'section', aria_label=_('出ると伝えた方')):
        text('h2', _('出ると伝えた方'), 'section-title')
        for leaving in leavings:
            with element('div', 'buttons'):
                where = leaving_words().get(leaving.left_for, leaving.left_for)
                text('span', f'{numbers.get(leaving.evacuee, "")} {where}')
                _one_press(SETTLE, _('退所を記録する'), {'declared': str(leaving.id), 'shelter': str(shelter.id)})


def id_in(form: Mapping[str, str], name: str) -> UUID:
    """The id in a field; nonsense is nobody's id."""
    try:
        return UUID(form.get(name, ''))
    except ValueError:
        return UUID(int=0)


def _cannot_call() -> str:
    return _('この番号は呼び出せません。番号を確かめるか、受付で探してください。')


def _one_press(action: str, label: str, hidden: Mapping[str, str]) -> None:
    with plain_form(action, label, hidden=hidden):
        pass


async def _call(box: Box, form: Mapping[str, str]) -> Response:
    actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
    try:
        await box.shelters.person_calls.call(id_in(form, 'shelter'), form.get('number', ''), actor)
    except CannotCall:
        return RedirectResponse(f'{SHELTER_NOTICES}?shelter={quote(form.get("shelter", ""))}&problem=1', 303)
    return _back(form, 'called')


async def _settle(box: Box, form: Mapping[str, str]) -> Response:
    actor, shelter = actor_of(require(current_principal(), Permission.RUN_SHELTER)), id_in(form, 'shelter')
    for practice in (False, True):
        for each in await box.shelters.leavings.open(shelter, practice=practice):
            if str(each.id) == form.get('declared'):
                if each.left_for not in WITHOUT_TAKER and await box.shelters.guardians.is_alone(each.evacuee):
                    return RedirectResponse(f'{EVACUEES}/{each.evacuee}?problem=child_alone', 303)
                await _leave(box, each, actor)
    return _back(form, 'settled')


async def _leave(box: Box, declared: Declared, actor: Actor) -> None:
    try:
        await box.shelters.stays.leave(declared.evacuee, declared.shelter, declared.left_for, actor)
    except NotHere:
        pass
    await box.shelters.leavings.settle(declared.id, actor)


def _back(form: Mapping[str, str], done: str) -> Response:
    return RedirectResponse(f'{SHELTER_NOTICES}?shelter={quote(form.get("shelter", ""))}&done={done}', 303)
