"""The tables of the page as CSV, and the whole as a report on A4."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app import clock
from app.access.policies import policies
from app.access.principals import Permission
from app.children.supervisor import ChildError
from app.documents.sheet import SheetError
from app.language import _
from app.runtime import Box, Condition
from app.vehicles.fleet_sheets import PARTS, About, report_sheets, table_sheet
from app.vehicles.fleet_sizing.sentence import honest_sentence
from app.vehicles.fleet_study import Study
from components.messages import MessageKind, message_box
from pages.guarded import drawn
from pages.staff.addresses import FLEET
from pages.staff.fleet.asked import FleetQuery, read_query, usual_type
from pages.staff.fleet.words import (
    break_even_words,
    condition_words,
    erlang_words,
    figures,
    named,
    type_words,
    weekdays,
)
from pages.staff.navigation import staff_page

REPORT = '/staff/fleet/report'
TABLES = '/staff/fleet/table'
BUSY_STATUS = 503


def register(condition: Condition) -> None:
    """Open both addresses; they take what the page takes."""
    for path in (REPORT, TABLES):
        policies.register(path, permission=Permission.READ_TRIPS)

    @app.get(REPORT, include_in_schema=False)
    async def report(request: Request) -> Response:
        box = condition.require_box()
        return await _answered(box, request, '', 'pdf')

    @app.get(TABLES, include_in_schema=False)
    async def table(request: Request, part: str = 'refused') -> Response:
        box = condition.require_box()
        return await _answered(box, request, part, 'csv')


async def _answered(box: Box, request: Request, part: str, suffix: str) -> Response:
    query = read_query(request.query_params, usual_type(await box.vehicles.ledger.all()))
    try:
        study = await box.fleet.study(query.asked)
        if study is None:
            return RedirectResponse(FLEET, status_code=303)
        about = _about(box, query, study)
        if suffix == 'pdf':
            content, kind = await box.documents.render_pdf(report_sheets(study, about)), 'application/pdf'
        else:
            sheet = table_sheet(study, about, part)
            content, kind = await box.documents.render_csv(sheet), 'text/csv; charset=utf-8'
    except (ChildError, SheetError):
        return drawn(request, _draw_problem, BUSY_STATUS)
    name = quote(f'{_("適切な台数")}_{part if part in PARTS else clock.today().isoformat()}')
    disposition = f'attachment; filename="fleet.{suffix}"; filename*=UTF-8\'\'{name}.{suffix}'
    return Response(content, headers={'Content-Type': kind, 'Content-Disposition': disposition})


def _about(box: Box, query: FleetQuery, study: Study) -> About:
    answer = study.answer
    conclusion: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()
    if answer:
        sentence = honest_sentence(replace(answer.finding, car_type=named(answer.question)))
        conclusion = ((_('見込み'), sentence), (_('条件'), condition_words(answer)))
        remarks = (break_even_words(answer), erlang_words(answer))
    return About(
        box=box.settings.name,
        made_at=clock.now(),
        conclusion=conclusion,
        remarks=remarks,
        figures=figures(study.report),
        types=type_words(),
        weekdays=weekdays(),
        site=query.asked.chosen.site,
    )


def _draw_problem() -> None:
    with staff_page(_('適切な台数'), FLEET):
        problem = _('少し待つか、期間を短くして、もう一度試してください。')
        message_box(MessageKind.FAILURE, _('いまはファイルを作れません。'), problem)
