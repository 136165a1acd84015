"""`/staff/shelters/across`: who was received at the shelter of another box and stays here by the record."""

from collections.abc import Sequence

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from app.shelters.across.elsewhere import LeftBehind
from app.shelters.stays import NotHere
from app.shelters.values import LeftFor
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import plain_form
from components.plain_table import ROWS_PER_PAGE, offset_of, pager
from components.times import day_and_time
from pages.guarded import guarded_page, guarded_post
from pages.staff.addresses import EVACUEES, SHELTER_ACROSS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people import is_uuid

LEAVE = f'{SHELTER_ACROSS}/leave'


def register(condition: Condition) -> None:
    """Open the list, and the press that ends a stay."""

    @guarded_page(SHELTER_ACROSS, permission=Permission.RUN_SHELTER)
    async def across(page: int = 1, done: str = '') -> None:
        elsewhere, offset = condition.require_box().shelters.across.elsewhere, offset_of(page)
        found = await elsewhere.left_behind(offset=offset, limit=ROWS_PER_PAGE)
        _draw(found, offset, sum(each.people for each in await elsewhere.waiting()), done)

    @guarded_post(LEAVE, permission=Permission.RUN_SHELTER)
    async def leave(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        shelters, form = condition.require_box().shelters, await posted(request)
        evacuee, shelter = is_uuid(form.get('evacuee', '')), is_uuid(form.get('shelter', ''))
        waiting = await shelters.across.elsewhere.left_behind(evacuee) if evacuee else []
        if evacuee is None or shelter is None or shelter not in {one.shelter for one in waiting}:
            return RedirectResponse(f'{SHELTER_ACROSS}?done=gone', status_code=303)
        try:
            await shelters.stays.leave(evacuee, shelter, LeftFor.OTHER_SHELTER, actor)
        except NotHere:
            return RedirectResponse(f'{SHELTER_ACROSS}?done=gone', status_code=303)
        return RedirectResponse(f'{SHELTER_ACROSS}?done=left', status_code=303)


def draw_left_behind(found: Sequence[LeftBehind]) -> None:
    """On the page of a person: they were received at another shelter, which is not named here."""
    for one in found:
        message_box(
            MessageKind.NOTE,
            _('他の避難所で受付されました({at})。').format(at=day_and_time(one.at)),
            _('本人がもう{shelter}にいないと確かめたら、退所にしてください。').format(shelter=one.shelter_name),
        )
        _draw_press(one)


def _draw(found: Sequence[LeftBehind], offset: int, total: int, done: str) -> None:
    with staff_page(_('他の避難所で受付された方'), EVACUEES):
        if done == 'left':
            message_box(MessageKind.DONE, _('退所を記録しました。'))
        if done == 'gone':
            message_box(MessageKind.FAILURE, _('この避難所での滞在はもう終わっています。'), _('何も変わっていません。'))
        if not found:
            empty_state(_('他の避難所で受付された方はいません'), _('ほかの箱から記録が届くと、ここに出ます。'))
            return
        text('p', _('本人がもうここにいないと確かめたら、退所にしてください。'))
        text('p', _('同じカードや腕輪が、ここで最後に確かめたあと、ほかの避難所の箱で使われました。'), 'quiet')
        for one in found:
            with element('section', 'section panel', aria_label=one.number):
                text('a', one.number, 'section-title cell-link', href=f'{EVACUEES}/{one.evacuee}')
                if one.practice:
                    text('p', _('訓練'), 'practice-mark')
                text('p', _('{shelter}に滞在中の記録があります。').format(shelter=one.shelter_name))
                text('p', _('他の避難所での受付: {at}').format(at=day_and_time(one.at)))
                _draw_press(one)
        pager(SHELTER_ACROSS, {}, offset, total)


def _draw_press(one: LeftBehind) -> None:
    hidden = {'evacuee': str(one.evacuee), 'shelter': str(one.shelter)}
    with plain_form(LEAVE, _('退所にする'), hidden=hidden):
        pass
