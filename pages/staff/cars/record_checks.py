"""確認が必要な記録: what does not fit together, and the note of who has looked at it."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.documents.sheet import Sheet
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.daily_sheets import sheet_of_exceptions
from app.vehicles.exception_words import exception_to_do, exception_words
from app.vehicles.record_checks import LONGEST_NOTE, RecordChecks, RecordException
from app.vehicles.record_queries import MOST_OF_A_KIND
from components.elements import box as element
from components.elements import symbol, text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import entry, plain_form
from components.plain_table import ROWS_PER_PAGE, offset_of, pager
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import RECORD_CHECKS, TRIPS
from pages.staff.cars.list_files import csv_button, open_csv
from pages.staff.cars.trips import draw_tabs
from pages.staff.cars.values import asked_day
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

LONGEST_WAIT_SECONDS = 30.0

CSV = f'{RECORD_CHECKS}/csv'
CONFIRM = '/staff/trips/checks/{record}/confirm'
DAYS_BACK = 60
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list and what confirms one of it."""

    open_csv(condition, CSV, 'record_checks', Permission.READ_TRIPS, _sheet)

    @guarded_page(RECORD_CHECKS, permission=Permission.READ_TRIPS, response_timeout=LONGEST_WAIT_SECONDS)
    async def checks(first: str = '', page: int = 1) -> None:
        first_day = asked_day(first) or _usual_first_day()
        _draw(await _found(condition.require_box(), first_day), first_day, offset_of(page))

    @guarded_post(CONFIRM, permission=Permission.MANAGE_CARS)
    async def confirm(request: Request, record: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        first_day = asked_day(form.get('first', '')) or _usual_first_day()
        found = await _found(box, first_day)
        one = next((each for each in found if each.id == record), None)
        if one is not None:
            try:
                await record_checks(box).confirm(one, form.get('note', ''), actor)
            except ValueError:
                problem = _('何を確かめたかを書いてください。')
                return drawn(request, lambda: _draw(found, first_day, 0, problem), REFUSED_STATUS)
        return RedirectResponse(f'{RECORD_CHECKS}?first={first_day.isoformat()}', status_code=303)


async def _sheet(box: Box, asked: Mapping[str, str]) -> Sheet:
    first_day = asked_day(asked.get('first', '')) or _usual_first_day()
    return sheet_of_exceptions(await _found(box, first_day), box.settings.name)


def record_checks(box: Box) -> RecordChecks:
    """What looks through the run record of this box."""
    return RecordChecks(box.reading, box.journal, timedelta(hours=box.settings.vehicles.overdue_hours))


def _usual_first_day() -> date:
    return clock.today() - timedelta(days=DAYS_BACK)


async def _found(box: Box, first_day: date) -> list[RecordException]:
    return await record_checks(box).exceptions_list(first_day, clock.today())


def _draw(found: list[RecordException], first_day: date, offset: int, problem: str = '') -> None:
    with staff_page(_('確認が必要な記録'), TRIPS):
        draw_tabs(RECORD_CHECKS)
        csv_button(CSV, asked={'first': first_day.isoformat()})
        text('p', _('続き具合が合わない記録です。直すか、確かめたことを書くと、ここから消えます。'))
        with plain_form(RECORD_CHECKS, _('表示する'), method='get', classes='filter'):
            entry('first', _('この日から'), first_day.isoformat(), kind='date')
        if problem:
            message_box(MessageKind.FAILURE, problem)
        if not found:
            empty_state(_('確認が必要な記録はありません'), _('このままで問題ありません。'))
        if len(found) >= MOST_OF_A_KIND:
            words = _('多いため、新しい{most}件までを調べました。').format(most=f'{MOST_OF_A_KIND:,}')
            message_box(MessageKind.NOTE, words, _('直すか確かめると、残りが出ます。'))
        may_confirm = is_allowed(current_principal(), Permission.MANAGE_CARS)
        with element('ul', 'concerns'):
            for one in found[offset : offset + ROWS_PER_PAGE]:
                _draw_one(one, first_day, may_confirm=may_confirm)
        pager(RECORD_CHECKS, {'first': first_day.isoformat()}, offset, len(found))


def _draw_one(one: RecordException, first_day: date, *, may_confirm: bool) -> None:
    with element('li', 'concern record-check'):
        symbol('question')
        with element('div', 'concern-words'):
            text('p', f'{one.plate} {day_and_time(one.at)}', 'concern-title')
            text('p', exception_words(one))
            text('p', _('{since} から').format(since=day_and_time(one.since)), 'concern-when')
            text('p', exception_to_do(one.problem))
            if may_confirm and one.can_be_confirmed:
                hidden = {'first': first_day.isoformat()}
                action = f'{RECORD_CHECKS}/{one.id}/confirm'
                with plain_form(action, _('確認済みにする'), classes='note-line', hidden=hidden):
                    label = _('確かめたこと')
                    field = element('input', 'field-input', name='note', aria_label=label, placeholder=label)
                    field.props(f'required maxlength={LONGEST_NOTE}')
        if one.trip:
            text('a', _('開く'), 'press press-quiet', href=_address(one.trip))


def _address(trip: UUID) -> str:
    return f'{TRIPS}/{trip}'
