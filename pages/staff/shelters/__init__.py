"""The staff pages of the shelters."""

from app.runtime import Condition
from pages.staff.shelters import (
    areas,
    codes,
    duplicates,
    ending,
    health,
    helpers,
    household,
    import_list,
    inquiries,
    inquiry_answer,
    listing,
    needs,
    new,
    notices,
    people,
    people_prints,
    person,
    person_acts,
    person_edit,
    protected,
    reception,
    report,
    report_files,
    reports,
    roll_call,
    shelter,
    state_changes,
    vulnerable,
    vulnerable_person,
    vulnerable_state,
)

PARTS = (
    reception,
    people,
    duplicates,
    roll_call,
    people_prints,
    household,
    person_acts,
    person_edit,
    person,
    notices,
    inquiries,
    inquiry_answer,
    protected,
    vulnerable,
    vulnerable_state,
    vulnerable_person,
    listing,
    import_list,
    needs,
    health,
    helpers,
    reports,
    report,
    report_files,
    new,
    codes,
    areas,
    state_changes,
    ending,
    shelter,
)


def register(condition: Condition) -> None:
    """Open all of them; literal addresses before those with a part that varies."""
    for part in PARTS:
        part.register(condition)
