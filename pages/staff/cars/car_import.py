"""Taking over a list of cars, with a look before anything is changed."""

import asyncio

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from app.vehicles.car_list import CarList
from app.vehicles.ledger import VehicleRefused, differences
from app.vehicles.ledger_import import (
    COLUMNS,
    REQUIRED,
    LedgerComparison,
    ListedCar,
    compare_ledger,
    read_ledger_list,
    save_ledger,
)
from app.vehicles.listed import MOST_BYTES, ListError
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import LIST_FILES, file_entry, plain_form
from components.plain_table import Cell, plain_table
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CARS, CARS_IMPORT
from pages.staff.cars.looked_at import LookedAt
from pages.staff.cars.words import field_words
from pages.staff.navigation import staff_page

APPLY = '/staff/cars/import/apply'
UPLOAD = '/staff/cars/import/upload'
ROWS_SHOWN = 100
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page and its two steps."""
    lists = LookedAt[list[ListedCar]]()

    @guarded_page(CARS_IMPORT, permission=Permission.MANAGE_CARS)
    def import_page(done: str = '') -> None:
        _draw(done=done)

    @guarded_post(UPLOAD, permission=Permission.MANAGE_CARS)
    async def upload(request: Request) -> Response:
        session = require(current_principal(), Permission.MANAGE_CARS).session
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('list')
            content = await file.read() if isinstance(file, UploadFile) else b''
        try:
            cars = await asyncio.to_thread(read_ledger_list, content)
        except ListError as error:
            problems = error.problems
            return drawn(request, lambda: _draw(problems), REFUSED_STATUS)
        found = compare_ledger(cars, await CarList(condition.require_box().reading).by_plate())
        lists.put(session, cars)
        return drawn(request, lambda: _draw_preview(found))

    @guarded_post(APPLY, permission=Permission.MANAGE_CARS)
    async def apply(request: Request) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.MANAGE_CARS)
        cars = lists.take(principal.session) or []
        found = compare_ledger(cars, await CarList(box.reading).by_plate())
        try:
            await save_ledger(box.vehicles.ledger, found, actor_of(principal))
        except VehicleRefused:
            problem = _('取り込む間にほかの人が台帳を変えました。もう一度ファイルを選び、残りを確かめてください。')
            return drawn(request, lambda: _draw((problem,)), REFUSED_STATUS)
        return RedirectResponse(f'{CARS_IMPORT}?done={len(found.added)}-{len(found.changed)}', status_code=303)

    policies.add(
        Policy(path=UPLOAD, audience=Audience.STAFF, permission=Permission.MANAGE_CARS, largest_body=MOST_BYTES)
    )


def _draw(problems: tuple[str, ...] = (), *, done: str = '') -> None:
    with staff_page(_('車両台帳の取り込み'), CARS):
        if done.replace('-', '').isdecimal() and done.count('-') == 1:
            added, changed = done.split('-')
            message_box(
                MessageKind.DONE,
                _('取り込みました: 追加 {added}台、変更 {changed}台').format(added=added, changed=changed),
            )
        if problems:
            message_box(
                MessageKind.FAILURE,
                _('取り込めません。何も変わっていません。'),
                _('次のところを直して、もう一度選んでください。'),
            )
            with element('ul', 'problems'):
                for problem in problems:
                    text('li', problem)
        columns = '、'.join(COLUMNS)
        text('p', _('CSV または Excel のファイル。1行目に列名が必要です: {columns}').format(columns=columns))
        text('p', _('必ず要るのは「{required}」だけです。ない列は変わりません。').format(required=REQUIRED), 'quiet')
        with plain_form(UPLOAD, _('内容を確かめる'), with_files=True):
            hint = _('{most} MB まで。Excel は初めのシートを読みます').format(most=MOST_BYTES // 1_000_000)
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)
        text('a', _('一覧へ戻る'), '', href=CARS)


def _draw_preview(found: LedgerComparison) -> None:
    with staff_page(_('車両台帳の取り込み'), CARS):
        text('h2', _('取り込む内容を確かめてください'), 'section-title')
        with element('dl', 'figures'):
            for label, count in (
                (_('追加'), len(found.added)),
                (_('変更'), len(found.changed)),
                (_('変わらない'), found.unchanged),
            ):
                with element('div', 'figure'):
                    text('dt', label)
                    text('dd', _('{count}台').format(count=f'{count:,}'), 'figure-number')
        text('p', _('リストにない車 {count}台は、そのまま残ります。').format(count=f'{found.missing:,}'), 'quiet')
        empty = (_('変わるところはありません'), _('取り込まなくてかまいません。'))
        plain_table((_('区分'), _('登録番号'), _('内容')), _rows(found), empty=empty)
        with element('div', 'buttons'):
            if found.added or found.changed:
                with plain_form(APPLY, _('取り込む')):
                    pass
            text('a', _('やめる'), 'press press-quiet', href=CARS_IMPORT)


def _rows(found: LedgerComparison) -> list[list[Cell]]:
    words = field_words()
    rows: list[list[Cell]] = [[_('追加'), entry.plate, entry.name] for entry in found.added[:ROWS_SHOWN]]
    for info, entry in found.changed[: ROWS_SHOWN - len(rows)]:
        changes = differences(info.entry, entry)
        told = [
            f'{words[name]}: {before or _("未入力")} → {after or _("未入力")}'
            for name, (before, after) in changes.items()
        ]
        rows.append([_('変更'), entry.plate, '、'.join(told)])
    return rows
