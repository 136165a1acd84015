"""`/staff/checkers/…`: what a car manager sets of one alcohol detector, and the desk where it lies."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.desks.register import Job
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.checker_history import checker_history
from app.vehicles.checker_values import CheckerInfo, CheckerTerms, CheckerUnknown
from components.elements import box as element
from components.elements import text
from components.plain_forms import entry, plain_form, selection
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CHECKERS
from pages.staff.cars.checker_words import act_words
from pages.staff.cars.values import WrongValue, day_of, number_of
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

TERMS = '/staff/checkers/{checker}/terms'
CHANGE = '/staff/checkers/{checker}/change'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page of each detector and what changes it."""

    @guarded_page(TERMS, permission=Permission.MANAGE_CARS)
    async def one(checker: UUID) -> Response | None:
        box = condition.require_box()
        known = await _in_use(box, checker)
        if known is None:
            return RedirectResponse(CHECKERS, status_code=303)
        _draw(known, await _desks(box), _as_typed(known), acts=await _history(box, checker))
        return None

    @guarded_post(CHANGE, permission=Permission.MANAGE_CARS)
    async def change(request: Request, checker: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        box, form = condition.require_box(), await posted(request)
        known, desks = await _in_use(box, checker), await _desks(box)
        if known is None:
            return RedirectResponse(CHECKERS, status_code=303)
        try:
            await box.vehicles.checkers.change(checker, _terms(form, desks), actor)
        except CheckerUnknown:
            return RedirectResponse(CHECKERS, status_code=303)
        except WrongValue as wrong:
            problem, acts = str(wrong), await _history(box, checker)
            return drawn(request, lambda: _draw(known, desks, form, problem, acts=acts), REFUSED_STATUS)
        return RedirectResponse(CHECKERS, status_code=303)


async def _in_use(box: Box, checker: UUID) -> CheckerInfo | None:
    return next((one for one in await box.vehicles.checkers.all() if one.id == checker), None)


async def _desks(box: Box) -> dict[str, str]:
    desks = [desk for desk in await box.desks.all() if desk.job is Job.VEHICLES]
    return {'': _('決めない'), **{str(desk.id): desk.name for desk in desks}}


def _as_typed(checker: CheckerInfo) -> dict[str, str]:
    terms = checker.terms
    return {
        'started_on': terms.started_on.isoformat(),
        'expires_on': terms.expires_on.isoformat() if terms.expires_on else '',
        'limit': '' if terms.measurement_limit is None else str(terms.measurement_limit),
        'desk': str(terms.desk or ''),
    }


def _terms(form: Mapping[str, str], desks: Mapping[str, str]) -> CheckerTerms:
    started = day_of(form.get('started_on', ''), _('使用開始日'))
    if started is None or started > clock.today():
        raise WrongValue(_('使用開始日: 今日までの日付を選んでください。'))
    desk = form.get('desk', '')
    if desk not in desks:
        raise WrongValue(_('置く窓口を選び直してください。'))
    return CheckerTerms(
        started_on=started,
        expires_on=day_of(form.get('expires_on', ''), _('使用期限')),
        measurement_limit=number_of(form.get('limit', ''), _('測定回数の上限')),
        desk=UUID(desk) if desk else None,
    )


async def _history(box: Box, checker: UUID) -> list[list[Cell]]:
    acts = await checker_history(box.reading, box.vault, checker)
    desks = {desk.id: desk.name for desk in await box.desks.all()}
    return [[day_and_time(act.at), act_words(act, desks), act.by.name or _('本体')] for act in acts]


def _draw(
    checker: CheckerInfo,
    desks: Mapping[str, str],
    typed: Mapping[str, str],
    problem: str = '',
    *,
    acts: list[list[Cell]],
) -> None:
    with staff_page(checker.serial, CHECKERS):
        text('p', checker.model, 'quiet')
        with plain_form(f'{CHECKERS}/{checker.id}/change', _('このとおりに直す'), error=problem):
            entry('started_on', _('使用開始日'), typed.get('started_on', ''), kind='date', required=True)
            entry('expires_on', _('使用期限'), typed.get('expires_on', ''), kind='date')
            entry('limit', _('測定回数の上限'), typed.get('limit', ''), kind='number')
            hint = _('検知器が二つ以上あるとき、この窓口の測定に、この検知器を記録します。')
            selection('desk', _('置く窓口'), desks, typed.get('desk', ''), hint=hint)
        with element('section', 'section', aria_label=_('変更の履歴')):
            text('h2', _('変更の履歴'), 'section-title')
            empty = (_('変更はありません'), _('変えるとここに出ます。'))
            plain_table((_('日時'), _('内容'), _('行った人')), acts, empty=empty)
        text('a', _('一覧へ戻る'), '', href=CHECKERS)
