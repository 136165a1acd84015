"""`/staff/drivers`: who was seen to have which licence. A My Number Card shows nothing of one."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.documents.sheet import Sheet
from app.language import _
from app.people.guards import GuardInfo
from app.people.staff import StaffMember
from app.runtime import Box, Condition
from app.vehicles.driver_list import DriverList, SightedLicence
from app.vehicles.ledger_sheets import sheet_of_drivers
from app.vehicles.licence_classes import LICENCE_CLASSES, LicenceCondition
from app.vehicles.record_words import condition_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, tick
from components.plain_table import ROWS_PER_PAGE, Cell, Link, offset_of, pager, plain_table
from components.times import day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import DRIVERS, DRIVERS_IMPORT
from pages.staff.cars.guards import draw_guards
from pages.staff.cars.list_files import csv_button, open_csv
from pages.staff.cars.people import person_name, staff_with
from pages.staff.cars.values import WrongValue, day_of, is_ticked
from pages.staff.cars.words import until_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

CSV = f'{DRIVERS}/csv'
FIND = '/staff/drivers/find'
PERSON = '/staff/drivers/{staff}'
SIGHT = '/staff/drivers/{staff}/sight'
LONGEST_YEARS = 6
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list and the page of each driver."""

    open_csv(condition, CSV, 'licences', Permission.MANAGE_CARS, _sheet)

    @guarded_page(DRIVERS, permission=Permission.MANAGE_CARS)
    async def drivers(page: int = 1) -> None:
        await _draw_list(condition.require_box(), offset_of(page))

    @guarded_post(FIND, permission=Permission.MANAGE_CARS)
    async def find(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        try:
            person = await staff_with(box, form.get('number', ''), _('職員番号'))
        except WrongValue as wrong:
            problem = str(wrong)
        else:
            return RedirectResponse(f'{DRIVERS}/{person.id}', status_code=303)
        found, total, guards = await _facts(box, 0)
        return drawn(request, lambda: _draw(found, 0, total, guards, form.get('number', ''), problem), REFUSED_STATUS)

    @guarded_page(PERSON, permission=Permission.MANAGE_CARS)
    async def person(staff: UUID, done: str = '') -> Response | None:
        box = condition.require_box()
        member = await box.staff.get(staff)
        if member is None:
            return RedirectResponse(DRIVERS, status_code=303)
        _draw_person(member, await DriverList(box.reading, box.vault).of(staff), {}, done=done)
        return None

    @guarded_post(SIGHT, permission=Permission.MANAGE_CARS)
    async def sight(request: Request, staff: UUID) -> Response:
        return await _sight(request, condition.require_box(), staff)


async def _sheet(box: Box, _asked: Mapping[str, str]) -> Sheet:
    return sheet_of_drivers(await DriverList(box.reading, box.vault).all(), box.settings.name)


async def _sight(request: Request, box: Box, staff: UUID) -> Response:
    actor = actor_of(require(current_principal(), Permission.MANAGE_CARS))
    form, member = await posted(request), await box.staff.get(staff)
    if member is None:
        return RedirectResponse(DRIVERS, status_code=303)
    try:
        until = day_of(form.get('valid_until', ''), _('有効期限'))
        classes = [one for index, one in enumerate(LICENCE_CLASSES) if is_ticked(form, f'class_{index}')]
        if until is None or until < clock.today() or until.year > clock.today().year + LONGEST_YEARS:
            raise WrongValue(_('有効期限: 免許証の日付を確かめてください。'))
        if not classes:
            raise WrongValue(_('免許の種類を一つ以上選んでください。'))
    except WrongValue as wrong:
        problem = str(wrong)
        seen = await DriverList(box.reading, box.vault).of(staff)
        return drawn(request, lambda: _draw_person(member, seen, form, problem=problem), REFUSED_STATUS)
    conditions = [one for one in LicenceCondition if is_ticked(form, one.value)]
    await box.vehicles.licences.sight(staff, classes, until, actor, conditions=conditions)
    return RedirectResponse(f'{DRIVERS}/{staff}?done=sighted', status_code=303)


async def _facts(box: Box, offset: int) -> tuple[list[SightedLicence], int, list[GuardInfo]]:
    found, total = await DriverList(box.reading, box.vault).page(offset, ROWS_PER_PAGE)
    return found, total, await box.vehicles.guards.all()


async def _draw_list(box: Box, offset: int) -> None:
    found, total, guards = await _facts(box, offset)
    _draw(found, offset, total, guards)


def _draw(
    found: list[SightedLicence],
    offset: int,
    total: int,
    guards: list[GuardInfo],
    number: str = '',
    problem: str = '',
) -> None:
    with staff_page(_('運転者と守衛'), DRIVERS):
        with element('section', 'section', aria_label=_('運転免許証の確認')):
            text('h2', _('運転免許証の確認'), 'section-title')
            with element('div', 'buttons'):
                text('a', _('CSV・Excelから取り込む'), 'press press-quiet', href=DRIVERS_IMPORT)
                csv_button(CSV)
            with plain_form(FIND, _('この職員の免許証を確認する'), error=problem, classes='filter'):
                entry('number', _('職員番号'), number, required=True, most=32)
            empty = (_('確認した免許証はまだありません'), _('職員番号を入れて、最初の免許証を確認してください。'))
            headings = (_('職員番号'), _('氏名'), _('免許の種類'), _('有効期限'), _('確認した日'), _('確認した人'))
            plain_table(headings, [_row(licence) for licence in found], empty=empty)
            pager(DRIVERS, {}, offset, total)
        draw_guards(guards)


def _row(licence: SightedLicence) -> list[Cell]:
    return [
        Link(licence.driver.number or _('(なし)'), f'{DRIVERS}/{licence.staff}'),
        person_name(licence.driver),
        *_seen(licence),
    ]


def _seen(licence: SightedLicence) -> list[Cell]:
    return [
        _classes_seen(licence),
        until_words(licence.valid_until) if licence.is_current else day_with_weekday(licence.valid_until),
        day_with_weekday(licence.sighted_on),
        licence.sighted_by or _('本体'),
    ]


def _classes_seen(licence: SightedLicence) -> str:
    conditions = [words for name, words in condition_words().items() if name in licence.conditions]
    return '、'.join([*licence.classes, *conditions])


def _draw_person(
    member: StaffMember,
    seen: list[SightedLicence],
    form: Mapping[str, str],
    *,
    problem: str = '',
    done: str = '',
) -> None:
    with staff_page(member.name or _('(消去済み)'), DRIVERS):
        if done == 'sighted':
            message_box(MessageKind.DONE, _('免許証の確認を記録しました。'))
        text('p', _('職員番号{number}、{department}').format(number=member.number, department=member.department))
        with element('section', 'section', aria_label=_('免許証を確認する')):
            text('h2', _('免許証を確認する'), 'section-title')
            text('p', _('免許証かマイナ免許証の読み取り画面を見て、書いてあるとおりに入れてください。'), 'quiet')
            with plain_form(f'{DRIVERS}/{member.id}/sight', _('今日確認したと記録する'), error=problem):
                entry('valid_until', _('有効期限'), form.get('valid_until', ''), kind='date', required=True)
                for index, one in enumerate(LICENCE_CLASSES):
                    tick(f'class_{index}', one, is_ticked(form, f'class_{index}'))
                for condition, words in condition_words().items():
                    tick(condition, words, is_ticked(form, condition))
        with element('section', 'section', aria_label=_('これまでの確認')):
            text('h2', _('これまでの確認'), 'section-title')
            headings = (_('免許の種類'), _('有効期限'), _('確認した日'), _('確認した人'))
            empty = (_('まだ確認していません'), _('確認するまで、この職員に車は貸し出せません。'))
            plain_table(headings, [_seen(licence) for licence in seen], empty=empty)
        text('a', _('一覧へ戻る'), '', href=DRIVERS)
