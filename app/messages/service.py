"""Everything about messages, put together: what other rooms and the pages use."""

from collections.abc import Mapping

from app.journal.journal import Journal
from app.journal.line import Actor
from app.messages.notice import Audience, Channel, Notice, Posted
from app.messages.outbox import Outbox
from app.messages.subscribers import Subscribers
from app.settings import Settings
from app.storage.reading import ReadOnlyDatabase
from app.storage.transaction import Transaction
from app.storage.vault import Vault


class Messages:
    """The outbox of the box. Other rooms need `post` alone."""

    def __init__(self, vault: Vault, journal: Journal, reading: ReadOnlyDatabase, settings: Settings) -> None:
        self.settings = settings.messages
        self.outbox = Outbox(journal, reading)
        self.subscribers = Subscribers(vault, journal, self.outbox)

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
