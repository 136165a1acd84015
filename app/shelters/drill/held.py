"""What invented people hold in their hands: cards, wristbands."""

from app.shelters.drill.invented import InventedPerson, Way
from app.shelters.tokens import Token
from app.shelters.values import Sex
from device_drivers.card_reader.simulation import SimulatedCard
from device_drivers.cards.credential import CardKind, Credential
from device_drivers.cards.text_application import FaceAttributes, FaceSex

ISSUER = 'D' * 64
"""No real issuer has it."""
SEXES = {Sex.MALE: FaceSex.MALE, Sex.FEMALE: FaceSex.FEMALE}


def transit_card(person: InventedPerson) -> SimulatedCard:
    """The card they come to the station with."""
    return SimulatedCard(credential=Credential(CardKind.FELICA, '', f'0114{person.index:012X}'))


def wristband(person: InventedPerson) -> str:
    """The code in the QR around their wrist."""
    return f'DRILL{person.index:06d}'


def my_number_card(person: InventedPerson) -> SimulatedCard:
    """Their My Number Card, whose face opens with 照合番号B: birth date, expiry year, security code."""
    about = person.details
    born = about.birth_date
    digits = f'{born:%y%m%d}2035{person.index % 10_000:04d}' if born else ''
    sex = SEXES.get(about.sex, FaceSex.UNKNOWN) if about.sex else FaceSex.UNKNOWN
    face = FaceAttributes(about.name, about.address, born, sex)
    return SimulatedCard(
        credential=Credential(CardKind.MY_NUMBER, ISSUER, f'5F{person.index:06X}'), face=face, code_b=digits
    )


def card_of(person: InventedPerson) -> SimulatedCard:
    """The card that leads to them after their registration; for those who have one."""
    return my_number_card(person) if person.way is Way.MY_NUMBER else transit_card(person)


def token_of(person: InventedPerson) -> Token | None:
    """What leads to them afterwards."""
    if person.way is Way.WRISTBAND:
        return Token.printed(wristband(person))
    return Token.of_card(card_of(person).credential) if person.has_token else None
