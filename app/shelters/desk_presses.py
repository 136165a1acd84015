"""What can be pressed at a reception desk, as plain values."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from app.messages.languages import Language
from app.shelters.desk_screens import Mode, Step
from app.shelters.until import Until
from app.shelters.values import LeftFor, PersonClass, Place, Urgency
from device_drivers.cards.text_application import FaceKeyKind


class Plain(StrEnum):
    """Presses that say all by themselves."""

    WITHOUT_CARD = 'without_card'
    """Somebody has neither card nor code."""
    REGISTER_FAMILY = 'register_family'
    """All of a household that entered itself."""
    BIND = 'bind'
    """The card belongs to whoever was registered just before."""
    CONFIRM = 'confirm'
    """What the card told is right."""
    ARRIVE = 'arrive'
    """Somebody who was looked up stands here."""
    END_ELSEWHERE = 'end_elsewhere'
    NEXT_MEMBER = 'next_member'
    JOIN = 'join'
    """Who is shown belongs to the household of before."""
    FLAG_ALONE = 'flag_alone'
    """The child who was just registered came without an adult."""
    WITHDRAW = 'withdraw'
    """The last registration was a slip."""
    TAKE_BACK_HANDOUT = 'take_back_handout'
    """What was handed out last here was not given after all."""
    RECEIVE_AND_GIVE = 'receive_and_give'
    """Who was not here is here now, and is given what is handed out."""
    ANOTHER_ITEM = 'another_item'
    """Something else is to be handed out."""
    USUAL_ITEMS = 'usual_items'
    """Begin the list of items with what shelters usually hand out."""
    CANCEL = 'cancel'
    """One screen back."""
    FINISH = 'finish'
    """Done with this person."""


@dataclass(frozen=True, slots=True)
class ChooseMode:
    """Count, or receive people one by one."""

    mode: Mode


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """The tablet speaks the language of whoever stands there."""

    language: Language


@dataclass(frozen=True, slots=True)
class CountOne:
    """One person more; the same attempt twice is one press."""

    person_class: PersonClass
    attempt: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The last press of this desk did not count."""

    attempt: str


@dataclass(frozen=True, slots=True)
class Show:
    """Another screen."""

    step: Step


@dataclass(frozen=True, slots=True)
class Register:
    """Register whoever stands there; the same attempt twice is one person."""

    person_class: PersonClass
    attempt: str


@dataclass(frozen=True, slots=True)
class MarkVisitor:
    """Who is to be registered lives in another municipality (市外の方), or does not."""

    visitor: bool


@dataclass(frozen=True, slots=True)
class ReadFace:
    """Read the card that lies there, or the next one, with what was typed."""

    kind: FaceKeyKind
    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoOut:
    """Out for a while."""

    until: Until


@dataclass(frozen=True, slots=True)
class Leave:
    """Left for good."""

    left_for: LeftFor


@dataclass(frozen=True, slots=True)
class MoveTo:
    """To another area, or to the car."""

    area: UUID | None
    place: Place


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Somebody cannot wait; the same attempt twice is one call."""

    urgency: Urgency
    attempt: str


@dataclass(frozen=True, slots=True)
class ChooseItem:
    """From now on this is handed out."""

    item: UUID


@dataclass(frozen=True, slots=True)
class GiveHousehold:
    """The others of the household are given theirs, too; the same attempt twice is one."""

    attempt: str


@dataclass(frozen=True, slots=True)
class GiveAllTheSame:
    """Another box told that they received it, and they are given it; the same attempt twice is one."""

    attempt: str


@dataclass(frozen=True, slots=True)
class GiveWithoutName:
    """Hand it out to somebody who is not registered; the same attempt twice is one."""

    attempt: str


@dataclass(frozen=True, slots=True)
class TakeCall:
    """Somebody goes and helps."""

    call: UUID


Press = (
    Plain
    | ChooseMode
    | ChooseLanguage
    | CountOne
    | TakeBack
    | Show
    | Register
    | MarkVisitor
    | ReadFace
    | GoOut
    | Leave
    | MoveTo
    | CallHelp
    | TakeCall
    | ChooseItem
    | GiveHousehold
    | GiveAllTheSame
    | GiveWithoutName
)
