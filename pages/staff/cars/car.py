"""One car: what the ledger says, every change of it with its day, and taking it out of the pool."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.history import History, HistoryFilter, HistoryLine
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.car_list import CarList
from app.vehicles.ledger import VEHICLE_ADDED, VEHICLE_CHANGED, VEHICLE_RETIRED, VehicleInfo, VehicleRefused
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form, yes_no
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CARS, TRIPS
from pages.staff.cars.car_form import FLAGS, draw_car_fields, posted_entry
from pages.staff.cars.key_tag import draw_key_tag
from pages.staff.cars.people import name_of_actor
from pages.staff.cars.values import WrongValue
from pages.staff.cars.words import field_words, kilometres, vehicle_problem_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PATH = '/staff/cars/{car}'
CHANGE = '/staff/cars/{car}/change'
RETIRE = '/staff/cars/{car}/retire'
MOST_LINES = 50
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each car."""

    @guarded_page(PATH, permission=Permission.MANAGE_CARS)
    async def car_page(car: UUID, done: str = '') -> Response | None:
        box = condition.require_box()
        info = await box.vehicles.ledger.get(car)
        if info is None:
            return RedirectResponse(CARS, status_code=303)
        await _show(box, info, done=done)
        return None

    @guarded_post(CHANGE, permission=Permission.MANAGE_CARS)
    async def change(request: Request, car: UUID) -> Response:
        return await _change(request, condition.require_box(), car)

    @guarded_post(RETIRE, permission=Permission.MANAGE_CARS)
    async def retire(request: Request, car: UUID) -> Response:
        box = condition.require_box()
        try:
            await box.vehicles.ledger.retire(car, actor_of(require(current_principal(), Permission.MANAGE_CARS)))
        except VehicleRefused as refused:
            return await _refused(request, box, car, vehicle_problem_words(refused.problem))
        return RedirectResponse(f'{CARS}/{car}?done=retired', status_code=303)


async def _change(request: Request, box: Box, car: UUID) -> Response:
    actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
    form = await posted(request)
    info = await box.vehicles.ledger.get(car)
    if info is None:
        return RedirectResponse(CARS, status_code=303)
    try:
        await box.vehicles.ledger.change(car, posted_entry(form, info.entry.plate), actor)
    except WrongValue as wrong:
        return await _refused(request, box, car, str(wrong))
    except VehicleRefused as refused:
        return await _refused(request, box, car, vehicle_problem_words(refused.problem))
    return RedirectResponse(f'{CARS}/{car}?done=changed', status_code=303)


async def _refused(request: Request, box: Box, car: UUID, problem: str) -> Response:
    info = await box.vehicles.ledger.get(car)
    if info is None:
        return RedirectResponse(CARS, status_code=303)
    lines, is_retired, names = await _facts(box, info)
    return drawn(request, lambda: _draw(info, lines, names, is_retired, problem=problem), REFUSED_STATUS)


async def _show(box: Box, info: VehicleInfo, *, done: str) -> None:
    lines, is_retired, names = await _facts(box, info)
    _draw(info, lines, names, is_retired, done=done)


async def _facts(box: Box, info: VehicleInfo) -> tuple[list[HistoryLine], bool, Mapping[str, str]]:
    history = History(box.reading, box.vault)
    lines: list[HistoryLine] = []
    for kind in (VEHICLE_ADDED, VEHICLE_CHANGED, VEHICLE_RETIRED):
        lines += (await history.page(HistoryFilter(subject=info.id, kind=kind), 0, MOST_LINES))[0]
    lines.sort(key=lambda line: line.sequence, reverse=True)
    names = {line.actor: await name_of_actor(box, line) for line in lines}
    return lines[:MOST_LINES], await CarList(box.reading).is_retired(info.id), names


def _draw(
    info: VehicleInfo,
    lines: list[HistoryLine],
    names: Mapping[str, str],
    is_retired: bool,
    *,
    problem: str = '',
    done: str = '',
) -> None:
    with staff_page(info.entry.plate, CARS):
        if done_words := _done_words().get(done):
            message_box(MessageKind.DONE, done_words)
        text('p', _('メーター {km} km').format(km=kilometres(info.odometer) or _('未入力')))
        text('a', _('この車の運行記録'), '', href=f'{TRIPS}?car={info.id}')
        if is_retired:
            message_box(MessageKind.NOTE, _('この車は外されています。'), _('戻すときは、同じ登録番号で追加します。'))
        else:
            with plain_form(f'{CARS}/{info.id}/change', _('変更を保存する'), error=problem):
                draw_car_fields(info.entry, with_plate=False)
            draw_key_tag(info.id)
        _draw_history(lines, names)
        if not is_retired:
            with element('section', 'section', aria_label=_('台帳から外す')):
                text('h2', _('台帳から外す'), 'section-title')
                text('p', _('貸出の候補に出なくなります。これまでの運行記録は残ります。'), 'quiet')
                with plain_form(f'{CARS}/{info.id}/retire', _('この車を外す'), careful=True):
                    pass
        text('a', _('一覧へ戻る'), '', href=CARS)


def _draw_history(lines: list[HistoryLine], names: Mapping[str, str]) -> None:
    with element('section', 'section', aria_label=_('変更の履歴')):
        text('h2', _('変更の履歴'), 'section-title')
        rows: list[list[Cell]] = [
            [day_and_time(line.happened_at), _what(line), names.get(line.actor, '')] for line in lines
        ]
        plain_table(
            (_('日時'), _('内容'), _('行った人')), rows, empty=(_('変更はありません'), _('変えるとここに出ます。'))
        )


def _what(line: HistoryLine) -> str:
    if line.kind == VEHICLE_ADDED:
        return _('追加')
    if line.kind == VEHICLE_RETIRED:
        return _('台帳から外した')
    words = field_words()
    changes = [
        f'{words[name]}: {_value(name, pair[0])} → {_value(name, pair[1])}'
        for name, pair in line.payload.items()
        if name in words and isinstance(pair, list) and len(pair) == 2
    ]
    return '、'.join(changes) or _('変更')


def _value(name: str, value: Any) -> str:
    if name in FLAGS:
        return yes_no(bool(value))
    return str(value) if value not in (None, '') else _('未入力')


def _done_words() -> dict[str, str]:
    return {
        'added': _('車を追加しました。'),
        'changed': _('変更を保存しました。'),
        'retired': _('台帳から外しました。'),
    }
