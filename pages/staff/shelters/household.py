"""`/staff/households/{household}`: who belongs together; protected members are absent to whoever may not see them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.details import SharedDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.memberships import HouseholdInfo, NotInHousehold
from app.shelters.numbers import read_number
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form, selection, tick
from components.plain_table import Cell, Link, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES, HOUSEHOLDS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.person_values import birth_words

HOUSEHOLD = '/staff/households/{household}'
CHANGE = '/staff/households/{household}/change'
SHARED = ('name', 'postal_code', 'address', 'phone', 'damage', 'remarks')
MOST = 300
REFUSED_STATUS = 422


class _Refused(Exception):
    """The message says why nothing was changed."""


def register(condition: Condition) -> None:
    """Open the page and its forms."""

    @guarded_post(HOUSEHOLDS, permission=Permission.RUN_SHELTER)
    async def create(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        person = await _person(box, is_uuid(form.get('evacuee', '')))
        if person is None:
            return RedirectResponse(EVACUEES, status_code=303)
        details = person.details
        shared = SharedDetails(postal_code=details.postal_code, address=details.address, phone=details.phone)
        household = await box.shelters.households.of(person.id)
        household = household or await box.shelters.households.create([person.id], actor, shared=shared)
        return RedirectResponse(f'{HOUSEHOLDS}/{household.id}', status_code=303)

    @guarded_page(HOUSEHOLD, permission=Permission.READ_EVACUEES)
    async def household(household: UUID, done: str = '') -> Response | None:
        box = condition.require_box()
        found = await box.shelters.households.get(household)
        if found is None:
            return RedirectResponse(EVACUEES, status_code=303)
        _draw(found, await _members(box, found), done=bool(done))
        return None

    @guarded_post(CHANGE, permission=Permission.RUN_SHELTER)
    async def change(request: Request, household: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        found = await box.shelters.households.get(household)
        if found is None:
            return RedirectResponse(EVACUEES, status_code=303)
        try:
            await _change(box, found, form, actor)
        except (_Refused, NotInHousehold) as refused:
            problem = str(refused) or _('この世帯の人ではありません。')
            members = await _members(box, found)
            return drawn(request, lambda: _draw(found, members, problem=problem), REFUSED_STATUS)
        return RedirectResponse(f'{HOUSEHOLDS}/{household}?done=1', status_code=303)


async def _change(box: Box, household: HouseholdInfo, form: Mapping[str, str], actor: Actor) -> None:
    households, act = box.shelters.households, form.get('act')
    if act == 'shared':
        texts = {name: form.get(name, '').strip()[:MOST] for name in SHARED}
        await households.set_shared(household.id, SharedDetails(**texts), actor)
    elif act == 'add':
        await _add(box, household, form.get('number', ''), actor)
    elif act == 'speaker':
        await households.set_representative(household.id, _chosen(form), actor)
    elif act == 'leave':
        await households.leave(household.id, _chosen(form), actor)
    elif act == 'split':
        ticked = [each for each in household.members if form.get(f'member_{each}') == '1']
        if not ticked:
            raise _Refused(_('分ける人を選んでください。'))
        await households.split(household.id, ticked, actor)


async def _add(box: Box, household: HouseholdInfo, typed: str, actor: Actor) -> None:
    number = read_number(typed)
    found = await box.shelters.evacuees.by_number(number) if number else None
    person = await _person(box, found.id if found else None)
    if person is None:
        raise _Refused(_('この番号の人はいません。番号を確かめてください。'))
    await box.shelters.households.add(household.id, [person.id], actor)


def _chosen(form: Mapping[str, str]) -> UUID:
    chosen = is_uuid(form.get('evacuee', ''))
    if chosen is None:
        raise _Refused(_('人を選んでください。'))
    return chosen


async def _person(box: Box, evacuee: UUID | None) -> EvacueeInfo | None:
    found = await box.shelters.evacuees.get(evacuee) if evacuee else None
    if found is None or found.merged_into or (found.details.protected and not may_see_protected()):
        return None
    return found


async def _members(box: Box, household: HouseholdInfo) -> list[EvacueeInfo]:
    found = [await _person(box, each) for each in household.members]
    return [each for each in found if each is not None]


def _draw(household: HouseholdInfo, members: Sequence[EvacueeInfo], problem: str = '', *, done: bool = False) -> None:
    action = f'{HOUSEHOLDS}/{household.id}/change'
    with staff_page(household.shared.name or _('世帯'), EVACUEES):
        if any(member.practice for member in members):
            text('p', _('訓練'), 'practice-mark')
        if done:
            message_box(MessageKind.DONE, _('世帯を変更しました。'))
        if problem:
            message_box(MessageKind.FAILURE, problem, _('何も変わっていません。'))
        with element('section', 'section', aria_label=_('世帯の人')):
            text('h2', _('世帯の人 {count}人').format(count=len(members)), 'section-title')
            headings = (_('番号'), _('氏名'), _('続柄'), _('生年月日'))
            rows = [_row(household, member) for member in members]
            plain_table(headings, rows, empty=(_('この世帯にはもうだれもいません'), ''))
        _draw_acts(action, household, members)
        _draw_shared(action, household.shared)
        text('a', _('避難者の一覧へ戻る'), '', href=EVACUEES)


def _row(household: HouseholdInfo, member: EvacueeInfo) -> list[Cell]:
    details, speaks = member.details, member.id == household.representative
    name = _('(保護が必要な方)') if details.protected else details.name or _('(未入力)')
    born = '' if details.protected or not details.birth_date else birth_words(details.birth_date)
    relation = '' if details.protected else details.relation
    return [
        Link(member.number, f'{EVACUEES}/{member.id}'),
        _('{name}(代表)').format(name=name) if speaks else name,
        relation,
        born,
    ]


def _draw_acts(action: str, household: HouseholdInfo, members: Sequence[EvacueeInfo]) -> None:
    names = {str(member.id): _called(member) for member in members}
    with element('section', 'section', aria_label=_('世帯を変える')):
        text('h2', _('世帯を変える'), 'section-title')
        with plain_form(action, _('世帯に加える'), classes='filter', hidden={'act': 'add'}):
            hint = _('ほかの世帯の人は、その世帯から移ります。')
            entry('number', _('加える人の番号'), required=True, most=20, hint=hint)
        if not members:
            return
        with plain_form(action, _('代表にする'), classes='filter', hidden={'act': 'speaker'}):
            selection('evacuee', _('代表'), names, str(household.representative or ''))
        with plain_form(action, _('世帯から外す'), classes='filter', hidden={'act': 'leave'}):
            selection('evacuee', _('外れる人'), names)
        with plain_form(action, _('別の世帯に分ける'), hidden={'act': 'split'}):
            for member, name in names.items():
                tick(f'member_{member}', name)


def _draw_shared(action: str, shared: SharedDetails) -> None:
    words = {
        'name': _('世帯の呼び名'),
        'postal_code': _('郵便番号'),
        'address': _('住所'),
        'phone': _('電話番号'),
        'damage': _('住まいの被害'),
    }
    with element('section', 'section', aria_label=_('世帯で共通のこと')):
        text('h2', _('世帯で共通のこと'), 'section-title')
        with plain_form(action, _('保存する'), hidden={'act': 'shared'}):
            for name, label in words.items():
                entry(name, label, str(getattr(shared, name)), most=MOST)
            many_lines('remarks', _('備考'), shared.remarks, most=MOST)


def _called(member: EvacueeInfo) -> str:
    return member.number if member.details.protected else f'{member.number} {member.details.name}'
