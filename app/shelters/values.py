"""Words of the shelter desks that are stored; what people read stands in the pages."""

from enum import StrEnum


class ShelterKind(StrEnum):
    """What kind of place it is (domain/shelters.md 1.1, 2.2)."""

    DESIGNATED = 'designated'
    """指定避難所."""
    WELFARE = 'welfare'
    """福祉避難所."""
    TEMPORARY = 'temporary'
    """臨時避難所."""
    SELF_ORGANISED = 'self_organised'
    """自主避難所."""
    STRANDED = 'stranded'
    """一時滞在施設, for travellers who cannot go home."""
    STAGE_1_5 = 'stage_1_5'
    """1.5次避難所."""
    STAGE_2 = 'stage_2'
    """2次避難所."""
    PARKED_CARS = 'parked_cars'
    """車中泊 of many on one ground."""
    AT_HOME = 'at_home'
    """在宅避難者 who come for supplies."""


class ShelterState(StrEnum):
    """Whether people can come."""

    NOT_OPENED = 'not_opened'
    OPENED_BY_RESIDENTS = 'opened_by_residents'
    """住民による開設: no officer has taken over yet."""
    OPENED = 'opened'
    FULL = 'full'
    CLOSED = 'closed'


RECEIVING = frozenset({ShelterState.OPENED_BY_RESIDENTS, ShelterState.OPENED, ShelterState.FULL})


class AreaKind(StrEnum):
    """Whom an area of a shelter is kept for."""

    GENERAL = 'general'
    WOMEN = 'women'
    FAMILIES = 'families'
    CARE = 'care'
    ISOLATION = 'isolation'
    PETS = 'pets'
    CARS = 'cars'


class PersonClass(StrEnum):
    """Classes by which people are counted before anybody asks for a name."""

    MAN = 'man'
    WOMAN = 'woman'
    CHILD = 'child'
    """School age, 6 to 14 years."""
    INFANT = 'infant'
    """Up to 5 years."""
    UNKNOWN = 'unknown'
    """Named without sex or birth date, both of which may be left out."""


class Place(StrEnum):
    """Where somebody stays who is registered at a shelter (滞在を希望する場所)."""

    SHELTER = 'shelter'
    CAR = 'car'
    HOME = 'home'
    OTHER = 'other'


class StayState(StrEnum):
    """Whether somebody is there."""

    PRESENT = 'present'
    AWAY = 'away'
    """Left for a while (一時外出)."""
    LEFT = 'left'


class LeftFor(StrEnum):
    """Where somebody went who left."""

    HOME = 'home'
    RELATIVES = 'relatives'
    CAR = 'car'
    STAGE_1_5 = 'stage_1_5'
    STAGE_2 = 'stage_2'
    OTHER_SHELTER = 'other_shelter'
    AMBULANCE = 'ambulance'
    """救急搬送."""
    HOSPITAL = 'hospital'
    """入院."""
    DIED = 'died'
    ELSEWHERE = 'elsewhere'
    UNKNOWN = 'unknown'


class Urgency(StrEnum):
    """Why somebody cannot wait."""

    OXYGEN = 'oxygen'
    """在宅酸素."""
    VENTILATOR = 'ventilator'
    """人工呼吸器."""
    DIALYSIS = 'dialysis'
    """透析."""
    INJURY = 'injury'


class Sex(StrEnum):
    """性別, never demanded."""

    MALE = 'male'
    FEMALE = 'female'
    NOT_TOLD = 'not_told'
    """回答しない."""


class Need(StrEnum):
    """要配慮者 (災害対策基本法 8条2項15号 and the guidelines)."""

    ELDERLY = 'elderly'
    PHYSICAL = 'physical'
    SIGHT = 'sight'
    HEARING = 'hearing'
    INTELLECTUAL = 'intellectual'
    MENTAL = 'mental'
    CARE = 'care'
    PREGNANT = 'pregnant'
    NURSING = 'nursing'
    INFANT = 'infant'
    ILLNESS = 'illness'
    DEVICE = 'device'
    FOREIGN = 'foreign'
    ALONE = 'alone'
    """A woman or a child alone."""


class Assured(StrEnum):
    """How sure the desk is of what it knows about a person."""

    COUNTED = 'counted'
    TOLD = 'told'
    """As the person or the family said or typed it."""
    CARD_DATA = 'card_data'
    """Read from a card, the certificate not checked online."""
    SIGHTED = 'sighted'
    """An officer compared a document."""
