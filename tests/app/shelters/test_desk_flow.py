"""The reception desk as a state machine: whatever is touched or pressed in whatever order."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.shelters.desk_flow import OF_A_PERSON, TYPING, Flow
from app.shelters.desk_handing import choosing, chosen, handed, refused
from app.shelters.desk_handing_values import HandedNow
from app.shelters.desk_people import Unknown
from app.shelters.desk_screens import Mode, PersonShown, Problem, Step, Told
from app.shelters.handouts.rules import Objection
from app.shelters.handouts.values import Answer
from app.shelters.tokens import Token
from app.shelters.values import StayState
from device_drivers.cards.text_application import FaceAttributes, FaceKeyKind, FaceSex

CARD = Unknown(token=Token.printed('A1B2C3D4'), is_my_number=True)
SUICA = Unknown(token=Token.printed('SUICA001'))
FACE = FaceAttributes('金沢\u3000花子', '石川県金沢市広坂1丁目1番1号', date(1980, 2, 17), FaceSex.FEMALE)
HANAKO = PersonShown(evacuee=UUID(int=1), number='K12-0001-3', surname='金沢', state=StayState.PRESENT, is_named=True)
HANDED = HandedNow(handouts=(UUID(int=7),), item=UUID(int=5), pieces=1, people=1, at=datetime(2026, 11, 23, tzinfo=UTC))
CARDS = st.sampled_from([None, CARD, SUICA])
IDLE = (Step.WAITING, Step.COUNT, Step.ITEMS, Step.HANDOUT)
STEPS = st.sampled_from([step for step in Step if step is not Step.CLOSED])


def reading(flow: Flow) -> Flow:
    return flow.unknown(CARD, 0).to(Step.CODE, 0).reading(0)


def test_a_pin_is_never_asked_first() -> None:
    flow = Flow().unknown(CARD, 0)
    assert flow.step is Step.NEW
    assert flow.to(Step.PIN, 0).step is Step.PIN
    assert Flow().to(Step.PIN, 0).step is Step.WAITING
    assert Flow().unknown(SUICA, 0).to(Step.PIN, 0).step is Step.NEW


def test_a_wrong_pin_asks_again_and_says_how_many_tries_are_left() -> None:
    flow = Flow().unknown(CARD, 0).to(Step.PIN, 0).reading(0)
    refused = flow.face_refused(FaceKeyKind.PIN, Problem.PIN_WRONG, 0, 2)
    assert (refused.step, refused.problem, refused.tries_left) == (Step.PIN, Problem.PIN_WRONG, 2)


def test_a_card_without_pins_and_a_last_try_lead_to_the_code_on_the_face() -> None:
    for problem in (Problem.PIN_BLOCKED, Problem.PIN_LAST_TRY):
        flow = Flow().unknown(CARD, 0).to(Step.PIN, 0).reading(0)
        assert flow.face_refused(FaceKeyKind.PIN, problem, 0).step is Step.CODE


def test_a_card_that_left_too_early_is_waited_for_again() -> None:
    flow = reading(Flow()).reading(0, Problem.TORN)
    assert (flow.step, flow.problem) == (Step.READING, Problem.TORN)


def test_what_a_card_told_after_somebody_gave_up_is_dropped() -> None:
    assert reading(Flow()).back(0).face_read(FACE, 0).face is None


def test_the_name_on_a_card_is_in_no_text() -> None:
    assert '花子' not in repr(reading(Flow()).face_read(FACE, 0))
    assert '金沢' not in repr(Flow().found(HANAKO, Told.ALREADY, 0))


def test_members_of_a_household_follow_each_other_with_one_press_each() -> None:
    flow = Flow().found(HANAKO, Told.REGISTERED, 0).next_member(1, 0)
    for number in range(2, 41):
        member = replace(HANAKO, evacuee=UUID(int=number))
        flow = flow.registered(member, Told.REGISTERED, 0)
        assert (flow.step, flow.family and flow.family.members) == (Step.HOUSEHOLD, number)


def test_a_card_in_the_middle_of_a_household_keeps_the_household() -> None:
    flow = Flow().found(HANAKO, Told.REGISTERED, 0).next_member(1, 0).unknown(SUICA, 0)
    assert (flow.step, flow.family and flow.family.first) == (Step.NEW, HANAKO.evacuee)
    assert flow.back(0).step is Step.HOUSEHOLD


def test_a_card_can_be_bound_to_somebody_just_registered_for_some_minutes() -> None:
    flow = Flow().unknown(Unknown(), 0).registered(HANAKO, Told.REGISTERED, 0)
    later = flow.time_passed(60).unknown(SUICA, 60)
    assert later.last and later.last.number == HANAKO.number
    assert flow.time_passed(181).last is None


def test_a_desk_that_counts_takes_cards_too_and_goes_on_counting() -> None:
    flow = Flow().with_mode(Mode.COUNT)
    assert flow.step is Step.COUNT
    assert flow.found(HANAKO, Told.BACK, 0).cleared().step is Step.COUNT


def test_help_is_called_for_somebody_who_is_not_registered_yet_and_their_card_is_not_lost() -> None:
    flow = Flow().unknown(SUICA, 0).to(Step.URGENT, 0).called(None, 0)
    assert (flow.step, flow.card, flow.told) == (Step.NEW, SUICA, Told.CALLED)


def test_digits_being_typed_are_not_lost_to_the_urgent_press_of_a_neighbour() -> None:
    assert Flow().unknown(CARD, 0).to(Step.PIN, 0).to(Step.URGENT, 0).step is Step.PIN


@given(STEPS)
def test_nobody_goes_out_who_is_not_there(step: Step) -> None:
    absent = replace(HANAKO, state=None)
    flow = Flow().found(absent, Told.SHOWN, 0)
    assert flow.to(step, 0).step is step if step in (Step.URGENT, Step.PERSON) else flow.to(step, 0) == flow


class Desk(RuleBasedStateMachine):
    """Everything that can come, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self.now = 0.0

    @rule(
        named=st.booleans(), here=st.booleans(), told=st.sampled_from(Told), card=st.sampled_from([None, CARD, SUICA])
    )
    def somebody_is_found(self, named: bool, here: bool, told: Told, card: Unknown | None) -> None:
        person = replace(HANAKO, evacuee=uuid4(), is_named=named, state=StayState.PRESENT if here else None)
        self.flow = self.flow.found(person, told, self.now, card)

    @rule(card=st.sampled_from([CARD, SUICA, Unknown(), Unknown(is_my_number=True)]))
    def somebody_unknown_comes(self, card: Unknown) -> None:
        self.flow = self.flow.unknown(card, self.now)

    @rule(step=STEPS)
    def a_screen_is_asked_for(self, step: Step) -> None:
        self.flow = self.flow.to(step, self.now)

    @precondition(lambda self: self.flow.step in (Step.NEW, Step.HOUSEHOLD, Step.CONFIRM))
    @rule()
    def somebody_is_registered(self) -> None:
        person = replace(HANAKO, evacuee=uuid4())
        self.flow = self.flow.registered(person, Told.REGISTERED, self.now, may_withdraw=True)

    @rule()
    def the_next_member_is_asked_for(self) -> None:
        self.flow = self.flow.next_member(1, self.now)

    @precondition(lambda self: self.flow.may_withdraw)
    @rule()
    def a_slip_is_withdrawn(self) -> None:
        self.flow = self.flow.withdrawn(self.now)

    @rule()
    def the_card_is_read(self) -> None:
        self.flow = self.flow.reading(self.now)

    @rule()
    def the_card_tells(self) -> None:
        self.flow = self.flow.face_read(FACE, self.now)

    @rule(kind=st.sampled_from(FaceKeyKind), problem=st.sampled_from(Problem))
    def the_card_refuses(self, kind: FaceKeyKind, problem: Problem) -> None:
        self.flow = self.flow.face_refused(kind, problem, self.now, 2)

    @rule(problem=st.sampled_from(Problem))
    def something_does_not_lead_on(self, problem: Problem) -> None:
        before = self.flow
        self.flow = before.with_problem(problem, self.now)
        assert (self.flow.card, self.flow.family) == (before.card, before.family) or before.step is Step.DONE

    @rule()
    def cancel(self) -> None:
        self.flow = self.flow.back(self.now)

    @rule(mode=st.sampled_from(Mode))
    def another_mode(self, mode: Mode) -> None:
        self.flow = self.flow.with_mode(mode)

    @precondition(lambda self: self.flow.mode is Mode.HANDOUT)
    @rule(another=st.booleans())
    def something_is_chosen_to_be_handed_out(self, another: bool) -> None:
        self.flow = choosing(self.flow) if another else chosen(self.flow, HANDED.item)

    @precondition(lambda self: self.flow.mode is Mode.HANDOUT and self.flow.handing.item)
    @rule(is_given=st.booleans())
    def somebody_is_given_it_or_not(self, is_given: bool) -> None:
        refusal = Objection(Answer.PER_DAY)
        given = handed(self.flow, HANAKO, HANDED, 2, self.now)
        self.flow = given if is_given else refused(self.flow, HANAKO, refusal, 2, self.now)

    @rule(seconds=st.floats(0.0, 400.0))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.flow = self.flow.time_passed(self.now)

    @invariant()
    def nobody_is_remembered_when_idle(self) -> None:
        if self.flow.step in IDLE:
            assert (self.flow.person, self.flow.card, self.flow.face, self.flow.draft) == (None, None, None, None)

    @invariant()
    def whoever_is_shown_is_forgotten_in_time(self) -> None:
        if self.flow.step not in IDLE:
            assert self.flow.until is not None
            assert self.flow.time_passed(self.flow.until).person is None

    @invariant()
    def digits_are_asked_for_only_with_a_card_that_has_them(self) -> None:
        if self.flow.step in TYPING:
            assert self.flow.may_read_face

    @invariant()
    def only_somebody_who_is_there_goes_out_moves_or_leaves(self) -> None:
        if self.flow.step in OF_A_PERSON:
            assert self.flow.person is not None
            assert self.flow.person.state is not None

    @invariant()
    def what_is_confirmed_was_told_by_a_card(self) -> None:
        assert (self.flow.step is Step.CONFIRM) == (self.flow.face is not None)

    @invariant()
    def cancelling_again_and_again_ends_where_nobody_is_known(self) -> None:
        flow = self.flow
        for _press in range(5):
            flow = flow.back(self.now)
        assert flow.step in IDLE


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
