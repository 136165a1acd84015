"""What staff make of a shelter by hand, and closing it."""

import pytest

from app.journal.history import History, HistoryFilter
from app.runtime import Box
from app.shelters.closing import StillPresent, WrongState
from app.shelters.places import ShelterEntry, ShelterRefused
from app.shelters.registry import BOX_STANDS, SHELTER_STATE
from app.shelters.shelter_search import ShelterFilter
from app.shelters.values import LeftFor, ShelterKind, ShelterState
from tests.support.shelter import OFFICER, opened_shelter, register


async def test_a_shelter_fills_takes_again_and_closes_with_its_reasons_in_the_journal(box: Box) -> None:
    shelter, states = await opened_shelter(box), box.shelters.opening.states
    await states.set(shelter.id, ShelterState.FULL, OFFICER, reason='体育館がいっぱい')
    await states.set(shelter.id, ShelterState.OPENED, OFFICER)
    await states.set(shelter.id, ShelterState.CLOSED, OFFICER, reason='停電')
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(kind=SHELTER_STATE), 0, 10)
    assert [line.payload['reason'] for line in lines] == ['停電', '', '体育館がいっぱい', '']


async def test_a_shelter_does_not_close_while_somebody_is_registered_there(box: Box) -> None:
    shelter, opening = await opened_shelter(box), box.shelters.opening
    person = await register(box, shelter)
    with pytest.raises(StillPresent) as refused:
        await opening.states.set(shelter.id, ShelterState.CLOSED, OFFICER)
    assert refused.value.people == 1
    found, total = await opening.states.still_there(shelter.id, 0, 50, practice=False)
    assert (total, found[0].number) == (1, person.evacuee.number)

    await box.shelters.stays.leave(person.evacuee.id, shelter.id, LeftFor.HOME, OFFICER)
    closed = await opening.states.set(shelter.id, ShelterState.CLOSED, OFFICER)
    assert closed.state is ShelterState.CLOSED


async def test_closing_ends_the_sealed_code(box: Box) -> None:
    shelter, opening = await opened_shelter(box), box.shelters.opening
    (made,) = await opening.codes.make([shelter.id], OFFICER)
    await opening.states.set(shelter.id, ShelterState.CLOSED, OFFICER)
    assert await opening.codes.find(made.code) is None


async def test_a_shelter_that_never_opened_cannot_be_full(box: Box) -> None:
    added = await box.shelters.register.add(ShelterEntry(code='E-2', name='三馬小学校'), OFFICER)
    with pytest.raises(WrongState):
        await box.shelters.opening.states.set(added.id, ShelterState.FULL, OFFICER)


async def test_a_place_in_no_list_is_added_by_its_name_and_a_place_in_words(box: Box) -> None:
    cars = ShelterEntry(code='', name='健民公園の駐車場', kind=ShelterKind.PARKED_CARS, address='健民公園の北側')
    one = await box.shelters.opening.facilities.add_unlisted(cars, OFFICER)
    other = await box.shelters.opening.facilities.add_unlisted(cars, OFFICER)
    assert one.entry.code != other.entry.code
    with pytest.raises(ShelterRefused):
        await box.shelters.opening.facilities.add_unlisted(ShelterEntry(code='', name=' '), OFFICER)


async def test_the_box_stands_in_one_shelter_only(box: Box) -> None:
    first = await opened_shelter(box)
    second = await box.shelters.register.add(ShelterEntry(code='E-2', name='三馬小学校'), OFFICER)
    await box.shelters.opening.facilities.stand_in(second.id, OFFICER)
    await box.shelters.opening.facilities.stand_in(second.id, OFFICER)
    here = await box.shelters.register.here()
    assert here is not None
    assert here.id == second.id != first.id
    assert (await History(box.reading, box.vault).page(HistoryFilter(kind=BOX_STANDS), 0, 10))[1] == 1


async def test_a_shelter_that_is_added_as_the_place_of_the_box_takes_it_from_the_one_before(box: Box) -> None:
    first = await opened_shelter(box)
    second = await box.shelters.register.add(ShelterEntry(code='E-2', name='三馬小学校'), OFFICER, here=True)
    assert [shelter.id for shelter in await box.shelters.register.all() if shelter.here] == [second.id]
    assert first.here
    history = History(box.reading, box.vault)
    assert (await history.page(HistoryFilter(kind=BOX_STANDS), 0, 10))[1] == 1


async def test_the_box_cannot_be_put_into_two_shelters_at_once(box: Box) -> None:
    entries = [ShelterEntry(code=code, name=code) for code in ('E-1', 'E-2')]
    with pytest.raises(ShelterRefused, match='here'):
        await box.shelters.register.add_all(entries, OFFICER, here=True)
    assert await box.shelters.register.all() == []


async def test_a_drill_does_not_begin_or_end_while_people_can_come(box: Box) -> None:
    shelter, opening = await opened_shelter(box), box.shelters.opening
    with pytest.raises(ShelterRefused):
        await opening.facilities.set_practice(shelter.id, True, OFFICER)
    await opening.states.set(shelter.id, ShelterState.CLOSED, OFFICER)
    await opening.facilities.set_practice(shelter.id, True, OFFICER)
    found = await box.shelters.register.get(shelter.id)
    assert found is not None
    assert found.practice


async def test_people_of_a_drill_do_not_keep_a_shelter_open(box: Box) -> None:
    shelter, opening = await opened_shelter(box), box.shelters.opening
    await register(box, shelter)
    _found, total = await opening.states.still_there(shelter.id, 0, 50, practice=True)
    assert total == 0


async def test_shelters_are_searched_by_words_state_kind_and_district(box: Box) -> None:
    await opened_shelter(box)
    await box.shelters.register.add(ShelterEntry(code='E-2', name='100%_会館', kind=ShelterKind.WELFARE), OFFICER)
    search = box.shelters.opening.search

    async def names(**wanted: str) -> list[str]:
        found, total = await search.page(ShelterFilter(**wanted), 0, 10)
        assert total == len(found)
        return [row.name for row in found]

    assert await names() == ['泉小学校', '100%_会館']
    assert await names(words='0%_') == ['100%_会館']
    assert await names(words='_校') == []
    assert await names(state='opened') == ['泉小学校']
    assert await names(kind='welfare') == ['100%_会館']
    assert await names(district='泉') == ['泉小学校']
    assert await search.districts() == ['泉']
