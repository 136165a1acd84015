"""What the reception desk of a shelter shows, as plain values: the flow answers with these, the page draws them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.desks.refusals import Refusal
from app.messages.languages import Language
from app.shelters.desk_handing_values import HandingShown
from app.shelters.desk_shown import AreaShown, CallShown, FaceShown
from app.shelters.values import PersonClass, Place, ShelterState, StayState, Urgency


class Mode(StrEnum):
    """How fast people are taken in; cards and codes are heard in each of them."""

    COUNT = 'count'
    """One press per person, no names."""
    RECEPTION = 'reception'
    HANDOUT = 'handout'
    """One touch hands out what was chosen."""


class Step(StrEnum):
    """What the desk shows."""

    CLOSED = 'closed'
    """The shelter is not open, or nobody said which shelter this desk belongs to."""
    COUNT = 'count'
    WAITING = 'waiting'
    NUMBER = 'number'
    """A number is being typed."""
    PERSON = 'person'
    NEW = 'new'
    """A card or a code that leads to nobody yet, or somebody without one."""
    CODE = 'code'
    """照合番号B is being typed from the face of the card."""
    PIN = 'pin'
    """The holder types their PIN."""
    READING = 'reading'
    CONFIRM = 'confirm'
    """What the card told, before it is recorded."""
    DRAFT = 'draft'
    """What a household entered on its own phone."""
    HOUSEHOLD = 'household'
    """The next member of a household."""
    OUT = 'out'
    LEAVE = 'leave'
    MOVE = 'move'
    URGENT = 'urgent'
    ITEMS = 'items'
    """What is to be handed out is chosen."""
    HANDOUT = 'handout'
    """The desk waits for who is to be given it."""
    GIVEN = 'given'
    REFUSED = 'refused'
    DONE = 'done'
    PROBLEM = 'problem'


BEFORE_A_NUMBER = frozenset({Step.WAITING, Step.COUNT, Step.HANDOUT, Step.GIVEN, Step.REFUSED, Step.PROBLEM, Step.DONE})
"""From where a number can be typed."""


class Told(StrEnum):
    """What was recorded last."""

    REGISTERED = 'registered'
    ALREADY = 'already'
    ARRIVED = 'arrived'
    """Known before, and came (again)."""
    BACK = 'back'
    SHOWN = 'shown'
    """Looked up; nothing was recorded."""
    BOUND = 'bound'
    NAMED = 'named'
    COMPLETED = 'completed'
    """What a household entered on its phone is part of the records that were there."""
    ENDED_ELSEWHERE = 'ended_elsewhere'
    JOINED = 'joined'
    WENT_OUT = 'went_out'
    LEFT = 'left'
    MOVED = 'moved'
    CALLED = 'called'
    FLAGGED_ALONE = 'flagged_alone'
    WITHDRAWN = 'withdrawn'
    HANDED_OUT = 'handed_out'
    NOT_HANDED_OUT = 'not_handed_out'


class Problem(StrEnum):
    """Why the last touch, code or press did not lead on."""

    UNKNOWN_CODE = 'unknown_code'
    """Neither a number nor a code of this city, or a forged one."""
    NOT_FOUND = 'not_found'
    OTHER_BOX = 'other_box'
    """A number that another shelter gave."""
    DRAFT_USED = 'draft_used'
    DRAFT_EXPIRED = 'draft_expired'
    DRAFT_OF_OTHERS = 'draft_of_others'
    """None of those who were entered can be who is registered already."""
    DRAFT_OTHER_CARD = 'draft_other_card'
    """Touched while a draft is shown, and nobody's yet."""
    PIN_WRONG = 'pin_wrong'
    PIN_BLOCKED = 'pin_blocked'
    """Blocked, or a card without PINs."""
    PIN_LAST_TRY = 'pin_last_try'
    CODE_TYPO = 'code_typo'
    """Cannot be a code; it was not sent to the card."""
    CODE_WRONG = 'code_wrong'
    CODE_BLOCKED = 'code_blocked'
    TORN = 'torn'
    NO_CARD = 'no_card'
    OTHER_CARD = 'other_card'
    """Another card than the one that was touched."""
    NOT_MY_NUMBER = 'not_my_number'
    REAL_CARD = 'real_card'
    """In a drill: the card of somebody who is really registered."""
    TAKEN = 'taken'
    """The card leads to somebody else."""
    NOT_REGISTERED = 'not_registered'
    """Where things are handed out: nobody is known by this card or code."""
    ITEM_GONE = 'item_gone'
    """What was handed out is not in use any more."""
    NOT_BY_RESIDENTS = 'not_by_residents'
    """While residents run the shelter, nobody is looked up."""
    WAIT = 'wait'
    CHILD_ALONE = 'child_alone'
    GONE = 'gone'
    """The person is not at this shelter any more."""
    FAILED = 'failed'
    DISK_FULL = 'disk_full'


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonShown:
    """A person at the desk; of the name only what is called out."""

    evacuee: UUID
    number: str
    surname: str = field(default='', repr=False)
    """Empty: no name is known, or it is not to be seen."""
    person_class: PersonClass = PersonClass.UNKNOWN
    area: UUID | None = None
    area_name: str = ''
    place: Place = Place.SHELTER
    state: StayState | None = None
    """None: not registered as staying at this shelter."""
    expected_at: datetime | None = None
    visitor: bool = False
    urgencies: tuple[Urgency, ...] = ()
    unaccompanied: bool = False
    elsewhere: UUID | None = None
    """Another shelter where a stay is still open."""
    elsewhere_name: str = ''
    came_from: str = ''
    """Shelter of another box that received them before; its staff are told."""
    is_named: bool = False
    alike: str = ''
    """Number of somebody who may be the same human being; a person decides later."""

    @property
    def may_be_alone(self) -> bool:
        """A child who is not known to have come without an adult."""
        return self.person_class in (PersonClass.CHILD, PersonClass.INFANT) and not self.unaccompanied


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelterDeskView:
    """Everything that the tablet of a reception desk shows."""

    desk_name: str
    shelter_name: str = ''
    shelter_state: ShelterState | None = None
    practice: bool = False
    mode: Mode = Mode.RECEPTION
    step: Step = Step.CLOSED
    number: int = 0
    """Number of the last result; each has its own."""
    told: Told | None = None
    person: PersonShown | None = None
    face: FaceShown | None = None
    visitor: bool = False
    is_my_number: bool = False
    """The card that was touched can tell its holder's name."""
    has_token: bool = False
    last_number: str = ''
    """Of somebody just registered, to whom a card can be bound."""
    family_of: str = ''
    """Number of the household's first member, while its next member is taken in."""
    surname: str = field(default='', repr=False)
    """Of the household that entered itself."""
    members: int = 0
    completes: tuple[str, ...] = ()
    """Numbers of those who are registered already, and whose records it completes."""
    unclear: int = 0
    """Place in the draft, from 1, of somebody who may be one of several; 0: it is clear who is who."""
    may_withdraw: bool = False
    may_join: bool = False
    problem: Problem | Refusal | None = None
    tries_left: int | None = None
    areas: tuple[AreaShown, ...] = ()
    counted: Mapping[PersonClass, int] = field(default_factory=dict)
    registered: int = 0
    """Registered as staying inside and not left."""
    last_count: PersonClass | None = None
    """The press of this desk that can be taken back."""
    calls: tuple[CallShown, ...] = ()
    handing: HandingShown | None = None
    """None: the desk does not hand out."""
    prefix: str = ''
    """Begins the numbers of this box."""
    reader: str = 'ready'
    clock_doubtful: bool = False
    storage_failed: bool = False
    whom_to_call: str = ''
    demo: bool = False
    language: Language = Language.JAPANESE

    @property
    def by_residents(self) -> bool:
        """Residents run the shelter (住民による開設), who look nobody up."""
        return self.shelter_state is ShelterState.OPENED_BY_RESIDENTS

    @property
    def total(self) -> int:
        """All who were counted."""
        return sum(self.counted.values())
