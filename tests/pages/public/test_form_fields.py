"""The paper form, the family's phone and the entry of staff ask for the same (domain/shelters.md 2.1)."""

from dataclasses import fields

from app.shelters.details import Consent, PersonDetails, SharedDetails
from app.shelters.family_values import Family
from app.shelters.printed_people import form_fields
from pages.public.family_details import family_with, person_with
from pages.staff.shelters.person_edit import CARE, MORE, WHERE, WHO

ASKED = {each.name for each in fields(PersonDetails)}
BY_OFFICERS = {'protected', 'unaccompanied'}
"""Not on paper that lies about: an officer says so."""


def test_the_paper_form_has_a_line_for_every_field() -> None:
    assert {name for names in form_fields().values() for name in names} == ASKED - BY_OFFICERS


def test_staff_can_enter_every_field_of_the_paper() -> None:
    entered = {*WHO, *WHERE, *CARE, *MORE, 'needs', 'urgencies', 'consent', 'unaccompanied'}
    assert entered == ASKED - {'protected'}


def test_a_phone_can_tell_every_field() -> None:
    texts = {each.name: ['x'] for each in fields(PersonDetails)}
    answers = {name: ['yes'] for name in ('relatives', 'acquaintances', 'public')}
    posted = {**texts, **answers, 'need': ['care'], 'urgency': ['dialysis'], 'hidden': ['1'], 'spoken': ['vi']}
    family = family_with(Family(members=(person_with(PersonDetails(), posted),)), posted)
    told, usual = family.members[0], PersonDetails()
    silent = {name for name in ASKED if getattr(told, name) == getattr(usual, name)}
    assert silent == {'name', 'kana', 'birth_date', 'sex', 'unaccompanied'}
    assert told.consent == Consent(relatives=True, acquaintances=True, public=True)
    assert {
        name for name in ('postal_code', 'address', 'phone', 'damage') if getattr(family.shared, name) != 'x'
    } == set()
    assert family.shared != SharedDetails()
