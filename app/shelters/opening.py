"""Opening by residents (住民による開設): the code, the check of the building, the opening."""

import uuid
from datetime import datetime
from uuid import UUID

from app import clock
from app.access.limits import Delays, TooSoon
from app.access.secrets import new_token, token_hash
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Assurance, Sealed
from app.journal.security_log import SecurityLog
from app.shelters.models import OpeningCode
from app.shelters.opening_models import ResidentAccess, ShelterOpening
from app.shelters.opening_rows import Opener, living_opening, opener_text, sealed_opener, session_of
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.resident_session import Begun, OpeningProblem, OpeningRefused, ResidentSession
from app.shelters.safety_check import Answer, Question, answers_of, is_complete, is_dangerous, stored_answers
from app.shelters.sealed_codes import LivingCode, SealedCodes, read_code
from app.shelters.values import ShelterState
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

BEGUN = 'shelters.opening_begun'
CHECKED = 'shelters.building_checked'
UNSAFE = 'shelters.building_unsafe'
OPENED = 'shelters.opened_by_residents'
REFUSED = 'shelters.opening_refused'
MOST_LETTERS = 100
RESIDENTS = Actor('residents', Assurance.SEALED_CODE)
STAFFED = (ShelterState.OPENED, ShelterState.FULL)


