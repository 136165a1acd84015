"""`/staff/shelters/reports`: what is due, and the reports of a shelter with all versions."""

from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Condition
from app.shelters.places import ShelterInfo
from app.shelters.reports.service import Due
from app.shelters.reports.values import Report, ReportState
from components.elements import box as element
from components.elements import text
from components.plain_forms import plain_form
from components.plain_table import Cell, Link, plain_table
from components.times import day_and_time
from pages.guarded import guarded_page, guarded_post
from pages.staff.addresses import SHELTER_REPORTS
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters

DRAFT = '/staff/shelters/{shelter}/reports/draft'


def register(condition: Condition) -> None:
    """Open the list, and the making of a draft."""

    @guarded_page(SHELTER_REPORTS, permission=Permission.RUN_SHELTER)
    async def reports(shelter: str = '') -> None:
        box = condition.require_box()
        chosen, others = await chosen_shelter(box, shelter), await open_shelters(box)
        if chosen is None:
            with staff_page(_('状況報告'), SHELTER_REPORTS):
                draw_choice(SHELTER_REPORTS, None, others)
            return
        due = await box.shelters.reports.due(chosen)
        found = await box.shelters.reports.book.of(chosen.id, practice=chosen.practice)
        _draw(chosen, others, due, found)

    @guarded_post(DRAFT, permission=Permission.RUN_SHELTER)
    async def draft(shelter: UUID) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box = condition.require_box()
        chosen = await box.shelters.register.get(shelter)
        if chosen is None:
            return RedirectResponse(SHELTER_REPORTS, status_code=303)
        made = await box.shelters.reports.draft(chosen, actor)
        return RedirectResponse(f'{SHELTER_REPORTS}/{made.id}', status_code=303)


def report_title(report: Report) -> str:
    """第2報, with the version where it was corrected."""
    if report.version == 1:
        return _('第{number}報').format(number=report.number)
    return _('第{number}報 訂正 第{version}版').format(number=report.number, version=report.version)


def state_words(report: Report) -> str:
    """How far it has come."""
    if report.replaced_at is not None:
        return _('訂正済み(新しい版があります)')
    return _('署名済み') if report.state is ReportState.SIGNED else _('下書き(署名前)')


def _draw(shelter: ShelterInfo, others: list[ShelterInfo], due: Due | None, found: list[Report]) -> None:
    with staff_page(_('状況報告'), SHELTER_REPORTS):
        draw_choice(SHELTER_REPORTS, shelter, others)
        if due is not None:
            text('p', _due_words(due), 'section-title')
        with plain_form(f'/staff/shelters/{shelter.id}/reports/draft', _('いまのデータで下書きを作る')):
            text('p', _('未署名の下書きがあれば、数字だけ新しくします。'), 'quiet')
        with element('section', 'section', aria_label=_('これまでの報告')):
            text('h2', _('これまでの報告'), 'section-title')
            empty = (_('報告がまだありません'), _('下書きを作り、確かめて署名してください。'))
            plain_table((_('報告'), _('いつの時点か'), _('状態')), [_row(one) for one in found], empty=empty)


def _due_words(due: Due) -> str:
    words = _('第1報の期限 {at}') if due.is_first else _('次の報告 {at}')
    return words.format(at=day_and_time(due.at))


def _row(report: Report) -> list[Cell]:
    address = f'{SHELTER_REPORTS}/{report.id}'
    return [Link(report_title(report), address), day_and_time(report.drafted_at), state_words(report)]
