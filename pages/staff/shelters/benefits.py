"""`/staff/shelters/handouts/benefits`: applications for money, and what is handed on for payment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.evacuees import EvacueeInfo
from app.shelters.handouts.benefit_papers import payment_sheet
from app.shelters.handouts.benefit_values import (
    Application,
    BenefitInfo,
    BenefitProblem,
    BenefitRefused,
    BenefitState,
    Payee,
)
from app.shelters.handouts.values import ItemInfo
from app.shelters.places import ShelterInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.forms import posted
from pages.staff.shelters.benefit_form import draw_application
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.handouts_frame import (
    BENEFITS,
    BUSY_STATUS,
    REFUSED_STATUS,
    handouts_page,
    id_of,
    note_papers,
    person_of,
    seen_people,
)
from pages.staff.shelters.handouts_words import benefit_problem_words, benefit_words

APPLY, HAND_ON, FILE = f'{BENEFITS}/apply', f'{BENEFITS}/hand-on', f'{BENEFITS}/payments/{{batch}}'
KINDS = {'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'csv': 'text/csv; charset=utf-8'}
PAYEE = ('bank', 'branch', 'account_kind', 'number', 'holder', 'remarks')


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the page shows."""

    shelter: ShelterInfo | None
    others: list[ShelterInfo]
    items: Sequence[ItemInfo] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    benefits: Sequence[BenefitInfo] = ()
    people: Mapping[UUID, EvacueeInfo] = field(default_factory=dict, repr=False)
    offset: int = 0
    total: int = 0
    approved: int = 0


def register(condition: Condition) -> None:
    """Open the list, the form of an application, and the files for payment."""
    policies.register(FILE, permission=Permission.COMMAND_SHELTERS)

    @guarded_page(BENEFITS, permission=Permission.READ_EVACUEES)
    async def benefits(shelter: str = '', page: int = 1, batch: str = '') -> None:
        box = condition.require_box()
        _draw(await _scene(box, await chosen_shelter(box, shelter), page), batch=batch)

    @guarded_post(APPLY, permission=Permission.READ_EVACUEES)
    async def apply(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
        box, form = condition.require_box(), await posted(request)
        chosen = await chosen_shelter(box, form.get('shelter', ''))
        if chosen is None:
            return RedirectResponse(BENEFITS, status_code=303)
        try:
            made = await _apply(box, chosen, form, actor)
        except BenefitRefused as refused:
            scene, problem = await _scene(box, chosen), benefit_problem_words(refused.problem)
            return drawn(request, lambda: _draw(scene, problem, form=form), REFUSED_STATUS)
        return RedirectResponse(f'{BENEFITS}/{made.id}', status_code=303)

    @guarded_post(HAND_ON, permission=Permission.COMMAND_SHELTERS)
    async def hand_on() -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        batch = await condition.require_box().shelters.handouts.benefits.hand_on(actor)
        return RedirectResponse(f'{BENEFITS}?batch={batch}' if batch else BENEFITS, status_code=303)

    @app.get(FILE, include_in_schema=False)
    async def file(batch: UUID, form: str = 'xlsx') -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), form if form in KINDS else 'xlsx'
        try:
            content = await _payments(box, batch, form, actor)
        except (ChildError, SheetError):
            return Response(_('いまは作れません。少し待ってからもう一度試してください。'), BUSY_STATUS)
        name = quote(_('給付の支払い一覧'))
        disposition = f'attachment; filename="payments.{form}"; filename*=UTF-8\'\'{name}.{form}'
        headers = {'Content-Type': KINDS[form], 'Content-Disposition': disposition, 'Cache-Control': 'no-store'}
        return Response(content, headers=headers)


async def _apply(box: Box, shelter: ShelterInfo, form: Mapping[str, str], actor: Actor) -> BenefitInfo:
    person = await person_of(box, form.get('person', ''), shelter)
    if person is None:
        raise BenefitRefused(BenefitProblem.NO_PERSON)
    application = Application(
        item=id_of(form.get('item', '')),
        evacuee=person.id,
        shelter=shelter.id,
        payee=Payee(**{name: form.get(name, '').strip() for name in PAYEE}),
        practice=shelter.practice,
    )
    return await box.shelters.handouts.benefits.apply(application, actor)


