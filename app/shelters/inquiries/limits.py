"""How often may be asked, and what is unusual; counted by keyed indexes, never by who is at the shelters."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app import clock
from app.shelter_settings import ShelterSettings
from app.shelters.inquiries.content import LONGEST
from app.shelters.inquiries.matching import plain_address, plain_kana, plain_name
from app.shelters.inquiries.models import Inquiry
from app.shelters.inquiries.values import InquiryRefused, Problem, Question
from app.storage.vault import Vault

CLERK_SPAN = timedelta(hours=1)
NAME_SPAN = timedelta(days=1)
UNUSUAL = """
    SELECT COUNT(*) AS names, MAX(last_at) AS last_at FROM (
        SELECT name_index, COUNT(DISTINCT inquirer_index) AS inquirers, MAX(asked_at) AS last_at FROM inquiry
        WHERE asked_at >= ? AND practice = 0 GROUP BY name_index HAVING inquirers >= ?
    )
"""


@dataclass(frozen=True, slots=True)
class Unusual:
    """So many names were asked for by several inquirers within a day, the last time then."""

    names: int
    last_at: datetime


def check_question(question: Question) -> None:
    """Refuse what is incomplete, before anybody is looked for.

    Raises:
        InquiryRefused: names the first thing that is missing.
    """
    sought = question.sought
    if not question.inquirer_name.strip() or not question.inquirer_address.strip():
        raise InquiryRefused(Problem.INQUIRER)
    if question.identity is None:
        raise InquiryRefused(Problem.IDENTITY)
    if not plain_name(sought.name) and not plain_kana(sought.kana):
        raise InquiryRefused(Problem.NAME)
    if sought.birth_date is None and not plain_address(sought.address):
        raise InquiryRefused(Problem.MORE_NEEDED)
    if not question.reason.strip():
        raise InquiryRefused(Problem.REASON)
    if any(len(_value(question, name)) > most for name, most in LONGEST.items()):
        raise InquiryRefused(Problem.TOO_LONG)


async def check_limits(settings: ShelterSettings, clerk: str, name_index: str, *, practice: bool) -> None:
    """Refuse what is asked too often.

    Raises:
        InquiryRefused: too many by this clerk within an hour, or for this name within a day.
    """
    now = clock.now()
    by_clerk = Inquiry.filter(clerk=clerk, practice=practice, asked_at__gte=now - CLERK_SPAN)
    if await by_clerk.count() >= settings.inquiries_per_clerk:
        raise InquiryRefused(Problem.TOO_MANY_BY_CLERK)
    for_name = Inquiry.filter(name_index=name_index, practice=practice, asked_at__gte=now - NAME_SPAN)
    if await for_name.count() >= settings.inquiries_per_name:
        raise InquiryRefused(Problem.TOO_MANY_FOR_NAME)


def name_index(vault: Vault, question: Question) -> str:
    """Index of the name that is asked for, as it is compared."""
    sought = question.sought
    return vault.index('inquiry-name', plain_name(sought.name) or plain_kana(sought.kana))


def inquirer_index(vault: Vault, question: Question) -> str:
    """Index of who asks."""
    who = f'{plain_name(question.inquirer_name)}|{plain_address(question.inquirer_address)}'
    return vault.index('inquiry-inquirer', who)


def unusual(settings: ShelterSettings, now: datetime) -> Callable[[sqlite3.Connection], Unusual | None]:
    """Names that several different inquirers asked for within a day."""

    def query(connection: sqlite3.Connection) -> Unusual | None:
        since = (now - NAME_SPAN).isoformat(sep=' ')
        row = connection.execute(UNUSUAL, (since, settings.inquirers_unusual)).fetchone()
        return Unusual(row['names'], datetime.fromisoformat(row['last_at'])) if row['names'] else None

    return query


def _value(question: Question, name: str) -> str:
    return str(getattr(question, name) if hasattr(question, name) else getattr(question.sought, name))
