"""`/staff/shelters/handouts`: what went out, one press to take it back, and a handout that an officer decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.records import HandoutInfo
from app.shelters.handouts.rules import day_began
from app.shelters.handouts.values import ItemInfo, ItemKind
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.times import short_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES, HANDOUTS
from pages.staff.forms import posted
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.handouts_frame import ITEMS, REFUSED_STATUS, handouts_page, seen_people
from pages.staff.shelters.handouts_giving import Tried, draw_giving, give
from pages.staff.shelters.handouts_words import answer_words

GIVE = '/staff/shelters/{shelter}/handouts'
TAKE_BACK = '/staff/shelters/{shelter}/handouts/back'
MOST_SHOWN, MOST_READ = 50, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page shows."""

    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    items: Sequence[ItemInfo] = ()
    today: Mapping[UUID, int] | None = None
    handouts: Sequence[HandoutInfo] = ()
    people: Mapping[UUID, EvacueeInfo] | None = None


def register(condition: Condition) -> None:
    """Open the page, and what is done on it."""

    @guarded_page(HANDOUTS, permission=Permission.RUN_SHELTER)
    async def handouts(shelter: str = '', done: str = '') -> None:
        box = condition.require_box()
        _draw(await _scene(box, await chosen_shelter(box, shelter)), done=done)

    @guarded_post(GIVE, permission=Permission.RUN_SHELTER)
    async def give_one(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen = await box.shelters.register.get(shelter)
        if chosen is None:
            return RedirectResponse(HANDOUTS, status_code=303)
        tried = await give(box, chosen, form, actor)
        if not tried.problem:
            return RedirectResponse(f'{HANDOUTS}?shelter={shelter}&done=given', status_code=303)
        scene = await _scene(box, chosen)
        return drawn(request, lambda: _draw(scene, tried), REFUSED_STATUS)

    @guarded_post(TAKE_BACK, permission=Permission.RUN_SHELTER)
    async def take_back(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        latest, _total = await _latest(box, await box.shelters.register.get(shelter))
        wanted = next((one for one in latest if str(one.id) == form.get('handout')), None)
        if wanted is not None:
            await box.shelters.handouts.handouts.take_back(wanted.id, actor)
        return RedirectResponse(f'{HANDOUTS}?shelter={shelter}&done=taken_back', status_code=303)


async def _scene(box: Box, shelter: ShelterInfo | None) -> Scene:
    others = await open_shelters(box)
    if shelter is None:
        return Scene(shelter=None, others=others)
    room, since = box.shelters.handouts, day_began(clock.now())
    items = [item for item in await room.items.all() if item.entry.rules.kind is not ItemKind.BENEFIT]
    counts = [await room.handouts.count(shelter.id, item.id, since, practice=shelter.practice) for item in items]
    latest, _total = await _latest(box, shelter)
    people = await seen_people(box, [one.evacuee for one in latest if one.evacuee])
    seen = [one for one in latest if one.evacuee is None or one.evacuee in people]
    return Scene(
        shelter=shelter,
        others=others,
        items=items,
        today={item.id: count.pieces for item, count in zip(items, counts, strict=True) if count.times},
        handouts=seen[:MOST_SHOWN],
        people=people,
    )


async def _latest(box: Box, shelter: ShelterInfo | None) -> tuple[Sequence[HandoutInfo], int]:
    if shelter is None:
        return (), 0
    return await box.shelters.handouts.handouts.latest(shelter.id, practice=shelter.practice, limit=MOST_READ)


def _draw(scene: Scene, tried: Tried | None = None, *, done: str = '') -> None:
    shelter = scene.shelter
    with handouts_page(_('配布と給付'), HANDOUTS, str(shelter.id) if shelter else ''):
        draw_choice(HANDOUTS, shelter, scene.others)
        if shelter is None:
            return
        told = {'given': _('渡した記録をしました。'), 'taken_back': _('取り消しました。在庫にも戻っています。')}
        if done in told:
            message_box(MessageKind.DONE, told[done])
        if not scene.items:
            empty_state(_('配る物がまだ登録されていません'), _('「品目ときまり」で登録します。'))
            text('a', _('品目ときまり'), 'press press-main', href=ITEMS)
            return
        _draw_today(scene)
        draw_giving(shelter, scene.items, tried)
        _draw_latest(shelter, scene)


def _draw_today(scene: Scene) -> None:
    with element('section', 'section', aria_label=_('きょう配った数')):
        text('h2', _('きょう配った数'), 'section-title')
        if not scene.today:
            text('p', _('きょうはまだ配っていません。端末の「配布」で、カードをタッチして渡せます。'), 'quiet')
            return
        with element('dl', 'facts'):
            for item in scene.items:
                if item.id in scene.today:
                    with element('div', 'fact'):
                        text('dt', item.entry.name)
                        text('dd', f'{scene.today[item.id]:,}{item.entry.unit}')


def _draw_latest(shelter: ShelterInfo, scene: Scene) -> None:
    names = {item.id: item.entry for item in scene.items}
    with element('section', 'section', aria_label=_('渡した記録')):
        text('h2', _('渡した記録'), 'section-title')
        if not scene.handouts:
            text('p', _('まだありません。'), 'quiet')
            return
        with element('div', 'data-table table-scroll', tabindex='0'), element('table', 'q-table'):
            with element('thead'), element('tr'):
                for heading in (_('時刻'), _('物'), _('渡した方'), _('備考'), _('取り消し')):
                    text('th', heading, scope='col')
            with element('tbody'):
                for one in scene.handouts:
                    entry = names.get(one.item)
                    what = f'{entry.name} {one.quantity:,}{entry.unit}' if entry else f'{one.quantity:,}'
                    _draw_one(shelter, one, what, scene.people or {})


def _draw_one(shelter: ShelterInfo, one: HandoutInfo, what: str, people: Mapping[UUID, EvacueeInfo]) -> None:
    with element('tr'):
        text('td', short_time(one.given_at, clock.today()), 'cell-whole')
        text('td', what)
        with element('td'):
            info = people.get(one.evacuee) if one.evacuee else None
            if info is None:
                text('span', _('記名なし'))
            else:
                text('a', info.number, 'cell-link', href=f'{EVACUEES}/{info.id}')
        text('td', ' / '.join(_remarks(one)))
        with element('td'):
            if one.taken_back_at is None and one.origin is None:
                with element('form', '', method='post', action=TAKE_BACK.replace('{shelter}', str(shelter.id))):
                    element('input', '', type='hidden', name='handout', value=str(one.id))
                    text('button', _('取り消す'), 'press press-quiet press-small', type='submit')


def _remarks(one: HandoutInfo) -> list[str]:
    remarks = [_('取り消し済み')] if one.taken_back_at else []
    remarks += [_('ほかの避難所の記録')] if one.origin else []
    remarks += [_('世帯の方が受け取り')] if one.collected_by else []
    remarks += [_('{name} さんが受け取り').format(name=one.proxy)] if one.proxy else []
    remarks += [answer_words()[answer] for answer in sorted(one.overrode)]
    return remarks + ([one.reason] if one.reason else [])
