"""A signed report as PDF, CSV or JSON."""

import json
from urllib.parse import quote
from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse
from nicegui import app

from app.access.policies import policies
from app.access.principals import Permission
from app.children.supervisor import ChildError
from app.language import _
from app.runtime import Box, Condition
from app.shelters.places import ShelterInfo
from app.shelters.reports.forms import csv_sheet, report_json, report_sheet
from app.shelters.reports.values import Report
from pages.staff.addresses import SHELTER_REPORTS
from pages.staff.shelters.report import signer_of

FILE = SHELTER_REPORTS + '/{report}/file'
KINDS = {'pdf': 'application/pdf', 'csv': 'text/csv; charset=utf-8', 'json': 'application/json'}
BUSY_STATUS = 503


def register(condition: Condition) -> None:
    """Open the way to the files."""
    policies.register(FILE, permission=Permission.RUN_SHELTER)

    @app.get(FILE, include_in_schema=False)
    async def file(report: UUID, form: str = 'pdf') -> Response:
        box, form = condition.require_box(), form if form in KINDS else 'pdf'
        found = await box.shelters.reports.book.get(report)
        shelter = await box.shelters.register.get(found.shelter) if found else None
        if found is None or shelter is None:
            return RedirectResponse(SHELTER_REPORTS, status_code=303)
        try:
            content = await _content(box, shelter, found, form)
        except ChildError:
            return Response(_('いまは作れません。少し待ってからもう一度試してください。'), BUSY_STATUS)
        name = quote(f'状況報告_{shelter.entry.name}_{found.number}_{found.version}.{form}')
        disposition = f'attachment; filename="report.{form}"; filename*=UTF-8\'\'{name}'
        return Response(content, headers={'Content-Type': KINDS[form], 'Content-Disposition': disposition})


async def _content(box: Box, shelter: ShelterInfo, report: Report, form: str) -> bytes:
    match form:
        case 'json':
            return json.dumps(report_json(shelter, report), ensure_ascii=False, indent=1).encode()
        case 'csv':
            return await box.documents.render_csv(csv_sheet(shelter, report, box=box.settings.name))
        case _:
            signer = await signer_of(box, report)
            return await box.documents.render_pdf([report_sheet(shelter, report, box=box.settings.name, signer=signer)])
