"""One status report: put right, signed, given on, corrected."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.journal.line import Actor
from app.language import _
from app.runtime import Box, Condition
from app.shelters.places import ShelterInfo
from app.shelters.reports.figures import label_of
from app.shelters.reports.radio import radio_lines
from app.shelters.reports.values import Report, ReportRefused, ReportState, Way
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import SHELTER_REPORTS
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.report_figures import changes_of, draw_figures, draw_form
from pages.staff.shelters.reports import report_title, state_words

PATH = SHELTER_REPORTS + '/{report}'
ACT = PATH + '/act'
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open a report, and what is done with it."""

    @guarded_page(PATH, permission=Permission.RUN_SHELTER)
    async def show(report: UUID) -> None:
        box = condition.require_box()
        found = await _found(box, report)
        _draw(found, await signer_of(box, found[1]) if found else '', box.settings.name)

    @guarded_post(ACT, permission=Permission.RUN_SHELTER)
    async def act(request: Request, report: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        try:
            after = await _act(box, report, form, actor)
        except ReportRefused as refused:
            found, problem = await _found(box, report), _problem(str(refused))
            return drawn(request, lambda: _draw(found, '', box.settings.name, problem), REFUSED_STATUS)
        return RedirectResponse(f'{SHELTER_REPORTS}/{after.id}', status_code=303)


async def signer_of(box: Box, report: Report) -> str:
    """The name of who signed it; empty while nobody did."""
    person = await box.staff.get(UUID(report.signed_by)) if report.signed_at else None
    return person.name if person else ''


async def _found(box: Box, report: UUID) -> tuple[ShelterInfo, Report] | None:
    found = await box.shelters.reports.book.get(report)
    shelter = await box.shelters.register.get(found.shelter) if found else None
    return (shelter, found) if shelter and found else None


async def _act(box: Box, report: UUID, form: Mapping[str, str], actor: Actor) -> Report:
    book, what = box.shelters.reports.book, form.get('act', '')
    if what == 'correct':
        return await book.correct(report, actor)
    if what in tuple(Way):
        return await book.sent(report, Way(what), actor)
    changes = changes_of(form)
    saved = await book.edit(report, changes, actor, remarks=form.get('remarks', ''), urgent=form.get('urgent', ''))
    return await book.sign(report, actor) if what == 'sign' else saved


def _problem(name: str) -> str:
    if name in {'state', 'report'}:
        return _('この報告は、ほかの人が先に署名したか訂正しています。一覧から開き直してください。')
    if name in {'remarks', 'urgent'}:
        return _('文章は1000文字までで書いてください。')
    return _('{label}: この値は入れられません。分からないときは空にします。').format(label=label_of(name))


def _draw(found: tuple[ShelterInfo, Report] | None, signer: str, box: str, problem: str = '') -> None:
    with staff_page(_('状況報告'), SHELTER_REPORTS):
        if found is None:
            message_box(MessageKind.FAILURE, _('この報告はありません。'), _('一覧から開き直してください。'))
            return
        shelter, report = found
        _draw_head(shelter, report, signer)
        if problem:
            text('p', problem, 'form-error', role='alert')
        if report.state is ReportState.DRAFT:
            draw_form(report)
            return
        _draw_acts(report)
        draw_figures(report)
        _draw_radio(radio_lines(shelter, report, box))


def _draw_head(shelter: ShelterInfo, report: Report, signer: str) -> None:
    with element('div', 'shelter-head'):
        text('p', f'{shelter.entry.name} {report_title(report)}', 'section-title')
        if report.practice:
            text('p', _('訓練'), 'practice-mark')
    text('p', state_words(report), 'state', data_state='ready' if report.is_current else 'away')
    words = {'drafted': _('数字の時点'), 'signed': _('署名'), 'sent': _('伝達'), 'replaced': _('訂正')}
    with element('ul', 'quiet', aria_label=_('状態の履歴')):
        for name, at in report.history:
            text('li', f'{words[name]} {day_and_time(at)} {signer if name == "signed" else ""}')
    text('a', _('一覧へ戻る'), '', href=f'{SHELTER_REPORTS}?shelter={shelter.id}')


def _draw_acts(report: Report) -> None:
    ways = {
        Way.RADIO: _('無線で伝えた'),
        Way.PHONE: _('電話で伝えた'),
        Way.PAPER: _('紙で渡した'),
        Way.NETWORK: _('送った'),
    }
    files = {'pdf': _('印刷用(PDF)'), 'csv': 'CSV', 'json': 'JSON'}
    with element('div', 'buttons'):
        for form, words in files.items():
            text('a', words, 'press press-quiet', href=f'{SHELTER_REPORTS}/{report.id}/file?form={form}')
    with element('form', 'buttons', method='post', action=f'{SHELTER_REPORTS}/{report.id}/act'):
        for way, words in ways.items() if report.sent_at is None else ():
            text('button', words, 'press press-quiet', type='submit', name='act', value=way.value)
        if report.is_current:
            text('button', _('訂正する'), 'press press-quiet', type='submit', name='act', value='correct')


def _draw_radio(lines: list[str]) -> None:
    with element('section', 'section', aria_label=_('無線で読み上げる文')):
        text('h2', _('無線で読み上げる文'), 'section-title')
        with element('ol', 'radio-lines'):
            for line in lines:
                text('li', line)
