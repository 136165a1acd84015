"""Files of the run record: made in a child, handed out to those who may read it, and noted in the journal."""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from datetime import date
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError, ChildFailed
from app.documents.csv_writer import Encoding, NotInCp932
from app.documents.orders import Form
from app.documents.sheet import Outdated, Sheet, SheetError
from app.journal.line import Act, Actor
from app.language import _
from app.runtime import Box, Condition
from app.storage.transaction import transaction
from app.vehicles.alcohol_book import AlcoholBook, CheckFilter
from app.vehicles.cost_sharing import DepartmentUses
from app.vehicles.monthly import monthly_sheets, order_month
from app.vehicles.record_csv import checks_csv, read_through, trips_csv
from app.vehicles.run_record import RunRecord, TooManyEntries, TripFilter
from app.vehicles.sheets import (
    About,
    sheet_of_checks,
    sheet_of_departments,
)
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, selection
from pages.guarded import drawn
from pages.staff.addresses import TRIPS
from pages.staff.cars.values import asked_month, month_value
from pages.staff.navigation import staff_page

DOWNLOAD = '/staff/trips/download'
EXPORTED = 'vehicles.record_exported'
KINDS = {
    'pdf': 'application/pdf',
    'xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'csv': 'text/csv; charset=utf-8',
    'csv_cp932': 'text/csv; charset=Shift_JIS',
}
ENCODINGS = {'csv': Encoding.UTF8, 'csv_cp932': Encoding.CP932}
ATTEMPTS = 3
"""A trip may change between the order of a document and its making."""
REFUSED_STATUS, BUSY_STATUS = 422, 503


def register(condition: Condition) -> None:
    """Open the way to the files."""
    policies.register(DOWNLOAD, permission=Permission.READ_TRIPS)

    @app.get(DOWNLOAD, include_in_schema=False)
    async def download(request: Request, what: str = 'cars', form: str = 'pdf', month: str = '') -> Response:
        box = condition.require_box()
        actor = actor_of(require(current_principal(), Permission.READ_TRIPS))
        what, form = what if what in _whats() else 'cars', form if form in KINDS else 'pdf'
        first, last = asked_month(month)
        try:
            if form in ENCODINGS and what != 'departments':
                pieces = await _streamed(box, what, ENCODINGS[form], first, last)
                await _note(box, actor, what, form, first)
                return StreamingResponse(pieces, headers=_headers(f'{_whats()[what]}_{month_value(first)}', form))
            content = await monthly_file(box, what, form, first, last)
        except NotInCp932 as error:
            words = _('Shift_JIS にない文字があります: {letters}。UTF-8 の CSV を選んでください。')
            problem = words.format(letters='、'.join(list(error.letters)[:10]))
            return drawn(request, lambda: _draw_problem(problem), REFUSED_STATUS)
        except (SheetError, TooManyEntries):
            problem = _('一度に作れる量を超えています。何件でも書き出せる CSV を選んでください。')
            return drawn(request, lambda: _draw_problem(problem), REFUSED_STATUS)
        except ChildError:
            problem = _('いまは作れません。少し待ってからもう一度試してください。')
            return drawn(request, lambda: _draw_problem(problem), BUSY_STATUS)
        await _note(box, actor, what, form, first)
        return Response(content, headers=_headers(f'{_whats()[what]}_{month_value(first)}', form))


def draw_downloads(first_day: date | None, what: str = 'cars') -> None:
    """The choice of a file below the search; `what` is chosen beforehand."""
    forms = {
        'pdf': _('PDF(印刷用)'),
        'xlsx': 'XLSX(Excel)',
        'csv': _('CSV(UTF-8)'),
        'csv_cp932': _('CSV(Shift_JIS)'),
    }
    with element('section', 'section', aria_label=_('月ごとの書類')):
        text('h2', _('月ごとの書類'), 'section-title')
        text('p', _('個人情報を含みます。だれがいつ出したかを記録簿に残します。'), 'quiet')
        with plain_form(DOWNLOAD, _('ファイルを作る'), method='get', classes='filter'):
            entry('month', _('月'), month_value(first_day or asked_month('')[0]), kind='month', required=True)
            selection('what', _('書類'), _whats(), what)
            selection('form', _('形式'), forms, 'pdf')


def _whats() -> Mapping[str, str]:
    return {
        'cars': _('運転日誌(車ごと)'),
        'drivers': _('運転日誌(運転者ごと)'),
        'alcohol': _('アルコール検知記録簿'),
        'departments': _('所属別の利用と費用'),
    }


async def monthly_file(box: Box, what: str, form: str, first: date, last: date) -> bytes:
    """One of the files of a month, or of other days, both included."""
    about = _about(box, first)
    if what == 'alcohol':
        book = AlcoholBook(box.reading, box.vault)
        return await _rendered(
            box, [sheet_of_checks(await book.all(CheckFilter(first_day=first, last_day=last)), about)], form
        )
    record, wanted = RunRecord(box.reading, box.vault), TripFilter(first_day=first, last_day=last)
    if what == 'departments':
        uses = DepartmentUses()
        async for batch in record.batches(wanted):
            uses.add(batch)
        return await _rendered(box, [sheet_of_departments(uses.shared(), about)], form)
    return await _journals(box, wanted, about, Form(form), by_driver=what == 'drivers')


async def _journals(box: Box, wanted: TripFilter, about: About, form: Form, *, by_driver: bool) -> bytes:
    for _attempt in range(ATTEMPTS):
        order = await order_month(box.reading, box.vault, box.directory.database, wanted, about, by_driver=by_driver)
        with suppress(Outdated):
            return await box.documents.render_recipe(form, monthly_sheets, order)
    raise ChildFailed('the trips change all the time')


async def _streamed(box: Box, what: str, encoding: Encoding, first: date, last: date) -> AsyncIterator[bytes]:
    about = _about(box, first)

    def pieces() -> AsyncIterator[bytes]:
        if what == 'alcohol':
            wanted = CheckFilter(first_day=first, last_day=last)
            return checks_csv(AlcoholBook(box.reading, box.vault), wanted, about, encoding)
        return trips_csv(RunRecord(box.reading, box.vault), TripFilter(first_day=first, last_day=last), about, encoding)

    if encoding is Encoding.CP932:
        await read_through(pieces())
    return pieces()


def _about(box: Box, first: date) -> About:
    return About(period=_('{year}年{month}月').format(year=first.year, month=first.month), box=box.settings.name)


async def _rendered(box: Box, sheets: list[Sheet], form: str) -> bytes:
    match form:
        case 'xlsx':
            return await box.documents.render_xlsx(sheets)
        case 'csv' | 'csv_cp932':
            return await box.documents.render_csv(sheets[0], ENCODINGS[form])
        case _:
            return await box.documents.render_pdf(sheets)


async def _note(box: Box, actor: Actor, what: str, form: str, first: date) -> None:
    act = Act(kind=EXPORTED, actor=actor, payload={'what': what, 'form': form, 'month': month_value(first)})
    await transaction(lambda tx: box.journal.append(tx, act))


def _headers(name: str, form: str) -> dict[str, str]:
    suffix = form.split('_', maxsplit=1)[0]
    return {
        'Content-Type': KINDS[form],
        'Content-Disposition': f'attachment; filename="record.{suffix}"; filename*=UTF-8\'\'{quote(name)}.{suffix}',
    }


def _draw_problem(problem: str) -> None:
    with staff_page(_('月ごとの書類'), TRIPS):
        message_box(MessageKind.FAILURE, _('ファイルを作れませんでした。'), problem)
        text('a', _('運行記録へ戻る'), '', href=TRIPS)
