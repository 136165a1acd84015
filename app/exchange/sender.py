"""Brings the journal lines of this box to one peer, until the peer says that it has them."""

import asyncio
import logging
import random
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app import clock
from app.exchange.message import Answer, BadMessage, Batch, Fault
from app.exchange.models import ExchangePeer
from app.exchange.outbox import Outbox, Position
from app.exchange.refusals import REFUSAL_OF, PeerRefused, Refusal
from app.journal.epochs import Cursor
from app.storage.failures import StorageError
from app.storage.transaction import Transaction, transaction

SHORTEST_WAIT = 1.0
LONGEST_WAIT = 60.0
LOOK_EVERY = 1.0
"""Seconds after which a new line is seen at the latest."""
ASK_EVERY = 30.0
"""Seconds after which a peer without new lines is asked whether it still has everything."""
log = logging.getLogger(__name__)


class PeerState(StrEnum):
    """How the exchange with a peer goes."""

    NOT_YET = 'not_yet'
    CONNECTED = 'connected'
    UNREACHABLE = 'unreachable'
    REFUSED = 'refused'
    """It answers, but does not take what is sent, or is not who it was."""


class PeerUnreachable(Exception):
    """No answer came, or none that can be relied on; the message says why."""


class Carrier(Protocol):
    """Takes a batch to a peer and brings the answer."""

    async def deliver(self, batch: Batch) -> Answer:
        """Deliver one batch.

        Raises:
            PeerUnreachable, PeerRefused, BadMessage: it may or may not have been taken.
        """


@dataclass(frozen=True, slots=True)
class PeerHealth:
    """How the exchange with a peer goes."""

    name: str
    state: PeerState
    last_contact: datetime | None
    """When it last answered, since this box was started."""
    waiting: int
    """How many lines it does not have yet."""
    since: datetime | None = None
    """Since when it is in this state."""
    refusal: Refusal | None = None
    """Why it is refused."""


class Sender:
    """The sending side for one peer."""

    def __init__(self, name: str, outbox: Outbox, carrier: Carrier) -> None:
        self.name = name
        self._outbox = outbox
        self._carrier = carrier
        self._state = PeerState.NOT_YET
        self._last_contact: datetime | None = None
        self._since: datetime | None = None
        self._refusal: Refusal | None = None
        self._waiting = 0
        self._wait = SHORTEST_WAIT
        self._asked_at: float | None = None
        self._from_the_beginning = False
        self._woken = asyncio.Event()

    @property
    def health(self) -> PeerHealth:
        """How it goes."""
        return PeerHealth(
            self.name, self._state, self._last_contact, self._waiting, since=self._since, refusal=self._refusal
        )

    def wake(self) -> None:
        """Try at once: the peer was just heard of."""
        if self._state is not PeerState.CONNECTED:
            self._woken.set()

    async def run(self) -> None:
        """Send for ever."""
        while True:
            pause = await self._go_on()
            if pause:
                await self._rest(pause)

    async def step(self) -> bool:
        """Send one batch, if there is something to send or to ask; returns whether there is more.

        Raises:
            PeerUnreachable, PeerRefused, BadMessage: the peer may not have it.
            StorageError: the database of this box does not answer.
        """
        acknowledged = await _acknowledged(self.name)
        position = Position(0) if self._from_the_beginning else await self._outbox.position(acknowledged)
        self._waiting = await self._outbox.waiting(position)
        is_due = self._asked_at is None or clock.monotonic() - self._asked_at >= ASK_EVERY
        if not self._waiting and not is_due:
            return False
        is_first = self._asked_at is None
        batch = self._outbox.question() if is_first or not self._waiting else await self._outbox.batch(position)
        answer = await self._carrier.deliver(batch)
        self._asked_at = clock.monotonic()
        self._last_contact = clock.now()
        return await self._take_answer(batch, answer, position)

    async def _take_answer(self, batch: Batch, answer: Answer, before: Position) -> bool:
        if answer.fault not in (Fault.NONE, Fault.GAP):
            raise PeerRefused(REFUSAL_OF[answer.fault], f'{answer.fault} after line {before.sequence}')
        await self._note(answer)
        after = await self._outbox.position(answer.cursor)
        # A gap right behind the peer's own cursor: its lines are held, but not the one they are said to follow.
        self._from_the_beginning = answer.fault is Fault.GAP and after == before
        self._waiting = await self._outbox.waiting(after)
        return bool(self._waiting)

    async def _note(self, answer: Answer) -> None:
        row = await ExchangePeer.get_or_none(name=self.name)
        if row is not None and row.box not in (None, answer.box):
            raise PeerRefused(Refusal.OTHER_BOX, 'another box answers under its certificate')
        cursor = answer.cursor.encode() if answer.cursor else ''
        if row is None or (row.box, row.cursor) != (answer.box, cursor):
            await transaction(lambda tx: _write(tx, self.name, answer, cursor))

    async def _go_on(self) -> float:
        try:
            more = await self.step()
        except (PeerUnreachable, BadMessage, StorageError) as error:
            return self._failed(PeerState.UNREACHABLE, error)
        except PeerRefused as error:
            return self._failed(PeerState.REFUSED, error, error.refusal)
        except Exception as error:
            log.exception('Sending to %s failed', self.name)
            return self._failed(PeerState.REFUSED, error, Refusal.FAULT)
        self._change(PeerState.CONNECTED, '')
        self._wait = SHORTEST_WAIT
        return 0 if more else LOOK_EVERY

    def _failed(self, state: PeerState, error: Exception, refusal: Refusal | None = None) -> float:
        self._change(state, str(error), refusal)
        self._asked_at = None
        pause = self._wait * random.uniform(0.5, 1)  # noqa: S311 - spreads the attempts of many boxes, hides nothing
        self._wait = min(self._wait * 2, LONGEST_WAIT)
        return pause

    def _change(self, state: PeerState, why: str, refusal: Refusal | None = None) -> None:
        if (state, refusal) != (self._state, self._refusal):
            log.warning('Exchange with %s: %s %s', self.name, state, why)
            self._since = clock.now()
        self._state, self._refusal = state, refusal

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()


async def _acknowledged(peer: str) -> Cursor | None:
    row = await ExchangePeer.get_or_none(name=peer)
    return Cursor.decode(row.cursor) if row else None


async def _write(tx: Transaction, peer: str, answer: Answer, cursor: str) -> None:
    values = {'box': answer.box, 'cursor': cursor}
    if not await ExchangePeer.filter(name=peer).using_db(tx.connection).update(**values):
        await ExchangePeer.create(name=peer, **values, using_db=tx.connection)
