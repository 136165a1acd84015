"""Taking inquiries and answering them: the same words after the same time, whoever is there."""

import asyncio
import math
import uuid
from collections.abc import Awaitable, Callable
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelter_settings import ShelterSettings
from app.shelters.details import PersonDetails
from app.shelters.inquiries.content import LONGEST_ANSWER, content_text, read_content, spelled
from app.shelters.inquiries.limits import (
    Unusual,
    check_limits,
    check_question,
    inquirer_index,
    name_index,
    unusual,
)
from app.shelters.inquiries.matching import match
from app.shelters.inquiries.models import Inquiry
from app.shelters.inquiries.people import candidates, whereabouts
from app.shelters.inquiries.tiers import answer_about
from app.shelters.inquiries.values import (
    NO_QUESTION,
    NOTHING,
    Answer,
    InquiryInfo,
    InquiryRefused,
    Outcome,
    Problem,
    Question,
)
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

ASKED = 'shelters.inquiry_asked'
CLOSED = 'shelters.inquiry_closed'
QUANTUM_SECONDS = 0.3
"""Answers come after a whole number of these."""
Pause = Callable[[float], Awaitable[None]]


class Inquiries:
    """The inquiries of one box (安否情報の照会)."""

    def __init__(
        self,
        vault: Vault,
        journal: Journal,
        reading: ReadOnlyDatabase,
        settings: ShelterSettings,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading
        self._settings = settings
        self._pause = pause
        self.CHANGED: Event[UUID] = Event()
        """An inquiry was taken, or what became of it was recorded."""

    async def ask(self, question: Question, actor: Actor, *, practice: bool) -> InquiryInfo:
        """Take an inquiry, look for the person and keep both; the answer is to be told or refused by the clerk.

        Raises:
            InquiryRefused: incomplete, or too many; nobody was looked for.
            StorageError: nothing was recorded, and nothing may be told.
        """
        check_question(question)
        index = name_index(self._vault, question)
        await check_limits(self._settings, actor.id, index, practice=practice)
        began = clock.monotonic()
        answer, evacuee = await self._answer(question, practice=practice)
        info = await self._keep(question, answer, evacuee, actor, index, practice=practice)
        await self._pause(rest_of_quantum(clock.monotonic() - began))
        return info

    async def close(self, inquiry: UUID, outcome: Outcome, actor: Actor, note: str = '') -> InquiryInfo:
        """Record that the answer was told, or that the clerk refused to tell it.

        Raises:
            LookupError: there is no such inquiry.
            InquiryRefused: what became of it was recorded before.
        """

        async def work(tx: Transaction) -> InquiryInfo:
            row = await Inquiry.get(id=inquiry, using_db=tx.connection)
            if row.outcome != Outcome.OPEN:
                raise InquiryRefused(Problem.CLOSED)
            columns: dict[str, object] = {'outcome': str(outcome), 'closed_at': clock.now()}
            await Inquiry.filter(id=inquiry).using_db(tx.connection).update(**columns)
            sealed = Sealed(inquiry, RecordClass.SHELTER, {'note': note.strip().ljust(LONGEST_ANSWER)})
            payload = {'outcome': str(outcome), 'practice': row.practice}
            act = Act(kind=CLOSED, actor=actor, subjects=(inquiry,), payload=payload, sealed=(sealed,))
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self.CHANGED.emit(inquiry))
            row.update_from_dict(columns)
            return self._info(row)

        if not await Inquiry.exists(id=inquiry):
            raise LookupError('inquiry')
        return await transaction(work)

    async def get(self, inquiry: UUID) -> InquiryInfo | None:
        """The inquiry of this id."""
        row = await Inquiry.get_or_none(id=inquiry)
        return self._info(row) if row else None

    async def past(self, offset: int, limit: int) -> tuple[list[InquiryInfo], int]:
        """So many, the newest first, and how many there are."""
        rows = await Inquiry.all().order_by('-asked_at').offset(offset).limit(limit)
        return [self._info(row) for row in rows], await Inquiry.all().count()

    async def unusual(self) -> Unusual | None:
        """Names that several different inquirers asked for within a day, whether or not they are here."""
        return await self._reading.read(unusual(self._settings, clock.now()))

    async def _answer(self, question: Question, *, practice: bool) -> tuple[Answer, UUID | None]:
        people = await self._reading.read(candidates(self._vault, practice=practice))
        evacuee = await asyncio.to_thread(match, question.sought, people)
        place = await self._reading.read(whereabouts(self._vault, evacuee))
        found = {person.id: person.details for person in people}
        details = found.get(evacuee, PersonDetails()) if evacuee else PersonDetails()
        return answer_about(question.relation, details, place), evacuee

    async def _keep(
        self,
        question: Question,
        answer: Answer,
        evacuee: UUID | None,
        actor: Actor,
        index: str,
        *,
        practice: bool,
    ) -> InquiryInfo:
        inquiry = uuid.uuid4()
        owner = (inquiry, RecordClass.SHELTER)
        await self._vault.ensure([owner])
        text = content_text(question, answer, evacuee)

        async def work(tx: Transaction) -> InquiryInfo:
            row = await Inquiry.create(
                id=inquiry,
                asked_at=clock.now(),
                clerk=actor.id,
                name_index=index,
                inquirer_index=inquirer_index(self._vault, question),
                content=self._vault.seal(owner, _place(inquiry), spelled(text)),
                outcome=str(Outcome.OPEN),
                practice=practice,
                using_db=tx.connection,
            )
            payload = {'relation': str(question.relation), 'practice': practice}
            sealed = (Sealed(*owner, {'content': text}),)
            act = Act(kind=ASKED, actor=actor, subjects=(inquiry,), payload=payload, sealed=sealed)
            await self._journal.append(tx, act)
            tx.after_commit(lambda: self.CHANGED.emit(inquiry))
            return self._info(row)

        return await transaction(work)

    def _info(self, row: Inquiry) -> InquiryInfo:
        text = self._vault.open((row.id, RecordClass.SHELTER), _place(row.id), row.content)
        question, answer = read_content(text) if text else (NO_QUESTION, NOTHING)
        return InquiryInfo(
            id=row.id,
            asked_at=row.asked_at,
            clerk=row.clerk,
            question=question,
            answer=answer,
            outcome=Outcome(row.outcome),
            closed_at=row.closed_at,
            practice=row.practice,
        )


def rest_of_quantum(passed: float) -> float:
    """Seconds to wait until a whole number of quanta has passed, at least one."""
    quanta = max(1, math.ceil(passed / QUANTUM_SECONDS))
    return max(0.0, quanta * QUANTUM_SECONDS - passed)


def _place(inquiry: UUID) -> str:
    return f'inquiry.content.{inquiry}'
