"""What is known about a person survives being written down, whatever was entered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shelters.details import Consent, PersonDetails, age_on, class_of, person_from_text, person_text
from app.shelters.values import Need, PersonClass, Sex, Urgency

TODAY = date(2026, 11, 23)
ANYBODY = st.builds(
    PersonDetails,
    name=st.text(max_size=100),
    birth_date=st.none() | st.dates(),
    sex=st.none() | st.sampled_from(Sex),
    needs=st.frozensets(st.sampled_from(Need)),
    urgencies=st.frozensets(st.sampled_from(Urgency)),
    allergies=st.lists(st.text(min_size=1, max_size=10), unique=True).map(sorted).map(tuple),
    protected=st.booleans(),
    consent=st.builds(Consent, relatives=st.none() | st.booleans(), public=st.none() | st.booleans()),
)


@given(ANYBODY)
def test_everything_is_read_back(details: PersonDetails) -> None:
    assert person_from_text(person_text(details)) == details


def test_a_field_that_this_version_does_not_know_is_left_out() -> None:
    assert person_from_text('{"name": "金沢", "blood_type": "A"}') == PersonDetails(name='金沢')


def test_what_was_not_entered_is_not_written() -> None:
    assert person_text(PersonDetails()) == '{}'


@pytest.mark.parametrize(
    ('birth', 'sex', 'expected'),
    [
        (date(2022, 11, 24), Sex.MALE, PersonClass.INFANT),
        (date(2020, 11, 24), Sex.MALE, PersonClass.INFANT),
        (date(2020, 11, 23), None, PersonClass.CHILD),
        (date(2011, 11, 24), Sex.FEMALE, PersonClass.CHILD),
        (date(2011, 11, 23), Sex.FEMALE, PersonClass.WOMAN),
        (None, Sex.MALE, PersonClass.MAN),
        (date(1950, 1, 1), Sex.NOT_TOLD, PersonClass.UNKNOWN),
        (None, None, PersonClass.UNKNOWN),
    ],
)
def test_the_class_follows_age_and_sex(birth: date | None, sex: Sex | None, expected: PersonClass) -> None:
    assert class_of(PersonDetails(birth_date=birth, sex=sex), TODAY) is expected


def test_somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    assert [age_on(date(2020, 2, 29), day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [5, 6]
