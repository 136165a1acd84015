"""Signing up over a public page: nobody learns who is subscribed, and nobody is flooded with questions."""

from app.access.limits import Delays, TooSoon
from app.messages.addresses import same_address, typed_address
from app.messages.subscriber_records import Wishes
from app.messages.subscribers import Subscribers


class SignUp:
    """Takes what people send; `source` is the network address it came from, which a whole shelter may share."""

    def __init__(self, subscribers: Subscribers) -> None:
        self._subscribers = subscribers
        self._addresses = Delays(free=2, longest_seconds=900)
        self._sources = Delays(free=60, longest_seconds=60)

    async def by_mail(self, typed: str, wishes: Wishes, source: str) -> None:
        """Send a question to the address; one that was asked a moment ago is not asked again, and nothing tells so.

        Raises:
            WrongAddress: no mail can be sent there.
            TooSoon: too much came from this source.
            StorageError: nobody is asked.
        """
        address = typed_address(typed)
        self._count(source)
        key = same_address(address)
        if self._addresses.wait_seconds(key) > 0:
            return
        await self._subscribers.ask_by_mail(address, wishes)
        self._addresses.failed(key)

    async def by_line(self, wishes: Wishes, source: str) -> str:
        """The code to send to the LINE account.

        Raises:
            TooSoon: too much came from this source.
            StorageError: nothing was noted.
        """
        self._count(source)
        return await self._subscribers.ask_by_line(wishes)

    def _count(self, source: str) -> None:
        wait = self._sources.wait_seconds(source)
        if wait > 0:
            raise TooSoon(wait)
        self._sources.failed(source)
