"""`/staff/shelters/health`: who is ill, and where they were brought to."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.needs.health import CaseEntry, CaseInfo, CaseRefused, Symptom, proposed_area
from app.shelters.numbers import read_number
from app.shelters.places import Area, ShelterInfo
from app.shelters.stays import NotHere
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import entry, many_lines, plain_form, tick
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_HEALTH
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters

NOTE = '/staff/shelters/{shelter}/health'
ACT = SHELTER_HEALTH + '/{case}'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the log, and what is written into it."""

    @guarded_page(SHELTER_HEALTH, permission=Permission.READ_EVACUEES)
    async def health(shelter: str = '') -> None:
        box = condition.require_box()
        chosen, others = await chosen_shelter(box, shelter), await open_shelters(box)
        cases = await box.shelters.needs.health.open(chosen.id, practice=chosen.practice) if chosen else []
        areas = await box.shelters.register.areas(chosen.id) if chosen else []
        _draw(chosen, others, cases, areas)

    @guarded_post(NOTE, permission=Permission.READ_EVACUEES)
    async def note(request: Request, shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
        box, form = condition.require_box(), await posted(request)
        chosen = await box.shelters.register.get(shelter)
        if chosen is None:
            return RedirectResponse(SHELTER_HEALTH, status_code=303)
        try:
            await _note(box, chosen, form, actor)
        except CaseRefused as refused:
            others, problem = await open_shelters(box), _problem(str(refused))
            cases = await box.shelters.needs.health.open(shelter, practice=chosen.practice)
            areas = await box.shelters.register.areas(shelter)
            return drawn(request, lambda: _draw(chosen, others, cases, areas, problem), REFUSED_STATUS)
        return RedirectResponse(f'{SHELTER_HEALTH}?shelter={shelter}', status_code=303)

    @guarded_post(ACT, permission=Permission.READ_EVACUEES)
    async def act(request: Request, case: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
        log, form = condition.require_box().shelters.needs.health, await posted(request)
        try:
            if form.get('area'):
                await log.isolate(case, UUID(form['area']), actor)
            else:
                await log.end(case, actor)
        except (CaseRefused, NotHere, ValueError):
            return RedirectResponse(SHELTER_HEALTH, status_code=303)
        return RedirectResponse(f'{SHELTER_HEALTH}?shelter={form.get("shelter", "")}', status_code=303)


async def _note(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> None:
    entry_made = CaseEntry(
        shelter=shelter.id,
        symptoms=frozenset(one for one in Symptom if form.get(one.value)),
        evacuee=await _evacuee(box, shelter, form.get('number', '')),
        people=_people(form.get('people', '')),
        remarks=form.get('remarks', ''),
        seen_by=form.get('seen_by', ''),
        practice=shelter.practice,
    )
    await box.shelters.needs.health.note(entry_made, actor)


async def _evacuee(box: Box, shelter: ShelterInfo, typed: str) -> UUID | None:
    if not typed.strip():
        return None
    number = read_number(typed)
    person = await box.shelters.evacuees.by_number(number) if number else None
    stays = await box.shelters.stays.of(person.id) if person else []
    may_see = is_allowed(current_principal(), Permission.SEE_PROTECTED)
    is_shown = person is not None and (may_see or not person.details.protected)
    if person is None or not is_shown or not any(stay.shelter == shelter.id and stay.left_at is None for stay in stays):
        raise CaseRefused('number')
    return person.id


def _people(typed: str) -> int:
    if not typed.strip():
        return 1
    if not typed.strip().isdecimal() or len(typed.strip()) > 4:
        raise CaseRefused('people')
    return int(typed)


def symptom_word(symptom: Symptom) -> str:
    """What was seen or told."""
    return {
        Symptom.FEVER: _('発熱'),
        Symptom.COUGH: _('せき'),
        Symptom.STOMACH: _('嘔吐・下痢'),
        Symptom.RASH: _('発しん'),
        Symptom.INJURY: _('けが'),
        Symptom.OTHER: _('その他の症状'),
    }[symptom]


def _problem(name: str) -> str:
    return {
        'symptoms': _('症状を一つ以上選んでください。'),
        'number': _('この番号の人は、この避難所にいません。番号を確かめるか、空にして人数で記録してください。'),
        'people': _('人数: 1から1000までの数を入れてください。番号を入れたときは1人です。'),
    }.get(name, _('文章は500文字までで書いてください。'))


def _draw(
    shelter: ShelterInfo | None,
    others: list[ShelterInfo],
    cases: Sequence[CaseInfo],
    areas: Sequence[Area],
    problem: str = '',
) -> None:
    with staff_page(_('健康の記録'), SHELTER_HEALTH):
        draw_choice(SHELTER_HEALTH, shelter, others)
        if shelter is None:
            return
        with element('section', 'section', aria_label=_('いま症状のある人')):
            text('h2', _('いま症状のある人'), 'section-title')
            if not cases:
                empty_state(_('記録がありません'), _('症状のある人がいたら、下に記録してください。'))
            for case in cases:
                _draw_case(case, areas)
        with element('section', 'section', aria_label=_('記録する')):
            text('h2', _('記録する'), 'section-title')
            with plain_form(f'/staff/shelters/{shelter.id}/health', _('記録する'), error=problem):
                for symptom in Symptom:
                    tick(symptom.value, symptom_word(symptom))
                entry('number', _('受付番号'), hint=_('分からないときは空のままで、人数だけ記録できます。'), most=20)
                entry('people', _('人数'), '1', kind='number', most=4)
                entry('seen_by', _('確認した人'), most=100)
                many_lines('remarks', _('様子'), most=500)


def _draw_case(case: CaseInfo, areas: Sequence[Area]) -> None:
    words = '、'.join(symptom_word(one) for one in Symptom if one in case.entry.symptoms)
    names = {area.id: area.name for area in areas}
    apart = proposed_area(areas)
    with element('section', 'desk-card', aria_label=words):
        text('h3', _('{symptoms} {count}人').format(symptoms=words, count=case.entry.people), 'needs-name')
        text('p', day_and_time(case.noticed_at), 'quiet')
        for line in (case.entry.remarks, case.entry.seen_by and _('確認 {name}').format(name=case.entry.seen_by)):
            if line:
                text('p', line)
        if case.area is not None:
            text('p', _('移った場所 {area}').format(area=names.get(case.area, '')), 'state', data_state='ready')
        with element('form', 'buttons', method='post', action=f'{SHELTER_HEALTH}/{case.id}'):
            element('input', '', type='hidden', name='shelter', value=str(case.entry.shelter))
            if case.is_catching and case.area is None and apart is not None:
                move = _('{area}へ移った').format(area=apart.name)
                text('button', move, 'press press-quiet', type='submit', name='area', value=str(apart.id))
            text('button', _('終わった'), 'press press-quiet', type='submit', name='area', value='')
