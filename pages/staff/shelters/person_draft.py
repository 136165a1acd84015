"""`/staff/evacuees/{evacuee}/draft`: what somebody who is registered wrote on their phone, taken in with one press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.family_joining import Joining
from app.shelters.family_matching import Match
from app.shelters.family_values import Taken
from app.shelters.memberships import By
from app.shelters.stays import Arrival, StayInfo
from app.shelters.values import StayState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form, selection
from components.plain_table import Cell, Lines, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import EVACUEES
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.people_words import field_words
from pages.staff.shelters.person_values import shown_fields

DRAFT = '/staff/evacuees/{evacuee}/draft'
REFUSE = '/staff/evacuees/{evacuee}/draft/refuse'
NEW, UNCLEAR = 'new', ''
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True)
class _Facts:
    person: EvacueeInfo
    stay: StayInfo | None
    """Where who is new would be registered."""
    taken: Taken
    there: Mapping[UUID, EvacueeInfo]
    proposed: Match


def register(condition: Condition) -> None:
    """Open the page, and the targets of its two buttons."""

    @guarded_page(DRAFT, permission=Permission.RUN_SHELTER)
    async def page(evacuee: UUID) -> Response | None:
        facts = await _facts(condition.require_box(), evacuee, _actor())
        if facts is None:
            return RedirectResponse(f'{EVACUEES}/{evacuee}', status_code=303)
        _draw(facts)
        return None

    @guarded_post(DRAFT, permission=Permission.RUN_SHELTER)
    async def take_in(request: Request, evacuee: UUID) -> Response:
        box, form, actor = condition.require_box(), await posted(request), _actor()
        facts = await _facts(box, evacuee, actor)
        if facts is None or form.get('draft') != str(facts.taken.draft):
            return RedirectResponse(f'{EVACUEES}/{evacuee}', status_code=303)
        problem = await _taken_in(box, facts, form, actor)
        if problem:
            return drawn(request, lambda: _draw(facts, problem), REFUSED_STATUS)
        return RedirectResponse(f'{EVACUEES}/{evacuee}?done=joined', status_code=303)

    @guarded_post(REFUSE, permission=Permission.RUN_SHELTER)
    async def refuse(request: Request, evacuee: UUID) -> Response:
        box, form, actor = condition.require_box(), await posted(request), _actor()
        facts = await _facts(box, evacuee, actor)
        if facts is not None and form.get('draft') == str(facts.taken.draft):
            await box.shelters.families.refuse(facts.taken.draft, actor)
        return RedirectResponse(f'{EVACUEES}/{evacuee}?done=refused', status_code=303)


def draw_draft_waits(person: EvacueeInfo) -> None:
    """On the page of the person: something was written."""
    message_box(MessageKind.NOTE, _('本人が電話で書いた内容が届いています。'), _('確かめて記録に加えます。'))
    with element('div', 'buttons'):
        text('a', _('書いた内容を見る'), 'press press-main', href=f'{EVACUEES}/{person.id}/draft')


async def _facts(box: Box, evacuee: UUID, actor: Actor) -> _Facts | None:
    room = box.shelters
    person = await room.evacuees.get(await room.duplicates.current(evacuee))
    if person is None or person.details.protected:
        return None
    taken = await room.families.take_of(person.id, actor)
    if taken is None:
        return None
    stays = await room.stays.of(person.id)
    plan = await room.joining.plan(taken.family, [person.id])
    return _Facts(
        person=person,
        stay=next((stay for stay in stays if stay.state is not StayState.LEFT), None),
        taken=taken,
        there=await room.joining.household_of([person.id]),
        proposed=plan.match if plan else Match({}, tuple(range(len(taken.family.members)))),
    )


async def _taken_in(box: Box, facts: _Facts, form: Mapping[str, str], actor: Actor) -> str:
    """Why nothing was changed; empty: it was taken in."""
    chosen = [form.get(f'who_{place}', UNCLEAR) for place in range(len(facts.taken.family.members))]
    records = {place: found for place, choice in enumerate(chosen) if (found := is_uuid(choice)) in facts.there}
    if any(choice != NEW and place not in records for place, choice in enumerate(chosen)):
        return _('だれのことか、一人ずつ選んでください。')
    if len(set(records.values())) < len(records) or facts.person.id not in records.values():
        return _('同じ番号は一人だけに、{number} の方は必ずだれかに選んでください。').format(number=facts.person.number)
    if NEW in chosen and facts.stay is None:
        return _('避難所にいない方の家族は、ここでは新しく受け付けられません。')
    family, stay = facts.taken.family, facts.stay
    arrival = Arrival(
        shelter=stay.shelter if stay else facts.person.id,
        area=stay.area if stay else None,
        place=family.place,
        visitor=family.visitor or bool(stay and stay.visitor),
        practice=facts.person.practice,
    )
    shown = (facts.person.id,)
    known = {place: each for place, each in records.items() if each is not None}
    joining = Joining(shown=shown, first=facts.person.id, match=Match(known), numbers=())
    await box.shelters.joining.join(facts.taken, joining, arrival, By(actor))
    return ''


def _draw(facts: _Facts, problem: str = '') -> None:
    address, hidden = f'{EVACUEES}/{facts.person.id}/draft', {'draft': str(facts.taken.draft)}
    with staff_page(_('電話で書いた内容 {number}').format(number=facts.person.number), EVACUEES):
        if facts.person.practice:
            text('p', _('訓練'), 'practice-mark')
        text('p', _('氏名、生年月日、住所など、もう分かっていることは変わりません。空の欄とそのほかの欄に入ります。'))
        with plain_form(address, _('記録に加える'), error=problem, classes='', hidden=hidden):
            for place, member in enumerate(facts.taken.family.members):
                _draw_member(facts, place, member)
        with plain_form(f'{address}/refuse', _('使わずに捨てる'), careful=True, classes='', hidden=hidden):
            pass
        text('a', _('変えずに戻る'), '', href=f'{EVACUEES}/{facts.person.id}')


def _draw_member(facts: _Facts, place: int, member: PersonDetails) -> None:
    words = field_words()
    rows: list[Sequence[Cell]] = [(words[name], Lines(lines)) for name, lines in shown_fields(member).items()]
    title = _('{number}人目').format(number=place + 1)
    with element('section', 'section', aria_label=title):
        text('h2', title, 'section-title')
        plain_table((_('項目'), _('内容')), rows, empty=('', ''))
        people = {str(info.id): f'{info.number} {_name(info)}'.strip() for info in _visible(facts)}
        chosen = facts.proposed.records.get(place)
        start = UNCLEAR if place in facts.proposed.unclear else str(chosen or NEW)
        options = {UNCLEAR: _('選んでください')} if start == UNCLEAR else {}
        selection(f'who_{place}', _('だれのことか'), {**options, **people, NEW: _('新しく受け付ける')}, start)


def _name(info: EvacueeInfo) -> str:
    return _('(保護が必要な方)') if info.details.protected else info.details.name


def _visible(facts: _Facts) -> list[EvacueeInfo]:
    return [info for info in facts.there.values() if may_see_protected() or not info.details.protected]


def _actor() -> Actor:
    return actor_of(require(current_principal(), Permission.RUN_SHELTER))
