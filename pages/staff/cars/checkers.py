"""`/staff/checkers`: the alcohol detectors, and the weekly look whether they work."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui.element import Element

from app import clock
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.documents.sheet import Sheet
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.checker_values import CheckerInfo, CheckerUnknown
from app.vehicles.ledger_sheets import sheet_of_checkers
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.plain_forms import entry, plain_form
from components.times import day_and_time, day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import CHECKERS, CHECKERS_IMPORT
from pages.staff.cars.list_files import csv_button, open_csv
from pages.staff.cars.values import WrongValue, day_of, number_of
from pages.staff.cars.words import until_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

CSV = f'{CHECKERS}/csv'
ADD = '/staff/checkers/add'
ACT = '/staff/checkers/{checker}'
LONGEST = {'serial': 64, 'model': 100}
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True)
class _Facts:
    in_use: list[CheckerInfo]
    retired: list[CheckerInfo]
    desks: Mapping[UUID, str]


def register(condition: Condition) -> None:
    """Open the list and what changes it."""

    open_csv(condition, CSV, 'checkers', Permission.GUARD_CARS, _sheet)

    @guarded_page(CHECKERS, permission=Permission.GUARD_CARS)
    async def checkers() -> None:
        _draw(await _facts(condition.require_box()), {})

    @guarded_post(ADD, permission=Permission.MANAGE_CARS)
    async def add(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
        box, form = condition.require_box(), await posted(request)
        try:
            await _add(box, form, actor)
        except WrongValue as wrong:
            problem, found = str(wrong), await _facts(box)
            return drawn(request, lambda: _draw(found, form, problem), REFUSED_STATUS)
        return RedirectResponse(CHECKERS, status_code=303)

    @guarded_post(ACT, permission=Permission.GUARD_CARS)
    async def act(request: Request, checker: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.GUARD_CARS))
        registry, form = condition.require_box().vehicles.checkers, await posted(request)
        if checker in {one.id for one in await registry.all()}:
            match form.get('act'):
                case 'works':
                    await registry.tested(checker, actor, works=True)
                case 'fails':
                    await registry.tested(checker, actor, works=False)
                case 'retire' if is_allowed(current_principal(), Permission.MANAGE_CARS):
                    await registry.retire(checker, actor)
        elif form.get('act') == 'again' and is_allowed(current_principal(), Permission.MANAGE_CARS):
            with suppress(CheckerUnknown):
                await registry.reactivate(checker, actor)
        return RedirectResponse(CHECKERS, status_code=303)


async def _sheet(box: Box, _asked: Mapping[str, str]) -> Sheet:
    found = await _facts(box)
    return sheet_of_checkers(found.in_use, found.retired, found.desks, box.settings.name)


async def _facts(box: Box) -> _Facts:
    desks = {desk.id: desk.name for desk in await box.desks.all()}
    return _Facts(await box.vehicles.checkers.all(), await box.vehicles.checkers.retired(), desks)


async def _add(box: Box, form: Mapping[str, str], actor: Actor) -> None:
    serial, model = form.get('serial', '').strip(), form.get('model', '').strip()
    if not serial or len(serial) > LONGEST['serial'] or len(model) > LONGEST['model']:
        raise WrongValue(_('製造番号は64文字、型式は100文字までで入れてください。'))
    started = day_of(form.get('started_on', ''), _('使用開始日'))
    expires = day_of(form.get('expires_on', ''), _('使用期限'))
    limit = number_of(form.get('limit', ''), _('測定回数の上限'))
    if started is None or started > clock.today():
        raise WrongValue(_('使用開始日: 今日までの日付を選んでください。'))
    if await box.vehicles.checkers.is_known(serial):
        raise WrongValue(_('この製造番号の検知器は既に登録されたことがあります。'))
    await box.vehicles.checkers.add(
        serial, model, actor, started_on=started, expires_on=expires, measurement_limit=limit
    )


def _draw(found: _Facts, form: Mapping[str, str], problem: str = '') -> None:
    with staff_page(_('アルコール検知器'), CHECKERS):
        with element('div', 'buttons'):
            if is_allowed(current_principal(), Permission.MANAGE_CARS):
                text('a', _('CSV・Excelから取り込む'), 'press press-quiet', href=CHECKERS_IMPORT)
            csv_button(CSV)
        if not found.in_use:
            empty_state(
                _('検知器がまだありません'), _('有効な検知器がないと、車は貸し出せません。下で登録してください。')
            )
        with element('div', 'desk-list'):
            for checker in found.in_use:
                _draw_one(checker, found.desks)
        if not is_allowed(current_principal(), Permission.MANAGE_CARS):
            return
        _draw_retired(found.retired)
        with element('section', 'section', aria_label=_('検知器を登録する')):
            text('h2', _('検知器を登録する'), 'section-title')
            with plain_form(ADD, _('登録する'), error=problem):
                entry('serial', _('製造番号'), form.get('serial', ''), required=True, most=LONGEST['serial'])
                entry('model', _('型式'), form.get('model', ''), most=LONGEST['model'])
                today = clock.today().isoformat()
                entry('started_on', _('使用開始日'), form.get('started_on', today), kind='date', required=True)
                entry('expires_on', _('使用期限'), form.get('expires_on', ''), kind='date')
                entry('limit', _('測定回数の上限'), form.get('limit', ''), kind='number')


def _draw_one(checker: CheckerInfo, desks: Mapping[UUID, str]) -> Element:
    with element('section', 'desk-card', aria_label=checker.serial) as card:
        text('h2', checker.serial, 'desk-name')
        text('p', checker.model, 'quiet')
        if not checker.is_valid(clock.today()):
            text('p', _('使えません(期限か回数が終わっています)'), 'state', data_state='missing')
        elif not checker.is_tested(clock.now()):
            text('p', _('動作確認をしてください(7日ごと)'), 'state', data_state='away')
        else:
            text('p', _('使えます'), 'state', data_state='ready')
        for line in _lines(checker, desks):
            text('p', line)
        with element('div', 'buttons'):
            _draw_act(checker, 'works', _('正常に動いた'))
            _draw_act(checker, 'fails', _('動かない(使用をやめる)'))
            if is_allowed(current_principal(), Permission.MANAGE_CARS):
                _draw_act(checker, 'retire', _('使い終えた'))
                text('a', _('期限や置く窓口を直す'), '', href=f'{CHECKERS}/{checker.id}/terms')
    return card


def _draw_retired(retired: list[CheckerInfo]) -> None:
    if not retired:
        return
    with element('section', 'section', aria_label=_('使い終えた検知器')):
        text('h2', _('使い終えた検知器'), 'section-title')
        text('p', _('もう一度使う検知器は、動作確認をするまで貸出に使えません。'), 'quiet')
        for checker in retired:
            with element('div', 'buttons'):
                text('p', f'{checker.serial} {checker.model}')
                _draw_act(checker, 'again', _('もう一度使う'))


def _draw_act(checker: CheckerInfo, act: str, words: str) -> None:
    with element('form', '', method='post', action=f'{CHECKERS}/{checker.id}'):
        element('input', '', type='hidden', name='act', value=act)
        classes = 'press-quiet' if act in ('works', 'again') else 'press-careful'
        text('button', words, f'press press-small {classes}', type='submit')


def _lines(checker: CheckerInfo, desks: Mapping[UUID, str]) -> list[str]:
    limit = checker.measurement_limit
    count = _('測定 {count}回').format(count=f'{checker.measurements:,}')
    where = desks.get(checker.desk, '') if checker.desk else ''
    return [
        *([_('置く窓口 {desk}').format(desk=where)] if where else []),
        _('使用開始 {day}').format(day=day_with_weekday(checker.started_on)),
        _('使用期限 {until}').format(until=until_words(checker.expires_on))
        if checker.expires_on
        else _('使用期限なし'),
        count if limit is None else _('{count} / 上限 {limit}回').format(count=count, limit=f'{limit:,}'),
        _('前の動作確認 {at}').format(
            at=day_and_time(checker.function_checked_at) if checker.function_checked_at else _('まだ')
        ),
    ]
