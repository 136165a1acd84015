"""Entering what was written on paper during an outage, and a return that was forgotten."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.alcohol_values import CheckRefused, Method, OwnCheck
from app.vehicles.ledger import vehicle_id
from app.vehicles.paper import PaperBack, PaperBook, PaperBreath, PaperOut
from app.vehicles.record_words import method_word
from app.vehicles.run_record import RunRecord, TripEntry
from app.vehicles.trip_values import TripInfo, TripRefused
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import TRIPS, TRIPS_PAPER
from pages.staff.cars.people import staff_with
from pages.staff.cars.values import WrongValue, decimal_of, number_of, time_of
from pages.staff.cars.words import field_words, trip_problem_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

RETURN = '/staff/trips/{trip}/return'
LONE_RETURN = TRIPS_PAPER + '/lone-return'
LONGEST_TEXT = 200
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the form of a key that went out, and the target of the one that came back."""

    @guarded_page(TRIPS_PAPER, permission=Permission.MANAGE_CARS)
    async def paper() -> None:
        _draw({}, await confirmers(condition.require_box()))

    @guarded_post(TRIPS_PAPER, permission=Permission.MANAGE_CARS)
    async def enter(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        known = await confirmers(box)
        try:
            trip = await _out(box, form)
        except (WrongValue, TripRefused, CheckRefused) as error:
            problem = paper_problem_words(error)
            return drawn(request, lambda: _draw(form, known, problem), REFUSED_STATUS)
        return RedirectResponse(f'{TRIPS}/{trip.id}?done=entered', status_code=303)

    @guarded_post(RETURN, permission=Permission.MANAGE_CARS)
    async def give_back(request: Request, trip: UUID) -> Response:
        box, form = condition.require_box(), await posted(request)
        found = await RunRecord(box.reading, box.vault).get(trip)
        if found is None:
            return RedirectResponse(TRIPS, status_code=303)
        try:
            await _back(box, found, form)
        except (WrongValue, TripRefused, CheckRefused) as error:
            problem, known = paper_problem_words(error), await confirmers(box)
            return drawn(request, lambda: _draw_return_page(found, form, known, problem), REFUSED_STATUS)
        return RedirectResponse(f'{TRIPS}/{trip}?done=entered', status_code=303)


async def confirmers(box: Box) -> Mapping[str, str]:
    """Who may have confirmed: the guards, and staff who may do so at a desk; empty: nobody was chosen."""
    officers = await box.staff.get_many(box.access.accounts.who_may(Permission.GUARD_CARS))
    return {
        '': _('選んでください'),
        **{str(one.id): one.name for one in await box.vehicles.guards.all()},
        **{str(one.id): one.name for one in officers.values() if one.active},
    }


async def _out(box: Box, form: Mapping[str, str]) -> TripInfo:
    words = field_words()
    car = await box.vehicles.ledger.get(vehicle_id(form.get('plate', '').strip()))
    if car is None:
        raise WrongValue(_('登録番号: この車は台帳にありません。'))
    driver = await staff_with(box, form.get('driver', ''), words['driver'])
    out_at = time_of(form.get('out_at', ''), words['out_at'])
    if out_at is None:
        raise WrongValue(_('出発の日時を入れてください。'))
    out = PaperOut(
        vehicle=car.id,
        driver=driver.id,
        destination=form.get('destination', '').strip()[:LONGEST_TEXT],
        purpose=form.get('purpose', '').strip()[:LONGEST_TEXT],
        out_at=out_at,
        confirmer=await posted_confirmer(box, form),
        breath=await posted_breath(box, form),
        odometer=number_of(form.get('odometer', ''), words['odometer_out']),
    )
    book = PaperBook(box.vehicles.trips, box.vehicles.alcohol)
    if form.get('returned_at', '').strip() or form.get('odometer_in', '').strip():
        back_form = {**form, 'odometer': form.get('odometer_in', ''), 'breath': form.get('breath_in', '')}
        return await book.key_out_and_back(out, await posted_back(box, back_form, driver.id))
    trip = await book.key_out(out)
    await box.vehicles.lone_returns.join()
    return trip


async def _back(box: Box, found: TripEntry, form: Mapping[str, str]) -> TripInfo:
    line = await posted_back(box, form, found.trip.driver)
    return await PaperBook(box.vehicles.trips, box.vehicles.alcohol).key_back(replace(line, trip=found.trip.id))


async def posted_back(box: Box, form: Mapping[str, str], driver: UUID | None) -> PaperBack:
    """The return that was posted; where nobody is named, the driver came back.

    Raises:
        WrongValue: something cannot be taken.
    """
    words = field_words()
    returned_at = time_of(form.get('returned_at', ''), words['returned_at'])
    odometer = number_of(form.get('odometer', ''), words['odometer_in'])
    if returned_at is None or odometer is None:
        raise WrongValue(_('帰着の日時とメーターを入れてください。'))
    number = form.get('returned_by', '').strip()
    if number or driver is None:
        driver = (await staff_with(box, number, words['returned_by'])).id
    return PaperBack(
        returned_at=returned_at,
        returned_by=driver,
        odometer=odometer,
        confirmer=await posted_confirmer(box, form),
        breath=await posted_breath(box, form),
        abnormality=form.get('abnormality', '').strip()[:500],
    )


async def posted_confirmer(box: Box, form: Mapping[str, str]) -> UUID:
    """Who confirmed, as posted.

    Raises:
        WrongValue: a value was typed and nobody confirmed it.
    """
    chosen = form.get('confirmer', '')
    if not chosen and not form.get('breath', '').strip():
        return require(current_principal(), Permission.MANAGE_CARS).staff
    if not chosen or chosen not in await confirmers(box):
        raise WrongValue(_('測定値があるときは、確認した人を選んでください。'))
    return UUID(chosen)


async def posted_breath(box: Box, form: Mapping[str, str]) -> PaperBreath | None:
    """The breath test that was posted; None: there was none.

    Raises:
        WrongValue: something cannot be taken.
    """
    value: Decimal | None = decimal_of(form.get('breath', ''), _('測定値'))
    if value is None:
        return None
    serial = form.get('checker', '').strip()
    checker = await box.vehicles.checkers.find(serial) if serial else None
    if serial and checker is None:
        raise WrongValue(_('検知器: この製造番号の検知器はありません。'))
    if form.get('method', str(Method.FACE_TO_FACE)) not in list(Method):
        raise WrongValue(_('確認の方法を選び直してください。'))
    method = Method(form.get('method', str(Method.FACE_TO_FACE)))
    return PaperBreath(value=value, checker=checker.id if checker else None, method=method)


def _draw(form: Mapping[str, str], known: Mapping[str, str], problem: str = '') -> None:
    words = field_words()
    with staff_page(_('紙から入力'), TRIPS):
        text('p', _('停電や故障の間に紙へ書いた貸出を、書いてあるとおりに入力します。'))
        text('p', _('帰着も書いてあれば、ここで入れます。まだのときは空のままにし、次の画面で入れます。'), 'quiet')
        with plain_form(TRIPS_PAPER, _('貸出を入力する'), error=problem):
            entry('plate', words['plate'], form.get('plate', ''), required=True, most=40)
            entry('driver', _('運転者の職員番号'), form.get('driver', ''), required=True, most=32)
            entry('out_at', words['out_at'], form.get('out_at', ''), kind='datetime-local', required=True)
            entry('odometer', words['odometer_out'], form.get('odometer', ''), kind='number')
            entry('destination', words['destination'], form.get('destination', ''))
            entry('purpose', words['purpose'], form.get('purpose', ''))
            draw_check(form, known)
            entry('returned_at', words['returned_at'], form.get('returned_at', ''), kind='datetime-local')
            entry('odometer_in', words['odometer_in'], form.get('odometer_in', ''), kind='number')
            entry('abnormality', words['abnormality'], form.get('abnormality', ''), most=500)
            value = form.get('breath_in', '')
            entry('breath_in', _('帰着のときの測定値(mg/L)'), value, kind='number', step='0.01')
        text('a', _('出発の記録がない返却を入力する'), 'press press-quiet', href=LONE_RETURN)
        text('a', _('運行記録へ戻る'), '', href=TRIPS)


def draw_return(found: TripEntry, form: Mapping[str, str], known: Mapping[str, str], problem: str = '') -> None:
    """The form of a return that did not happen at the desk."""
    words = field_words()
    with element('section', 'section panel', aria_label=_('返却を入力')):
        text('h2', _('返却を入力'), 'section-title')
        text('p', _('紙の記録か、鍵を確かめた時刻で入力してください。'), 'quiet')
        with plain_form(f'{TRIPS}/{found.trip.id}/return', _('返却を入力する'), error=problem):
            entry(
                'returned_at', words['returned_at'], form.get('returned_at', ''), kind='datetime-local', required=True
            )
            entry('odometer', words['odometer_in'], form.get('odometer', ''), kind='number', required=True)
            entry('returned_by', _('返却した人の職員番号'), form.get('returned_by', found.driver.number), most=32)
            entry('abnormality', words['abnormality'], form.get('abnormality', ''), most=500)
            draw_check(form, known)


def draw_check(form: Mapping[str, str], known: Mapping[str, str]) -> None:
    """Who confirmed, how, and what the detector showed."""
    selection('confirmer', _('鍵を扱い、酒気帯びを確認した人'), known, form.get('confirmer', ''))
    methods = {str(method): method_word(method) for method in Method}
    selection('method', _('確認の方法'), methods, form.get('method', str(Method.FACE_TO_FACE)))
    hint = _('確認していないときは空のままにします。')
    entry('breath', _('測定値(mg/L)'), form.get('breath', ''), kind='number', step='0.01', hint=hint)
    entry('checker', _('検知器の製造番号'), form.get('checker', ''), most=64)


def _draw_return_page(found: TripEntry, form: Mapping[str, str], known: Mapping[str, str], problem: str) -> None:
    with staff_page(found.plate, TRIPS):
        draw_return(found, form, known, problem)
        text('a', _('この運行記録へ戻る'), '', href=f'{TRIPS}/{found.trip.id}')


def paper_problem_words(error: WrongValue | TripRefused | CheckRefused) -> str:
    """Why the lines of the book were not taken, and what to do."""
    if isinstance(error, TripRefused):
        return trip_problem_words(error.problem)
    if isinstance(error, OwnCheck):
        return _('確認者: 運転した方は、ご自分の確認者になれません。')
    return str(error) if isinstance(error, WrongValue) else _('測定値: 0から5までの数を入れてください。')
