"""A shelter that is in no list: temporary, self-organised, for stranded travellers, parked cars."""

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.facilities import UNLISTED
from app.shelters.places import ShelterEntry, ShelterRefused
from app.shelters.values import ShelterKind
from components.elements import text
from components.plain_forms import plain_form, tick
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_NEW, SHELTERS
from pages.staff.cars.values import WrongValue, is_ticked
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.form import draw_shelter_fields, posted_shelter
from pages.staff.shelters.words import refused_words

REFUSED_STATUS = 422
EMPTY = ShelterEntry(code='', name='', kind=ShelterKind.TEMPORARY)


def register(condition: Condition) -> None:
    """Open the form."""

    @guarded_page(SHELTER_NEW, permission=Permission.RUN_SHELTER)
    def new_shelter() -> None:
        _draw(EMPTY)

    @guarded_post(SHELTER_NEW, permission=Permission.RUN_SHELTER)
    async def add(request: Request) -> Response:
        return await _add(request, condition.require_box())


async def _add(request: Request, box: Box) -> Response:
    actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
    form = await posted(request)
    typed = EMPTY
    try:
        typed = posted_shelter(form, EMPTY)
        practice = is_ticked(form, 'practice')
        added = await box.shelters.opening.facilities.add_unlisted(typed, actor, practice=practice)
    except WrongValue as wrong:
        problem = str(wrong)
    except ShelterRefused as refused:
        problem = refused_words(str(refused))
    else:
        return RedirectResponse(f'{SHELTERS}/{added.id}?done=added', status_code=303)
    kept = ShelterEntry(code='', name=form.get('name', ''), kind=typed.kind, address=form.get('address', ''))
    return drawn(request, lambda: _draw(kept, problem), REFUSED_STATUS)


def _draw(typed: ShelterEntry, problem: str = '') -> None:
    with staff_page(_('避難所を追加する'), SHELTERS):
        text('p', _('必ず要るのは名称だけです。同じ場所を二度登録しても、あとで本部がまとめます。'), 'quiet')
        with plain_form(SHELTER_NEW, _('追加する'), error=problem):
            draw_shelter_fields(typed, UNLISTED)
            tick('practice', _('訓練として使う'))
        text('a', _('一覧へ戻る'), '', href=SHELTERS)
