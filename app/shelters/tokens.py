"""Cards, wristbands and printed codes that lead to an evacuee."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.shelters.across.keys import SharedKeys
from app.shelters.across.models import AcrossToken
from app.shelters.models import EvacueeToken
from app.shelters.printed_codes import CodeOrigin, PrintedCodes, ReadCode
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault
from device_drivers.cards.credential import Credential

PRINTED = 'printed'
TOKEN_RECOGNISED = 'shelters.token_recognised'  # noqa: S105 - a kind of line


@dataclass(frozen=True, slots=True)
class Token:
    """Something that leads to one person; `identifier` is never stored."""

    kind: str
    identifier: str
    last_four: str

    @property
    def text(self) -> str:
        """What an index is made of."""
        return f'{self.kind}|{self.identifier}'

    @classmethod
    def of_card(cls, credential: Credential) -> 'Token':
        """A card: certificate serial, transit card, any FeliCa."""
        return cls(str(credential.kind), f'{credential.issuer}|{credential.identifier}', credential.last_four)

    @classmethod
    def printed(cls, code: str) -> 'Token':
        """A QR code on a wristband, a label, a paper form or a blank card."""
        return cls(PRINTED, code, code[-4:])


@dataclass(frozen=True, slots=True)
class BoundToken:
    """A token as it is kept."""

    id: UUID
    kind: str
    last_four: str
    bound_at: datetime


class Tokens:
    """Binds tokens to people and finds people by them."""

    def __init__(self, vault: Vault, journal: Journal, keys: SharedKeys) -> None:
        self._vault = vault
        self._journal = journal
        self._keys = keys
        self.codes = PrintedCodes(vault, journal.identity.box)
        """For what is printed beforehand."""

    async def holder(self, token: Token, tx: Transaction | None = None) -> UUID | None:
        """Whom the token leads to now."""
        query = EvacueeToken.filter(token_index=self._index(token), ended_at=None)
        row = await (query.using_db(tx.connection) if tx else query).first()
        return row.evacuee if row else None

    async def bind(self, tx: Transaction, evacuee: UUID, token: Token) -> UUID:
        """Let the token lead to this person; whoever it led to before is answered, unchanged."""
        holder = await self.holder(token, tx)
        if holder is not None:
            return holder
        row = await EvacueeToken.create(
            id=uuid.uuid4(),
            evacuee=evacuee,
            kind=token.kind,
            token_index=self._index(token),
            last_four=token.last_four,
            bound_at=clock.now(),
            using_db=tx.connection,
        )
        await self._keys.index_in(tx, row.id, token.text)
        return evacuee

    async def recognise(self, token: Token) -> None:
        """A token of somebody is touched that was bound before the boxes shared a key: from now on it is compared."""
        key, index = await self._keys.current(), self._index(token)
        if key is None or await AcrossToken.filter(key=key.id, token_index=key.index(token.text)).exists():
            return

        async def work(tx: Transaction) -> None:
            row = await EvacueeToken.filter(token_index=index, ended_at=None).using_db(tx.connection).first()
            if row is not None and await self._keys.index_in(tx, row.id, token.text):
                act = Act(kind=TOKEN_RECOGNISED, actor=Actor.system(), subjects=(row.evacuee,))
                await self._journal.append(tx, act)

        await transaction(work)

    async def of(self, evacuee: UUID) -> Sequence[BoundToken]:
        """The tokens of a person, newest first."""
        rows = await EvacueeToken.filter(evacuee=evacuee, ended_at=None).order_by('-bound_at')
        return [BoundToken(row.id, row.kind, row.last_four, row.bound_at) for row in rows]

    async def end_alike(self, evacuee: UUID, token: Token) -> None:
        """End those tokens of a person that end with the same four letters."""
        for bound in await self.of(evacuee):
            if bound.last_four == token.last_four:
                await transaction(partial(self.end, token=bound.id))

    async def may_bind(self, code: ReadCode) -> bool:
        """Whether a code that leads to nobody can be bound: one of another box only where boxes share a key."""
        if code.origin is CodeOrigin.OTHER_BOX:
            return await self._keys.current() is not None
        return code.origin is not CodeOrigin.MISTYPED

    async def end(self, tx: Transaction, token: UUID) -> None:
        """The token was lost or given back."""
        await EvacueeToken.filter(id=token, ended_at=None).using_db(tx.connection).update(ended_at=clock.now())

    def _index(self, token: Token) -> str:
        return self._vault.index('evacuee-token', token.text)
