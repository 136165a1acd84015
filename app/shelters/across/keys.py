"""The key of a disaster that all boxes share, and the index that it makes of a card or a code (docs/adr/015.md)."""

import hmac
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from app import clock
from app.exchange.received import ReceivedLine
from app.journal.journal import Journal
from app.journal.line import Act, Actor, Sealed
from app.shelters.across.models import AcrossKey, AcrossToken
from app.storage.transaction import Transaction, transaction
from app.storage.vault import RecordClass, Vault

KEY_MADE = 'shelters.across_key'
KEY_ENDED = 'shelters.across_key_ended'
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class SharedKey:
    """The key that counts now."""

    id: UUID
    secret: bytes = field(repr=False)

    def index(self, text: str) -> str:
        """Equal at every box that has the key (HMAC-SHA256, hex)."""
        return hmac.new(self.secret, text.encode(), sha256).hexdigest()


class SharedKeys:
    """Makes the key at headquarters, and keeps what headquarters handed over."""

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self._known: SharedKey | None = None
        self._is_read = False

    async def current(self, tx: Transaction | None = None) -> SharedKey | None:
        """The newest key that was not thrown away; None: this box compares nothing."""
        if self._known is not None and not self._vault.has_key((self._known.id, RecordClass.SHELTER)):
            self._is_read = False
        if not self._is_read:
            self._known = await self._read(tx)
            self._is_read = True
        return self._known

    async def make_if_none(self) -> None:
        """At headquarters: let there be a key that no box has thrown away, and hand it to all.

        Raises:
            StorageError: there is none yet.
        """
        key = await self.current()
        if key is not None and not await AcrossKey.filter(id=key.id, ended_elsewhere=True).exists():
            return
        await self._make()

    async def handed_over(self, tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
        """Headquarters told the key; one that was thrown away there says nothing any more."""
        told, key = line.opened[0], line.subjects[0]
        if told is None or await AcrossKey.filter(id=key).using_db(tx.connection).exists():
            return
        made_at = datetime.fromisoformat(told['made_at']).astimezone(clock.TOKYO)
        await self._keep(tx, key, bytes.fromhex(told['secret']), made_at)

    async def ended_here(self, tx: Transaction, keys: Iterable[UUID]) -> None:
        """This box throws keys away: others are told, so that headquarters makes the next in time."""
        act = Act(kind=KEY_ENDED, actor=Actor.system(), subjects=tuple(keys))
        await self._journal.append(tx, act)

    async def ended_elsewhere(self, tx: Transaction, keys: Iterable[UUID]) -> list[UUID]:
        """Another box has thrown keys away; here they go on until the disaster has ended here.

        Answers those that this box never had, of which nothing has to be kept.
        """
        ended = list(keys)
        rows = AcrossKey.filter(id__in=ended).using_db(tx.connection)
        await rows.update(ended_elsewhere=True)
        had = {row.id for row in await rows}
        strangers = [key for key in ended if key not in had]
        for key in strangers:
            await AcrossKey.create(
                id=key, secret=b'', made_at=clock.now(), ended_elsewhere=True, using_db=tx.connection
            )
        return strangers

    async def index_in(self, tx: Transaction, token: UUID, text: str) -> bool:
        """Remember the index of a token of this box; False: it was known, or there is no key."""
        key = await self.current(tx)
        if key is None or await AcrossToken.filter(id=token, key=key.id).using_db(tx.connection).exists():
            return False
        await AcrossToken.filter(id=token).using_db(tx.connection).delete()
        await AcrossToken.create(id=token, key=key.id, token_index=key.index(text), using_db=tx.connection)
        return True

    async def _make(self) -> None:
        key, secret = uuid.uuid4(), secrets.token_bytes(SECRET_BYTES)
        await self._vault.ensure([(key, RecordClass.SHELTER)])

        async def work(tx: Transaction) -> None:
            at = clock.now()
            sealed = Sealed(key, RecordClass.SHELTER, {'secret': secret.hex(), 'made_at': at.isoformat()})
            await self._journal.append(tx, Act(kind=KEY_MADE, actor=Actor.system(), subjects=(key,), sealed=(sealed,)))
            await self._keep(tx, key, secret, at)

        await transaction(work)

    async def _keep(self, tx: Transaction, key: UUID, secret: bytes, made_at: datetime) -> None:
        sealed = self._vault.seal((key, RecordClass.SHELTER), _where(key), secret.hex())
        await AcrossKey.create(id=key, secret=sealed, made_at=made_at, using_db=tx.connection)
        tx.after_commit(self._forget)

    def _forget(self) -> None:
        self._is_read = False

    async def _read(self, tx: Transaction | None) -> SharedKey | None:
        query = AcrossKey.all().order_by('-made_at')
        for row in await (query.using_db(tx.connection) if tx else query):
            if row.secret and self._vault.has_key((row.id, RecordClass.SHELTER)):
                text = self._vault.open((row.id, RecordClass.SHELTER), _where(row.id), row.secret)
                return SharedKey(row.id, bytes.fromhex(text or ''))
        return None


def _where(key: UUID) -> str:
    return f'across_key.secret.{key}'
