"""A line to an emulated card without reader and service: what a driver says arrives at the card, and is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from device_drivers.cards.apdu import Response
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.identify import CardIdentifier
from tests.virtual_card.apdu_journal import ApduJournal
from tests.virtual_card.card import Card


@dataclass(slots=True)
class DirectLine:
    """Sends APDUs to `card`; number `torn_at` (from 1) finds it gone, `swapped_at` finds the other card."""

    card: Card
    torn_at: int | None = None
    swapped_at: Mapping[int, Card] = field(default_factory=dict)
    replies: Mapping[int, bytes] = field(default_factory=dict)
    journal: ApduJournal = field(default_factory=ApduJournal)
    count: int = 0

    def __call__(self, command: bytes) -> Response:
        self.count += 1
        if self.count == self.torn_at:
            raise CardError(CardProblem.TORN)
        if self.count in self.swapped_at:
            self.card = self.swapped_at[self.count]
            self.card.power_on()
        raw = self.replies.get(self.count) or self.card.transmit(command)
        self.journal.record(command, raw)
        return Response.parse(raw)


def apdus_of_a_tap(card: Card, identifier: CardIdentifier) -> int:
    """How many APDUs it takes to identify a card."""
    line = DirectLine(card)
    identifier.identify(card.atr, line)
    return line.count
