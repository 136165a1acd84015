"""People on paper: what stands there, and what must not."""

from dataclasses import replace

from app.documents.labels import PAPERS
from app.runtime import Box
from app.shelters.details import PersonDetails
from app.shelters.people_list import PeopleFilter
from app.shelters.printed_people import (
    blank_form,
    form_labels,
    labels,
    people_sheet,
    roll_call_sheets,
)
from app.shelters.roll_call_sheet import Mark
from app.shelters.tokens import Token
from app.shelters.values import Place
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

PLACES = {str(place): str(place) for place in Place}


async def test_a_list_for_who_may_not_see_protected_people_is_the_same_as_without_them(box: Box) -> None:
    shelter = await opened_shelter(box)
    await register(box, shelter)
    await register(box, shelter, PersonDetails(name='秘密 守', protected=True))
    wanted = PeopleFilter(shelter=shelter.id, practice=False)
    rows, _total = await box.shelters.people.page(wanted, 0, 50)
    assert [row['name'] for row in people_sheet(shelter, rows, PLACES).rows] == ['金沢 花子']

    rows, _total = await box.shelters.people.page(replace(wanted, sees_protected=True), 0, 50)
    names = [row['name'] for row in people_sheet(shelter, rows, PLACES).rows]
    assert names == ['金沢 花子', '(保護が必要な方)']


async def test_a_label_has_the_number_and_a_code_and_never_a_name(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter)).evacuee
    rows, _total = await box.shelters.people.page(PeopleFilter(shelter=shelter.id, practice=False), 0, 50)
    (label,) = labels(rows, ['ACDEFHJKLM'])
    assert (label.lines, label.code) == ((person.number,), 'ACDEFHJKLM')
    pdf = await box.documents.render_labels(PAPERS['24'], [label])
    assert pdf.startswith(b'%PDF')


async def test_a_printed_code_leads_to_its_person(box: Box) -> None:
    person = (await register(box, await opened_shelter(box))).evacuee.id
    code = box.shelters.tokens.codes.new_code()
    await box.shelters.evacuees.bind(person, Token.printed(code), OFFICER)
    found = await box.shelters.evacuees.by_token(Token.printed(code))
    assert found is not None
    assert found.id == person


async def test_a_blank_form_carries_its_code_and_never_asks_for_the_individual_number(box: Box) -> None:
    shelter = await opened_shelter(box)
    form = blank_form(shelter, 'ACDEFHJKLM')
    assert form.code == 'ACDEFHJKLM'
    assert not any('マイナンバー' in str(row['field']) for row in form.rows)
    assert (await box.documents.render_pdf([form])).startswith(b'%PDF')
    assert [label.code for label in form_labels(shelter, ['X', 'Y'])] == ['X', 'Y']


async def test_a_drill_is_written_on_the_paper(box: Box) -> None:
    shelter = replace(await opened_shelter(box), practice=True)
    assert blank_form(shelter, 'X').title.startswith('【訓練】')


async def test_the_sheet_of_a_roll_call_shows_what_was_marked(box: Box) -> None:
    shelter = await opened_shelter(box)
    person = (await register(box, shelter, HANAKO)).evacuee.id
    roll_call = await box.shelters.roll_calls.begin(shelter, OFFICER)
    await box.shelters.roll_calls.mark(roll_call.id, person, Mark.ABSENT, OFFICER)
    areas = await box.shelters.roll_calls.sheets(roll_call, sees_protected=False)
    (sheet,) = roll_call_sheets(shelter, areas)
    (row,) = sheet.rows
    assert (row['present'], row['absent'], row['not_found']) == ('', '○', '')
