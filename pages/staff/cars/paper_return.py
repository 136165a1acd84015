"""Entering a return whose trip is not known here yet: it went out at the other guard room while the line was cut."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.alcohol_values import CheckRefused
from app.vehicles.ledger import vehicle_id
from app.vehicles.lone_returns import LoneReturnInfo
from app.vehicles.paper import PaperBook
from app.vehicles.trip_values import TripRefused
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import RECORD_CHECKS, TRIPS, TRIPS_PAPER
from pages.staff.cars.paper import LONE_RETURN, confirmers, draw_check, paper_problem_words, posted_back
from pages.staff.cars.values import WrongValue
from pages.staff.cars.words import field_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the form and its target."""

    @guarded_page(LONE_RETURN, permission=Permission.MANAGE_CARS)
    async def lone_return(done: str = '') -> None:
        _draw({}, await confirmers(condition.require_box()), done=done)

    @guarded_post(LONE_RETURN, permission=Permission.MANAGE_CARS)
    async def take(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        try:
            taken = await _take(box, form)
        except (WrongValue, TripRefused, CheckRefused) as error:
            problem, known = paper_problem_words(error), await confirmers(box)
            return drawn(request, lambda: _draw(form, known, problem), REFUSED_STATUS)
        address = f'{TRIPS}/{taken.trip}?done=entered' if taken.trip else f'{LONE_RETURN}?done=waiting'
        return RedirectResponse(address, status_code=303)


async def _take(box: Box, form: Mapping[str, str]) -> LoneReturnInfo:
    car = await box.vehicles.ledger.get(vehicle_id(form.get('plate', '').strip()))
    if car is None:
        raise WrongValue(_('登録番号: この車は台帳にありません。'))
    line = await posted_back(box, form, None)
    return await PaperBook(box.vehicles.trips, box.vehicles.alcohol).key_back_alone(
        box.vehicles.lone_returns, car.id, line
    )


def _draw(form: Mapping[str, str], known: Mapping[str, str], problem: str = '', *, done: str = '') -> None:
    words = field_words()
    with staff_page(_('出発の記録がない返却'), TRIPS):
        if done == 'waiting':
            told = _('もう一方の守衛室の出発の記録が届くと、自動で合わせます。届くまで「確認が必要な記録」に出ます。')
            message_box(MessageKind.DONE, _('返却を記録しました。'), told)
            text('a', _('確認が必要な記録を見る'), '', href=RECORD_CHECKS)
        text('p', _('もう一方の守衛室とつながらない間に貸し出された車が、こちらに戻ったときに入力します。'))
        with plain_form(LONE_RETURN, _('返却を入力する'), error=problem):
            entry('plate', words['plate'], form.get('plate', ''), required=True, most=40)
            entry('returned_by', _('返却した人の職員番号'), form.get('returned_by', ''), required=True, most=32)
            value = form.get('returned_at', '')
            entry('returned_at', words['returned_at'], value, kind='datetime-local', required=True)
            entry('odometer', words['odometer_in'], form.get('odometer', ''), kind='number', required=True)
            entry('abnormality', words['abnormality'], form.get('abnormality', ''), most=500)
            draw_check(form, known)
        text('a', _('紙から入力へ戻る'), '', href=TRIPS_PAPER)
