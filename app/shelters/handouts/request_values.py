"""Requests for supplies as values: what is needed, and how far it has come."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.handouts.models import SupplyRequest


class RequestState(StrEnum):
    """How far a request has come."""

    DRAFT = 'draft'
    SENT = 'sent'
    APPROVED = 'approved'
    ON_THE_WAY = 'on_the_way'
    PARTLY = 'partly'
    """Some of it was received."""
    RECEIVED = 'received'
    DECLINED = 'declined'
    """Headquarters cannot, or the shelter does not need it any more."""


OPEN = frozenset(RequestState) - {RequestState.RECEIVED, RequestState.DECLINED}
MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.DRAFT: frozenset({RequestState.SENT, RequestState.DECLINED}),
    RequestState.SENT: frozenset({RequestState.APPROVED, RequestState.DECLINED}),
    RequestState.APPROVED: frozenset({RequestState.ON_THE_WAY, RequestState.DECLINED}),
    RequestState.ON_THE_WAY: frozenset(),
    RequestState.PARTLY: frozenset({RequestState.DECLINED}),
    RequestState.RECEIVED: frozenset(),
    RequestState.DECLINED: frozenset(),
}
"""Receiving is possible from the moment of sending: what is at the door is taken in, whatever was approved."""
RECEIVABLE = frozenset({RequestState.SENT, RequestState.APPROVED, RequestState.ON_THE_WAY, RequestState.PARTLY})


class RequestRefused(Exception):
    """Nothing was changed; the message names the field, or `state`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """What a shelter needs."""

    shelter: UUID
    what: str
    quantity: int
    unit: str = ''
    item: UUID | None = None
    needed_by: datetime | None = None
    remarks: str = ''
    practice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestInfo:
    """A request as it stands."""

    id: UUID
    entry: RequestEntry
    state: RequestState
    approved_quantity: int | None
    received: int
    automatic: bool
    created_at: datetime
    created_by: str
    decided_by: str
    changed_at: datetime

    @property
    def outstanding(self) -> int:
        """What has not been received of what was approved, else of what was asked for."""
        asked = self.entry.quantity if self.approved_quantity is None else self.approved_quantity
        return max(0, asked - self.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What was received of a request."""

    pieces: int
    expires_on: date | None = field(default=None)


def request_info(row: SupplyRequest) -> RequestInfo:
    """A row as a value."""
    return RequestInfo(
        id=row.id,
        entry=RequestEntry(**{name: getattr(row, name) for name in RequestEntry.__slots__}),
        state=RequestState(row.state),
        approved_quantity=row.approved_quantity,
        received=row.received,
        automatic=row.automatic,
        created_at=row.created_at,
        created_by=row.created_by,
        decided_by=row.decided_by,
        changed_at=row.changed_at,
    )
