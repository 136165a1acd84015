"""What staff make of a shelter with one press: open, full, closed, taken over, here, a drill."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.closing import StillPresent, WrongState
from app.shelters.places import ShelterRefused
from app.shelters.resident_session import OpeningRefused
from app.shelters.values import ShelterState
from pages.guarded import guarded_post
from pages.staff.addresses import SHELTERS
from pages.staff.cars.values import is_ticked
from pages.staff.forms import posted
from pages.staff.shelters.codes import show_codes
from pages.staff.shelters.shelter import refused
from pages.staff.shelters.words import refused_words

PATH = f'{SHELTERS}/{{shelter:uuid}}'
MOST_LETTERS = 200


def register(condition: Condition) -> None:
    """Open the targets of the buttons."""

    @guarded_post(f'{PATH}/state', permission=Permission.RUN_SHELTER)
    async def set_state(request: Request, shelter: UUID) -> Response:
        wanted = (await posted(request)).get('state', '')
        state = ShelterState(wanted) if wanted in set(ShelterState) else ShelterState.CLOSED
        if state is ShelterState.CLOSED:
            return await refused(request, condition.require_box(), shelter, _('この状態にはできません。'))
        return await _set_state(request, condition.require_box(), shelter, state)

    @guarded_post(f'{PATH}/close', permission=Permission.MANAGE_SHELTERS)
    async def close(request: Request, shelter: UUID) -> Response:
        return await _set_state(request, condition.require_box(), shelter, ShelterState.CLOSED)

    @guarded_post(f'{PATH}/adopt', permission=Permission.RUN_SHELTER)
    async def adopt(request: Request, shelter: UUID) -> Response:
        return await _adopt(request, condition.require_box(), shelter)

    @guarded_post(f'{PATH}/sealed', permission=Permission.RUN_SHELTER)
    async def sealed(shelter: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.RUN_SHELTER)
        await box.shelters.opening.adoptions.confirm_sealed(shelter, actor_of(principal))
        return _done(shelter, 'sealed')

    @guarded_post(f'{PATH}/here', permission=Permission.RUN_SHELTER)
    async def here(request: Request, shelter: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.RUN_SHELTER)
        try:
            await box.shelters.opening.facilities.stand_in(shelter, actor_of(principal))
        except ShelterRefused as error:
            return await refused(request, box, shelter, refused_words(str(error)))
        return _done(shelter, 'here')

    @guarded_post(f'{PATH}/practice', permission=Permission.RUN_SHELTER)
    async def practice(request: Request, shelter: UUID) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.RUN_SHELTER)
        begins = is_ticked(await posted(request), 'practice')
        try:
            await box.shelters.opening.facilities.set_practice(shelter, begins, actor_of(principal))
        except ShelterRefused as error:
            return await refused(request, box, shelter, refused_words(str(error)))
        return _done(shelter, 'practice')


async def _set_state(request: Request, box: Box, shelter: UUID, state: ShelterState) -> Response:
    form, principal = await posted(request), require(current_principal(), Permission.RUN_SHELTER)
    reason = form.get('reason', '').strip()[:MOST_LETTERS]
    try:
        await box.shelters.opening.states.set(shelter, state, actor_of(principal), reason=reason)
    except StillPresent as present:
        words = _('まだ {count}人が登録されています。閉鎖できません。').format(count=f'{present.people:,}')
        return await refused(request, box, shelter, words)
    except WrongState:
        return await refused(request, box, shelter, _('ほかの人が先に変えました。いまの状態を確かめてください。'))
    return _done(shelter, 'state')


async def _adopt(request: Request, box: Box, shelter: UUID) -> Response:
    principal = require(current_principal(), Permission.RUN_SHELTER)
    try:
        made = await box.shelters.opening.adoptions.adopt(shelter, actor_of(principal))
    except OpeningRefused:
        return await refused(request, box, shelter, _('もう引き継がれています。'))
    return await show_codes(request, box, principal.session, [made])


def _done(shelter: UUID, what: str) -> Response:
    return RedirectResponse(f'{SHELTERS}/{shelter}?done={what}', status_code=303)
