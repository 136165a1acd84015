"""Rows of openings, as values."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.shelters.opening_models import ShelterOpening
from app.shelters.resident_session import ResidentSession
from app.shelters.safety_check import Answers, answers_of, is_dangerous
from app.storage.transaction import Transaction
from app.storage.vault import RecordClass, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Who opened a shelter, as they said; both may be left out."""

    name: str = ''
    phone: str = ''


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningInfo:
    """An opening by residents, as staff see it."""

    id: UUID
    shelter: UUID
    began_at: datetime
    answers: Answers
    stopped_at: datetime | None
    opened_at: datetime | None
    opener: Opener = field(repr=False)
    ended_at: datetime | None
    sealed_again_at: datetime | None
    practice: bool


async def living_opening(tx: Transaction, shelter: UUID) -> ShelterOpening | None:
    """The opening that residents began and nobody ended."""
    query = ShelterOpening.filter(shelter=shelter, ended_at=None).order_by('-began_at')
    return await query.using_db(tx.connection).first()


def session_of(row: ShelterOpening, access: UUID) -> ResidentSession:
    """What a browser of the residents goes on with."""
    answers = answers_of(row.answers)
    return ResidentSession(
        id=access,
        opening=row.id,
        shelter=row.shelter,
        answers=answers,
        stopped=is_dangerous(answers),
        opened_at=row.opened_at,
        practice=row.practice,
    )


def opening_info(vault: Vault, row: ShelterOpening) -> OpeningInfo:
    """A row with the opener unsealed; one whose key was thrown away has none."""
    text = vault.open((row.id, RecordClass.SHELTER), _place(row.id), row.opener) if row.opener else None
    return OpeningInfo(
        id=row.id,
        shelter=row.shelter,
        began_at=row.began_at,
        answers=answers_of(row.answers),
        stopped_at=row.stopped_at,
        opened_at=row.opened_at,
        opener=Opener(**json.loads(text)) if text else Opener(),
        ended_at=row.ended_at,
        sealed_again_at=row.sealed_again_at,
        practice=row.practice,
    )


def opener_text(opener: Opener) -> str:
    """As it is sealed."""
    return json.dumps({'name': opener.name, 'phone': opener.phone}, ensure_ascii=False)


def sealed_opener(vault: Vault, opening: UUID, text: str) -> bytes:
    """Encrypted; the key must exist."""
    return vault.seal((opening, RecordClass.SHELTER), _place(opening), text)


def _place(opening: UUID) -> str:
    return f'shelter_opening.opener.{opening}'
