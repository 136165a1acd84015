"""`/staff/shelters/needs`: the standards of a shelter as they stand, and what was found there."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui
from nicegui.element import Element

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.needs.facts import AMOUNTS, CONDITIONS, Fact, FactRefused, Found
from app.shelters.needs.facts import Condition as State
from app.shelters.needs.strip import Strip, draft
from app.shelters.needs.words import fact_word
from app.shelters.places import ShelterInfo
from components.elements import box as element
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_NEEDS as NEEDS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.needs_entry import draw_entry
from pages.staff.shelters.needs_requests import ask_for, draw_drafts, is_asked_for
from pages.staff.shelters.needs_strip import draw_strip

ENTER = '/staff/shelters/{shelter}/facts'
ASK = '/staff/shelters/{shelter}/needs/request'
REFUSED_STATUS = 422
LOOK_AGAIN_SECONDS = 60
EMPTIED = ''


def register(condition: Condition) -> None:
    """Open the page, and what is entered on it."""

    @guarded_page(NEEDS, permission=Permission.RUN_SHELTER)
    async def needs(shelter: str = '') -> None:
        box = condition.require_box()
        chosen = await chosen_shelter(box, shelter)
        await _draw(box, chosen)

    @guarded_post(ENTER, permission=Permission.RUN_SHELTER)
    async def enter(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen = await box.shelters.register.get(shelter)
        if chosen is None:
            return RedirectResponse(NEEDS, status_code=303)
        try:
            await _enter(box, chosen, form, actor)
        except FactRefused as refused:
            strip, others = await box.shelters.needs.strip(chosen), await open_shelters(box)
            asked = await is_asked_for(box, chosen)
            problem = _problem(str(refused))

            def draw() -> None:
                _draw_known(chosen, others, strip, asked, problem)

            return drawn(request, draw, REFUSED_STATUS)
        return RedirectResponse(f'{NEEDS}?shelter={shelter}', status_code=303)

    @guarded_post(ASK, permission=Permission.RUN_SHELTER)
    async def ask(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        chosen = await box.shelters.register.get(shelter)
        if chosen is not None:
            wanted = draft(await box.shelters.needs.strip(chosen))
            await ask_for(box, chosen, [one for one in wanted if one.standard == form.get('standard')], actor)
        return RedirectResponse(f'{NEEDS}?shelter={shelter}', status_code=303)


async def _enter(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    entries = {fact: _found(fact, form[fact.value]) for fact in Fact if fact.value in form}
    known = await box.shelters.needs.facts.of(shelter.id, practice=shelter.practice)
    told = {fact: found for fact, found in entries.items() if found.is_confirmed or fact in known}
    await box.shelters.needs.facts.enter(shelter.id, told, actor, practice=shelter.practice)


def _found(fact: Fact, typed: str) -> Found:
    plain = typed.strip().replace(',', '')
    if plain == EMPTIED:
        return Found()
    try:
        return Found(condition=State(plain)) if fact in CONDITIONS else Found(float(plain))
    except ValueError:
        raise FactRefused(fact.value) from None


def _problem(name: str) -> str:
    fact = Fact(name)
    if fact in AMOUNTS:
        return _('{label}: 0以上の数を入れてください。分からないときは空にします。').format(label=fact_word(fact))
    return _('{label}: 状態を選んでください。').format(label=fact_word(fact))


async def _draw(box: Box, chosen: ShelterInfo | None) -> None:
    others = await open_shelters(box)
    if chosen is None:
        with staff_page(_('避難所のニーズ'), NEEDS):
            draw_choice(NEEDS, None, others)
        return
    strip = await box.shelters.needs.strip(chosen)
    live = _draw_known(chosen, others, strip, await is_asked_for(box, chosen))

    async def look_again() -> None:
        now, asked = await box.shelters.needs.strip(chosen), await is_asked_for(box, chosen)
        live.clear()
        with live:
            _draw_live(chosen, now, asked)

    ui.timer(LOOK_AGAIN_SECONDS, look_again, immediate=False)


def _draw_known(
    chosen: ShelterInfo, others: list[ShelterInfo], strip: Strip, asked: frozenset[str], problem: str = ''
) -> Element:
    with staff_page(_('避難所のニーズ'), NEEDS):
        draw_choice(NEEDS, chosen, others)
        with element('div', 'needs-live') as live:
            _draw_live(chosen, strip, asked)
        draw_entry(chosen, strip.facts, problem)
    return live


def _draw_live(chosen: ShelterInfo, strip: Strip, asked: frozenset[str]) -> None:
    draw_strip(strip)
    draw_drafts(chosen, draft(strip), asked)
