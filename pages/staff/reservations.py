"""`/staff/reservations`: how Garoon is, and taking over its CSV with a look before anything is changed."""

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.garoon.csv_import import COLUMNS, ReservationListError
from app.vehicles.garoon.events import Reservation
from app.vehicles.garoon_polling import GaroonLink, GaroonState
from app.vehicles.reservation_import import ImportPlan, plan_import, take_over
from components.data_table import Column, DataTable, Row
from components.elements import box as element
from components.elements import press, text
from components.messages import MessageKind, message_box
from components.notice import Notice
from components.plain_forms import LIST_FILES, file_entry
from components.times import day_and_time
from pages.guarded import guarded_page, guarded_post
from pages.staff import garoon_people
from pages.staff.acting import actor_for, telling
from pages.staff.addresses import RESERVATIONS
from pages.staff.garoon_people import draw_people, unknown_drivers
from pages.staff.garoon_words import fault_next_step, fault_words, state_words
from pages.staff.navigation import staff_page

UPLOAD = '/staff/reservations/upload'
LARGEST_FILE_BYTES = 20_000_000
MOST_UPLOADS = 4
MOST_PROBLEMS = 50
ROWS_OF_PREVIEW = 20


class Uploads:
    """The last few files, each for the session that sent it; they are never written to the disk."""

    def __init__(self) -> None:
        self._by_session: OrderedDict[UUID, ImportPlan | str] = OrderedDict()

    def put(self, session: UUID, upload: ImportPlan | str) -> None:
        """Keep a plan, or the sentence that says why there is none; the oldest of all gives way."""
        self._by_session.pop(session, None)
        self._by_session[session] = upload
        while len(self._by_session) > MOST_UPLOADS:
            self._by_session.popitem(last=False)

    def take(self, session: UUID) -> ImportPlan | str | None:
        """Show it once: a reload begins anew."""
        return self._by_session.pop(session, None)


def register(condition: Condition) -> None:
    """Open `/staff/reservations` and the target of its form."""
    uploads = Uploads()

    @guarded_page(RESERVATIONS, permission=Permission.MANAGE_CARS)
    async def reservations(done: str = '') -> None:
        box = condition.require_box()
        unknown = await unknown_drivers(box)
        upload = uploads.take(require(current_principal(), Permission.MANAGE_CARS).session)
        with staff_page(_('予約の読み込み'), RESERVATIONS):
            if done == 'logins':
                message_box(MessageKind.DONE, _('対応表を取り込みました。'), _('守衛室の画面には、すぐに出ます。'))
            if isinstance(upload, str):
                message_box(MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), upload)
            if isinstance(upload, ImportPlan):
                await Preview(box, upload).draw()
            _draw_garoon(box.vehicles.garoon)
            _draw_form()
            draw_people(box, unknown)

    garoon_people.register(condition)

    @guarded_post(UPLOAD, permission=Permission.MANAGE_CARS)
    async def upload(request: Request) -> RedirectResponse:
        principal = require(current_principal(), Permission.MANAGE_CARS)
        async with request.form(max_files=1, max_fields=4) as form:
            file = form.get('list')
            content = await file.read() if isinstance(file, UploadFile) else b''
        uploads.put(principal.session, await _read(condition.require_box(), content))
        return RedirectResponse(RESERVATIONS, status_code=303)

    policies.add(
        Policy(path=UPLOAD, audience=Audience.STAFF, permission=Permission.MANAGE_CARS, largest_body=LARGEST_FILE_BYTES)
    )


class Preview:
    """What would change, and the button that changes it."""

    def __init__(self, box: Box, plan: ImportPlan) -> None:
        self._box = box
        self._plan: ImportPlan | None = plan
        self._rows = [
            *((_('追加'), each) for each in plan.changes.added),
            *((_('取消'), each) for each in plan.changes.gone),
        ]
        self._notice = Notice()
        with element('section', 'section panel', aria_label=_('取り込む内容')) as self._place:
            text('h2', _('取り込む内容を確かめてください'), 'section-title')
            _draw_figures(plan)
            _draw_problems(plan)
            self._table = DataTable(
                _columns(),
                self._page,
                empty=(_('変わるところはありません'), _('取り込まなくてかまいません。')),
                rows_per_page=ROWS_OF_PREVIEW,
            )
            with element('div', 'buttons'):
                if plan.changes:
                    press(_('取り込む'), telling(self._notice, self._save), classes='press-main')
                text('a', _('やめる'), 'press press-quiet', href=RESERVATIONS)

    async def draw(self) -> None:
        """Fill the table."""
        self._plates = {car.entry.facility: car.entry.plate for car in await self._box.vehicles.ledger.all()}
        await self._table.load()

    async def _page(self, offset: int, limit: int) -> tuple[Sequence[Row], int]:
        rows = self._rows[offset : offset + limit]
        return [_row(what, each, self._plates) for what, each in rows], len(self._rows)

    async def _save(self) -> None:
        actor = actor_for(self._box, Permission.MANAGE_CARS)
        plan, self._plan = self._plan, None
        if plan is None:
            return
        self._place.set_visibility(False)
        await take_over(plan, self._box.vehicles.reservations, self._box.journal, actor)
        words = _('取り込みました: 追加 {added}件、取消 {gone}件')
        self._notice.done(
            words.format(added=f'{len(plan.changes.added):,}', gone=f'{len(plan.changes.gone):,}'),
            _('守衛室の画面には、すぐに出ます。'),
        )


