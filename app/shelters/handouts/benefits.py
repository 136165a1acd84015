"""Benefits that are paid (給付金, 見舞金): applied for, approved by a second person, handed on for payment."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.handouts.benefit_values import (
    Application,
    BenefitInfo,
    BenefitProblem,
    BenefitRefused,
    BenefitState,
    benefit_info,
    payee_text,
    seal_payee,
)
from app.shelters.handouts.given_elsewhere import applied_elsewhere
from app.shelters.handouts.models import Benefit, HandoutItem
from app.shelters.handouts.same_person import household_of, members_of, records_of
from app.shelters.handouts.values import Share, item_info
from app.shelters.models import Evacuee
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

APPLIED = 'shelters.benefit_applied'
DECIDED = 'shelters.benefit_decided'
EXPORTED = 'shelters.benefits_exported'


class Benefits:
    """The applications that this box has taken."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self.CHANGED: Event[UUID] = Event()
        """An application was taken, decided or handed on."""

    async def apply(self, application: Application, actor: Actor) -> BenefitInfo:
        """Take an application, also where there is another one already: `others` finds it for who decides.

        Raises:
            BenefitRefused: no such benefit or person, or an account that no bank can pay to.
        """
        application.payee.check()
        benefit = uuid.uuid4()

        async def work(tx: Transaction) -> BenefitInfo:
            return await self._apply(tx, benefit, application, actor)

        return await transaction(work)

    async def approve(self, benefit: UUID, actor: Actor, *, evidence: Sequence[UUID], reason: str = '') -> BenefitInfo:
        """Let it be paid; `evidence` are the pictures that the approver was shown.

        Raises:
            BenefitRefused: decided before, by the same person, nothing to go by, or a second claim without a reason.
        """

        async def work(tx: Transaction) -> BenefitInfo:
            row = await _applied(tx, benefit)
            if row.applied_by == actor.id:
                raise BenefitRefused(BenefitProblem.SAME_PERSON)
            if not evidence:
                raise BenefitRefused(BenefitProblem.NO_EVIDENCE)
            if not reason.strip() and (await self._others(tx, row) or await self._elsewhere(tx, row)):
                raise BenefitRefused(BenefitProblem.SECOND_CLAIM)
            return await self._decide(tx, row, BenefitState.APPROVED, actor, reason, evidence)

        return await transaction(work)

    async def decline(self, benefit: UUID, actor: Actor, reason: str) -> BenefitInfo:
        """It is not paid, and why.

        Raises:
            BenefitRefused: decided before, or no reason.
        """
        if not reason.strip():
            raise BenefitRefused(BenefitProblem.NO_REASON)

        async def work(tx: Transaction) -> BenefitInfo:
            return await self._decide(tx, await _applied(tx, benefit), BenefitState.DECLINED, actor, reason, ())

        return await transaction(work)

    async def hand_on(self, actor: Actor) -> UUID | None:
        """Put all that is approved into one batch for payment, never what was practised; None: there is nothing."""
        batch = uuid.uuid4()

        async def work(tx: Transaction) -> UUID | None:
            rows = Benefit.filter(state=str(BenefitState.APPROVED), practice=False).using_db(tx.connection)
            found = await rows
            if not found:
                return None
            await rows.update(state=str(BenefitState.EXPORTED), batch=batch)
            acts = [
                Act(
                    kind=EXPORTED, actor=actor, subjects=(row.evacuee, row.id), batch=batch,
                    payload={'benefit': str(row.id), 'amount': row.amount},
                )
                for row in found
            ]  # fmt: skip
            await self._journal.append_all(tx, acts)
            tx.after_commit(lambda: self.CHANGED.emit(batch))
            return batch

        return await transaction(work)

    async def get(self, benefit: UUID) -> BenefitInfo | None:
        """The application of this id."""
        row = await Benefit.get_or_none(id=benefit)
        return benefit_info(self._vault, row) if row else None

    async def of_batch(self, batch: UUID) -> list[BenefitInfo]:
        """What was handed on together, in the order of the applications."""
        return [benefit_info(self._vault, row) for row in await Benefit.filter(batch=batch).order_by('applied_at')]

    async def page(
        self, states: Sequence[BenefitState], *, practice: bool, offset: int = 0, limit: int = 50
    ) -> tuple[list[BenefitInfo], int]:
        """A page of the applications in these states, the oldest first, and how many there are."""
        rows = Benefit.filter(state__in=[str(state) for state in states], practice=practice)
        found = await rows.order_by('applied_at').offset(offset).limit(limit)
        return [benefit_info(self._vault, row) for row in found], await rows.count()

    async def others(self, benefit: UUID) -> list[BenefitInfo]:
        """Applications for the same benefit by the same human being or household, at whatever shelter."""

        async def work(tx: Transaction) -> list[BenefitInfo]:
            row = await Benefit.get_or_none(id=benefit, using_db=tx.connection)
            return [benefit_info(self._vault, other) for other in await self._others(tx, row)] if row else []

        return await transaction(work)

    async def elsewhere(self, benefit: UUID) -> list[datetime]:
        """When other boxes took an application for the same benefit by the same human being or household."""

        async def work(tx: Transaction) -> list[datetime]:
            row = await Benefit.get_or_none(id=benefit, using_db=tx.connection)
            return await self._elsewhere(tx, row) if row else []

        return await transaction(work)

    async def _elsewhere(self, tx: Transaction, row: Benefit) -> list[datetime]:
        share = Share.HOUSEHOLD if row.household else Share.PERSON
        members = await members_of(tx, row.evacuee) if row.household else []
        return await applied_elsewhere(tx, row.item, share, await records_of(tx, row.evacuee), members)

    async def _others(self, tx: Transaction, row: Benefit) -> list[Benefit]:
        theirs = Q(evacuee__in=list(await records_of(tx, row.evacuee)))
        if row.household is not None:
            theirs |= Q(household=row.household)
        same = Benefit.filter(theirs, item=row.item, practice=row.practice).exclude(id=row.id)
        return await same.exclude(state=str(BenefitState.DECLINED)).order_by('applied_at').using_db(tx.connection)

    async def _apply(self, tx: Transaction, benefit: UUID, application: Application, actor: Actor) -> BenefitInfo:
        found = await HandoutItem.get_or_none(id=application.item, retired_at=None, using_db=tx.connection)
        if found is None or found.amount is None:
            raise BenefitRefused(BenefitProblem.NO_BENEFIT)
        if not await Evacuee.filter(id=application.evacuee).using_db(tx.connection).exists():
            raise BenefitRefused(BenefitProblem.NO_PERSON)
        rules = item_info(found).entry.rules
        size = 1 + len(await members_of(tx, application.evacuee)) if rules.by_size else 1
        household = await household_of(tx, application.evacuee) if rules.share is Share.HOUSEHOLD else None
        row = await Benefit.create(
            id=benefit,
            item=application.item,
            evacuee=application.evacuee,
            household=household,
            shelter=application.shelter,
            amount=found.amount * size,
            state=str(BenefitState.APPLIED),
            payee=seal_payee(self._vault, benefit, application.evacuee, application.payee),
            applied_at=clock.now(),
            applied_by=actor.id,
            practice=application.practice,
            using_db=tx.connection,
        )
        sealed = {'payee': payee_text(application.payee)}
        await self._write(tx, APPLIED, row, actor, sealed, {'household': str(household) if household else None})
        return benefit_info(self._vault, row)

    async def _decide(
        self, tx: Transaction, row: Benefit, state: BenefitState, actor: Actor, reason: str, evidence: Sequence[UUID]
    ) -> BenefitInfo:
        columns: dict[str, Any] = {'state': str(state), 'decided_at': clock.now(), 'decided_by': actor.id}
        await Benefit.filter(id=row.id).using_db(tx.connection).update(**columns)
        row.update_from_dict(columns)
        sealed = {'reason': reason.strip()} if reason.strip() else {}
        await self._write(tx, DECIDED, row, actor, sealed, {'evidence': [str(file) for file in evidence]})
        return benefit_info(self._vault, row)

    async def _write(
        self, tx: Transaction, kind: str, row: Benefit, actor: Actor, sealed: dict[str, str], more: dict[str, Any]
    ) -> None:
        payload = {
            'benefit': str(row.id),
            'item': str(row.item),
            'shelter': str(row.shelter),
            'amount': row.amount,
            'state': row.state,
            'practice': row.practice,
            **more,
        }
        parts = (Sealed(row.evacuee, RecordClass.SHELTER, sealed),) if sealed else ()
        act = Act(kind=kind, actor=actor, subjects=(row.evacuee, row.id), payload=payload, sealed=parts)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: self.CHANGED.emit(row.id))


async def _applied(tx: Transaction, benefit: UUID) -> Benefit:
    row = await Benefit.get_or_none(id=benefit, state=str(BenefitState.APPLIED), using_db=tx.connection)
    if row is None:
        raise BenefitRefused(BenefitProblem.STATE)
    return row
