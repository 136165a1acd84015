"""How messages come to an end: all their deliveries are through, or took too long; and how staff try again."""

from uuid import UUID

from app import clock
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.messages.models import Delivery, Message
from app.messages.outbox import DeliveryState, MessageKind
from app.storage.transaction import Transaction, transaction

FINISHED = 'messages.finished'
RETRIED = 'messages.retried'
SECONDS_OF_AN_HOUR = 3600
_RETRIED_STATES = (DeliveryState.FAILED, DeliveryState.GAVE_UP)


class Ending:
    """Ends messages."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def finish(self, give_up_hours: float) -> None:
        """Give up what took too long, and close messages that nothing waits for; call every minute.

        Raises:
            StorageError: some are still open.
        """
        now = clock.moment()
        for message in await Message.filter(finished_at=None):
            since = clock.Moment(message.tried_since, message.monotonic_ns, message.boot_id, now.quality)
            is_late = now.seconds_since(since) > give_up_hours * SECONDS_OF_AN_HOUR
            await transaction(lambda tx, one=message, late=is_late: self._finish(tx, one, late))  # type: ignore[misc]

    async def retry(self, message: UUID, actor: Actor) -> int:
        """Try again what was refused or given up; returns how many.

        Raises:
            StorageError: nothing is tried again.
        """

        async def work(tx: Transaction) -> int:
            rows = Delivery.filter(message=message, state__in=_RETRIED_STATES).using_db(tx.connection)
            again = {'state': DeliveryState.WAITING, 'batch': None, 'held_boot': '', 'attempts': 0}
            count = await rows.update(**again, changed_at=clock.now())
            if count:
                moment = clock.moment()
                await (
                    Message.filter(id=message)
                    .using_db(tx.connection)
                    .update(
                        finished_at=None,
                        tried_since=moment.at,
                        boot_id=moment.boot_id,
                        monotonic_ns=moment.monotonic_ns,
                    )
                )
                payload = {'deliveries': count}
                await self._journal.append(tx, Act(kind=RETRIED, actor=actor, subjects=(message,), payload=payload))
            return count

        return await transaction(work)

    async def _finish(self, tx: Transaction, message: Message, is_late: bool) -> None:
        deliveries = Delivery.filter(message=message.id).using_db(tx.connection)
        waiting = deliveries.filter(state=DeliveryState.WAITING)
        if is_late:
            await waiting.update(state=DeliveryState.GAVE_UP, changed_at=clock.now())
        elif await waiting.exists():
            return
        open_ones = Message.filter(id=message.id, finished_at=None).using_db(tx.connection)
        if await open_ones.update(finished_at=clock.now()) and message.kind == MessageKind.NOTICE:
            counts = {str(state): await deliveries.filter(state=state).count() for state in DeliveryState}
            payload = {state: count for state, count in counts.items() if count}
            act = Act(kind=FINISHED, actor=Actor.system(), subjects=(message.id,), payload=payload)
            await self._journal.append(tx, act)
