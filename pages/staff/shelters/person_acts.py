"""What is recorded about where somebody goes: out, back, to another place, away for good."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.clock import TOKYO
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.departures import LONGEST_DESTINATION, TO_SHELTERS, Going
from app.shelters.evacuees import EvacueeInfo
from app.shelters.guardians import LONGEST, WITHOUT_TAKER, Escort, NobodyNamed
from app.shelters.places import Area
from app.shelters.stays import NotHere, StayInfo
from app.shelters.values import LeftFor, Place, StayState
from app.shelters.visitor_marks import mark_visitor
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, selection, tick
from pages.guarded import guarded_post
from pages.staff.addresses import EVACUEES
from pages.staff.forms import posted
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.people_words import by_value, left_for_words, place_words, stay_words

MOVE = '/staff/evacuees/{evacuee}/move'
TAKE_OVER = '/staff/evacuees/{evacuee}/take-over'


class _WrongTime(Exception):
    pass


class _NobodyTakesChild(Exception):
    pass


def register(condition: Condition) -> None:
    """Open the targets of the forms."""

    @guarded_post(MOVE, permission=Permission.RUN_SHELTER)
    async def move(request: Request, evacuee: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        shelter = is_uuid(form.get('shelter', ''))
        if shelter is None or not await _may_touch(box, evacuee):
            return RedirectResponse(EVACUEES, status_code=303)
        try:
            await _move(box, evacuee, shelter, form, actor)
        except NotHere:
            return RedirectResponse(f'{EVACUEES}/{evacuee}?problem=not_here', status_code=303)
        except NobodyNamed:
            return RedirectResponse(f'{EVACUEES}/{evacuee}?problem=escort', status_code=303)
        except _NobodyTakesChild:
            return RedirectResponse(f'{EVACUEES}/{evacuee}?problem=child_alone', status_code=303)
        except _WrongTime:
            return RedirectResponse(f'{EVACUEES}/{evacuee}?problem=time', status_code=303)
        done = 'saved' if form.get('act') == 'visitor' else 'moved'
        return RedirectResponse(f'{EVACUEES}/{evacuee}?done={done}', status_code=303)

    @guarded_post(TAKE_OVER, permission=Permission.RUN_SHELTER)
    async def take_over(request: Request, evacuee: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        if not await _may_touch(box, evacuee):
            return RedirectResponse(EVACUEES, status_code=303)
        try:
            await box.shelters.guardians.take_over(evacuee, form.get('by_whom', ''), actor)
        except NobodyNamed:
            return RedirectResponse(f'{EVACUEES}/{evacuee}?problem=by_whom', status_code=303)
        return RedirectResponse(f'{EVACUEES}/{evacuee}?done=taken', status_code=303)


def draw_elsewhere(person: EvacueeInfo, stays: Sequence[StayInfo], names: Mapping[UUID, str]) -> None:
    """Somebody is at several shelters at once: propose to end the stays before the newest."""
    still = [stay for stay in stays if stay.state is not StayState.LEFT]
    for earlier in still[1:]:
        where = names.get(earlier.shelter, '')
        message_box(
            MessageKind.NOTE,
            _('{shelter}にも在所のままの記録があります。').format(shelter=where),
            _('本人がもう{shelter}にいないと確かめたら、そちらの滞在を終わりにしてください。').format(shelter=where),
        )
        hidden = {
            'shelter': str(earlier.shelter),
            'act': 'leave',
            'left_for': str(LeftFor.OTHER_SHELTER),
            'to_shelter': str(still[0].shelter),
        }
        with plain_form(
            f'{EVACUEES}/{person.id}/move', _('{shelter}での滞在を終わりにする').format(shelter=where), hidden=hidden
        ):
            pass


def draw_taking_over(person: EvacueeInfo) -> None:
    """A child without an adult, until somebody takes over."""
    with element('section', 'section panel', aria_label=_('保護者のいない子ども')):
        text('h2', _('保護者のいない子ども'), 'section-title')
        text('p', _('大人か職員が引き受けるまで、一人にしないでください。'))
        with plain_form(f'{EVACUEES}/{person.id}/take-over', _('引き受けた方を記録する')):
            entry('by_whom', _('引き受けた方(氏名と続柄か所属)'), required=True)


def draw_acts(
    person: EvacueeInfo,
    stay: StayInfo,
    shelters: Mapping[UUID, str],
    areas: Sequence[Area],
    free: Mapping[UUID, int],
) -> None:
    """The movements at one shelter; `shelters` are the names of all, as destinations, `free` places by area."""
    shelter = shelters.get(stay.shelter, '')
    action, hidden = f'{EVACUEES}/{person.id}/move', {'shelter': str(stay.shelter)}
    with element('section', 'section', aria_label=_('移動')):
        title = _('{shelter}: {state}').format(shelter=shelter, state=stay_words()[stay.state])
        text('h2', title, 'section-title')
        if stay.state is StayState.AWAY:
            with plain_form(action, _('戻った'), hidden={**hidden, 'act': 'back'}):
                pass
        else:
            with plain_form(action, _('一時外出を記録する'), classes='filter', hidden={**hidden, 'act': 'out'}):
                entry('expected_at', _('戻る予定(分からなければ空のまま)'), kind='datetime-local')
                if person.details.unaccompanied:
                    _ask_for_escort()
        with plain_form(action, _('場所を変える'), classes='filter', hidden={**hidden, 'act': 'move'}):
            if areas:
                names = {'': _('区画なし'), **{str(area.id): _area_words(area, free.get(area.id)) for area in areas}}
                selection('area', _('区画'), names, str(stay.area or ''))
            selection('place', _('滞在の場所'), by_value(place_words()), str(stay.place))
        _draw_visitor(action, hidden, stay)
        with plain_form(action, _('退所を記録する'), classes='filter', hidden={**hidden, 'act': 'leave'}, careful=True):
            hint = _('救急搬送、入院、亡くなられたときは、家族への連絡が済んだか確かめてから記録してください。')
            selection('left_for', _('行き先'), by_value(left_for_words()), str(LeftFor.HOME), hint=hint)
            others = {str(one): name for one, name in shelters.items() if one != stay.shelter}
            selection('to_shelter', _('移る先の避難所'), {'': _('選ばない'), **others})
            told = _('病院名、住所、連絡先など。聞いていなければ空のままにします。')
            entry('destination', _('行き先の詳しいこと'), hint=told, most=LONGEST_DESTINATION)
            tick('needs_supplies', _('物資の支援が要る'))


def _ask_for_escort() -> None:
    hint = _('保護者のいない子どもです。一緒に外出する方を確かめて、書いてください。')
    entry('by_whom', _('付き添う方の氏名'), hint=hint, most=LONGEST)
    entry('relation', _('子どもとの関係'), most=LONGEST)
    tick('nobody', _('付き添いなしで外出させる(職員が判断した)'))


def _draw_visitor(action: str, hidden: Mapping[str, str], stay: StayInfo) -> None:
    if stay.visitor:
        text('p', _('市外の方'), 'flag')
    words = _('市外の方ではない') if stay.visitor else _('市外の方にする')
    with plain_form(action, words, hidden={**hidden, 'act': 'visitor', 'visitor': '' if stay.visitor else '1'}):
        pass


def _area_words(area: Area, free: int | None) -> str:
    if free is None:
        return area.name
    return _('{area}(空き{count}人)').format(area=area.name, count=max(0, free))


async def _may_touch(box: Box, evacuee: UUID) -> bool:
    found = await box.shelters.evacuees.get(evacuee)
    return found is not None and (may_see_protected() or not found.details.protected)


async def _move(box: Box, evacuee: UUID, shelter: UUID, form: Mapping[str, str], actor: Actor) -> None:
    stays, act = box.shelters.stays, form.get('act')
    if act == 'out':
        if await box.shelters.guardians.is_alone(evacuee):
            await box.shelters.guardians.goes_out(evacuee, _escort(form), actor)
        await stays.go_out(evacuee, shelter, actor, expected_at=_time(form.get('expected_at', '')))
    elif act == 'back':
        await stays.come_back(evacuee, shelter, actor)
    elif act == 'move':
        known = {area.id for area in await box.shelters.register.areas(shelter)}
        area, place = is_uuid(form.get('area', '')), form.get('place', '')
        there = Place(place) if place in set(Place) else Place.SHELTER
        await stays.move(evacuee, shelter, actor, area=area if area in known else None, place=there)
    elif act == 'visitor':
        visitor = form.get('visitor') == '1'
        await mark_visitor(box.journal, stays, evacuee, shelter, actor, visitor=visitor)
    elif act == 'leave':
        went = form.get('left_for', '')
        left_for = LeftFor(went) if went in set(LeftFor) else LeftFor.UNKNOWN
        if left_for not in WITHOUT_TAKER and await _leaves_alone(box, evacuee, shelter):
            raise _NobodyTakesChild
        await stays.leave(evacuee, shelter, left_for, actor, going=await _going(box, form, left_for))


def _escort(form: Mapping[str, str]) -> Escort:
    name, relation = (form.get(each, '').strip() for each in ('by_whom', 'relation'))
    return Escort(name, relation, nobody=form.get('nobody') == '1')


async def _leaves_alone(box: Box, evacuee: UUID, shelter: UUID) -> bool:
    elsewhere = await box.shelters.stays.open_elsewhere(evacuee, shelter)
    return not elsewhere and await box.shelters.guardians.is_alone(evacuee)


async def _going(box: Box, form: Mapping[str, str], left_for: LeftFor) -> Going:
    there = is_uuid(form.get('to_shelter', '')) if left_for in TO_SHELTERS else None
    known = there is not None and await box.shelters.register.get(there) is not None
    return Going(
        destination=form.get('destination', ''),
        shelter=there if known else None,
        needs_supplies=form.get('needs_supplies') == '1',
    )


def _time(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed).replace(tzinfo=TOKYO)
    except ValueError:
        raise _WrongTime from None
    if at < clock.now():
        raise _WrongTime
    return at
