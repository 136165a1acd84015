"""Announcements to the people of a shelter: on screens, on their phones, and to subscribers."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app import clock
from app.events import Event
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages.languages import Language
from app.messages.notice import Audience, Notice, Text, Urgency, check_notice
from app.messages.service import Messages
from app.shelters.family_models import ShelterNotice
from app.shelters.notice_audience import audience_for
from app.shelters.places import ShelterInfo
from app.shelters.registry import ShelterRegister
from app.shelters.values import Need
from app.storage.transaction import Transaction, transaction

NOTICE_POSTED = 'shelters.notice_posted'
NOTICE_WITHDRAWN = 'shelters.notice_withdrawn'
TOPIC = '避難所'
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is to be told; Japanese must be there."""

    shelter: UUID
    texts: Mapping[Language, Text]
    valid_until: datetime
    areas: frozenset[UUID] = frozenset()
    """Areas of the shelter that are meant; empty: all."""
    needs: frozenset[Need] = frozenset()
    """Only people with one of these needs; empty: everybody."""
    languages: frozenset[Language] = frozenset()
    """Only people who speak one of these; empty: everybody. Each reads the text that they understand best."""
    urgent: bool = False
    to_subscribers: bool = False
    """By e-mail and LINE too."""
    attempt: str = ''


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An announcement that is valid now."""

    id: UUID
    texts: Mapping[Language, Text]
    areas: frozenset[UUID]
    needs: frozenset[Need] = field(repr=False)
    languages: frozenset[Language]
    urgent: bool
    posted_at: datetime
    valid_until: datetime

    def is_for(self, area: UUID | None, needs: frozenset[Need], languages: Collection[str]) -> bool:
        """Whether somebody of this area, with these needs and one of these languages is meant."""
        in_area = not self.areas or area in self.areas
        return in_area and (not self.needs or bool(self.needs & needs)) and self.speaks_to(languages)

    def speaks_to(self, languages: Collection[str]) -> bool:
        """Whether somebody who speaks one of these is meant."""
        return not self.languages or bool(self.languages & set(languages))

    @property
    def is_for_all_to_see(self) -> bool:
        """Whether it may stand on a screen: what only some need to know may tell who they are."""
        return not self.needs


class Notices:
    """The announcements of the shelters of one box."""

    def __init__(self, journal: Journal, register: ShelterRegister, messages: Messages) -> None:
        self._journal = journal
        self._register = register
        self._messages = messages
        self.CHANGED: Event[UUID] = Event()
        """What is told at this shelter changed."""

    async def post(self, announcement: Announcement, actor: Actor) -> UUID:
        """Tell it; the same attempt twice is one announcement.

        Raises:
            NoticeRefused: a text is missing, empty or too long.
            NeedsNotSubscribed: it goes to subscribers, who cannot say that they have these needs.
            LookupError: there is no such shelter.
            StorageError: nothing was told.
        """
        shelter = await self._register.get(announcement.shelter)
        if shelter is None:
            raise LookupError('shelter')
        message = _message(announcement, shelter, self._audience(announcement, shelter))
        check_notice(message)
        new = uuid.uuid4()

        async def work(tx: Transaction) -> UUID:
            known = await self._known(tx, announcement.attempt)
            if known is not None:
                return known
            await self._store(tx, new, announcement, shelter.practice, actor)
            if announcement.to_subscribers:
                await self._messages.post(message, actor, tx)
            tx.after_commit(lambda: self.CHANGED.emit(announcement.shelter))
            return new

        return await transaction(work)

    async def withdraw(self, notice: UUID, actor: Actor) -> bool:
        """Take it from the screens; what was sent stays sent. False: it was withdrawn before."""

        async def work(tx: Transaction) -> bool:
            row = await ShelterNotice.get_or_none(id=notice, withdrawn_at=None, using_db=tx.connection)
            if row is None:
                return False
            await ShelterNotice.filter(id=notice).using_db(tx.connection).update(withdrawn_at=clock.now())
            act = Act(kind=NOTICE_WITHDRAWN, actor=actor, subjects=(notice, row.shelter))
            await self._journal.append(tx, act)
            shelter = row.shelter
            tx.after_commit(lambda: self.CHANGED.emit(shelter))
            return True

        return await transaction(work)

    async def valid(self, shelter: UUID, *, practice: bool) -> list[Shown]:
        """What is told now, urgent first, then the newest; at most 20."""
        query = ShelterNotice.filter(shelter=shelter, practice=practice, withdrawn_at=None, valid_until__gt=clock.now())
        return [_shown(row) for row in await query.order_by('-urgent', '-posted_at').limit(MOST_SHOWN)]

    def _audience(self, announcement: Announcement, shelter: ShelterInfo) -> Audience:
        if not announcement.to_subscribers:
            return Audience()
        areas = frozenset({shelter.entry.name, shelter.entry.district}) - {''}
        return audience_for(areas, announcement.needs, self._messages.settings.needs, announcement.languages)

    async def _known(self, tx: Transaction, attempt: str) -> UUID | None:
        subjects = await self._journal.subjects_of_attempt(tx, attempt) if attempt else ()
        return subjects[0] if subjects else None

    async def _store(
        self, tx: Transaction, notice: UUID, announcement: Announcement, practice: bool, actor: Actor
    ) -> None:
        columns = {
            'texts': {one.value: [text.subject, text.body] for one, text in announcement.texts.items()},
            'areas': sorted(str(area) for area in announcement.areas),
            'needs': sorted(str(need) for need in announcement.needs),
            'languages': sorted(language.value for language in announcement.languages),
            'urgent': announcement.urgent,
            'practice': practice,
        }
        await ShelterNotice.create(
            id=notice,
            shelter=announcement.shelter,
            posted_at=clock.now(),
            posted_by=actor.id,
            valid_until=announcement.valid_until,
            using_db=tx.connection,
            **columns,
        )
        payload = {**columns, 'valid_until': announcement.valid_until.isoformat()}
        subjects = (notice, announcement.shelter)
        act = Act(kind=NOTICE_POSTED, actor=actor, subjects=subjects, attempt=announcement.attempt, payload=payload)
        await self._journal.append(tx, act)


def _message(announcement: Announcement, shelter: ShelterInfo, audience: Audience) -> Notice:
    return Notice(
        texts=announcement.texts,
        topic=TOPIC,
        audience=audience,
        urgency=Urgency.URGENT if announcement.urgent else Urgency.NORMAL,
        practice=shelter.practice,
        subjects=(announcement.shelter,),
    )


def _shown(row: ShelterNotice) -> Shown:
    return Shown(
        id=row.id,
        texts={Language(tag): Text(*text) for tag, text in row.texts.items()},
        areas=frozenset(UUID(area) for area in row.areas),
        needs=frozenset(Need(need) for need in row.needs),
        languages=frozenset(Language(each) for each in row.languages or ()),
        urgent=row.urgent,
        posted_at=row.posted_at,
        valid_until=row.valid_until,
    )
