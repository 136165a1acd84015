"""One inquiry: the answer to read out, what became of it, its paper; and the list for publication."""

from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.inquiries.paper import answer_sheet
from app.shelters.inquiries.publication import Publication, sheet_of
from app.shelters.inquiries.values import InquiryInfo, InquiryRefused, Outcome
from app.shelters.inquiries.words import answer_lines, identity_words, outcome_words, problem_words, relation_words
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import many_lines, plain_form
from components.times import day_and_time, day_with_weekday
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import INQUIRIES
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

PUBLISHED = '/staff/shelters/published-names'
ONE = '/staff/shelters/inquiries/{inquiry}'
CLOSE = '/staff/shelters/inquiries/{inquiry}/close'
PAPER = '/staff/shelters/inquiries/{inquiry}/paper'
KINDS = {'pdf': 'application/pdf', 'csv': 'text/csv; charset=utf-8'}
REFUSED_STATUS, BUSY_STATUS = 422, 503


def register(condition: Condition) -> None:
    """Open the page of one inquiry, its paper, and the list for publication."""
    for path in (PAPER, PUBLISHED):
        policies.register(path, permission=Permission.ANSWER_INQUIRIES)

    @guarded_page(ONE, permission=Permission.ANSWER_INQUIRIES)
    async def one(inquiry: UUID) -> None:
        _draw(await condition.require_box().shelters.inquiries.get(inquiry))

    @guarded_post(CLOSE, permission=Permission.ANSWER_INQUIRIES)
    async def close(request: Request, inquiry: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.ANSWER_INQUIRIES))
        inquiries, form = condition.require_box().shelters.inquiries, await posted(request)
        outcome = Outcome.TOLD if form.get('outcome') == 'told' else Outcome.REFUSED
        try:
            await inquiries.close(inquiry, outcome, actor, form.get('note', '')[:300])
        except InquiryRefused as refused:
            info, problem = await inquiries.get(inquiry), problem_words(refused.problem)
            return drawn(request, lambda: _draw(info, problem), REFUSED_STATUS)
        except LookupError:
            return RedirectResponse(INQUIRIES, status_code=303)
        return RedirectResponse(f'{INQUIRIES}/{inquiry}', status_code=303)

    @app.get(PAPER, include_in_schema=False)
    async def paper(request: Request, inquiry: UUID) -> Response:
        box = condition.require_box()
        info = await box.shelters.inquiries.get(inquiry)
        if info is None:
            return RedirectResponse(INQUIRIES, status_code=303)
        try:
            content = await box.documents.render_pdf([answer_sheet(info, box.settings.name)])
        except (ChildError, SheetError):
            return drawn(request, lambda: _draw(info, _busy()), BUSY_STATUS)
        return Response(content, headers=_headers(_('安否情報の回答'), 'pdf'))

    @app.get(PUBLISHED, include_in_schema=False)
    async def published(request: Request, form: str = 'csv') -> Response:
        actor = actor_of(require(current_principal(), Permission.ANSWER_INQUIRIES))
        form = form if form in KINDS else 'csv'
        try:
            content = await _published(condition.require_box(), form, actor)
        except (ChildError, SheetError):
            return drawn(request, _draw_busy, BUSY_STATUS)
        return Response(content, headers=_headers(_('公表する氏名'), form))


async def _published(box: Box, form: str, actor: Actor) -> bytes:
    here = await box.shelters.register.here()
    practice = bool(here and here.practice)
    publication = Publication(box.vault, box.journal, box.reading)
    names = await publication.names(practice=practice)
    sheet = sheet_of(names, box.settings.name, practice=practice)
    content = await (box.documents.render_csv(sheet) if form == 'csv' else box.documents.render_pdf([sheet]))
    await publication.note(actor, form, len(names), practice=practice)
    return content


def _draw(info: InquiryInfo | None, problem: str = '') -> None:
    with staff_page(_('安否情報の照会'), INQUIRIES):
        if info is None:
            message_box(MessageKind.FAILURE, _('この照会はありません。'))
            text('a', _('照会の一覧へ戻る'), '', href=INQUIRIES)
            return
        if info.practice:
            text('p', _('訓練'), 'practice-mark')
        if problem:
            message_box(MessageKind.FAILURE, problem)
        _draw_answer(info)
        if info.outcome is Outcome.OPEN:
            _draw_close(info)
        else:
            at = day_and_time(info.closed_at) if info.closed_at else ''
            message_box(MessageKind.DONE, outcome_words(info.outcome), at)
        _draw_question(info)
        text('a', _('照会の一覧へ戻る'), '', href=INQUIRIES)


def _draw_answer(info: InquiryInfo) -> None:
    with element('section', 'section', aria_label=_('読み上げる答え')):
        text('h2', _('読み上げる答え'), 'section-title')
        with element('div', 'answer-words'):
            for line in answer_lines(info.answer):
                text('p', line)
        text('p', _('ここにないことは伝えません。理由を尋ねられても、この文だけを繰り返してください。'), 'quiet')


def _draw_close(info: InquiryInfo) -> None:
    with element('section', 'section', aria_label=_('伝えた結果')):
        text('h2', _('伝えた結果'), 'section-title')
        address = f'{INQUIRIES}/{info.id}'
        with plain_form(f'{address}/close', _('伝えた'), hidden={'outcome': 'told'}):
            pass
        with plain_form(f'{address}/close', _('伝えなかった'), careful=True, hidden={'outcome': 'refused'}):
            many_lines('note', _('伝えなかった理由'), required=True, most=300)
        with element('div', 'buttons'):
            text('a', _('回答を印刷する(PDF)'), 'press press-quiet', href=f'{address}/paper')


def _draw_question(info: InquiryInfo) -> None:
    question, sought = info.question, info.question.sought
    facts = (
        (_('受付'), day_and_time(info.asked_at)),
        (_('お尋ねの方'), sought.name),
        (_('フリガナ'), sought.kana),
        (_('生年月日'), day_with_weekday(sought.birth_date) if sought.birth_date else ''),
        (_('住所'), sought.address),
        (_('照会した人'), question.inquirer_name),
        (_('照会した人の住所'), question.inquirer_address),
        (_('本人の確かめ方'), identity_words().get(str(question.identity), '')),
        (_('続柄など'), relation_words()[question.relation]),
        (_('照会の理由'), question.reason),
    )
    with element('section', 'section', aria_label=_('照会の内容')):
        text('h2', _('照会の内容'), 'section-title')
        with element('dl', 'facts'):
            for label, words in facts:
                with element('div', 'fact'):
                    text('dt', label)
                    text('dd', words or _('未入力'))


def _draw_busy() -> None:
    with staff_page(_('安否情報の照会'), INQUIRIES):
        message_box(MessageKind.FAILURE, _busy())
        text('a', _('照会の一覧へ戻る'), '', href=INQUIRIES)


def _busy() -> str:
    return _('いまは作れません。少し待ってからもう一度試してください。')


def _headers(name: str, form: str) -> dict[str, str]:
    return {
        'Content-Type': KINDS[form],
        'Content-Disposition': f'attachment; filename="list.{form}"; filename*=UTF-8\'\'{quote(name)}.{form}',
        'Cache-Control': 'no-store',
    }
