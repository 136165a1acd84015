"""The lives of a box, and the cursors of those who read its journal."""

import base64
import binascii
import secrets
import uuid
from dataclasses import dataclass

from app.journal.journal import BoxIdentity, Journal, read_head
from app.journal.line import Act, Actor
from app.journal.models import Epoch
from app.storage.transaction import Transaction, transaction
from app.storage.vault import Vault

EPOCH_STARTED = 'journal.epoch_started'


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a reader has read: the epoch in which the box said so, and the sequence of the last line read."""

    epoch: str
    sequence: int

    def encode(self) -> str:
        """The opaque form that readers keep."""
        return base64.urlsafe_b64encode(f'{self.epoch}:{self.sequence}'.encode()).decode().rstrip('=')

    @classmethod
    def decode(cls, text: str) -> 'Cursor | None':
        """Read what `encode` wrote; None for the beginning (empty or `0`).

        Raises:
            ValueError: this is no cursor.
        """
        if text in ('', '0'):
            return None
        try:
            epoch, _, sequence = base64.urlsafe_b64decode(text + '=' * (-len(text) % 4)).decode().partition(':')
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError(text) from None
        if not epoch or not sequence.isascii() or not sequence.isdigit():
            raise ValueError(text)
        return cls(epoch, int(sequence))


async def begin_or_continue(vault: Vault) -> BoxIdentity:
    """The identity of the box; a new database begins its first epoch."""

    async def work(tx: Transaction) -> BoxIdentity:
        epoch = await Epoch.all().order_by('-number').first()
        if epoch is not None:
            return BoxIdentity(epoch.box, epoch.id)
        return await _begin(tx, vault, uuid.uuid4(), 1, 'first_start')

    return await transaction(work)


async def begin_after_restore(vault: Vault) -> BoxIdentity:
    """Begin the next epoch of a box whose database was put back."""

    async def work(tx: Transaction) -> BoxIdentity:
        last = await Epoch.all().order_by('-number').first()
        if last is None:
            return await _begin(tx, vault, uuid.uuid4(), 1, 'restored')
        return await _begin(tx, vault, last.box, last.number + 1, 'restored')

    return await transaction(work)


async def restored_at(cursor: Cursor, current: BoxIdentity) -> int:
    """Up to which sequence the lines that a reader of an older epoch has read are still the same.

    A restore takes lines away from the end; lines with a higher sequence than this are others now.
    """
    known = await Epoch.get_or_none(id=cursor.epoch)
    if known is None:
        return 0
    following = await Epoch.filter(number=known.number + 1).first()
    if following is None or cursor.epoch == current.epoch:
        return cursor.sequence
    return min(cursor.sequence, following.first_sequence - 1)


async def _begin(tx: Transaction, vault: Vault, box: uuid.UUID, number: int, reason: str) -> BoxIdentity:
    head = await read_head(tx)
    identity = BoxIdentity(box, secrets.token_hex(8))
    await Epoch.create(
        id=identity.epoch,
        box=box,
        number=number,
        first_sequence=head.sequence + 1,
        reason=reason,
        using_db=tx.connection,
    )
    payload = {'number': number, 'reason': reason, 'continues_after': head.sequence, 'continues_hash': head.hash}
    await Journal(vault, identity).append(tx, Act(kind=EPOCH_STARTED, actor=Actor.system(), payload=payload))
    return identity
