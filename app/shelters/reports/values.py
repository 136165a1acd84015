"""A status report as a value."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.shelters.reports.figures import Figure, from_plain
from app.shelters.reports.models import StatusReport


class ReportState(StrEnum):
    """How far a version has come; a signed one may be replaced by a newer version."""

    DRAFT = 'draft'
    SIGNED = 'signed'


class Way(StrEnum):
    """How a report was given on."""

    NETWORK = 'network'
    RADIO = 'radio'
    PHONE = 'phone'
    PAPER = 'paper'


class ReportRefused(Exception):
    """Nothing was changed; the message names the field, or `state`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One version of a report."""

    id: UUID
    sequence: int
    shelter: UUID
    number: int
    version: int
    state: ReportState
    figures: tuple[Figure, ...]
    remarks: str
    urgent: str
    drafted_at: datetime
    signed_at: datetime | None
    signed_by: str
    sent_at: datetime | None
    sent_by_way: Way | None
    replaced_at: datetime | None
    practice: bool

    @property
    def is_current(self) -> bool:
        """Signed, and no newer version stands in its place."""
        return self.state is ReportState.SIGNED and self.replaced_at is None

    @property
    def history(self) -> tuple[tuple[str, datetime], ...]:
        """What happened to this version, and when, in order."""
        steps = (
            ('drafted', self.drafted_at),
            ('signed', self.signed_at),
            ('sent', self.sent_at),
            ('replaced', self.replaced_at),
        )
        return tuple(sorted(((name, at) for name, at in steps if at is not None), key=lambda step: step[1]))


def report_of(row: StatusReport) -> Report:
    """A row as a value."""
    return Report(
        id=row.id,
        sequence=row.sequence,
        shelter=row.shelter,
        number=row.number,
        version=row.version,
        state=ReportState(row.state),
        figures=tuple(from_plain(each) for each in row.figures),
        remarks=row.remarks,
        urgent=row.urgent,
        drafted_at=row.drafted_at,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
        sent_at=row.sent_at,
        sent_by_way=Way(row.sent_by_way) if row.sent_by_way else None,
        replaced_at=row.replaced_at,
        practice=row.practice,
    )
