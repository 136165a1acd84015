"""The reception desk as a state machine: events in, the next moment out; no database, no browser, no waiting."""

from dataclasses import dataclass, replace

from app.desks.refusals import Refusal
from app.messages.languages import Language
from app.shelters.desk_handing_values import NOT_HANDING, HandingMoment
from app.shelters.desk_people import Family, JustRegistered, Unknown
from app.shelters.desk_screens import BEFORE_A_NUMBER, Mode, PersonShown, Problem, Step, Told
from app.shelters.family_joining import Joining
from app.shelters.family_values import Taken
from device_drivers.cards.text_application import FaceAttributes, FaceKeyKind

DONE_SECONDS = 6.0
PROBLEM_SECONDS = 8.0
PERSON_SECONDS = 45.0
TYPING_SECONDS = 120.0
HOUSEHOLD_SECONDS = 180.0
JUST_REGISTERED_SECONDS = 180.0
TYPING = frozenset({Step.CODE, Step.PIN, Step.READING})
OF_A_PERSON = frozenset({Step.OUT, Step.LEAVE, Step.MOVE})
SECONDS = {
    Step.DONE: DONE_SECONDS,
    Step.PROBLEM: PROBLEM_SECONDS,
    Step.PERSON: PERSON_SECONDS,
    Step.HOUSEHOLD: HOUSEHOLD_SECONDS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One moment of a reception desk. Times are monotonic seconds."""

    mode: Mode = Mode.RECEPTION
    step: Step = Step.WAITING
    number: int = 0
    until: float | None = None
    told: Told | None = None
    person: PersonShown | None = None
    card: Unknown | None = None
    family: Family | None = None
    last: JustRegistered | None = None
    face: FaceAttributes | None = None
    visitor: bool | None = None
    draft: Taken | None = None
    """What a household entered on its own phone."""
    joining: Joining | None = None
    """The records that it completes."""
    problem: Problem | Refusal | None = None
    tries_left: int | None = None
    may_withdraw: bool = False
    """The person was registered by a press alone, which may have been a slip."""
    handing: HandingMoment = NOT_HANDING
    language: Language = Language.JAPANESE
    """Of whoever stands there; see `desk_language`."""

    @property
    def may_read_face(self) -> bool:
        """Whether a My Number Card lies before the desk that can tell who its holder is."""
        return self.card is not None and self.card.is_my_number

    @property
    def reads_faces(self) -> bool:
        """Whether the code of a card is asked for without another press."""
        return self.step is Step.HOUSEHOLD and self.family is not None and self.family.reads_faces

    @property
    def may_join(self) -> bool:
        """Whether the person shown can be taken into the household of before."""
        return self.step is Step.PERSON and self.family is not None and self.person is not None

    def with_mode(self, mode: Mode) -> 'Flow':
        """Another speed was chosen; who was at the desk is done."""
        return replace(self, mode=mode).ended()

    def found(self, person: PersonShown, told: Told, now: float, card: Unknown | None = None) -> 'Flow':
        """A card, a code or a number led to somebody; a household that is being taken in goes on."""
        flow = replace(self._fresh(), card=card if card and card.is_my_number and not person.is_named else None)
        return replace(flow._at(Step.PERSON, now), number=self.number + 1, person=person, told=told)

    def unknown(self, card: Unknown, now: float) -> 'Flow':
        """Nobody is known by this card, or somebody came without one."""
        return replace(self._fresh()._at(Step.NEW, now), card=card)

    def drafted(
        self, draft: Taken, now: float, joining: Joining | None = None, person: PersonShown | None = None
    ) -> 'Flow':
        """A household showed what it entered on its own phone; with `joining`, some of it are registered already."""
        flow = replace(self.cleared()._at(Step.DRAFT, now), draft=draft, joining=joining, person=person)
        return replace(flow, number=self.number + 1)

    def registered(self, person: PersonShown, told: Told, now: float, *, may_withdraw: bool = False) -> 'Flow':
        """Somebody is registered; within a household the next member follows."""
        last = JustRegistered(evacuee=person.evacuee, number=person.number, until=now + JUST_REGISTERED_SECONDS)
        family = replace(self.family, members=self.family.members + 1) if self.family else None
        step = Step.HOUSEHOLD if family else Step.PERSON
        flow = replace(self._fresh()._at(step, now), person=person, told=told, last=last, family=family)
        return replace(flow, number=self.number + 1, may_withdraw=may_withdraw)

    def changed(self, person: PersonShown, told: Told, now: float) -> 'Flow':
        """Something about the person at the desk was recorded."""
        flow = replace(self._fresh()._at(Step.PERSON, now), person=person, told=told)
        return replace(flow, number=self.number + 1)

    def next_household(self, now: float) -> 'Flow':
        """The next member of the household that is being taken in is asked for."""
        return self._fresh()._at(Step.HOUSEHOLD, now)

    def withdrawn(self, now: float) -> 'Flow':
        """The last registration was a slip: nobody can be bound to it any more."""
        flow = replace(self, last=None)
        if flow.family is None:
            return flow.finished(Told.WITHDRAWN, now)
        family = replace(flow.family, members=max(1, flow.family.members - 1))
        return replace(flow.next_household(now), family=family, told=Told.WITHDRAWN, number=flow.number + 1)

    def next_member(self, members: int, now: float) -> 'Flow':
        """The next of this person's household, of which so many are registered, is asked for."""
        if self.step is not Step.PERSON or self.person is None:
            return self
        who = self.person
        family = Family(first=who.evacuee, number=who.number, members=members, visitor=who.visitor)
        family = replace(family, reads_faces=who.is_named)
        return replace(self, family=family).next_household(now)

    def joined(self, members: int, now: float) -> 'Flow':
        """Somebody who was known already belongs to the household now."""
        if self.family is None:
            return self
        family = replace(self.family, members=members)
        flow = replace(self._fresh()._at(Step.HOUSEHOLD, now), family=family, person=self.person)
        return replace(flow, told=Told.JOINED, number=self.number + 1)

    def to(self, step: Step, now: float) -> 'Flow':
        """A press asked for another screen; one that does not follow from here changes nothing."""
        if step is Step.NUMBER and self.step in BEFORE_A_NUMBER:
            return replace(self._fresh(), family=None)._at(step, now)
        if step in OF_A_PERSON and self.step is Step.PERSON and self.person and self.person.state:
            return replace(self._at(step, now), may_withdraw=False)
        if step is Step.URGENT and self.step not in (Step.CLOSED, *TYPING):
            return replace(self._at(step, now), problem=None, told=None, face=None, may_withdraw=False)
        if step in (Step.CODE, Step.PIN) and self.may_read_face and self.step in (Step.NEW, Step.PERSON, *TYPING):
            return replace(self._at(step, now), problem=None, tries_left=None)
        return self

    def reading(self, now: float, problem: Problem | None = None) -> 'Flow':
        """The card is being read; with a problem, it has to be put down once more."""
        if self.step not in TYPING:
            return self
        return replace(self._at(Step.READING, now), problem=problem, tries_left=None)

    def face_read(self, face: FaceAttributes, now: float) -> 'Flow':
        """The card told who its holder is."""
        if self.step is not Step.READING:
            return self
        return replace(self._at(Step.CONFIRM, now), face=face, problem=None)

    def face_refused(
        self, kind: FaceKeyKind, problem: Problem | Refusal, now: float, tries_left: int | None = None
    ) -> 'Flow':
        """The card was not read: the same digits are asked for again, or what may open it instead."""
        if self.step not in TYPING:
            return self
        flow = replace(self._at(_after(kind, problem, self), now), problem=problem, tries_left=tries_left)
        return replace(flow, number=self.number + 1)

    def called(self, person: PersonShown | None, now: float) -> 'Flow':
        """Help was called; the desk goes on with whom it was busy with."""
        if self.step is not Step.URGENT:
            return self
        if self.mode is Mode.HANDOUT or (person is None and self.card is None):
            return self.finished(Told.CALLED, now)
        step = Step.NEW if person is None else Step.PERSON
        return replace(self._at(step, now), person=person, told=Told.CALLED, number=self.number + 1)

    def finished(self, told: Told, now: float) -> 'Flow':
        """The person goes: the answer stands for some seconds."""
        person = self.person
        flow = replace(self.cleared()._at(Step.DONE, now), person=person, told=told)
        return replace(flow, number=self.number + 1)

    def with_problem(self, problem: Problem | Refusal, now: float) -> 'Flow':
        """What was touched or pressed does not lead on; nothing that was begun is lost."""
        alone = not (self.person or self.card or self.family or self.draft) and self.step is not Step.NUMBER
        flow = self._at(Step.PROBLEM if alone or self.step is Step.DONE else self.step, now)
        if flow.step is Step.PROBLEM:
            flow = replace(self.cleared()._at(Step.PROBLEM, now))
        return replace(flow, problem=problem, tries_left=None, told=None, number=self.number + 1)

    def back(self, now: float) -> 'Flow':
        """取消: one screen back; what was recorded stays."""
        if self.step in (*TYPING, Step.CONFIRM):
            step = Step.PERSON if self.person else Step.NEW
            return replace(self._at(step, now), problem=None, tries_left=None, face=None)
        if self.step in (*OF_A_PERSON, Step.URGENT, Step.DRAFT) and self.person:
            return replace(self._at(Step.PERSON, now), problem=None, told=Told.SHOWN, draft=None, joining=None)
        if self.step is Step.URGENT and self.card:
            return self._at(Step.NEW, now)
        if self.family and self.step in (Step.NEW, Step.PERSON, Step.URGENT):
            return self.next_household(now)
        return self.cleared()

    def time_passed(self, now: float) -> 'Flow':
        """Forget what was shown long enough."""
        flow = replace(self, last=None) if self.last is not None and now >= self.last.until else self
        if flow.until is None or now < flow.until:
            return flow
        return flow.cleared() if flow.step is Step.PROBLEM else flow.ended()

    def cleared(self) -> 'Flow':
        """Nobody is at the desk: the person is forgotten, but for the number a card can still be bound to."""
        steps = {Mode.COUNT: Step.COUNT, Mode.HANDOUT: Step.HANDOUT if self.handing.item else Step.ITEMS}
        flow = Flow(mode=self.mode, step=steps.get(self.mode, Step.WAITING), number=self.number, last=self.last)
        return replace(flow, language=self.language, handing=self.handing.idle())

    def ended(self) -> 'Flow':
        """The conversation is over, and with it its language."""
        return replace(self, language=Language.JAPANESE).cleared()

    def _fresh(self) -> 'Flow':
        return replace(self.cleared(), family=self.family)

    def _at(self, step: Step, now: float) -> 'Flow':
        return replace(self, step=step, until=now + SECONDS.get(step, TYPING_SECONDS))


def _after(kind: FaceKeyKind, problem: Problem | Refusal, flow: Flow) -> Step:
    if problem in (Problem.PIN_BLOCKED, Problem.PIN_LAST_TRY):
        return Step.CODE
    if problem is Problem.CODE_BLOCKED or problem in (Problem.OTHER_CARD, Problem.NOT_MY_NUMBER):
        return Step.PERSON if flow.person else Step.NEW
    return Step.CODE if kind is FaceKeyKind.CODE_B else Step.PIN
