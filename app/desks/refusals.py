"""Why a tap leads nowhere, in the same kinds at every desk."""

from enum import StrEnum

from app.people.cards import CardLink
from device_drivers.cards.credential import CardKind, CardProblem


class Refusal(StrEnum):
    """Why a tap was not recorded; each has its own screen that says what to do next."""

    UNKNOWN_CARD = 'unknown_card'
    ENDED_LINK = 'ended_link'
    RETIRED = 'retired'
    CARD_NOT_USABLE = 'card_not_usable'
    UNREADABLE = 'unreadable'
    NO_ANSWER = 'no_answer'
    TWO_CARDS = 'two_cards'
    SWAPPED = 'swapped'
    PHONE_TOKEN = 'phone_token'  # noqa: S105 - names a kind of card
    EXPIRED = 'expired'
    NOT_YET_VALID = 'not_yet_valid'
    NO_CERTIFICATE = 'no_certificate'
    FOREIGN_CHAIN = 'foreign_chain'
    RANDOM_UID = 'random_uid'
    UID_NOT_ALLOWED = 'uid_not_allowed'
    OLD_RESIDENT_CARD = 'old_resident_card'
    PIN_REQUIRED = 'pin_required'
    BUSY = 'busy'
    NOT_RECORDED = 'not_recorded'


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


def refusal_of_link(link: CardLink, *, tap_without_pin: bool) -> Refusal | None:
    """Why a known card does not count, whoever holds it; None: it does (domain/cards.md 2)."""
    if link.ended_at is not None:
        return Refusal.ENDED_LINK
    if link.kind is CardKind.MY_NUMBER and not tap_without_pin:
        return Refusal.PIN_REQUIRED
    return None
