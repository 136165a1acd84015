"""The label for the key of a car: plate, key number, guard room and the code that a scanner reads at the return."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, is_allowed, require
from app.children.supervisor import ChildError
from app.documents.labels import PAPERS, Label
from app.language import _
from app.people.staff import StaffMember
from app.runtime import Condition
from app.vehicles.key_tags import tag_text
from app.vehicles.ledger import VehicleEntry, VehicleInfo
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from pages.guarded import guarded_page
from pages.staff.addresses import CARS
from pages.staff.navigation import staff_page
from pages.staff.person_cards import PersonCards

TAG = '/staff/cars/{car}/key-tag'
IC_TAG = '/staff/cars/{car}/ic-tag'
DEFAULT_PAPER = '24'
NOT_FOUND, BUSY = 404, 503


def register(condition: Condition) -> None:
    """Open the way to the label."""
    policies.register(TAG, permission=Permission.MANAGE_CARS)

    @app.get(TAG, include_in_schema=False)
    async def key_tag(car: UUID, paper: str = DEFAULT_PAPER, used: str = '0') -> Response:
        require(current_principal(), Permission.MANAGE_CARS)
        box = condition.require_box()
        info = await box.vehicles.ledger.get(car)
        if info is None:
            return Response(status_code=NOT_FOUND)
        chosen = PAPERS.get(paper, PAPERS[DEFAULT_PAPER])
        try:
            made = await box.documents.render_labels(chosen, [label_of(info)], places_used(used, chosen.per_page))
        except ChildError:
            words = _('いまは作れません。少し待ってからもう一度試してください。')
            return Response(words, BUSY, media_type='text/plain; charset=utf-8')
        headers = {'Content-Disposition': 'inline; filename="key-tag.pdf"'}
        return Response(made, media_type='application/pdf', headers=headers)

    @guarded_page(IC_TAG, permission=Permission.LINK_CARDS)
    async def ic_tag(car: UUID) -> Response | None:
        box = condition.require_box()
        info = await box.vehicles.ledger.get(car)
        if info is None:
            return RedirectResponse(CARS, status_code=303)
        with staff_page(_('{plate} の鍵札').format(plate=info.entry.plate), CARS):
            text('p', _('鍵に付けたICタグを、カードと同じように登録します。'))
            await PersonCards(box, _as_holder(info)).draw()
            text('a', _('一覧へ戻る'), '', href=CARS)
        return None


def draw_key_tag(car: UUID) -> None:
    """The choice of the label paper."""
    papers = {name: _('{count}面').format(count=name) for name in PAPERS}
    with element('section', 'section', aria_label=_('鍵札')):
        text('h2', _('鍵札'), 'section-title')
        text('p', _('返却のとき、鍵札のコードを読み取ると、この車の返却が始まります。'), 'quiet')
        with plain_form(f'/staff/cars/{car}/key-tag', _('鍵札のラベルを作る'), method='get'):
            selection('paper', _('A4ラベル用紙'), papers, DEFAULT_PAPER)
            entry('used', _('使用済みの面の数'), '0', kind='number')
        if is_allowed(current_principal(), Permission.LINK_CARDS):
            text('a', _('鍵に付けたICタグを登録する'), '', href=f'/staff/cars/{car}/ic-tag')


def label_of(car: VehicleInfo) -> Label:
    """What stands on the key: no name of a person."""
    return Label(lines=_lines(car.entry), code=tag_text(car.id))


def places_used(typed: str, places: int) -> int:
    """Places of the sheet without a label; what is no such number counts as none."""
    plain = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len('1000') else 0
    return plain if plain < places else 0


def _as_holder(car: VehicleInfo) -> StaffMember:
    return StaffMember(id=car.id, number='', name=car.entry.plate, kana='', department=car.entry.name, active=True)


def _lines(entry: VehicleEntry) -> tuple[str, ...]:
    key = _('鍵 {number}').format(number=entry.key_number) if entry.key_number else ''
    return tuple(line for line in (entry.plate, key, entry.guard_room) if line)