async def _read(box: Box, content: bytes) -> ImportPlan | str:
    if not content:
        return _('ファイルが選ばれていないか、空です')
    try:
        return await plan_import(content, await box.vehicles.ledger.all(), box.vehicles.reservations)
    except ReservationListError as error:
        return str(error)


def _draw_figures(plan: ImportPlan) -> None:
    with element('dl', 'figures'):
        _figure(_('追加'), len(plan.changes.added))
        _figure(_('取消'), len(plan.changes.gone))
        _figure(_('変わらない'), plan.unchanged)
        _figure(_('共用車を使わない予定'), plan.reading.without_car)
    if plan.first and plan.last:
        words = _('{first} から {last} までに始まる予約です。').format(
            first=day_and_time(plan.first), last=day_and_time(plan.last)
        )
        text('p', words, 'quiet')


def _figure(label: str, number: int) -> None:
    with element('div', 'figure'):
        text('dt', label)
        text('dd', _('{count}件').format(count=f'{number:,}'), 'figure-number')


def _draw_problems(plan: ImportPlan) -> None:
    problems = plan.reading.problems
    if not problems:
        return
    words = _('読み取れない行が {count} 行あります。その行は取り込みません。').format(count=f'{len(problems):,}')
    message_box(MessageKind.WARNING, words, _('必要なら直して、もう一度選んでください。'))
    with element('ul', 'problems'):
        for problem in problems[:MOST_PROBLEMS]:
            text('li', problem)


def _draw_garoon(garoon: GaroonLink) -> None:
    status, heard = garoon.status, garoon.last_answer
    with element('section', 'section', aria_label=_('Garoonとのつながり')):
        text('h2', _('Garoonとのつながり'), 'section-title')
        text('p', state_words(status.state))
        text('p', _('最後に読み込んだ予約: {at}').format(at=day_and_time(heard) if heard else _('まだありません')))
        if status.state is GaroonState.AWAY and status.fault:
            message_box(MessageKind.WARNING, fault_words(status.fault), fault_next_step(status.fault))
        if status.unmatched:
            text('p', _('車両台帳の車と結び付いていないGaroonの施設'), 'field-label')
            _draw_names([f'{each.name} ({each.code or each.id})' for each in status.unmatched])
        if status.missing:
            text('p', _('Garoonに見当たらない、車両台帳の「施設」'), 'field-label')
            _draw_names(list(status.missing))


def _draw_names(names: list[str]) -> None:
    with element('ul', 'problems'):
        for name in names[:MOST_PROBLEMS]:
            text('li', name)
        if len(names) > MOST_PROBLEMS:
            text('li', _('ほか {count} 件').format(count=len(names) - MOST_PROBLEMS))


def _draw_form() -> None:
    with element('section', 'section', aria_label=_('予約のファイル')):
        text('h2', _('予約のファイルを選ぶ'), 'section-title')
        text('p', _('Garoonのシステム管理で書き出した予定の一覧(CSV または Excel)を取り込みます。'))
        text('p', _('列: {columns}').format(columns='、'.join(COLUMNS)), 'quiet')
        words = _('同じ期間の前回の取り込みにあって今回のファイルにない予約は、取り消されたものとします。')
        text('p', words, 'quiet')
        with element('form', 'form', method='post', action=UPLOAD, enctype='multipart/form-data'):
            hint = _('{most} MB まで。Excel は初めのシートを読みます').format(most=LARGEST_FILE_BYTES // 1_000_000)
            file_entry('list', _('ファイル'), hint=hint, accept=LIST_FILES)
            with element('div', 'buttons'):
                text('button', _('内容を確かめる'), 'press press-main', type='submit')


def _columns() -> tuple[Column, ...]:
    return (
        Column(field='what', label=_('取り込むと'), whole=True),
        Column(field='car', label=_('車両'), whole=True),
        Column(field='start', label=_('開始'), whole=True),
        Column(field='end', label=_('終了'), whole=True),
        Column(field='subject', label=_('件名')),
    )


def _row(what: str, each: Reservation, plates: dict[str, str]) -> Row:
    return {
        'id': each.key,
        'what': what,
        'car': plates.get(each.facility_id, each.facility_id),
        'start': day_and_time(each.start),
        'end': day_and_time(each.end),
        'subject': each.subject,
    }
