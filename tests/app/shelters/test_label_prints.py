"""Labels of people: the next sheet, and once more what was lost."""

import pytest

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.label_prints import TOKEN_ENDED, LabelPrints, NumberRange, WrongRange
from app.shelters.people_list import PeopleFilter, PersonRow
from app.shelters.tokens import Token
from tests.support.box import felica
from tests.support.shelter import OFFICER, opened_shelter, register

SUICA = Token.of_card(felica('0114AAAAAAAAAAAA').credential)


async def people(box: Box, count: int) -> list[PersonRow]:
    shelter = await opened_shelter(box)
    for _person in range(count):
        await register(box, shelter)
    rows, _total = await box.shelters.people.page(PeopleFilter(shelter=shelter.id, practice=False), 0, 50)
    return rows


async def holder(box: Box, code: str) -> str | None:
    found = await box.shelters.evacuees.by_token(Token.printed(code))
    return found.number if found else None


async def test_the_next_sheet_has_those_who_were_not_printed_yet(box: Box) -> None:
    rows, prints = NumberRange().of(await people(box, 3)), LabelPrints(box.journal, box.shelters.tokens)
    codes = prints.new_codes(rows[:2])
    assert [await holder(box, code) for code in codes] == [None, None]

    await prints.bind(rows[:2], codes, OFFICER, again=False)

    assert [await holder(box, code) for code in codes] == [rows[0].number, rows[1].number]
    assert await prints.unprinted(rows) == rows[2:]


async def test_a_lost_label_is_printed_again_and_the_old_one_leads_to_nobody(box: Box) -> None:
    (row,), prints = await people(box, 1), LabelPrints(box.journal, box.shelters.tokens)
    await box.shelters.evacuees.bind(row.evacuee, SUICA, OFFICER)
    (old,) = prints.new_codes([row])
    await prints.bind([row], [old], OFFICER, again=False)

    (new,) = prints.new_codes([row])
    await prints.bind([row], [new], OFFICER, again=True)

    assert (await holder(box, old), await holder(box, new)) == (None, row.number)
    assert await box.shelters.evacuees.by_token(SUICA) is not None
    assert await JournalLine.filter(kind=TOKEN_ENDED).count() == 1
    assert await prints.unprinted([row]) == []


async def test_a_range_is_from_one_number_to_another_in_their_order(box: Box) -> None:
    rows = NumberRange().of(reversed(await people(box, 4)))
    numbers = [row.number for row in rows]
    assert numbers == sorted(numbers)

    typed = NumberRange.typed(numbers[1].lower().replace('-', ''), f' {numbers[2]} ')
    assert typed.of(rows) == rows[1:3]
    assert NumberRange.typed(numbers[3], '').of(rows) == rows[3:]
    assert NumberRange.typed('', numbers[0]).of(rows) == rows[:1]


@pytest.mark.parametrize(('first', 'last'), [('41', ''), ('', 'KRM-0041-0'), ('金沢 花子', '')])
def test_what_is_no_number_is_refused(first: str, last: str) -> None:
    with pytest.raises(WrongRange):
        NumberRange.typed(first, last)
