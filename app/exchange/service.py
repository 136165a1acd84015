"""The exchange of one box: its listener, its receiver, and a sender for each peer."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from app.exchange.concerns import (
    ExchangeConcern,
    concerns_of_certificates,
    concerns_of_lines,
    concerns_of_peers,
    concerns_of_what_came,
)
from app.exchange.identity import Identity, ensure_identity
from app.exchange.network import Doorway, HttpsCarrier, Listener
from app.exchange.outbox import Outbox
from app.exchange.received import ExchangedKinds
from app.exchange.receiver import Receiver
from app.exchange.sender import PeerHealth, Sender
from app.exchange.tls import calling_context, listening_context
from app.exchange_settings import ExchangeSettings
from app.journal.journal import Journal
from app.journal.security_log import SecurityLog
from app.people.staff import StaffRegister
from app.settings import SettingsError
from app.storage.failures import StorageError
from app.storage.layout import DataDirectory
from app.storage.reading import ReadOnlyDatabase
from app.storage.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the exchange needs of its box."""

    directory: DataDirectory
    vault: Vault
    journal: Journal
    staff: StaffRegister
    reading: ReadOnlyDatabase
    security_log: SecurityLog


class Exchange:
    """Exchanges journal lines with the peers of the settings; without peers it does nothing."""

    def __init__(self, settings: ExchangeSettings, parts: Parts) -> None:
        self._settings = settings
        self._parts = parts
        self.kinds = ExchangedKinds()
        self.receiver = Receiver(parts.vault, parts.journal, self.kinds)
        self._carriers: list[HttpsCarrier] = []
        self._senders: dict[str, Sender] = {}
        self._listener: Listener | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._added = asyncio.Event()
        self._deaf: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Apply what waits, listen, and send.

        Raises:
            SettingsError: the port of the exchange is taken.
        """
        if not self._settings.peers:
            return
        identity = ensure_identity(self._parts.directory)
        await self.receiver.settle()
        self._make_senders(identity)
        await self._listen(identity)
        self._tasks = [
            asyncio.create_task(sender.run(), name=f'exchange with {name}') for name, sender in self._senders.items()
        ]
        self._tasks.append(asyncio.create_task(self._identify(), name='people of other boxes'))
        self._deaf = self._parts.staff.ADDED.listen(lambda _none: self._added.set())

    def health(self) -> list[PeerHealth]:
        """How the exchange with each peer goes."""
        return [sender.health for sender in self._senders.values()]

    async def concerns(self) -> list[ExchangeConcern]:
        """What keeps this box and its peers from knowing all of each other."""
        settings = self._settings
        if not settings.peers:
            return []
        patience = timedelta(minutes=settings.tell_after_minutes)
        own = await asyncio.to_thread(lambda: ensure_identity(self._parts.directory).der)
        return [
            *concerns_of_peers(self.health(), patience),
            *concerns_of_what_came(self.receiver.not_taken.values()),
            *await self._parts.reading.read(lambda connection: concerns_of_lines(connection, patience)),
            *concerns_of_certificates([('', own), *((peer.name, peer.der) for peer in settings.peers)]),
        ]

    async def close(self) -> None:
        """Stop sending, then listening."""
        self._deaf()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._listener is not None:
            await self._listener.close()
        for carrier in self._carriers:
            await carrier.close()

    async def _identify(self) -> None:
        while True:
            await self._added.wait()
            self._added.clear()
            try:
                await self.receiver.settle()
            except StorageError as error:
                log.warning('Records of people who were added keep the ids of another box until later: %s', error)

    def _make_senders(self, identity: Identity) -> None:
        parts = self._parts
        outbox = Outbox(parts.vault, parts.journal.identity, parts.reading, self.kinds)
        for peer in self._settings.peers:
            carrier = HttpsCarrier(peer.url, calling_context(identity, peer.der))
            self._carriers.append(carrier)
            self._senders[peer.name] = Sender(peer.name, outbox, carrier)

    async def _listen(self, identity: Identity) -> None:
        peers = {sha256(peer.der).digest(): peer.name for peer in self._settings.peers}
        application = Doorway(self.receiver, self._senders, self._parts.security_log).application(peers)
        context = listening_context(identity, [peer.der for peer in self._settings.peers])
        self._listener = Listener(application, context)
        host, port = self._settings.host, self._settings.port
        try:
            await self._listener.start(host, port)
        except OSError as error:
            raise SettingsError(f'exchange.port: {host}:{port}: {error.strerror}') from error
