"""`/staff/cars/permits`: gates that a car manager opens before the driver comes."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.people.names import NOBODY, Named, names_of
from app.runtime import Box, Condition
from app.vehicles.ledger import vehicle_id
from app.vehicles.overrides import LONGEST_REASON
from app.vehicles.permits import NewPermit, PermitInfo, PermitProblem, PermitRefused, permissible
from app.vehicles.record_words import gate_names
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, tick
from components.plain_table import Cell, plain_table
from components.times import day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CARS, PERMITS
from pages.staff.cars.people import person_name, staff_with
from pages.staff.cars.values import WrongValue, day_of, is_plain, is_ticked
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

WITHDRAW = '/staff/cars/permits/{permit}/withdraw'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page, and what gives and withdraws a permission."""

    @guarded_page(PERMITS, permission=Permission.MANAGE_CARS)
    async def permits_page() -> None:
        standing = await _standing(condition.require_box())
        _draw(standing, {})

    @guarded_post(PERMITS, permission=Permission.MANAGE_CARS)
    async def give(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        principal = require(current_principal(), Permission.MANAGE_CARS)
        try:
            await box.vehicles.permits.give(await _posted(box, form, principal.staff), actor_of(principal))
        except (WrongValue, PermitRefused) as error:
            problem = str(error) if isinstance(error, WrongValue) else _problem_words(error.problem)
            standing = await _standing(box)
            return drawn(request, lambda: _draw(standing, form, problem), REFUSED_STATUS)
        return RedirectResponse(PERMITS, status_code=303)

    @guarded_post(WITHDRAW, permission=Permission.MANAGE_CARS)
    async def withdraw(permit: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        await condition.require_box().vehicles.permits.withdraw(permit, actor)
        return RedirectResponse(PERMITS, status_code=303)


Standing = list[tuple[PermitInfo, str, Named]]
"""Each with the plate of the car and the driver."""


async def _standing(box: Box) -> Standing:
    coming = await box.vehicles.permits.coming()
    plates = {car.id: car.entry.plate for car in await box.vehicles.ledger.all()}
    drivers = [each.driver for each in coming]
    people = await box.reading.read(lambda connection: names_of(connection, box.vault, drivers))
    return [(each, plates.get(each.vehicle, ''), people.get(each.driver, NOBODY)) for each in coming]


async def _posted(box: Box, form: Mapping[str, str], manager: UUID) -> NewPermit:
    car = await box.vehicles.ledger.get(vehicle_id(form.get('plate', '').strip()))
    if car is None:
        raise WrongValue(_('登録番号: 車両台帳にありません。'))
    driver = await staff_with(box, form.get('driver', ''), _('運転者の職員番号'))
    day, reason = day_of(form.get('day', ''), _('日にち')), form.get('reason', '').strip()
    if day is None:
        raise WrongValue(_('日にち: 入れてください。'))
    if len(reason) > LONGEST_REASON or not is_plain(reason):
        raise WrongValue(_('理由: 100文字までの文字にしてください。'))
    gates = tuple(gate for gate in permissible() if is_ticked(form, gate.value))
    return NewPermit(manager=manager, vehicle=car.id, driver=driver.id, day=day, gates=gates, reason=reason)


def _draw(standing: Standing, form: Mapping[str, str], problem: str = '') -> None:
    with staff_page(_('貸出の事前の許可'), CARS):
        text('p', _('その日、その人、その車に限り、選んだことを理由に貸出を止めません。法令で止めるものは選べません。'))
        if problem:
            message_box(MessageKind.FAILURE, _('許可していません。'))
        headings = (_('日にち'), _('車両'), _('運転者'), _('許可したこと'), _('理由'))
        rows: list[list[Cell]] = [_row(*each) for each in standing]
        empty = (_('きょうからの許可はありません'), _('下で入れると、窓口ですぐに有効になります。'))
        plain_table(headings, rows, empty=empty)
        for permit, plate, driver in standing:
            words = _('{day} {plate} {name}さんの許可を取り消す')
            label = words.format(day=day_with_weekday(permit.day), plate=plate, name=person_name(driver))
            with plain_form(f'{PERMITS}/{permit.id}/withdraw', label, careful=True):
                pass
        with element('section', 'section panel', aria_label=_('許可する')):
            text('h2', _('許可する'), 'section-title')
            _draw_form(form, problem)
        text('a', _('車両台帳へ戻る'), '', href=CARS)


def _row(permit: PermitInfo, plate: str, driver: Named) -> list[Cell]:
    gates = '、'.join(words for gate, words in gate_names().items() if gate.value in permit.gates)
    return [day_with_weekday(permit.day), plate, person_name(driver), gates, permit.reason]


def _draw_form(form: Mapping[str, str], problem: str) -> None:
    with plain_form(PERMITS, _('許可する'), error=problem):
        entry('plate', _('登録番号'), form.get('plate', ''), required=True, most=40)
        entry('driver', _('運転者の職員番号'), form.get('driver', ''), required=True, most=32)
        entry('day', _('日にち'), form.get('day', clock.today().isoformat()), kind='date', required=True)
        for gate, words in gate_names().items():
            tick(gate.value, words, is_ticked(form, gate.value))
        entry('reason', _('理由'), form.get('reason', ''), required=True, most=LONGEST_REASON)


def _problem_words(problem: PermitProblem) -> str:
    return {
        PermitProblem.LAW: _('許可することを1つ以上選んでください。'),
        PermitProblem.OWN: _('ご自分の貸出は許可できません。ほかの車両担当の方に依頼してください。'),
        PermitProblem.PAST: _('日にちは、きょうからにしてください。'),
        PermitProblem.NO_REASON: _('理由を書いてください。'),
    }[problem]
