"""Punches over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from app.api.cursors import sequence_after
from app.api.errors import ErrorBody
from app.attendance.feed import FedPunch, punches_after
from app.journal.epochs import Cursor
from app.runtime import Condition

MOST_ITEMS = 1000
SCOPE = 'attendance:read'


class PunchItem(BaseModel):
    """One arrival or departure. Times are RFC 3339 with +09:00."""

    cursor: str
    id: str
    staff_number: str
    work_date: str
    kind: str
    """`in` (出勤) or `out` (退勤)."""
    punched_at: str
    recorded_at: str
    clock_quality: str
    desk: str | None
    source: str
    """`card`, `choice`, `paper` or `correction`."""
    replaces: str | None
    """Id of the punch that this one corrects."""


class PunchList(BaseModel):
    """A page of punches; `next` is the `after` of the following request."""

    items: list[PunchItem]
    next: str


def attendance_routes(condition: Condition) -> APIRouter:
    """`/attendance/...`"""
    # The token itself is checked before the request gets here; this tells the readers of the documentation.
    bearer = Depends(HTTPBearer(auto_error=False, description=f'Token with the scope {SCOPE}'))
    router = APIRouter(prefix='/attendance', tags=['attendance'], dependencies=[bearer])

    @router.get('/punches', responses={status: {'model': ErrorBody} for status in (400, 401, 403, 409)})
    async def punches(after: str = '', limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = 100) -> PunchList:
        """Punches in the order of recording, after the given cursor (exclusive; empty or 0: from the beginning)."""
        box = condition.require_box()
        found = await punches_after(box.reading, await sequence_after(after, box.journal.identity), limit)
        items = [_item(punch, box.journal.identity.epoch) for punch in found]
        return PunchList(items=items, next=items[-1].cursor if items else after or '0')

    return router


def _item(punch: FedPunch, epoch: str) -> PunchItem:
    return PunchItem(
        cursor=Cursor(epoch, punch.sequence).encode(),
        id=str(punch.id),
        staff_number=punch.staff_number,
        work_date=punch.work_date.isoformat(),
        kind=str(punch.kind),
        punched_at=punch.punched_at.isoformat(timespec='seconds'),
        recorded_at=punch.recorded_at.isoformat(timespec='milliseconds'),
        clock_quality=str(punch.clock_quality),
        desk=punch.desk,
        source=str(punch.source),
        replaces=str(punch.replaces) if punch.replaces else None,
    )
