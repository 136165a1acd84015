"""One trip: what counts, its breath tests, its corrections, and what corrects it or ends it."""

from collections.abc import Container, Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.files.store import FileInfo
from app.journal.history import History, HistoryFilter, HistoryLine
from app.journal.line import Actor
from app.language import _
from app.retention.holds import HoldInfo
from app.runtime import Box, Condition
from app.vehicles.alcohol_book import AlcoholBook, CheckEntry, CheckFilter
from app.vehicles.breath_pictures import pictures_of
from app.vehicles.corrections import LONGEST_REASON, CorrectionRefused, Corrections
from app.vehicles.record_words import passengers_words, permitted_words, trip_remarks
from app.vehicles.run_record import RunRecord, TripEntry
from app.vehicles.trip_values import TripInfo
from app.vehicles.trips import CORRECTED
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form, tick
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import TRIPS
from pages.staff.cars.check_rows import check_headings, check_rows
from pages.staff.cars.paper import confirmers, draw_return
from pages.staff.cars.people import person_name
from pages.staff.cars.photos import draw_hold, draw_photos, outcome_words, photos_of
from pages.staff.cars.trip_changes import posted_changes
from pages.staff.cars.trip_corrections import draw_corrections, names_in_corrections
from pages.staff.cars.trip_people import draw_people, draw_second_check
from pages.staff.cars.values import WrongValue, local_value
from pages.staff.cars.words import correction_problem_words, field_words, kilometres, time_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PATH = '/staff/trips/{trip}'
CORRECT = '/staff/trips/{trip}/correct'
MOST_LINES = 50
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each trip."""

    @guarded_page(PATH, permission=Permission.READ_TRIPS)
    async def trip_page(trip: UUID, done: str = '') -> Response | None:
        facts = await facts_of(condition.require_box(), trip)
        if facts is None:
            return RedirectResponse(TRIPS, status_code=303)
        draw_trip(facts, done=done)
        return None

    @guarded_post(CORRECT, permission=Permission.MANAGE_CARS)
    async def correct(request: Request, trip: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        problem = await _correct(box, trip, form, actor)
        if not problem:
            return RedirectResponse(f'{TRIPS}/{trip}?done=corrected', status_code=303)
        facts = await facts_of(box, trip)
        if facts is None:
            return RedirectResponse(TRIPS, status_code=303)
        return drawn(request, lambda: draw_trip(facts, form, problem=problem), REFUSED_STATUS)


async def _correct(box: Box, trip: UUID, form: Mapping[str, str], actor: Actor) -> str:
    shown = await box.vehicles.trips.get(trip)
    if shown is None:
        return ''
    try:
        changes = await posted_changes(box, shown, form)
        corrections = Corrections(box.vault, box.journal, box.vehicles.trips)
        await corrections.correct(trip, changes, form.get('reason', ''), actor)
    except WrongValue as wrong:
        return str(wrong)
    except CorrectionRefused as refused:
        return correction_problem_words(refused.problem, refused.field)
    return ''


Facts = tuple[
    TripEntry,
    list[CheckEntry],
    list[HistoryLine],
    Mapping[str, str],
    list[FileInfo],
    HoldInfo | None,
    Container[UUID],
    Mapping[str, str],
]
"""The last: those of the checks that have pictures, and who may have confirmed a return."""


async def facts_of(box: Box, trip: UUID) -> Facts | None:
    """Everything about a trip that its page shows; None: there is no such trip."""
    found = await RunRecord(box.reading, box.vault).get(trip)
    if found is None:
        return None
    checks = await AlcoholBook(box.reading, box.vault).all(CheckFilter(trip=trip))
    wanted = HistoryFilter(subject=trip, kind=CORRECTED)
    lines, _total = await History(box.reading, box.vault).page(wanted, 0, MOST_LINES)
    names = await names_in_corrections(box, lines)
    pictured = await pictures_of([check.id for check in checks])
    photos, hold = await photos_of(box, trip), await box.holds.of(trip)
    return found, checks, lines, names, photos, hold, pictured, await confirmers(box)


def draw_trip(facts: Facts, form: Mapping[str, str] | None = None, *, problem: str = '', done: str = '') -> None:
    """The page."""
    found, checks, lines, names, photos, hold, pictured, known = facts
    title = _('{plate} {at}').format(plate=found.plate, at=day_and_time(found.trip.out_at))
    with staff_page(title, TRIPS):
        done_words = {'corrected': _('訂正しました。'), 'entered': _('入力しました。')}
        if done in done_words:
            message_box(MessageKind.DONE, done_words[done])
        if outcome := outcome_words(done):
            message_box(*outcome)
        _draw_facts(found)
        with element('section', 'section', aria_label=_('酒気帯び確認')):
            text('h2', _('酒気帯び確認'), 'section-title')
            empty = (_('確認の記録がありません'), _('紙の記録があれば、返却の入力で書き写してください。'))
            plain_table(check_headings(with_pictures=True), check_rows(checks, pictured), empty=empty)
        draw_photos(found.trip.id, photos)
        draw_corrections(lines, names)
        if is_allowed(current_principal(), Permission.MANAGE_CARS):
            if found.trip.returned_at is None:
                draw_return(found, {}, known)
            draw_people(found, {})
            draw_second_check(found, {}, known)
            _draw_form(found, form or {}, problem)
        draw_hold(found.trip.id, hold)
        text('a', _('運行記録へ戻る'), '', href=TRIPS)


def _draw_facts(found: TripEntry) -> None:
    trip = found.trip
    rows: list[list[Cell]] = [
        [_('車両'), f'{found.plate} {found.car_name}'],
        [_('運転者'), f'{person_name(found.driver)}({found.driver.department})'],
        [_('出発'), day_and_time(trip.out_at)],
        [_('返却予定'), day_and_time(trip.due_at) if trip.due_at else _('なし')],
        [_('帰着'), time_words(trip.returned_at)],
        [_('同乗者'), passengers_words(found)],
        [_('交代運転者'), '・'.join(f'{person_name(each)}({each.department})' for each in found.second_drivers)],
        [_('行先'), trip.destination],
        [_('用務'), trip.purpose],
        [_('メーター(km)'), f'{kilometres(trip.odometer_out)} → {kilometres(trip.odometer_in)}'],
        [_('距離(km)'), kilometres(trip.distance)],
        [_('給油'), _fuel(trip)],
        [_('充電'), _charge(trip)],
        [_('管理者の許可'), permitted_words(trip) or _('なし')],
        [_('鍵を渡した人'), found.handed_over_by.name],
        [_('鍵を受け取った人'), found.received_by.name],
        [_('備考'), trip_remarks(found)],
    ]
    plain_table((_('項目'), _('内容')), rows, empty=('', ''))


def _fuel(trip: TripInfo) -> str:
    parts = [
        f'{trip.fuel_litres}L' if trip.fuel_litres is not None else '',
        _('{yen}円').format(yen=f'{trip.fuel_yen:,}') if trip.fuel_yen is not None else '',
    ]
    return '、'.join(filter(None, parts))


def _charge(trip: TripInfo) -> str:
    parts = [
        _('出発時の電池 {percent}%').format(percent=trip.charge_out) if trip.charge_out is not None else '',
        f'{trip.charged_kwh}kWh' if trip.charged_kwh is not None else '',
    ]
    return '、'.join(filter(None, parts))


def _draw_form(found: TripEntry, form: Mapping[str, str], problem: str) -> None:
    trip, words = found.trip, field_words()
    numbers = {name: getattr(trip, name) for name in ('odometer_out', 'odometer_in', 'fuel_yen')}
    with element('section', 'section panel', aria_label=_('訂正する')):
        text('h2', _('訂正する'), 'section-title')
        text('p', _('元の値は記録簿に残ります。理由を必ず書いてください。'), 'quiet')
        with plain_form(f'{TRIPS}/{trip.id}/correct', _('訂正する'), error=problem):
            entry('driver', _('運転者の職員番号'), form.get('driver', found.driver.number), most=32)
            for name in ('destination', 'purpose'):
                entry(name, words[name], form.get(name, getattr(trip, name)))
            entry('out_at', words['out_at'], form.get('out_at', local_value(trip.out_at)), kind='datetime-local')
            if trip.returned_at is not None:
                value = form.get('returned_at', local_value(trip.returned_at))
                entry('returned_at', words['returned_at'], value, kind='datetime-local')
            for name, number in numbers.items():
                if name != 'odometer_in' or trip.returned_at is not None:
                    shown = form.get(name, '' if number is None else str(number))
                    entry(name, words[name], shown, kind='number')
            for name, amount in (('fuel_litres', trip.fuel_litres), ('charged_kwh', trip.charged_kwh)):
                shown = form.get(name, '' if amount is None else str(amount))
                entry(name, words[name], shown, kind='number', step='0.01')
            tick('has_receipt', words['has_receipt'], trip.has_receipt)
            tick('is_accident', words['is_accident'], trip.is_accident)
            entry('abnormality', words['abnormality'], form.get('abnormality', trip.abnormality), most=500)
            many_lines('reason', _('訂正の理由'), form.get('reason', ''), required=True, most=LONGEST_REASON)