async def _payments(box: Box, batch: UUID, form: str, actor: Actor) -> bytes:
    benefits = await box.shelters.handouts.benefits.of_batch(batch)
    found = {one.evacuee: await box.shelters.evacuees.get(one.evacuee) for one in benefits}
    people = {id_: info for id_, info in found.items() if info}
    items = {one.item: await box.shelters.handouts.items.get(one.item) for one in benefits}
    names = {id_: item.entry.name for id_, item in items.items() if item}
    sheet = payment_sheet(benefits, people, names, box.settings.name)
    content = await (box.documents.render_csv(sheet) if form == 'csv' else box.documents.render_xlsx([sheet]))
    await note_papers(box, actor, form, benefits)
    return content


async def _scene(box: Box, shelter: ShelterInfo | None, page: int = 1) -> Scene:
    others, offset, room = await open_shelters(box), offset_of(page), box.shelters.handouts
    practice = bool(shelter and shelter.practice)
    items = [item for item in await room.items.all() if item.entry.amount is not None]
    found, total = await room.benefits.page(list(BenefitState), practice=practice, offset=offset, limit=ROWS_PER_PAGE)
    _first, approved = await room.benefits.page([BenefitState.APPROVED], practice=False, limit=1)
    people = await seen_people(box, [one.evacuee for one in found])
    return Scene(
        shelter=shelter,
        others=others,
        items=items,
        names={item.id: item.entry.name for item in items},
        benefits=[one for one in found if one.evacuee in people],
        people=people,
        offset=offset,
        total=total,
        approved=approved,
    )


def _draw(scene: Scene, problem: str = '', *, batch: str = '', form: Mapping[str, str] | None = None) -> None:
    shelter = scene.shelter
    commands = is_allowed(current_principal(), Permission.COMMAND_SHELTERS)
    with handouts_page(_('給付'), BENEFITS, str(shelter.id) if shelter else ''):
        draw_choice(BENEFITS, shelter, scene.others)
        if problem:
            message_box(MessageKind.FAILURE, _('受け付けていません。'), problem)
        if commands:
            _draw_payment(scene.approved, batch)
        _draw_list(scene, str(shelter.id) if shelter else '')
        if shelter is not None:
            draw_application(shelter, scene.items, form or {})


def _draw_payment(approved: int, batch: str) -> None:
    with element('section', 'section', aria_label=_('支払い')):
        text('h2', _('支払い'), 'section-title')
        if id_of(batch).int:
            message_box(MessageKind.DONE, _('支払いへ渡しました。ファイルを保存してください。'))
            with element('div', 'buttons'):
                for form, words in (('xlsx', _('Excel(XLSX)')), ('csv', _('CSV'))):
                    href = f'{BENEFITS}/payments/{id_of(batch)}?form={form}'
                    text('a', words, 'press press-quiet', href=href)
        text('p', _('承認して、まだ支払いへ渡していない申請: {count}件').format(count=approved))
        if approved:
            with plain_form(HAND_ON, _('承認した分を支払いへ渡す'), careful=True):
                text('p', _('渡した分は、次の一覧には入りません。訓練の申請は入りません。'), 'quiet')


def _draw_list(scene: Scene, asked: str) -> None:
    rows: list[list[Cell]] = [
        [
            day_and_time(one.applied_at),
            Link(scene.people[one.evacuee].number, f'{BENEFITS}/{one.id}'),
            scene.names.get(one.item, _('(使わなくなった品目)')),
            f'{one.amount:,}',
            Lines((benefit_words()[one.state], _('【訓練】') if one.practice else '')),
        ]
        for one in scene.benefits
    ]
    with element('section', 'section', aria_label=_('申請')):
        text('h2', _('申請'), 'section-title')
        headings = (_('受付'), _('番号'), _('給付'), _('金額(円)'), _('状態'))
        empty = (_('申請はありません'), _('下の「申請を受け付ける」から入れます。'))
        plain_table(headings, rows, empty=empty)
        pager(BENEFITS, {'shelter': asked}, scene.offset, scene.total)
