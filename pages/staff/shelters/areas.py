"""The areas of a shelter: their capacity, what of it is blocked, and square metres."""

import uuid
from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.area_places import free_in
from app.shelters.places import Area, ShelterInfo
from app.shelters.values import AreaKind
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from components.plain_table import Cell, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTERS
from pages.staff.cars.values import WrongValue, decimal_of, number_of
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.words import area_kind_words, people_words

AREA = f'{SHELTERS}/{{shelter:uuid}}/areas/{{area:uuid}}'
LONGEST_NAME = 100
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the form of each area."""

    @guarded_page(AREA, permission=Permission.RUN_SHELTER)
    async def area_page(shelter: UUID, area: UUID) -> Response | None:
        box = condition.require_box()
        found = await box.shelters.register.get(shelter)
        if found is None:
            return RedirectResponse(SHELTERS, status_code=303)
        known = await _area(box, shelter, area)
        _draw_form(found, known or Area(id=area, shelter=shelter, name=''))
        return None

    @guarded_post(AREA, permission=Permission.RUN_SHELTER)
    async def put(request: Request, shelter: UUID, area: UUID) -> Response:
        return await _put(request, condition.require_box(), shelter, area)


def draw_areas(shelter: ShelterInfo, areas: Sequence[Area], taken: Mapping[UUID, int]) -> None:
    """The areas with the ways to change them."""
    with element('section', 'section', aria_label=_('区画')):
        text('h2', _('区画'), 'section-title')
        headings = (_('区画'), _('だれのため'), _('収容人数'), _('使えない人数'), _('いる人'), _('空き'), _('面積(㎡)'))
        free = free_in(areas, taken)
        empty = (_('区画はまだありません'), _('体育館や教室ごとに分けると、点呼と移動がしやすくなります。'))
        plain_table(headings, [_row(area, taken.get(area.id, 0), free.get(area.id)) for area in areas], empty=empty)
        with element('div', 'buttons'):
            for area in areas:
                label = _('{name} を変える').format(name=area.name)
                text('a', label, 'press press-quiet press-small', href=_address(shelter.id, area.id))
            text('a', _('区画を追加する'), 'press press-quiet', href=_address(shelter.id, uuid.uuid4()))


async def _put(request: Request, box: Box, shelter: UUID, area: UUID) -> Response:
    actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
    form, found = await posted(request), await box.shelters.register.get(shelter)
    known = await _area(box, shelter, area)
    if found is None:
        return RedirectResponse(SHELTERS, status_code=303)
    try:
        typed = _posted(form, shelter, area)
    except WrongValue as wrong:
        problem, shown = str(wrong), known or Area(id=area, shelter=shelter, name=form.get('name', ''))
        return drawn(request, lambda: _draw_form(found, shown, problem), REFUSED_STATUS)
    await box.shelters.register.put_area(typed, actor)
    return RedirectResponse(f'{SHELTERS}/{shelter}?done=area', status_code=303)


async def _area(box: Box, shelter: UUID, area: UUID) -> Area | None:
    return next((known for known in await box.shelters.register.areas(shelter) if known.id == area), None)


def _posted(form: Mapping[str, str], shelter: UUID, area: UUID) -> Area:
    name, kind = form.get('name', '').strip()[:LONGEST_NAME], form.get('kind', '')
    size = decimal_of(form.get('area_m2', ''), _('面積(㎡)'))
    capacity = number_of(form.get('capacity', ''), _('収容人数'))
    blocked = number_of(form.get('blocked', ''), _('使えない人数')) or 0
    if not name:
        raise WrongValue(_('区画の名前を入力してください。'))
    if capacity is not None and blocked > capacity:
        raise WrongValue(_('使えない人数が収容人数より多くなっています。'))
    return Area(
        id=area,
        shelter=shelter,
        name=name,
        kind=AreaKind(kind) if kind in set(AreaKind) else AreaKind.GENERAL,
        capacity=capacity,
        blocked=blocked,
        area_m2=float(size) if size is not None else None,
    )


def _draw_form(shelter: ShelterInfo, area: Area, problem: str = '') -> None:
    with staff_page(_('{name} の区画').format(name=shelter.entry.name), SHELTERS):
        with plain_form(_address(shelter.id, area.id), _('保存する'), error=problem):
            entry('name', _('区画の名前'), area.name, required=True, hint=_('例: 体育館、1年1組'), most=LONGEST_NAME)
            selection(
                'kind', _('だれのため'), {str(kind): words for kind, words in area_kind_words().items()}, area.kind
            )
            entry('capacity', _('収容人数'), '' if area.capacity is None else str(area.capacity), kind='number')
            entry('blocked', _('使えない人数'), str(area.blocked or ''), kind='number')
            size = '' if area.area_m2 is None else f'{area.area_m2:g}'
            entry('area_m2', _('面積(㎡)'), size, kind='number', step='0.1')
        text('a', _('避難所へ戻る'), '', href=f'{SHELTERS}/{shelter.id}')


def free_words(free: int | None) -> str:
    """Free places of an area; None: its capacity is not known."""
    if free is None:
        return _('収容人数が未入力')
    return people_words(free) if free >= 0 else _('{count}人超えています').format(count=-free)


def _row(area: Area, taken: int, free: int | None) -> list[Cell]:
    return [
        area.name,
        area_kind_words()[area.kind],
        people_words(area.capacity),
        people_words(area.blocked) if area.blocked else '',
        people_words(taken),
        free_words(free),
        _('未入力') if area.area_m2 is None else f'{area.area_m2:g}',
    ]


def _address(shelter: UUID, area: UUID) -> str:
    return f'{SHELTERS}/{shelter}/areas/{area}'
