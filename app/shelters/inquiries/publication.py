"""Names that may be published (氏名の公表): those who allowed it, and never anybody who is protected."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app import clock
from app.documents.sheet import Column, Kind, Sheet
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.language import _
from app.shelters.details import age_on
from app.shelters.inquiries.matching import Candidate
from app.shelters.inquiries.people import candidates
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import transaction
from app.storage.vault import Vault

PUBLISHED = 'shelters.names_published'
_BELOW_TOWN = re.compile('[0-9]|[一二三四五六七八九十]+(?:丁目|番|号|の)')


@dataclass(frozen=True, slots=True)
class PublishedName:
    """Name, town and age; nothing else is published (domain/shelters.md 2.5)."""

    name: str
    kana: str
    town: str
    age: int | None


class Publication:
    """The list for publication, made anew each time."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase) -> None:
        self._vault = vault
        self._journal = journal
        self._reading = reading

    async def names(self, *, practice: bool) -> list[PublishedName]:
        """By kana. People who share a household with a protected person are not published either."""
        found = await self._reading.read(candidates(self._vault, practice=practice))
        return published(found, clock.today())

    async def note(self, actor: Actor, form: str, count: int, *, practice: bool) -> None:
        """Somebody took the list out of the box."""
        payload = {'form': form, 'count': count, 'practice': practice}
        await transaction(lambda tx: self._journal.append(tx, Act(kind=PUBLISHED, actor=actor, payload=payload)))


def published(people: Iterable[Candidate], day: date) -> list[PublishedName]:
    """Those who said yes, and are not hidden."""
    names = [_name(person, day) for person in people if _is_published(person)]
    return sorted(names, key=lambda one: (one.kana or one.name, one.town, one.age or 0))


def town_of(address: str) -> str:
    """An address down to the town (町名), without numbers."""
    plain = unicodedata.normalize('NFKC', address).strip()
    found = _BELOW_TOWN.search(plain)
    return (plain[: found.start()] if found else plain).rstrip(' -ー字')


def sheet_of(names: Iterable[PublishedName], source: str, *, practice: bool) -> Sheet:
    """The list as CSV and on paper."""
    return Sheet(
        title=_('安否が確認できた方(本人が公表に同意した方)') + (_('【訓練】') if practice else ''),
        made_at=clock.now(),
        source=source,
        columns=(
            Column('name', _('氏名'), Kind.TEXT, 14),
            Column('kana', _('フリガナ'), Kind.TEXT, 16),
            Column('town', _('住所(町名まで)')),
            Column('age', _('年齢'), Kind.NUMBER, 4),
        ),
        rows=[{'name': one.name, 'kana': one.kana, 'town': one.town, 'age': one.age} for one in names],
    )


def _is_published(person: Candidate) -> bool:
    return person.details.consent.public is True and person.details.is_named and not person.hidden


def _name(person: Candidate, day: date) -> PublishedName:
    details = person.details
    age = age_on(details.birth_date, day) if details.birth_date else None
    return PublishedName(details.name, details.kana, town_of(details.address), age)
