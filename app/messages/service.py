"""Everything about messages, put together: what other rooms and the pages use."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from app.journal.journal import Journal
from app.journal.line import Actor
from app.messages.carrying import Carrier
from app.messages.delivery_list import DeliveryList
from app.messages.ending import Ending
from app.messages.lane import Lane, LaneHealth
from app.messages.line_webhook import LineWebhook
from app.messages.mail_carrier import MailCarrier
from app.messages.notice import Audience, Channel, Notice, Posted
from app.messages.outbox import Outbox
from app.messages.packing import Packing
from app.messages.subscriber_records import SubscriberRecords
from app.messages.subscribers import Subscribers
from app.messages.waiting import Waiting
from app.messages_settings import LineSettings
from app.settings import Settings
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction
from app.storage.vault import Vault


class Messages:
    """The outbox of the box. Other rooms need `post` alone."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, settings: Settings) -> None:
        self.settings = settings.messages
        records = SubscriberRecords(vault, journal)
        self.outbox = Outbox(journal, reading)
        self.subscribers = Subscribers(vault, journal, records, self.outbox)
        self.list = DeliveryList(reading, vault)
        self.line_webhook = LineWebhook(self.settings.line, self.subscribers)
        self._ending = Ending(journal)
        packing = Packing(records, self.subscribers.tokens, settings.name, settings.server.address)
        mail, line = self.settings.mail, self.settings.line
        carriers: dict[Channel, tuple[Carrier | None, int]] = {
            Channel.MAIL: (MailCarrier(mail, settings.name) if mail.is_on else None, mail.per_minute),
            Channel.LINE: (_line_carrier(line) if line.is_on else None, line.per_minute),
        }
        self._lanes = {
            channel: Lane(channel, carrier, Waiting(channel, packing, reading), self.settings, per_minute)
            for channel, (carrier, per_minute) in carriers.items()
        }
        self.outbox.POSTED.listen(lambda _none: self._wake())

    async def post(self, notice: Notice, actor: Actor, tx: Transaction | None = None) -> Posted:
        """Take a notice: every subscriber who is meant gets it once, by e-mail or LINE, in their language.

        It is sent in the background and survives a stop of the box. Within a transaction of your own, give it, and the
        notice is taken together with what you write, or not at all; a notice with an `attempt` is taken once, however
        often the work is run. What came of it: `Messages.list`.

        Raises:
            NoticeRefused: it cannot be sent as it is (`check_notice` says so before a transaction).
            StorageError: nothing was taken.
        """
        return await self.outbox.post(notice, actor, tx)

    async def count(self, topic: str, audience: Audience) -> Mapping[Channel, int]:
        """How many would get a notice now, for each channel."""
        return await self.outbox.count(topic, audience)

    async def retry(self, message: UUID, actor: Actor) -> int:
        """Try again what was refused or given up; returns how many.

        Raises:
            StorageError: nothing is tried again.
        """
        count = await self._ending.retry(message, actor)
        self._wake()
        return count

    def health(self) -> tuple[LaneHealth, ...]:
        """How each channel is."""
        return tuple(lane.health for lane in self._lanes.values())

    async def run(self) -> None:
        """Send for ever."""
        await asyncio.gather(*(lane.run() for lane in self._lanes.values()))

    async def step(self) -> None:
        """Send what is due now, once for each channel."""
        for lane in self._lanes.values():
            await lane.step()

    async def sweep(self) -> None:
        """Close what is through, give up what took too long, forget who never confirmed; call every minute.

        Raises:
            StorageError: it is done the next time.
        """
        await self._ending.finish(self.settings.give_up_hours)
        await self.subscribers.sweep()

    async def close(self) -> None:
        """Let go of the connections; what waits is sent after the next start."""
        for lane in self._lanes.values():
            await lane.close()

    def _wake(self) -> None:
        for lane in self._lanes.values():
            lane.wake()


def _line_carrier(settings: LineSettings) -> Carrier:
    # Takes as long to import as half of the box, which most boxes can do without.
    from app.messages.line_carrier import LineCarrier

    return LineCarrier(settings)
