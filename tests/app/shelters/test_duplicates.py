"""Two records of one human being: proposed with reasons, decided and taken back by a person."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.details import Consent, PersonDetails
from app.shelters.duplicate_pairs import Reason, common, likelihood, likely_pairs
from app.shelters.duplicates import CannotDecide
from app.shelters.evacuees import Registration
from app.shelters.joined_details import joined
from app.shelters.known_people import Known, known
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import LeftFor, Need, StayState
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

WRISTBAND = Token.printed('A1B2C3D4E5')
PEOPLE = st.builds(
    PersonDetails,
    name=st.text(max_size=5),
    phone=st.text('0123456789', max_size=4),
    needs=st.frozensets(st.sampled_from(Need)),
    allergies=st.lists(st.text(min_size=1, max_size=3), unique=True).map(tuple),
    protected=st.booleans(),
    consent=st.builds(Consent, relatives=st.none() | st.booleans(), public=st.none() | st.booleans()),
)
DAYS = st.sampled_from([date(1946, 3, 1), date(1946, 1, 3), date(1946, 3, 2), date(1980, 7, 7)])
KNOWN = st.builds(
    lambda number, details: known(uuid4(), f'KNZ-{number:04d}-0', details, practice=False),
    st.integers(0, 99),
    st.builds(
        PersonDetails,
        name=st.sampled_from(['', '金沢 花子', '泉 一郎']),
        kana=st.sampled_from(['', 'カナザワ ハナコ', 'カナザワ ハナゴ', 'ハナコ カナザワ', 'イズミ イチロウ']),
        birth_date=st.none() | DAYS,
        phone=st.sampled_from(['', '0761234567']),
        address=st.sampled_from(['', '金沢市広坂1丁目1番1号']),
    ),
)


@pytest.mark.parametrize(
    ('second', 'reasons', 'least'),
    [
        (HANAKO, {Reason.SAME_NAME, Reason.SAME_BIRTH, Reason.SAME_ADDRESS}, 100),
        (
            replace(HANAKO, name='金沢 華子', kana='カナサワ ハナコ', address=''),
            {Reason.LIKE_NAME, Reason.SAME_BIRTH},
            85,
        ),
        (replace(HANAKO, birth_date=date(1946, 1, 3)), {Reason.SAME_NAME, Reason.LIKE_BIRTH, Reason.SAME_ADDRESS}, 75),
        (replace(HANAKO, birth_date=None), {Reason.SAME_NAME, Reason.SAME_ADDRESS}, 65),
        (replace(HANAKO, name='', kana=''), {Reason.SAME_BIRTH, Reason.SAME_ADDRESS}, 55),
    ],
)
async def test_a_likely_duplicate_is_proposed_with_its_reasons(
    box: Box, second: PersonDetails, reasons: set[Reason], least: int
) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, second)
    (pair,) = await box.shelters.duplicates.candidates()
    assert pair.reasons == reasons
    assert pair.score >= least
    assert len(await JournalLine.filter(kind='shelters.merged')) == 0


@pytest.mark.parametrize(
    'second',
    [
        PersonDetails(name='鈴木 一郎', kana='スズキ イチロウ'),
        replace(HANAKO, birth_date=date(1980, 7, 7)),
        replace(HANAKO, name='泉 一郎', kana='イズミ イチロウ', birth_date=date(1990, 1, 1)),
        replace(HANAKO, address='', name='泉 一郎', kana='イズミ イチロウ'),
    ],
)
async def test_families_and_people_of_the_same_name_are_left_alone(box: Box, second: PersonDetails) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, second)
    assert await box.shelters.duplicates.candidates() == []


async def test_a_pair_with_a_protected_person_is_proposed_only_to_who_may_see_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, replace(HANAKO, protected=True))
    assert await box.shelters.duplicates.candidates() == []
    assert len(await box.shelters.duplicates.candidates(sees_protected=True)) == 1


async def test_a_pair_is_proposed_as_soon_as_the_second_record_is_named(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    nameless = (await register(box, shelter, PersonDetails())).evacuee.id
    assert await box.shelters.duplicates.candidates() == []
    assert await box.shelters.duplicates.candidates() == []
    await box.shelters.evacuees.set_details(nameless, HANAKO, OFFICER)
    assert len(await box.shelters.duplicates.candidates()) == 1
    assert len(await box.shelters.duplicates.candidates()) == 1


@given(st.lists(KNOWN, max_size=8, unique_by=lambda each: each.number))
def test_nobody_is_left_out_whom_looking_at_every_two_would_find(people: list[Known]) -> None:
    every_two = {
        frozenset({one.number, other.number})
        for one, other in combinations(people, 2)
        if likelihood(common(one, other), birth_missing=not (one.birth_date and other.birth_date))
    }
    assert {frozenset({pair.one.number, pair.other.number}) for pair in likely_pairs(people)} == every_two


async def two_records(box: Box) -> tuple[UUID, UUID]:
    """One human being with two records at two shelters, the second with a wristband and in a household."""
    here, there = await opened_shelter(box), await opened_shelter(box, '長坂台小学校')
    kept = (await register(box, here)).evacuee.id
    arrival = Arrival(shelter=there.id)
    details = replace(HANAKO, phone='090-1234-5678')
    registration = Registration(arrival=arrival, details=details, token=WRISTBAND)
    other = (await box.shelters.evacuees.register(registration, OFFICER)).evacuee.id
    await box.shelters.stays.arrive(other, Arrival(shelter=here.id), OFFICER)
    son = (await register(box, there, PersonDetails(name='金沢 太郎'))).evacuee.id
    await box.shelters.households.create([other, son], OFFICER)
    return kept, other


async def test_after_a_merge_one_record_has_token_stays_household_and_what_only_the_other_knew(box: Box) -> None:
    kept, other = await two_records(box)
    await box.shelters.duplicates.merge(kept, other, OFFICER)

    holder = await box.shelters.evacuees.by_token(WRISTBAND)
    assert holder is not None
    assert (holder.id, holder.details.phone) == (kept, '090-1234-5678')
    assert [stay.state for stay in await box.shelters.stays.of(kept)] == [StayState.PRESENT, StayState.PRESENT]
    assert [stay.state for stay in await box.shelters.stays.of(other)] == [StayState.LEFT]
    household = await box.shelters.households.of(kept)
    assert household is not None
    assert household.representative == kept
    assert other not in household.members
    assert await box.shelters.duplicates.current(other) == kept
    assert await box.shelters.duplicates.candidates() == []


async def test_who_was_merged_counts_once(box: Box) -> None:
    kept, other = await two_records(box)
    here = (await box.shelters.stays.of(kept))[0].shelter
    before = sum((await box.shelters.counts.reconcile(here)).registered.values())
    await box.shelters.duplicates.merge(kept, other, OFFICER)
    assert sum((await box.shelters.counts.reconcile(here)).registered.values()) == before - 1


async def test_a_merge_is_taken_back_whole(box: Box) -> None:
    kept, other = await two_records(box)
    decision = await box.shelters.duplicates.merge(kept, other, OFFICER)
    await box.shelters.duplicates.undo(decision.id, OFFICER)

    holder = await box.shelters.evacuees.by_token(WRISTBAND)
    assert holder is not None
    assert holder.id == other
    first = await box.shelters.evacuees.get(kept)
    assert first is not None
    assert first.details == HANAKO
    assert len(await box.shelters.stays.of(kept)) == 1
    assert [stay.state for stay in await box.shelters.stays.of(other)] == [StayState.PRESENT, StayState.PRESENT]
    assert await box.shelters.households.of(kept) is None
    household = await box.shelters.households.of(other)
    assert household is not None
    assert household.representative == other
    assert len(await box.shelters.duplicates.candidates()) == 1


async def test_taking_back_keeps_what_was_entered_since(box: Box) -> None:
    kept, other = await two_records(box)
    decision = await box.shelters.duplicates.merge(kept, other, OFFICER)
    later = replace(HANAKO, remarks='あとで聞いたこと')
    await box.shelters.evacuees.set_details(kept, later, OFFICER)
    await box.shelters.duplicates.undo(decision.id, OFFICER)
    found = await box.shelters.evacuees.get(kept)
    assert found is not None
    assert found.details == later


async def test_different_people_are_remembered_until_that_is_taken_back(box: Box) -> None:
    kept, other = await two_records(box)
    decision = await box.shelters.duplicates.keep_apart(kept, other, OFFICER)
    assert await box.shelters.duplicates.candidates() == []
    await box.shelters.duplicates.undo(decision.id, OFFICER)
    assert len(await box.shelters.duplicates.candidates()) == 1


async def test_what_cannot_be_decided_changes_nothing(box: Box) -> None:
    kept, other = await two_records(box)
    for pair in ((kept, kept), (kept, UUID(int=1))):
        with pytest.raises(CannotDecide):
            await box.shelters.duplicates.merge(*pair, OFFICER)
    decision = await box.shelters.duplicates.merge(kept, other, OFFICER)
    with pytest.raises(CannotDecide):
        await box.shelters.duplicates.merge(kept, other, OFFICER)
    await box.shelters.duplicates.undo(decision.id, OFFICER)
    with pytest.raises(CannotDecide):
        await box.shelters.duplicates.undo(decision.id, OFFICER)


async def test_an_earlier_merge_waits_for_the_later_one_to_be_taken_back(box: Box) -> None:
    kept, other = await two_records(box)
    third = (await register(box, await opened_shelter(box, '三馬小学校'))).evacuee.id
    first = await box.shelters.duplicates.merge(kept, other, OFFICER)
    second = await box.shelters.duplicates.merge(third, kept, OFFICER)
    with pytest.raises(CannotDecide):
        await box.shelters.duplicates.undo(first.id, OFFICER)
    await box.shelters.duplicates.undo(second.id, OFFICER)
    await box.shelters.duplicates.undo(first.id, OFFICER)
    assert await box.shelters.duplicates.current(other) == other


async def test_a_stay_that_ended_before_goes_along(box: Box) -> None:
    kept, other = await two_records(box)
    there = next(stay.shelter for stay in await box.shelters.stays.of(other) if stay.shelter != kept)
    await box.shelters.stays.leave(other, there, LeftFor.HOME, OFFICER)
    await box.shelters.duplicates.merge(kept, other, OFFICER)
    assert StayState.LEFT in {stay.state for stay in await box.shelters.stays.of(kept)} | {
        stay.state for stay in await box.shelters.stays.of(other)
    }


@given(PEOPLE, PEOPLE)
def test_joining_loses_no_need_and_never_unprotects(kept: PersonDetails, other: PersonDetails) -> None:
    both = joined(kept, other)
    assert both.needs == kept.needs | other.needs
    assert set(both.allergies) == set(kept.allergies) | set(other.allergies)
    assert both.protected == (kept.protected or other.protected)
    assert both.name == (kept.name or other.name)
    if kept.consent.public is False or other.consent.public is False:
        assert both.consent.public is False


@given(PEOPLE)
def test_joining_with_oneself_changes_nothing(person: PersonDetails) -> None:
    assert joined(person, person) == person


@given(st.frozensets(st.sampled_from(Reason)), st.booleans())
def test_a_likelihood_is_out_of_a_hundred(reasons: frozenset[Reason], birth_missing: bool) -> None:
    assert 0 <= likelihood(reasons, birth_missing=birth_missing) <= 100
