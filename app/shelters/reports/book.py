"""Writing, signing and correcting status reports; what was signed stays as it was."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.reports.changes import changed, check_change
from app.shelters.reports.figures import Figure, Value, plain
from app.shelters.reports.models import StatusReport
from app.shelters.reports.values import Report, ReportRefused, ReportState, Way, report_of
from app.storage.transaction import Transaction, transaction

REPORT_DRAFTED = 'shelters.report_drafted'
REPORT_EDITED = 'shelters.report_edited'
REPORT_SIGNED = 'shelters.report_signed'
REPORT_SENT = 'shelters.report_sent'
LONGEST_WORDS = 1000


class ReportBook:
    """The reports of the shelters of this box."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """A report of this shelter was drafted, signed, corrected or sent."""

    async def draft(self, shelter: UUID, figures: Sequence[Figure], actor: Actor, *, practice: bool) -> Report:
        """The next report; a draft that nobody signed takes the new figures and keeps its words."""

        async def work(tx: Transaction) -> Report:
            last = await _last(tx, shelter, practice)
            if last is not None and last.state == ReportState.DRAFT and last.version == 1:
                columns = {'figures': [plain(each) for each in figures], 'drafted_at': clock.now()}
                return await self._update(tx, last, REPORT_DRAFTED, columns, actor)
            number = last.number + 1 if last else 1
            return await self._create(tx, shelter, actor, number=number, figures=figures, practice=practice)

        return await transaction(work)

    async def correct(self, report: UUID, actor: Actor) -> Report:
        """A new version of a signed report to put right and sign; the old one stays, and counts until then.

        Raises:
            ReportRefused: it is not the signed version, or a correction is begun already.
        """

        async def work(tx: Transaction) -> Report:
            row = await _row(tx, report)
            newer = StatusReport.filter(shelter=row.shelter, practice=row.practice, number=row.number)
            if (
                row.state != ReportState.SIGNED
                or await newer.filter(version__gt=row.version).using_db(tx.connection).exists()
            ):
                raise ReportRefused('state')
            old = report_of(row)
            words = (old.remarks, old.urgent)
            return await self._create(
                tx,
                old.shelter,
                actor,
                number=old.number,
                figures=old.figures,
                practice=old.practice,
                version=old.version + 1,
                words=words,
            )

        return await transaction(work)

    async def edit(
        self, report: UUID, changes: Mapping[str, Value], actor: Actor, *, remarks: str, urgent: str
    ) -> Report:
        """Put figures of a draft right (None: 未確認), and write its words.

        Raises:
            ReportRefused: it is signed, or names the figure or the words that cannot be.
        """
        for key, value in changes.items():
            check_change(key, value)
        if len(remarks) > LONGEST_WORDS or len(urgent) > LONGEST_WORDS:
            raise ReportRefused('remarks' if len(remarks) > LONGEST_WORDS else 'urgent')

        async def work(tx: Transaction) -> Report:
            row = await _draft_row(tx, report)
            at = clock.now()
            figures = [plain(changed(each, changes, at)) for each in report_of(row).figures]
            columns = {'figures': figures, 'remarks': remarks.strip(), 'urgent': urgent.strip()}
            return await self._update(tx, row, REPORT_EDITED, columns, actor)

        return await transaction(work)

    async def sign(self, report: UUID, actor: Actor) -> Report:
        """A person answers for the report; an older version of it is replaced now.

        Raises:
            ReportRefused: it is signed already.
        """

        async def work(tx: Transaction) -> Report:
            row = await _draft_row(tx, report)
            at = clock.now()
            older = StatusReport.filter(
                shelter=row.shelter, practice=row.practice, number=row.number, replaced_at=None, version__lt=row.version
            )
            await older.using_db(tx.connection).update(replaced_at=at)
            columns = {'state': str(ReportState.SIGNED), 'signed_at': at, 'signed_by': actor.id}
            return await self._update(tx, row, REPORT_SIGNED, columns, actor)

        return await transaction(work)

    async def sent(self, report: UUID, way: Way, actor: Actor) -> Report:
        """It was given on; the first time counts.

        Raises:
            ReportRefused: it is not signed, or was given on before.
        """

        async def work(tx: Transaction) -> Report:
            row = await _row(tx, report)
            if row.state != ReportState.SIGNED or row.sent_at is not None:
                raise ReportRefused('state')
            return await self._update(tx, row, REPORT_SENT, {'sent_at': clock.now(), 'sent_by_way': str(way)}, actor)

        return await transaction(work)

    async def get(self, report: UUID) -> Report | None:
        """The version of this id."""
        row = await StatusReport.get_or_none(id=report)
        return report_of(row) if row else None

    async def of(self, shelter: UUID, *, practice: bool, offset: int = 0, limit: int = 50) -> list[Report]:
        """Reports of a shelter with all versions, the newest first."""
        rows = StatusReport.filter(shelter=shelter, practice=practice).order_by('-number', '-version')
        return [report_of(row) for row in await rows.offset(offset).limit(limit)]

    async def last_signed(self, shelter: UUID, *, practice: bool) -> Report | None:
        """The last report that somebody answers for."""
        signed = StatusReport.filter(
            shelter=shelter, practice=practice, state=str(ReportState.SIGNED), replaced_at=None
        )
        row = await signed.order_by('-number').first()
        return report_of(row) if row else None

    async def signed_after(self, shelter: UUID, sequence: int, limit: int) -> list[Report]:
        """Signed versions of the real thing in the order of signing, after a journal sequence."""
        rows = StatusReport.filter(
            shelter=shelter, practice=False, state=str(ReportState.SIGNED), sequence__gt=sequence
        )
        return [report_of(row) for row in await rows.order_by('sequence').limit(limit)]

    async def _create(
        self,
        tx: Transaction,
        shelter: UUID,
        actor: Actor,
        *,
        number: int,
        figures: Sequence[Figure],
        practice: bool,
        version: int = 1,
        words: tuple[str, str] = ('', ''),
    ) -> Report:
        row = StatusReport(
            id=uuid.uuid4(),
            sequence=0,
            shelter=shelter,
            number=number,
            version=version,
            state=str(ReportState.DRAFT),
            figures=[plain(each) for each in figures],
            remarks=words[0],
            urgent=words[1],
            drafted_at=clock.now(),
            signed_by='',
            sent_by_way='',
            practice=practice,
        )
        row.sequence = await self._write(tx, REPORT_DRAFTED, row, actor)
        await row.save(using_db=tx.connection, force_create=True)
        return report_of(row)

    async def _update(
        self, tx: Transaction, row: StatusReport, kind: str, columns: dict[str, Any], actor: Actor
    ) -> Report:
        row.update_from_dict(columns)
        sequence = await self._write(tx, kind, row, actor)
        if kind == REPORT_SIGNED:
            columns, row.sequence = {**columns, 'sequence': sequence}, sequence
        await StatusReport.filter(id=row.id).using_db(tx.connection).update(**columns)
        return report_of(row)

    async def _write(self, tx: Transaction, kind: str, row: StatusReport, actor: Actor) -> int:
        payload = {
            'number': row.number,
            'version': row.version,
            'figures': {each['key']: each['value'] for each in row.figures},
            'has_urgent': bool(row.urgent),
            'way': row.sent_by_way,
            'practice': row.practice,
        }
        act = Act(kind=kind, actor=actor, subjects=(row.shelter, row.id), payload=payload)
        written = await self._journal.append(tx, act)
        tx.after_commit(lambda: self.CHANGED.emit(row.shelter))
        return written.sequence


async def _last(tx: Transaction, shelter: UUID, practice: bool) -> StatusReport | None:
    rows = StatusReport.filter(shelter=shelter, practice=practice).order_by('-number', '-version')
    return await rows.using_db(tx.connection).first()


async def _row(tx: Transaction, report: UUID) -> StatusReport:
    row = await StatusReport.get_or_none(id=report, using_db=tx.connection)
    if row is None:
        raise ReportRefused('report')
    return row


async def _draft_row(tx: Transaction, report: UUID) -> StatusReport:
    row = await _row(tx, report)
    if row.state != ReportState.DRAFT:
        raise ReportRefused('state')
    return row
