"""On `/staff/reservations`: which login of Garoon is which member of staff, and of which bookings nobody is known."""

import asyncio
from collections.abc import Sequence

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.garoon.csv_import import ReservationListError
from app.vehicles.garoon.logins import LoginList, read_logins
from app.vehicles.garoon_logins import keep_logins, without_driver
from app.vehicles.reservations import ReservationInfo
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import LIST_FILES, file_entry
from components.times import day_and_time
from pages.guarded import drawn, guarded_post
from pages.staff.addresses import RESERVATIONS
from pages.staff.navigation import staff_page

LOGINS = '/staff/reservations/logins'
LARGEST_FILE_BYTES = 5_000_000
SHOWN = 20
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the target of the form."""

    @guarded_post(LOGINS, permission=Permission.MANAGE_CARS)
    async def upload(request: Request) -> Response:
        box, principal = condition.require_box(), require(current_principal(), Permission.MANAGE_CARS)
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get('logins')
            content = await file.read() if isinstance(file, UploadFile) else b''
        try:
            read = await asyncio.to_thread(read_logins, content)
        except ReservationListError as error:
            problem = str(error)
            return drawn(request, lambda: _draw_refused(problem), REFUSED_STATUS)
        if read.problems or not read.numbers:
            return drawn(request, lambda: _draw_problems(read), REFUSED_STATUS)
        await keep_logins(read.numbers, box.vehicles.reservations, box.journal, actor_of(principal))
        return RedirectResponse(f'{RESERVATIONS}?done=logins', status_code=303)

    policies.add(
        Policy(path=LOGINS, audience=Audience.STAFF, permission=Permission.MANAGE_CARS, largest_body=LARGEST_FILE_BYTES)
    )


async def unknown_drivers(box: Box) -> list[ReservationInfo]:
    """Reservations of the next days of whose people none is known."""
    return await without_driver(box.vehicles.reservations)


def draw_people(box: Box, unknown: Sequence[ReservationInfo]) -> None:
    """What is known, who is not, and the form that says who is who."""
    with element('section', 'section', aria_label=_('Garoonの利用者と職員')):
        text('h2', _('Garoonの利用者と職員'), 'section-title')
        told = _('Garoonのログイン名が職員番号と同じなら、何もしなくてかまいません。違うときは対応表を取り込みます。')
        text('p', told)
        count = box.vehicles.reservations.known_logins
        listed = _('対応表: {count}人').format(count=f'{count:,}') if count else _('対応表: まだありません')
        text('p', listed, 'quiet')
        _draw_unknown(unknown)
        with element('form', 'form', method='post', action=LOGINS, enctype='multipart/form-data'):
            hint = _('1行目に「ログイン名」と「職員番号」か「従業員番号」がある、CSV または Excel のファイル。')
            file_entry('logins', _('対応表'), hint=hint, accept=LIST_FILES)
            text('p', _('前の対応表と入れ替わります。'), 'quiet')
            with element('div', 'buttons'):
                text('button', _('対応表を取り込む'), 'press press-main', type='submit')


def _draw_unknown(unknown: Sequence[ReservationInfo]) -> None:
    if not unknown:
        return
    title = _('運転者が職員と結び付かない予約が、7日以内に {count} 件あります').format(count=f'{len(unknown):,}')
    message_box(MessageKind.WARNING, title, _('その予約の車は、カードをタッチしても自動で出ません。'))
    with element('ul', 'problems'):
        for each in unknown[:SHOWN]:
            people = '、'.join(each.people)
            text('li', _('{at} {people}').format(at=day_and_time(each.start), people=people))
        if len(unknown) > SHOWN:
            text('li', _('ほか {count} 件').format(count=len(unknown) - SHOWN))


def _draw_refused(problem: str) -> None:
    with staff_page(_('予約の読み込み'), RESERVATIONS):
        message_box(MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), problem)
        text('a', _('予約の読み込みへ戻る'), '', href=RESERVATIONS)


def _draw_problems(read: LoginList) -> None:
    with staff_page(_('予約の読み込み'), RESERVATIONS):
        told = _('ログイン名と職員番号の組が1つもありません。')
        message_box(MessageKind.FAILURE, _('取り込めません。何も変わっていません。'), '' if read.problems else told)
        with element('ul', 'problems'):
            for problem in read.problems[:SHOWN]:
                text('li', problem)
        text('a', _('予約の読み込みへ戻る'), '', href=RESERVATIONS)
