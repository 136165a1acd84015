"""One person on the list of those who need help: who may have arrived, and the calls that were made."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.vulnerable.register import ListClosed
from app.shelters.vulnerable.values import CallResult, Likely, Standing, VulnerableInfo
from app.shelters.vulnerable.words import age_words, result_words, standing_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import many_lines, plain_form, selection
from components.plain_table import plain_table
from components.times import day_and_time, day_with_weekday
from pages.guarded import guarded_page, guarded_post
from pages.staff.addresses import VULNERABLE
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.vulnerable import opened

ONE = '/staff/shelters/vulnerable/{person}'
CALL = '/staff/shelters/vulnerable/{person}/call'
SETTLE = '/staff/shelters/vulnerable/{person}/settle'


def register(condition: Condition) -> None:
    """Open the page of one person, and what is recorded on it."""

    @guarded_page(ONE, permission=Permission.COMMAND_SHELTERS)
    async def one(person: UUID) -> None:
        box = condition.require_box()
        try:
            people = await opened(box, 'person')
        except ListClosed:
            people = []
        found = next((each for each in people if each.id == person), None)
        _draw(found, await _callers(box, found))

    @guarded_post(CALL, permission=Permission.COMMAND_SHELTERS)
    async def call(request: Request, person: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), await posted(request)
        result = form.get('result', '')
        if result not in set(CallResult):
            return RedirectResponse(f'{VULNERABLE}/{person}', status_code=303)
        try:
            await box.shelters.vulnerable.call(person, CallResult(result), form.get('note', ''), actor)
        except (ListClosed, LookupError):
            return RedirectResponse(VULNERABLE, status_code=303)
        return RedirectResponse(f'{VULNERABLE}?done=called', status_code=303)

    @guarded_post(SETTLE, permission=Permission.COMMAND_SHELTERS)
    async def settle(request: Request, person: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.COMMAND_SHELTERS))
        box, form = condition.require_box(), await posted(request)
        try:
            evacuee = UUID(form['evacuee']) if form.get('evacuee') else None
            await box.shelters.vulnerable.settle(person, evacuee, actor)
        except (ListClosed, LookupError, ValueError):
            return RedirectResponse(VULNERABLE, status_code=303)
        return RedirectResponse(f'{VULNERABLE}/{person}', status_code=303)


async def _callers(box: Box, info: VulnerableInfo | None) -> Mapping[str, str]:
    ids = {UUID(call.caller) for call in info.calls if _is_id(call.caller)} if info else set()
    return {str(id_): member.name for id_, member in (await box.staff.get_many(ids)).items()}


def _is_id(text_: str) -> bool:
    try:
        UUID(text_)
    except ValueError:
        return False
    return True


def _draw(info: VulnerableInfo | None, callers: Mapping[str, str]) -> None:
    with staff_page(_('避難行動要支援者'), VULNERABLE):
        if info is None:
            message_box(MessageKind.FAILURE, _('名簿が閉じているか、この人は名簿にありません。'))
        else:
            _draw_facts(info)
            _draw_likely(info)
            _draw_calls(info, callers)
        text('a', _('名簿へ戻る'), '', href=VULNERABLE)


def _draw_facts(info: VulnerableInfo) -> None:
    entry = info.entry
    consent = {None: _('未確認'), True: _('有'), False: _('無')}[entry.consent]
    facts = (
        (_('状況'), standing_words(info.standing)),
        (_('フリガナ'), entry.kana),
        (_('生年月日'), f'{day_with_weekday(entry.birth_date)} {age_words(info)}' if entry.birth_date else ''),
        (_('住所'), entry.address),
        (_('校下・町会'), f'{entry.district} {entry.neighbourhood}'.strip()),
        (_('電話番号'), entry.phone),
        (_('理由'), entry.reasons),
        (_('支援者'), entry.supporter),
        (_('平常時の提供への同意'), consent),
    )
    text('h2', entry.name, 'section-title')
    with element('dl', 'facts'):
        for label, words in facts:
            with element('div', 'fact'):
                text('dt', label)
                text('dd', words or _('未入力'))


def _draw_likely(info: VulnerableInfo) -> None:
    settle = f'{VULNERABLE}/{info.id}/settle'
    if info.standing is Standing.ARRIVED:
        with plain_form(settle, _('同じ人ではなかった(取り消す)'), careful=True, hidden={'evacuee': ''}):
            text('p', _('避難所にいる人と同じ人だと確かめてあります。'))
        return
    if not info.likely:
        return
    with element('section', 'section', aria_label=_('避難所にいる似た人')):
        text('h2', _('避難所にいる似た人'), 'section-title')
        text('p', _('同じ人かどうかは、本人か家族に確かめて決めてください。記録は一つにはなりません。'), 'quiet')
        for one in info.likely:
            _draw_one_likely(one, settle)


def _draw_one_likely(one: Likely, settle: str) -> None:
    with plain_form(settle, _('同じ人'), hidden={'evacuee': str(one.evacuee)}):
        sure = _('氏名と生年月日が同じ') if one.exact else _('氏名か生年月日が少し違う')
        text('p', f'{one.number} {one.name} ({sure})')


def _draw_calls(info: VulnerableInfo, callers: Mapping[str, str]) -> None:
    with element('section', 'section', aria_label=_('連絡')):
        text('h2', _('連絡'), 'section-title')
        with plain_form(f'{VULNERABLE}/{info.id}/call', _('結果を記録する')):
            selection('result', _('結果'), result_words(), str(CallResult.NOT_REACHED))
            many_lines('note', _('メモ'), hint=_('救助が必要なときは、場所と様子も書きます。'), most=300)
        if info.calls and info.calls[0].result is CallResult.NEEDS_RESCUE:
            message_box(MessageKind.FAILURE, _('救助が必要です。'), _('すぐに119番へ通報し、本部へ知らせてください。'))
        rows = [
            [day_and_time(call.at), callers.get(call.caller, ''), result_words()[call.result], call.note]
            for call in info.calls
        ]
        empty = (_('まだ連絡していません'), _('電話か訪問の結果を記録してください。'))
        plain_table((_('日時'), _('連絡した人'), _('結果'), _('メモ')), rows, empty=empty)
