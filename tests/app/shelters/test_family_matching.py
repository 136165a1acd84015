"""Whose records a family's draft completes: names tell, then touches, then classes; children are never guessed."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.shelters.details import PersonDetails
from app.shelters.evacuees import EvacueeInfo
from app.shelters.family_matching import matched
from app.shelters.values import Assured, PersonClass, Sex

TODAY = date(2026, 11, 23)
FATHER = PersonDetails(name='髙橋 健', birth_date=date(1980, 2, 17), sex=Sex.MALE)
MOTHER = PersonDetails(name='高橋 愛', birth_date=date(1982, 5, 5), sex=Sex.FEMALE)
SON, DAUGHTER = (PersonDetails(name=name, birth_date=date(2016, 4, 1)) for name in ('高橋 蓮', '高橋 凛'))


def record(number: int, person_class: PersonClass, details: PersonDetails | None = None) -> EvacueeInfo:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return EvacueeInfo(
        id=UUID(int=number),
        number=f'KRM-{number:04d}-0',
        person_class=person_class,
        assured=Assured.TOLD,
        details=details or PersonDetails(),
        details_at=None,
        registered_at=at,
        changed_at=at,
        merged_into=None,
        practice=False,
    )


MAN, WOMAN = record(1, PersonClass.MAN), record(2, PersonClass.WOMAN)
BOY, GIRL = record(3, PersonClass.CHILD), record(4, PersonClass.CHILD)


def test_a_name_from_a_card_is_found_again_in_another_spelling() -> None:
    known = record(1, PersonClass.MAN, PersonDetails(name='高橋\u3000健', birth_date=FATHER.birth_date))
    assert matched([MOTHER, FATHER], [known], [known.id], TODAY).records == {1: known.id}


def test_who_touched_and_has_no_name_is_the_first_of_their_class() -> None:
    assert matched([MOTHER, FATHER], [MAN], [MAN.id], TODAY).records == {1: MAN.id}


def test_who_touched_and_was_pressed_as_another_class_is_still_one_of_the_family() -> None:
    assert matched([MOTHER], [MAN], [MAN.id], TODAY).records == {0: MAN.id}


def test_those_without_a_name_in_the_household_are_told_by_class_where_one_alone_can_be_meant() -> None:
    found = matched([FATHER, MOTHER, SON], [MAN, WOMAN, BOY], [MAN.id], TODAY)
    assert (found.records, found.unclear) == ({0: MAN.id, 1: WOMAN.id, 2: BOY.id}, ())


def test_which_of_two_children_is_meant_is_asked_and_not_guessed() -> None:
    found = matched([FATHER, SON, DAUGHTER], [MAN, BOY, GIRL], [MAN.id], TODAY)
    assert (found.records, found.unclear) == ({0: MAN.id}, (1, 2))


def test_one_child_who_touches_settles_both() -> None:
    found = matched([FATHER, SON, DAUGHTER], [MAN, BOY, GIRL], [MAN.id, GIRL.id], TODAY)
    assert (found.records, found.unclear) == ({0: MAN.id, 1: GIRL.id, 2: BOY.id}, ())


def test_who_was_born_on_another_day_is_nobody_of_the_family() -> None:
    other = record(1, PersonClass.MAN, PersonDetails(name='金沢 一', birth_date=date(1950, 1, 1)))
    assert matched([FATHER], [other], [other.id], TODAY).records == {}


def test_twins_are_told_by_their_names() -> None:
    known = record(3, PersonClass.CHILD, SON)
    assert matched([DAUGHTER, SON], [known], [], TODAY).records == {1: known.id}


@given(
    members=st.lists(st.sampled_from([FATHER, MOTHER, SON, DAUGHTER]), max_size=6),
    there=st.lists(st.sampled_from([MAN, WOMAN, BOY, GIRL]), max_size=4, unique_by=lambda info: info.id),
    shown=st.sets(st.sampled_from([MAN.id, BOY.id])),
)
def test_no_record_is_two_members_and_no_member_is_unclear_who_has_one(
    members: list[PersonDetails], there: list[EvacueeInfo], shown: set[UUID]
) -> None:
    found = matched(members, there, sorted(shown), TODAY)
    assert len(set(found.records.values())) == len(found.records)
    assert not set(found.unclear) & set(found.records)