class Openings:
    """What residents do who have the sealed code."""

    def __init__(
        self, vault: Vault, journal: Journal, register: ShelterRegister, codes: SealedCodes, log: SecurityLog
    ) -> None:
        self._vault = vault
        self._journal = journal
        self._register = register
        self._codes = codes
        self._log = log
        self._sources = Delays(free=5, longest_seconds=30)
        self._all = Delays(free=30, longest_seconds=4)

    async def begin(self, typed: str, source: str, desk: UUID | None = None) -> Begun:
        """Somebody typed the code of the sealed paper; a second browser with the same code joins the opening.

        Raises:
            TooSoon: too many wrong codes came from there; nothing was looked at.
            OpeningRefused: MISTYPED, UNKNOWN or ALREADY_OPEN.
            StorageError: nothing was recorded.
        """
        self._count(source)
        code = await self._codes.find(typed)
        if code is None:
            raise self._refused(OpeningProblem.UNKNOWN if read_code(typed) else OpeningProblem.MISTYPED, source)
        self._sources.succeeded(source)
        self._all.forgive('')
        opening, token = uuid.uuid4(), new_token()
        await self._vault.ensure([(opening, RecordClass.SHELTER)])
        session = await transaction(lambda tx: self._begin(tx, code, opening, token_hash(token), desk))
        return Begun(session, token)

    async def session(self, token: str) -> ResidentSession | None:
        """The session of a browser, while nobody ended it."""
        access = await ResidentAccess.get_or_none(token_hash=token_hash(token), ended_at=None)
        row = await ShelterOpening.get_or_none(id=access.opening, ended_at=None) if access else None
        return session_of(row, access.id) if row and access else None

    async def answer(self, token: str, question: Question, answer: Answer) -> ResidentSession:
        """One answer of the check; a danger stops the opening, and is kept.

        Raises:
            OpeningRefused: ENDED.
        """

        async def work(tx: Transaction) -> ResidentSession:
            access, row = await self._living(tx, token)
            if row.opened_at is not None:
                return session_of(row, access.id)
            answers = {**answers_of(row.answers), question: answer}
            stopped = clock.now() if is_dangerous(answers) else None
            await self._write_answers(tx, row, stored_answers(answers), stopped)
            if stopped or is_complete(answers):
                await self._append(tx, UNSAFE if stopped else CHECKED, row, access)
            return session_of(row, access.id)

        return await transaction(work)

    async def check_again(self, token: str) -> ResidentSession:
        """Forget the answers, and begin the check anew; those before stay in the journal.

        Raises:
            OpeningRefused: ENDED.
        """

        async def work(tx: Transaction) -> ResidentSession:
            access, row = await self._living(tx, token)
            if row.opened_at is None:
                await self._write_answers(tx, row, {}, None)
            return session_of(row, access.id)

        return await transaction(work)

    async def open(self, token: str, name: str = '', phone: str = '') -> ResidentSession:
        """Open the shelter; the name of who opens it may be left out. A second press changes nothing.

        Raises:
            OpeningRefused: ENDED, ALREADY_OPEN or NOT_CHECKED.
            StorageError: nothing was recorded.
        """

        async def work(tx: Transaction) -> ResidentSession:
            access, row = await self._living(tx, token)
            if row.opened_at is not None:
                return session_of(row, access.id)
            if not is_complete(answers_of(row.answers)):
                raise OpeningRefused(OpeningProblem.NOT_CHECKED)
            await self._refuse_staffed(tx, row.shelter)
            text = opener_text(Opener(name=name.strip()[:MOST_LETTERS], phone=phone.strip()[:MOST_LETTERS]))
            row.opened_at = clock.now()
            row.opener = sealed_opener(self._vault, row.id, text)
            columns = {'opened_at': row.opened_at, 'opener': row.opener}
            await ShelterOpening.filter(id=row.id).using_db(tx.connection).update(**columns)
            await OpeningCode.filter(id=row.code).using_db(tx.connection).update(used_at=row.opened_at)
            await self._append(tx, OPENED, row, access, (Sealed(row.id, RecordClass.SHELTER, {'opener': text}),))
            state = ShelterState.OPENED_BY_RESIDENTS
            await self._register.set_state_in(tx, row.shelter, state, RESIDENTS, desk=access.desk)
            return session_of(row, access.id)

        return await transaction(work)

    def _count(self, source: str) -> None:
        wait = max(self._sources.wait_seconds(source), self._all.wait_seconds(''))
        if wait > 0:
            raise TooSoon(wait)
        self._sources.failed(source)
        self._all.failed('')

    def _refused(self, problem: OpeningProblem, source: str) -> OpeningRefused:
        self._log.refused(REFUSED, source, problem.value)
        return OpeningRefused(problem)

    async def _begin(
        self, tx: Transaction, code: LivingCode, new: UUID, hashed: str, desk: UUID | None
    ) -> ResidentSession:
        shelter = await self._refuse_staffed(tx, code.shelter)
        row = await living_opening(tx, code.shelter)
        if row is None or row.code != code.id:
            row = await ShelterOpening.create(
                id=new,
                shelter=code.shelter,
                code=code.id,
                began_at=clock.now(),
                answers={},
                practice=shelter.practice,
                using_db=tx.connection,
            )
        access = await ResidentAccess.create(
            id=uuid.uuid4(),
            opening=row.id,
            token_hash=hashed,
            desk=desk,
            began_at=clock.now(),
            using_db=tx.connection,
        )
        await self._append(tx, BEGUN, row, access)
        return session_of(row, access.id)

    async def _refuse_staffed(self, tx: Transaction, shelter: UUID) -> ShelterInfo:
        found = await self._register.get_in(tx, shelter)
        if found is None:
            raise OpeningRefused(OpeningProblem.UNKNOWN)
        if found.state in STAFFED:
            raise OpeningRefused(OpeningProblem.ALREADY_OPEN)
        return found

    async def _living(self, tx: Transaction, token: str) -> tuple[ResidentAccess, ShelterOpening]:
        hashed = token_hash(token)
        access = await ResidentAccess.get_or_none(token_hash=hashed, ended_at=None, using_db=tx.connection)
        opening = access.opening if access else None
        row = await ShelterOpening.get_or_none(id=opening, ended_at=None, using_db=tx.connection)
        if access is None or row is None:
            raise OpeningRefused(OpeningProblem.ENDED)
        return access, row

    async def _write_answers(
        self, tx: Transaction, row: ShelterOpening, answers: dict[str, str], stopped: datetime | None
    ) -> None:
        row.answers, row.stopped_at = answers, stopped
        columns = {'answers': answers, 'stopped_at': stopped}
        await ShelterOpening.filter(id=row.id).using_db(tx.connection).update(**columns)

    async def _append(
        self,
        tx: Transaction,
        kind: str,
        row: ShelterOpening,
        access: ResidentAccess,
        sealed: tuple[Sealed, ...] = (),
    ) -> None:
        payload = {'access': str(access.id), 'answers': row.answers, 'practice': row.practice}
        subjects = (row.shelter, row.id)
        act = Act(kind=kind, actor=RESIDENTS, subjects=subjects, desk=access.desk, payload=payload, sealed=sealed)
        await self._journal.append(tx, act)
        tx.after_commit(lambda: self._register.CHANGED.emit(row.shelter))
