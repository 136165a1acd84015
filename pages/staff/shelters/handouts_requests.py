"""`/staff/shelters/handouts/requests`: what shelters ask headquarters for, until it has arrived."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.handouts.request_values import Delivery, RequestEntry, RequestInfo, RequestRefused, RequestState
from app.shelters.handouts.values import ItemInfo, ItemKind
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import entry, many_lines, plain_form, selection
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.cars.values import WrongValue, day_of, number_of, time_of
from pages.staff.forms import posted
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.handouts_frame import REFUSED_STATUS, REQUESTS, handouts_page, id_of
from pages.staff.shelters.handouts_request_card import WITHDRAWABLE, draw_closed, draw_request

DRAFT, CHANGE, COMMAND = f'{REQUESTS}/draft', f'{REQUESTS}/{{request_id}}', f'{REQUESTS}/{{request_id}}/command'
LONGEST_REASON = 300
MOST_CLOSED = 50
Change = Callable[[Box, UUID, Mapping[str, str], Actor], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page shows; headquarters sees the requests of all shelters."""

    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    items: Sequence[ItemInfo] = ()
    open: Sequence[RequestInfo] = ()
    closed: Sequence[RequestInfo] = ()
    names: Mapping[UUID, str]


def register(condition: Condition) -> None:
    """Open the page, and what is decided on it."""

    @guarded_page(REQUESTS, permission=Permission.RUN_SHELTER)
    async def requests(shelter: str = '') -> None:
        _draw(await _scene(condition.require_box(), shelter))

    @guarded_post(DRAFT, permission=Permission.RUN_SHELTER)
    async def draft(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen = await chosen_shelter(box, form.get('shelter', ''))
        if chosen is None:
            return RedirectResponse(REQUESTS, status_code=303)
        try:
            await box.shelters.handouts.requests.draft(await _entry(box, chosen, form), actor)
        except (RequestRefused, WrongValue) as refused:
            scene, problem = await _scene(box, str(chosen.id)), _problem(refused)
            return drawn(request, lambda: _draw(scene, problem), REFUSED_STATUS)
        return RedirectResponse(f'{REQUESTS}?shelter={chosen.id}', status_code=303)

    @guarded_post(CHANGE, permission=Permission.RUN_SHELTER)
    async def change(request: Request, request_id: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        return await _changed(condition.require_box(), request, request_id, CHANGES, actor)

    @guarded_post(COMMAND, permission=Permission.COMMAND_SHELTERS)
    async def command(request: Request, request_id: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        return await _changed(condition.require_box(), request, request_id, COMMANDS, actor)


async def _changed(
    box: Box, request: Request, request_id: UUID, changes: Mapping[str, Change], actor: Actor
) -> Response:
    form = await posted(request)
    wanted, asked = changes.get(form.get('act', '')), form.get('shelter', '')
    try:
        if wanted is not None:
            await wanted(box, request_id, form, actor)
    except (RequestRefused, WrongValue) as refused:
        scene, problem = await _scene(box, asked), _problem(refused)
        return drawn(request, lambda: _draw(scene, problem), REFUSED_STATUS)
    return RedirectResponse(f'{REQUESTS}?shelter={id_of(asked)}' if asked else REQUESTS, status_code=303)


async def _entry(box: Box, shelter: ShelterInfo, form: Mapping[str, str]) -> RequestEntry:
    items = {str(item.id): item for item in await box.shelters.handouts.items.all()}
    item, what = items.get(form.get('item', '')), form.get('what', '').strip()
    return RequestEntry(
        shelter=shelter.id,
        what=item.entry.name if item and not what else what,
        quantity=number_of(form.get('quantity', ''), _('数')) or 0,
        unit=item.entry.unit if item and not what else form.get('unit', '')[:20],
        item=item.id if item and not what else None,
        needed_by=time_of(form.get('needed_by', ''), _('いつまでに')),
        remarks=form.get('remarks', ''),
        practice=shelter.practice,
    )


async def _send(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.handouts.requests.change(request, RequestState.SENT, actor)


async def _approve(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    quantity = number_of(form.get('quantity', ''), _('数'))
    await box.shelters.handouts.requests.change(request, RequestState.APPROVED, actor, quantity=quantity)


async def _dispatch(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.handouts.requests.change(request, RequestState.ON_THE_WAY, actor)


async def _withdraw(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    """The shelter takes back what headquarters has not approved, or the rest of what came in part."""
    found = await box.shelters.handouts.requests.get(request)
    if found is None or found.state not in WITHDRAWABLE:
        raise RequestRefused('state')
    await box.shelters.handouts.requests.change(request, RequestState.DECLINED, actor)


async def _decline(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    await box.shelters.handouts.requests.change(
        request, RequestState.DECLINED, actor, reason=form.get('reason', '')[:LONGEST_REASON]
    )


async def _receive(box: Box, request: UUID, form: Mapping[str, str], actor: Actor) -> None:
    pieces = number_of(form.get('pieces', ''), _('届いた数')) or 0
    delivery = Delivery(pieces=pieces, expires_on=day_of(form.get('expires_on', ''), _('賞味・使用期限')))
    await box.shelters.handouts.requests.receive(request, delivery, actor)


CHANGES: Mapping[str, Change] = {'send': _send, 'withdraw': _withdraw, 'receive': _receive}
COMMANDS: Mapping[str, Change] = {'approve': _approve, 'dispatch': _dispatch, 'decline': _decline}


def _problem(refused: RequestRefused | WrongValue) -> str:
    if isinstance(refused, WrongValue):
        return str(refused)
    return {
        'what': _('必要な物を選ぶか、100文字までで書いてください。'),
        'quantity': _('数: 1以上の数を入れてください。'),
        'remarks': _('備考を300文字までで書いてください。'),
        'state': _('ほかの人が先に変えています。いまの状態を確かめてください。'),
    }.get(str(refused), _('入力を確かめてください。'))


async def _scene(box: Box, asked: str) -> Scene:
    commands = is_allowed(current_principal(), Permission.COMMAND_SHELTERS)
    chosen, room = await chosen_shelter(box, asked), box.shelters.handouts
    names = {one.id: one.entry.name for one in await box.shelters.register.all()}
    practice = bool(chosen and chosen.practice)
    of = None if commands and not asked else chosen.id if chosen else None
    if of is None and not commands:
        return Scene(shelter=None, others=[], names=names)
    closed, _total = await room.requests.closed(of, practice=practice, limit=MOST_CLOSED)
    return Scene(
        shelter=chosen,
        others=await open_shelters(box),
        items=[item for item in await room.items.all() if item.entry.rules.kind is not ItemKind.BENEFIT],
        open=await room.requests.open(of, practice=practice),
        closed=closed,
        names=names,
    )


def _draw(scene: Scene, problem: str = '') -> None:
    shelter = scene.shelter
    asked = str(shelter.id) if shelter else ''
    with handouts_page(_('本部への要請'), REQUESTS, asked):
        draw_choice(REQUESTS, shelter, scene.others)
        if problem:
            message_box(MessageKind.FAILURE, _('変えていません。'), problem)
        with element('section', 'section', aria_label=_('これから届くもの')):
            text('h2', _('これから届くもの'), 'section-title')
            if not scene.open:
                empty_state(_('要請はありません'), _('足りなくなると、きまりの数で下書きができます。'))
            for one in scene.open:
                draw_request(one, scene.names.get(one.entry.shelter, ''), asked)
        if shelter is not None:
            _draw_draft(shelter, scene.items)
        draw_closed(scene.closed, scene.names)


def _draw_draft(shelter: ShelterInfo, items: Sequence[ItemInfo]) -> None:
    with element('section', 'section', aria_label=_('要請を書く')):
        text('h2', _('要請を書く'), 'section-title')
        with plain_form(DRAFT, _('下書きを作る'), hidden={'shelter': str(shelter.id)}):
            names = {'': _('(一覧にない物)'), **{str(item.id): item.entry.name for item in items}}
            selection('item', _('物'), names, '')
            entry('what', _('一覧にない物の名前'), hint=_('発電機、担架、看護師など'), most=100)
            entry('quantity', _('数'), kind='number', required=True)
            entry('unit', _('単位'), hint=_('一覧にない物のとき'), most=20)
            entry('needed_by', _('いつまでに'), kind='datetime-local')
            many_lines('remarks', _('備考'), most=300)
