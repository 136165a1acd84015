"""`/staff/shelters/protected`: people whom nobody is told of, and the opening of their records with a reason."""

from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import ui

from app.access.principals import Permission, StaffPrincipal, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.evacuees import EvacueeInfo
from app.shelters.numbers import read_number
from app.shelters.protection import ReasonMissing
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, many_lines, plain_form, selection
from components.plain_table import plain_table
from components.times import day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import PROTECTED
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.inquiries import is_practice, practice_mark

ACT = '/staff/shelters/protected/act'
OPENED = '/staff/shelters/protected/opened/{key}'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list of numbers, what is done with one, and the record that is open for a while."""

    @guarded_page(PROTECTED, permission=Permission.SEE_PROTECTED)
    async def protected(done: str = '') -> None:
        box = condition.require_box()
        practice = await is_practice(box)
        _draw(await box.shelters.protection.numbers(practice=practice), {}, practice, done=done)

    @guarded_post(ACT, permission=Permission.SEE_PROTECTED)
    async def act(request: Request) -> Response:
        principal = require(current_principal(), Permission.SEE_PROTECTED)
        box, form = condition.require_box(), await posted(request)
        try:
            address = await _act(box, form, principal)
        except (ReasonMissing, LookupError) as error:
            problem = _('理由を300文字までで入れてください。')
            if isinstance(error, LookupError):
                problem = _('この番号の人はいません。番号を確かめてください。')
            practice = await is_practice(box)
            numbers = await box.shelters.protection.numbers(practice=practice)
            return drawn(request, lambda: _draw(numbers, form, practice, problem), REFUSED_STATUS)
        return RedirectResponse(address, status_code=303)

    @guarded_page(OPENED, permission=Permission.SEE_PROTECTED)
    async def opened(key: str) -> None:
        principal = require(current_principal(), Permission.SEE_PROTECTED)
        found = await condition.require_box().shelters.protection.read(key, principal.session)
        if found is None:
            _draw_closed()
            return
        info, left = found
        _draw_record(info, left)
        ui.timer(left, lambda: ui.navigate.to(PROTECTED), once=True)


async def _act(box: Box, form: Mapping[str, str], principal: StaffPrincipal) -> str:
    number, reason = read_number(form.get('number', '')), form.get('reason', '')
    info = await box.shelters.evacuees.by_number(number) if number else None
    if info is None:
        raise LookupError('evacuee')
    protection, actor = box.shelters.protection, actor_of(principal)
    match form.get('act'):
        case 'set':
            await protection.set(info.id, actor, reason)
            return f'{PROTECTED}?done=set'
        case 'lift':
            await protection.lift(info.id, actor, reason)
            return f'{PROTECTED}?done=lifted'
        case _:
            opening = await protection.open(info.id, principal.session, actor, reason)
            return OPENED.format(key=opening.key)


def _draw(numbers: list[str], form: Mapping[str, str], practice: bool, problem: str = '', *, done: str = '') -> None:
    with staff_page(_('保護が必要な方'), PROTECTED):
        practice_mark(practice)
        if done in ('set', 'lifted'):
            message_box(MessageKind.DONE, _('保護を始めました') if done == 'set' else _('保護を終えました'))
        text('p', _('尋ねられても、いない人と同じ答えになります。開いた人、時刻、理由を記録簿に残します。'))
        with element('section', 'section', aria_label=_('記録を開く、保護を変える')):
            text('h2', _('記録を開く、保護を変える'), 'section-title')
            with plain_form(ACT, _('実行する'), error=problem):
                entry('number', _('避難者番号'), form.get('number', ''), required=True, most=20)
                acts = {'open': _('記録を開く'), 'set': _('保護を始める'), 'lift': _('保護を終える')}
                selection('act', _('すること'), acts, form.get('act', 'open'))
                many_lines('reason', _('理由'), form.get('reason', ''), required=True, most=300)
        with element('section', 'section', aria_label=_('保護している方の番号')):
            text('h2', _('保護している方の番号'), 'section-title')
            empty = (_('いまはいません'), _('保護を始めると、番号だけがここに並びます。'))
            plain_table((_('避難者番号'),), [[number] for number in numbers], empty=empty)


def _draw_closed() -> None:
    with staff_page(_('保護が必要な方'), PROTECTED):
        message_box(MessageKind.NOTE, _('記録は閉じました。'), _('もう一度見るには、理由を入れて開き直してください。'))
        text('a', _('戻る'), '', href=PROTECTED)


def _draw_record(info: EvacueeInfo, left: float) -> None:
    details = info.details
    facts = (
        (_('避難者番号'), info.number),
        (_('氏名'), details.name),
        (_('フリガナ'), details.kana),
        (_('生年月日'), day_with_weekday(details.birth_date) if details.birth_date else ''),
        (_('住所'), details.address),
        (_('電話番号'), details.phone),
        (_('連絡先'), details.contact),
        (_('けが'), details.injury),
        (_('様子'), details.condition),
        (_('備考'), details.remarks),
    )
    with staff_page(_('保護が必要な方'), PROTECTED):
        practice_mark(info.practice)
        words = _('{seconds}秒後に自動で閉じます。').format(seconds=round(left))
        message_box(MessageKind.WARNING, _('周りの人に見えないようにしてください。'), words)
        with element('dl', 'facts'):
            for label, value in facts:
                with element('div', 'fact'):
                    text('dt', label)
                    text('dd', value or _('未入力'))
        text('a', _('閉じる'), 'press press-main', href=PROTECTED)
