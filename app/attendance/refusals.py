"""Which screen a card problem leads to."""

from app.attendance.screens import Refusal
from device_drivers.cards.credential import CardProblem

REFUSALS = {
    CardProblem.UNKNOWN_CARD: Refusal.CARD_NOT_USABLE,
    CardProblem.TORN: Refusal.UNREADABLE,
    CardProblem.UNREADABLE: Refusal.UNREADABLE,
    CardProblem.PHONE_TOKEN: Refusal.PHONE_TOKEN,
    CardProblem.NO_CERTIFICATE: Refusal.NO_CERTIFICATE,
    CardProblem.EXPIRED: Refusal.EXPIRED,
    CardProblem.NOT_YET_VALID: Refusal.NOT_YET_VALID,
    CardProblem.FOREIGN_CHAIN: Refusal.FOREIGN_CHAIN,
    CardProblem.RANDOM_UID: Refusal.RANDOM_UID,
    CardProblem.UID_NOT_ALLOWED: Refusal.UID_NOT_ALLOWED,
    CardProblem.TWO_CARDS: Refusal.TWO_CARDS,
    CardProblem.SWAPPED: Refusal.SWAPPED,
    CardProblem.NO_ANSWER: Refusal.NO_ANSWER,
    CardProblem.OLD_RESIDENT_CARD: Refusal.OLD_RESIDENT_CARD,
    CardProblem.READER_BUSY: Refusal.BUSY,
}


def refusal_for(problem: CardProblem) -> Refusal:
    """The screen for a problem that ended a tap."""
    return REFUSALS.get(problem, Refusal.UNREADABLE)
