"""Who is in charge of the desks of the other guard room, as far as its lines have come: they may confirm from there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app import clock
from app.access.shifts import SHIFT_BEGUN, SHIFT_ENDED
from app.clock import TOKYO
from app.events import Event
from app.exchange.received import ExchangedKinds, ReceivedLine
from app.storage.remembered import Remembered
from app.storage.transaction import Transaction
from app.vehicles.two_rooms_models import DutyElsewhere


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody in charge of a desk of the other guard room, since when."""

    operator: UUID
    since: datetime


class OtherRoom:
    """The shifts of the other guard room; the last that was heard counts, for no longer than a shift may last."""

    def __init__(self, longest: timedelta) -> None:
        self._longest = longest
        self.CHANGED: Event[None] = Event()
        """Somebody took over or left there."""
        self._known: Remembered[list[OnDuty]] = Remembered(_read)
        self.CHANGED.listen(lambda _none: self._known.forget())

    async def on_duty(self) -> list[OnDuty]:
        """Who is in charge there now, who began last first."""
        now = clock.now()
        return [each for each in await self._known.get() if now - each.since <= self._longest]

    def join(self, kinds: ExchangedKinds) -> None:
        """Exchange shifts."""
        kinds.add(SHIFT_BEGUN, self._heard(_begun))
        kinds.add(SHIFT_ENDED, self._heard(_ended))
        kinds.when_identified(self._identified)

    def _heard(
        self, told: Callable[[ReceivedLine], UUID | None]
    ) -> Callable[[Transaction, ReceivedLine, int], Awaitable[None]]:
        async def apply(tx: Transaction, line: ReceivedLine, _sequence: int) -> None:
            values = {'box': line.box, 'operator': told(line), 'since': line.happened_at}
            known = await DutyElsewhere.get_or_none(desk=line.desk, using_db=tx.connection)
            if known is None:
                await DutyElsewhere.create(desk=line.desk, **values, using_db=tx.connection)
            elif known.since <= line.happened_at:
                await DutyElsewhere.filter(desk=line.desk).using_db(tx.connection).update(**values)
            tx.after_commit(lambda: self.CHANGED.emit(None))

        return apply

    async def _identified(self, tx: Transaction, there: UUID, here: UUID) -> None:
        if await DutyElsewhere.filter(operator=there).using_db(tx.connection).update(operator=here):
            tx.after_commit(lambda: self.CHANGED.emit(None))


def _begun(line: ReceivedLine) -> UUID | None:
    return line.person(line.subjects[0])


def _ended(_line: ReceivedLine) -> UUID | None:
    return None


async def _read() -> list[OnDuty]:
    rows = await DutyElsewhere.filter(operator__not_isnull=True).order_by('-since')
    return [OnDuty(row.operator, row.since.astimezone(TOKYO)) for row in rows if row.operator]
