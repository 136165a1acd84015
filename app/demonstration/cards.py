"""Simulated cards to try the desks with: those of the invented people, and the ones that make trouble."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from app import clock
from app.language import _
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, CardProblem, Credential

DEMONSTRATION_ISSUER = sha256(b'demonstration').hexdigest()
CERTIFICATE_YEARS = timedelta(days=4 * 365)
SOON = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class NamedCard:
    """A simulated card and what it is called on the development page."""

    label: str
    card: SimulatedCard


def my_number_card(number: str, *, ends: datetime | None = None, renewed: bool = False) -> SimulatedCard:
    """The My Number Card of an invented person; it can prove itself with 1234."""
    serial = sha256(f'{number}{"-renewed" if renewed else ""}'.encode()).hexdigest()[:8].upper()
    ends = ends or clock.now() + CERTIFICATE_YEARS
    credential = Credential(CardKind.MY_NUMBER, DEMONSTRATION_ISSUER, serial, ends)
    return SimulatedCard(credential=credential, certificate=b'demonstration')


def felica_card(number: str) -> SimulatedCard:
    """A FeliCa card."""
    identifier = '0114' + sha256(number.encode()).hexdigest()[:12].upper()
    return SimulatedCard(credential=Credential(CardKind.FELICA, '', identifier))


def card_of(number: str) -> SimulatedCard:
    """The card that an invented person carries: every fourth has a FeliCa staff card, one a card that ends soon."""
    position = int(number)
    if position % 4 == 0:
        return felica_card(number)
    return my_number_card(number, ends=clock.now() + SOON if position % 10 == 3 else None)


def guard_card(name: str) -> SimulatedCard:
    """The card of an invented guard."""
    return felica_card(f'guard {name}')


def troublesome_cards() -> list[NamedCard]:
    """Cards that the desk cannot take, each for its own reason."""
    stranger = my_number_card('stranger')
    problems = {
        _('読み取れないカード'): CardProblem.UNREADABLE,
        _('早く離したカード'): CardProblem.TORN,
        _('2枚重ね'): CardProblem.TWO_CARDS,
        _('スマートフォン'): CardProblem.PHONE_TOKEN,
        _('有効期限切れ'): CardProblem.EXPIRED,
        _('電子証明書のないカード'): CardProblem.NO_CERTIFICATE,
        _('ほかの発行元のカード'): CardProblem.FOREIGN_CHAIN,
        _('応答しないカード'): CardProblem.NO_ANSWER,
        _('運転免許証など'): CardProblem.UNKNOWN_CARD,
    }
    return [
        NamedCard(_('更新されたマイナンバーカード'), stranger),
        NamedCard(_('登録のない交通系ICカード'), felica_card('stranger')),
        *(
            NamedCard(label, SimulatedCard(credential=stranger.credential, problem=problem))
            for label, problem in problems.items()
        ),
    ]
