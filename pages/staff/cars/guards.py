"""Guards of a contractor: adding, ending, and linking their card with the part that links those of staff."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.language import _
from app.people.guards import GuardInfo
from app.people.staff import StaffMember
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form
from components.plain_table import Cell, Link, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import DRIVERS
from pages.staff.cars.values import is_plain
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.person_cards import PersonCards

ADD = '/staff/drivers/guards/add'
GUARD = '/staff/drivers/guards/{guard}'
END = '/staff/drivers/guards/{guard}/end'
LONGEST_NAME = 100
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each guard, and what adds and ends one."""

    @guarded_post(ADD, permission=Permission.MANAGE_CARS)
    async def add(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        form = await posted(request)
        name, company = form.get('name', '').strip(), form.get('company', '').strip()
        if not name or max(len(name), len(company)) > LONGEST_NAME or not is_plain(name + company):
            return drawn(request, lambda: _draw_wrong(name, company), REFUSED_STATUS)
        guard = await condition.require_box().vehicles.guards.add(name, company, actor)
        return RedirectResponse(f'{DRIVERS}/guards/{guard.id}', status_code=303)

    @guarded_post(END, permission=Permission.MANAGE_CARS)
    async def end(guard: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        await condition.require_box().vehicles.guards.end(guard, actor)
        return RedirectResponse(DRIVERS, status_code=303)

    @guarded_page(GUARD, permission=Permission.MANAGE_CARS)
    async def guard_page(guard: UUID) -> Response | None:
        box = condition.require_box()
        found = await box.vehicles.guards.get(guard)
        if found is None:
            return RedirectResponse(DRIVERS, status_code=303)
        with staff_page(found.name or _('(消去済み)'), DRIVERS):
            text('p', found.company or _('(会社名なし)'))
            if is_allowed(current_principal(), Permission.LINK_CARDS):
                cards = PersonCards(box, _as_person(found))
                await cards.draw()
            else:
                text('p', _('カードの登録は、カードを登録できる担当者に依頼してください。'), 'quiet')
            with element('section', 'section', aria_label=_('登録を終える')):
                text('p', _('終えると、この守衛のカードで窓口を開けなくなります。記録は残ります。'), 'quiet')
                with plain_form(f'{DRIVERS}/guards/{found.id}/end', _('この守衛の登録を終える'), careful=True):
                    pass
            text('a', _('一覧へ戻る'), '', href=DRIVERS)
        return None


def draw_guards(guards: list[GuardInfo]) -> None:
    """The guards who work here now, and the form of another one."""
    with element('section', 'section', aria_label=_('守衛')):
        text('h2', _('守衛'), 'section-title')
        rows: list[list[Cell]] = [
            [Link(guard.name or _('(消去済み)'), f'{DRIVERS}/guards/{guard.id}'), guard.company] for guard in guards
        ]
        empty = (_('守衛はまだ登録されていません'), _('委託の守衛は下で追加し、カードを登録します。'))
        plain_table((_('氏名'), _('会社')), rows, empty=empty)
        _draw_form('', '')


def _draw_form(name: str, company: str, problem: str = '') -> None:
    with plain_form(ADD, _('守衛を追加する'), error=problem):
        entry('name', _('氏名'), name, required=True, most=LONGEST_NAME)
        entry('company', _('会社'), company, most=LONGEST_NAME)


def _draw_wrong(name: str, company: str) -> None:
    with staff_page(_('守衛を追加する'), DRIVERS):
        message_box(MessageKind.FAILURE, _('追加していません。'))
        _draw_form(name, company, _('氏名と会社は100文字までの文字にしてください。'))


def _as_person(guard: GuardInfo) -> StaffMember:
    return StaffMember(id=guard.id, number='', name=guard.name, kana='', department=guard.company, active=True)
