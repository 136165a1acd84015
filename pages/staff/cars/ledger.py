"""`/staff/cars`: the ledger of cars (車両台帳), searched and paged in the database, and a new car."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.documents.sheet import Sheet
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.car_list import CarFilter, CarList
from app.vehicles.ledger import VehicleEntry, VehicleInfo, VehicleRefused
from app.vehicles.ledger_import import type_words
from app.vehicles.ledger_sheets import sheet_of_ledger
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CAR_TIMELINE, CARS, CARS_IMPORT, PERMITS
from pages.staff.cars.car_form import draw_car_fields, posted_entry
from pages.staff.cars.list_files import csv_button, open_csv
from pages.staff.cars.values import WrongValue, number_of
from pages.staff.cars.words import field_words, short_until_words, vehicle_problem_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

CSV = f'{CARS}/csv'
NEW = '/staff/cars/new'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list and the form of a new car."""

    open_csv(condition, CSV, 'car_ledger', Permission.MANAGE_CARS, _sheet)

    @guarded_page(CARS, permission=Permission.MANAGE_CARS)
    async def cars(words: str = '', kind: str = '', page: int = 1) -> None:
        wanted = _wanted(words, kind)
        offset = offset_of(page)
        found, total = await CarList(condition.require_box().reading).page(wanted, offset, ROWS_PER_PAGE)
        _draw(found, offset, total, {'words': wanted.words, 'kind': kind})

    @guarded_page(NEW, permission=Permission.MANAGE_CARS)
    def new_car() -> None:
        _draw_new(VehicleEntry(plate=''), '', '')

    @guarded_post(NEW, permission=Permission.MANAGE_CARS)
    async def add(request: Request) -> Response:
        return await _add(request, condition.require_box())


async def _sheet(box: Box, asked: Mapping[str, str]) -> Sheet:
    cars = await CarList(box.reading).all(_wanted(asked.get('words', ''), asked.get('kind', '')))
    return sheet_of_ledger(cars, box.settings.name)


def _wanted(words: str, kind: str) -> CarFilter:
    return CarFilter(words=words[:100], only_for_disasters=kind == 'disaster', retired=kind == 'retired')


async def _add(request: Request, box: Box) -> Response:
    actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
    form = await posted(request)
    typed = VehicleEntry(plate='')
    try:
        typed = posted_entry(form)
        car = await box.vehicles.ledger.add(
            typed, actor, odometer=number_of(form.get('odometer', ''), field_words()['odometer'])
        )
    except WrongValue as wrong:
        problem = str(wrong)
    except VehicleRefused as refused:
        problem = vehicle_problem_words(refused.problem)
    else:
        return RedirectResponse(f'{CARS}/{car.id}?done=added', status_code=303)
    shown = _kept(form, typed)
    return drawn(request, lambda: _draw_new(shown, form.get('odometer', ''), problem), REFUSED_STATUS)


def _kept(form: Mapping[str, str], typed: VehicleEntry) -> VehicleEntry:
    if typed.plate:
        return typed
    kept: dict[str, Any] = {
        name: form.get(name, '') for name in ('plate', 'name', 'guard_room', 'department', 'key_number', 'facility')
    }
    return VehicleEntry(**kept)


def _draw(found: list[VehicleInfo], offset: int, total: int, asked: Mapping[str, str]) -> None:
    kinds = {'': _('使っている車'), 'disaster': _('災害用の車'), 'retired': _('外した車')}
    with staff_page(_('車両台帳'), CARS):
        with element('div', 'buttons'):
            text('a', _('車を追加する'), 'press press-main', href=NEW)
            text('a', _('CSV・Excelから取り込む'), 'press press-quiet', href=CARS_IMPORT)
            csv_button(CSV, asked=asked)
            text('a', _('使用状況を見る'), 'press press-quiet', href=CAR_TIMELINE)
            text('a', _('貸出の事前の許可'), 'press press-quiet', href=PERMITS)
        with plain_form(CARS, _('探す'), method='get', classes='filter'):
            entry('words', _('登録番号・名称・所属・守衛室・鍵番号'), asked['words'], most=100)
            selection('kind', _('表示する車'), kinds, asked['kind'])
        headings = [field_words()['plate'], _('名称・車種'), _('守衛室・鍵番号')]
        headings += [_('満了日'), _('状態')]
        empty = (
            _('当てはまる車はありません'),
            _('「車を追加する」か「CSV・Excelから取り込む」で台帳を作ってください。'),
        )
        plain_table(headings, [_row(car) for car in found], empty=empty)
        pager(CARS, asked, offset, total)


def _row(car: VehicleInfo) -> list[Cell]:
    of = car.entry
    return [
        Link(of.plate, f'{CARS}/{car.id}'),
        Lines((of.name, type_words()[of.car_type])),
        Lines((of.guard_room, _('鍵 {number}').format(number=of.key_number) if of.key_number else '')),
        Lines(_ends(of), whole=True),
        _state(of),
    ]


def _ends(of: VehicleEntry) -> tuple[str, ...]:
    return (
        _('車検 {until}').format(until=short_until_words(of.inspection_until)),
        _('自賠責 {until}').format(until=short_until_words(of.compulsory_insurance_until)),
    )


def _state(of: VehicleEntry) -> str:
    parts = [_('貸出停止: {reason}').format(reason=of.blocked_reason) if of.blocked_reason else '']
    parts += [_('災害用') if of.for_disasters else '']
    return '、'.join(part for part in parts if part)


def _draw_new(typed: VehicleEntry, odometer: str, problem: str) -> None:
    with staff_page(_('車を追加する'), CARS):
        with plain_form(NEW, _('追加する'), error=problem):
            draw_car_fields(typed)
            entry('odometer', field_words()['odometer'], odometer, kind='number')
        text('a', _('一覧へ戻る'), '', href=CARS)
