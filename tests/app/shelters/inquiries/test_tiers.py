"""Who is told what: the tier of the relation, and never more than the person allowed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.details import Consent, PersonDetails
from app.shelters.inquiries.tiers import TIERS, answer_about, includes, reach_for
from app.shelters.inquiries.values import NOTHING, Reach, Relation, Whereabouts
from app.shelters.values import LeftFor, Place, StayState
from tests.app.shelters.inquiries.scene import ALL_CONSENTS, HANAKO

HERE = Whereabouts(shelter='泉小学校', place=Place.SHELTER, state=StayState.PRESENT)
CONSENTS = st.builds(
    Consent,
    relatives=st.sampled_from([None, False, True]),
    acquaintances=st.sampled_from([None, False, True]),
    public=st.sampled_from([None, False, True]),
)


@pytest.mark.parametrize(
    ('relation', 'reach'),
    [
        (Relation.HOUSEHOLD, Reach.WHEREABOUTS),
        (Relation.RELATIVE, Reach.CONDITION),
        (Relation.WORKPLACE, Reach.CONDITION),
        (Relation.ACQUAINTANCE, Reach.HELD),
    ],
)
def test_with_every_consent_the_relation_decides(relation: Relation, reach: Reach) -> None:
    assert answer_about(relation, HANAKO, HERE).reach is reach


@given(st.sampled_from(Relation), CONSENTS)
def test_no_consent_makes_an_answer_go_further_than_the_tier(relation: Relation, consent: Consent) -> None:
    assert reach_for(relation, consent) in (Reach.NOTHING, TIERS[relation].reach)


@given(st.sampled_from(Relation), st.sampled_from([None, True, False]))
def test_a_consent_that_was_not_asked_for_was_not_given(relation: Relation, public: bool | None) -> None:
    assert reach_for(relation, Consent(public=public)) is Reach.NOTHING


def test_relatives_are_told_nothing_by_the_consent_for_acquaintances() -> None:
    assert reach_for(Relation.HOUSEHOLD, Consent(acquaintances=True)) is Reach.NOTHING


@given(st.sampled_from(Relation), CONSENTS)
def test_nothing_beyond_its_reach_stands_in_an_answer(relation: Relation, consent: Consent) -> None:
    answer = answer_about(relation, replace(HANAKO, consent=consent), HERE)
    assert bool(answer.injury or answer.condition) == includes(answer.reach, Reach.CONDITION)
    assert bool(answer.whereabouts or answer.contact) == includes(answer.reach, Reach.WHEREABOUTS)
    if answer.reach is Reach.NOTHING:
        assert answer is NOTHING


def test_a_death_is_not_told_over_the_counter() -> None:
    died = replace(HERE, state=StayState.LEFT, left_for=LeftFor.DIED)
    assert answer_about(Relation.HOUSEHOLD, HANAKO, died).reach is Reach.HELD


def test_an_answer_shows_nothing_in_its_repr() -> None:
    assert '打撲' not in repr(answer_about(Relation.HOUSEHOLD, HANAKO, HERE))
    assert ALL_CONSENTS.relatives
    assert answer_about(Relation.HOUSEHOLD, PersonDetails(), None) is NOTHING
