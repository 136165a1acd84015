"""Lists of the car pages as CSV: made in a child, and noted in the journal."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from fastapi import Request, Response
from nicegui import app

from app import clock
from app.access.policies import policies
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.children.supervisor import ChildError
from app.documents.sheet import Sheet, SheetError
from app.journal.line import Act, Actor
from app.language import _
from app.runtime import Box, Condition
from app.storage.transaction import transaction
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_table import address
from pages.guarded import drawn
from pages.staff.addresses import HOME
from pages.staff.cars.downloads import EXPORTED
from pages.staff.navigation import staff_page

BUSY_STATUS = 503
MakeSheet = Callable[[Box, Mapping[str, str]], Awaitable[Sheet]]
"""Makes the sheet of what an address asks for."""


def open_csv(condition: Condition, path: str, what: str, permission: Permission, make: MakeSheet) -> None:
    """Open the way to a list; `what` names it in the journal."""
    policies.register(path, permission=permission)

    @app.get(path, include_in_schema=False)
    async def download(request: Request) -> Response:
        box, actor = condition.require_box(), actor_of(require(current_principal(), permission))
        sheet = await make(box, request.query_params)
        try:
            content = await box.documents.render_csv(sheet)
        except (SheetError, ChildError):
            return drawn(request, _draw_busy, BUSY_STATUS)
        await _note(box, actor, what)
        return Response(content, headers=_headers(f'{sheet.title}_{clock.today()}'))


def csv_button(path: str, label: str = '', asked: Mapping[str, str] | None = None) -> None:
    """The way to a list."""
    text('a', label or _('CSVで書き出す'), 'press press-quiet', href=address(path, asked or {}))


async def _note(box: Box, actor: Actor, what: str) -> None:
    act = Act(kind=EXPORTED, actor=actor, payload={'what': what, 'form': 'csv'})
    await transaction(lambda tx: box.journal.append(tx, act))


def _headers(name: str) -> dict[str, str]:
    return {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': f'attachment; filename="list.csv"; filename*=UTF-8\'\'{quote(name)}.csv',
    }


def _draw_busy() -> None:
    with staff_page(_('CSVで書き出す'), HOME):
        words = _('いまは作れません。少し待ってからもう一度試してください。')
        message_box(MessageKind.FAILURE, _('ファイルを作れませんでした。'), words)
