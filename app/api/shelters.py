"""Shelters and their signed status reports over HTTP."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from app.api.attendance import MOST_ITEMS
from app.api.cursors import sequence_after
from app.api.errors import ApiError, ErrorBody
from app.journal.epochs import Cursor
from app.runtime import Condition
from app.shelters.places import ShelterInfo
from app.shelters.reports.forms import report_json

SHELTERS_SCOPE = 'shelters:read'
REFUSALS: dict[int | str, dict[str, Any]] = {status: {'model': ErrorBody} for status in (400, 401, 403, 404, 409)}
Limit = Annotated[int, Query(ge=1, le=MOST_ITEMS)]


class ShelterItem(BaseModel):
    """A shelter in use; null: not known. Times are RFC 3339 with +09:00."""

    id: str
    code: str
    name: str
    kana: str
    kind: str
    address: str
    district: str
    latitude: float | None
    longitude: float | None
    capacity: int | None
    state: str
    state_since: str | None
    practice: bool
    """In a drill: counts nowhere."""


class ShelterList(BaseModel):
    """A page of shelters by their codes; `next` is the `after` of the following request."""

    items: list[ShelterItem]
    next: str


class ReportList(BaseModel):
    """A page of signed reports, each item with definition, unit and as-of time; `next` is the following `after`."""

    items: list[dict[str, Any]]
    next: str


def shelter_routes(condition: Condition) -> APIRouter:
    """`/shelters/...`"""
    router = APIRouter(prefix='/shelters', tags=['shelters'], dependencies=[_bearer()])

    @router.get('', responses=REFUSALS)
    async def shelters(after: str = '', limit: Limit = 100) -> ShelterList:
        """Shelters in use, after the given code (exclusive; empty: from the first)."""
        known = await condition.require_box().shelters.register.all()
        found = sorted((one for one in known if one.entry.code > after), key=lambda one: one.entry.code)[:limit]
        return ShelterList(items=[_item(one) for one in found], next=found[-1].entry.code if found else after)

    @router.get('/{shelter}/reports', responses=REFUSALS)
    async def reports(shelter: UUID, after: str = '', limit: Limit = 100) -> ReportList:
        """Signed reports in the order of signing, corrections among them; none of a drill."""
        box = condition.require_box()
        info = await box.shelters.register.get(shelter)
        if info is None:
            raise ApiError(404, 'not_found', 'shelter: there is no such shelter')
        identity = box.journal.identity
        found = await box.shelters.reports.book.signed_after(shelter, await sequence_after(after, identity), limit)
        items = [{'cursor': Cursor(identity.epoch, one.sequence).encode(), **report_json(info, one)} for one in found]
        return ReportList(items=items, next=items[-1]['cursor'] if items else after or '0')

    return router


def _bearer() -> Any:
    # The token itself is checked before the request gets here; this tells the readers of the documentation.
    return Depends(HTTPBearer(auto_error=False, description=f'Token with the scope {SHELTERS_SCOPE}'))


def _item(shelter: ShelterInfo) -> ShelterItem:
    plain = ('code', 'name', 'kana', 'address', 'district', 'latitude', 'longitude', 'capacity')
    return ShelterItem(
        id=str(shelter.id),
        kind=str(shelter.entry.kind),
        state=str(shelter.state),
        state_since=_second(shelter.state_since),
        practice=shelter.practice,
        **{name: getattr(shelter.entry, name) for name in plain},
    )


def _second(at: datetime | None) -> str | None:
    return at.isoformat(timespec='seconds') if at else None
