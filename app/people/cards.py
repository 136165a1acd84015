"""The cards that point to people (domain/cards.md 2): linked once, dated, never deleted."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.people.models import Card
from app.settings import CardSettings
from app.storage.rows import Row, rows
from app.storage.transaction import Rows, Statement, Transaction, transaction
from app.storage.vault import RecordClass, Vault
from device_drivers.cards.credential import CardKind, Credential

CARD_LINKED = 'people.card_linked'
CARD_ENDED = 'people.card_ended'
THE_ONE = 'SELECT * FROM card WHERE identifier_index = ? ORDER BY ended_at IS NOT NULL, linked_at DESC LIMIT 1'


class EndReason(StrEnum):
    """Why a link ended."""

    RENEWED = 'renewed'
    LOST = 'lost'
    RETURNED = 'returned'


class LinkProblem(StrEnum):
    """Why a card was not linked."""

    PROOF_REQUIRED = 'proof_required'
    TAKEN = 'taken'
    ALREADY_LINKED = 'already_linked'


class LinkRefused(Exception):
    """The card was not linked; nothing was changed."""

    def __init__(self, problem: LinkProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLink:
    """A card and the person it points to, with the days between which it did."""

    id: UUID
    subject: UUID
    kind: CardKind
    last_four: str
    proven: bool
    not_after: datetime | None
    linked_at: datetime
    ended_at: datetime | None
    end_reason: EndReason | None


class CardRegister:
    """Answers whose card it is, links and ends."""

    def __init__(self, vault: Vault, journal: Journal, policy: CardSettings) -> None:
        self._vault = vault
        self._journal = journal
        self._policy = policy

    @property
    def tap_without_pin(self) -> bool:
        """Whether a My Number Card counts without its PIN once it was linked (a setting of the city)."""
        return self._policy.tap_without_pin

    async def find(self, credential: Credential) -> CardLink | None:
        """The link of this card: the living one, else the one that ended last, else None."""
        return self.asked(await rows(*self.asking(credential)))

    def asking(self, credential: Credential) -> Statement:
        """What is asked for the link of this card, to be read by `asked`."""
        return THE_ONE, [self.index(credential)]

    @staticmethod
    def asked(found: Rows) -> CardLink | None:
        """The link, if there is one."""
        return _read(found[0]) if found else None

    async def of(self, subject: UUID) -> list[CardLink]:
        """All cards of a person, ended ones too, newest first."""
        return [_link(row) for row in await Card.filter(subject=subject).order_by('-linked_at')]

    async def link(self, subject: UUID, credential: Credential, actor: Actor, *, proven: bool) -> CardLink:
        """Let this card point to the person from now on.

        Raises:
            LinkRefused: the policy asks for a proof, or the card points to somebody already.
        """
        needs_proof = credential.kind is CardKind.MY_NUMBER and self._policy.require_proof_to_link
        if needs_proof and not proven:
            raise LinkRefused(LinkProblem.PROOF_REQUIRED)
        return await self._link(subject, credential, actor, proven=proven, replaces_older=False)

    async def relink(self, subject: UUID, credential: Credential, supervisor: Actor) -> CardLink:
        """Link a renewed certificate before a supervisor, and end the links of the person's older ones.

        Raises:
            LinkRefused: the card points to somebody already.
        """
        return await self._link(subject, credential, supervisor, proven=False, replaces_older=True)

    async def end(self, link: UUID, reason: EndReason, actor: Actor) -> None:
        """End a link; past taps stay explainable. Ending it twice changes nothing."""

        async def work(tx: Transaction) -> None:
            row = await Card.get_or_none(id=link, using_db=tx.connection)
            if row is not None and row.ended_at is None:
                await self._end(tx, row, reason, actor)

        await transaction(work)

    def index(self, credential: Credential) -> str:
        """By what a card is found: keyed, for its identifier is not kept."""
        return self._vault.index('card', f'{credential.kind}|{credential.issuer}|{credential.identifier}')

    async def _link(
        self, subject: UUID, credential: Credential, actor: Actor, *, proven: bool, replaces_older: bool
    ) -> CardLink:
        await self._vault.ensure([(subject, RecordClass.STAFF)])
        index = self.index(credential)
        row_id = uuid.uuid4()

        async def work(tx: Transaction) -> Card:
            living = await Card.filter(identifier_index=index, ended_at=None).using_db(tx.connection).first()
            if living is not None:
                raise LinkRefused(LinkProblem.ALREADY_LINKED if living.subject == subject else LinkProblem.TAKEN)
            if replaces_older:
                await self._end_older(tx, subject, credential.kind, actor)
            row = await Card.create(
                id=row_id,
                subject=subject,
                kind=str(credential.kind),
                identifier_index=index,
                last_four=credential.last_four,
                proven=proven,
                not_after=credential.not_after,
                linked_at=clock.now(),
                using_db=tx.connection,
            )
            await self._journal.append(tx, _act(CARD_LINKED, row, actor))
            return row

        return _link(await transaction(work))

    async def _end_older(self, tx: Transaction, subject: UUID, kind: CardKind, actor: Actor) -> None:
        for row in await Card.filter(subject=subject, kind=str(kind), ended_at=None).using_db(tx.connection):
            await self._end(tx, row, EndReason.RENEWED, actor)

    async def _end(self, tx: Transaction, row: Card, reason: EndReason, actor: Actor) -> None:
        ended_at = clock.now()
        await Card.filter(id=row.id).using_db(tx.connection).update(ended_at=ended_at, end_reason=str(reason))
        row.ended_at, row.end_reason = ended_at, str(reason)
        await self._journal.append(tx, _act(CARD_ENDED, row, actor))


def _act(kind: str, row: Card, actor: Actor) -> Act:
    fields = {'card': str(row.id), 'kind': row.kind, 'last_four': row.last_four}
    payload = {'proven': row.proven, 'reason': row.end_reason}
    sealed = (Sealed(row.subject, RecordClass.STAFF, fields),)
    return Act(kind=kind, actor=actor, subjects=(row.subject,), payload=payload, sealed=sealed)


def _link(row: Card) -> CardLink:
    return CardLink(
        id=row.id,
        subject=row.subject,
        kind=CardKind(row.kind),
        last_four=row.last_four,
        proven=row.proven,
        not_after=row.not_after,
        linked_at=row.linked_at,
        ended_at=row.ended_at,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
    )


def _read(row: Row) -> CardLink:
    return CardLink(
        id=UUID(row['id']),
        subject=UUID(row['subject']),
        kind=CardKind(row['kind']),
        last_four=row['last_four'],
        proven=bool(row['proven']),
        not_after=_time(row['not_after']),
        linked_at=datetime.fromisoformat(row['linked_at']).astimezone(clock.TOKYO),
        ended_at=_time(row['ended_at']),
        end_reason=EndReason(row['end_reason']) if row['end_reason'] else None,
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(clock.TOKYO) if text else None
