"""A tablet that hands out: chosen once, then one touch for each, and what stands against it said in plain values."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from app.journal.models import JournalLine
from app.runtime import Box
from app.shelters.desk import ShelterDesk
from app.shelters.desk_presses import ChooseItem, ChooseMode, GiveHousehold, GiveWithoutName, Plain
from app.shelters.desk_screens import Mode, Problem, Step, Told
from app.shelters.details import PersonDetails
from app.shelters.handouts.models import Handout
from app.shelters.handouts.values import Answer, Entitled, ItemEntry, ItemKind, ItemRules
from app.shelters.places import ShelterInfo
from app.shelters.tokens import Token
from app.shelters.values import ShelterState, StayState
from device_drivers.card_reader.simulation import SimulatedCard, SimulatedCardReader
from tests.support.box import felica, until
from tests.support.reception import asked, open_reception, touched
from tests.support.shelter import HANAKO, OFFICER, opened_shelter, register

SUICA = felica('0114AAAAAAAAAAAA')
NIMOCA = felica('0114BBBBBBBBBBBB')
STRANGER = felica('0114CCCCCCCCCCCC')
MEAL = ItemRules(kind=ItemKind.MEAL, interval=timedelta(hours=4), allergens=frozenset({'小麦', '卵'}))


@dataclass(frozen=True, slots=True)
class Line:
    """One tablet in front of the pots, and Hanako with her card."""

    box: Box
    shelter: ShelterInfo
    desk: ShelterDesk
    reader: SimulatedCardReader
    hanako: UUID
    supper: UUID

    async def person(self, details: PersonDetails, card: SimulatedCard | None = None) -> UUID:
        """Somebody else."""
        id_ = (await register(self.box, self.shelter, details)).evacuee.id
        if card is not None:
            await self.box.shelters.evacuees.bind(id_, Token.of_card(card.credential), OFFICER)
        return id_

    async def save(self, rules: ItemRules, name: str = '夕食') -> None:
        """Change supper's rules."""
        entry = ItemEntry(name=name, unit='食', rules=rules)
        await self.box.shelters.handouts.items.save(self.supper, entry, OFFICER)


async def line(box: Box, rules: ItemRules = MEAL) -> Line:
    """The shelter hands out supper."""
    shelter = await opened_shelter(box)
    supper = uuid4()
    await box.shelters.handouts.items.save(supper, ItemEntry(name='夕食', unit='食', rules=rules), OFFICER)
    desk, reader = await open_reception(box)
    await asked(desk, ChooseMode(Mode.HANDOUT), ChooseItem(supper))
    await until(lambda: desk.view.step is Step.HANDOUT)
    there = Line(box, shelter, desk, reader, UUID(int=0), supper)
    return replace(there, hanako=await there.person(replace(HANAKO, allergies=()), SUICA))


async def test_one_touch_gives_what_was_chosen_once(box: Box) -> None:
    there = await line(box)
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    view = there.desk.view
    assert view.person is not None
    assert view.handing is not None
    assert (view.told, view.person.surname) == (Told.HANDED_OUT, '金沢')
    await until(lambda: there.desk.view.handing is not None and there.desk.view.handing.pieces_today == 1)
    kinds = [row.kind for row in await JournalLine.filter(kind__in=['shelters.handed_out', 'shelters.seen'])]
    assert sorted(kinds) == ['shelters.handed_out', 'shelters.seen']


async def test_the_same_card_once_more_is_the_same_handout_and_later_says_since_when(box: Box) -> None:
    there = await line(box)
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    number = there.desk.view.number
    there.reader.tap(SUICA)
    await there.desk.scan('does not matter')
    assert await Handout.all().count() == 1
    await asked(there.desk, Plain.FINISH)
    await touched(there.desk, there.reader, SUICA, Step.REFUSED)
    assert there.desk.view.handing is not None
    refusal = there.desk.view.handing.refusal
    assert refusal is not None
    assert (refusal.answer, there.desk.view.number > number) == (Answer.TOO_SOON, True)


async def test_an_allergen_stops_and_is_named(box: Box) -> None:
    there = await line(box)
    await there.person(PersonDetails(name='能登 太郎', allergies=('たまご',)), NIMOCA)
    await touched(there.desk, there.reader, NIMOCA, Step.REFUSED)
    assert there.desk.view.handing is not None
    refusal = there.desk.view.handing.refusal
    assert refusal is not None
    assert (refusal.answer, refusal.allergens) == (Answer.ALLERGEN, ('卵',))
    assert await Handout.all().count() == 0


async def test_one_press_gives_the_rest_of_the_household_theirs(box: Box) -> None:
    there = await line(box)
    children = [await there.person(PersonDetails(name=f'金沢 {name}')) for name in ('一郎', '二郎')]
    await box.shelters.households.create([there.hanako, *children], OFFICER)
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    assert there.desk.view.handing is not None
    assert there.desk.view.handing.waiting == 2
    for _delivery in range(2):
        await asked(there.desk, GiveHousehold('one-press'))
    last = there.desk.view.handing.last
    assert last is not None
    assert (there.desk.view.handing.waiting, last.people, last.pieces) == (0, 3, 3)
    collected = {row.evacuee: row.collected_by for row in await Handout.all()}
    assert collected == {there.hanako: None, children[0]: there.hanako, children[1]: there.hanako}


async def test_who_already_had_theirs_collects_for_the_household(box: Box) -> None:
    there = await line(box)
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    await asked(there.desk, Plain.FINISH)
    child = await there.person(PersonDetails(name='金沢 一郎'))
    await box.shelters.households.create([there.hanako, child], OFFICER)
    await touched(there.desk, there.reader, SUICA, Step.REFUSED)
    assert there.desk.view.handing is not None
    assert there.desk.view.handing.waiting == 1
    await asked(there.desk, GiveHousehold('press'))
    assert (there.desk.view.step, await Handout.filter(evacuee=child).count()) == (Step.GIVEN, 1)


async def test_the_last_handout_is_taken_back_with_all_that_one_press_gave(box: Box) -> None:
    there = await line(box)
    child = await there.person(PersonDetails(name='金沢 一郎'))
    await box.shelters.households.create([there.hanako, child], OFFICER)
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    await asked(there.desk, GiveHousehold('press'), Plain.FINISH, Plain.TAKE_BACK_HANDOUT)
    assert (there.desk.view.step, there.desk.view.told) == (Step.DONE, Told.WITHDRAWN)
    assert there.desk.view.handing is not None
    assert there.desk.view.handing.last is None
    assert await Handout.filter(taken_back_at=None).count() == 0


async def test_who_is_out_is_received_and_given_with_one_press(box: Box) -> None:
    there = await line(box, replace(MEAL, entitled=Entitled.PRESENT))
    await box.shelters.stays.go_out(there.hanako, there.shelter.id, OFFICER, expected_at=None)
    await touched(there.desk, there.reader, SUICA, Step.REFUSED)
    assert there.desk.view.handing is not None
    assert there.desk.view.handing.refusal is not None
    assert there.desk.view.handing.refusal.answer is Answer.NOT_PRESENT
    await asked(there.desk, Plain.RECEIVE_AND_GIVE)
    assert there.desk.view.step is Step.GIVEN
    assert there.desk.view.person is not None
    assert there.desk.view.person.state is StayState.PRESENT


async def test_a_card_of_nobody_says_so_and_it_can_be_given_without_a_name(box: Box) -> None:
    there = await line(box)
    await touched(there.desk, there.reader, STRANGER, Step.PROBLEM)
    assert there.desk.view.problem is Problem.NOT_REGISTERED
    for _delivery in range(2):
        await asked(there.desk, GiveWithoutName('press'))
    assert (there.desk.view.step, there.desk.view.person) == (Step.DONE, None)
    assert [row.evacuee for row in await Handout.all()] == [None]


async def test_a_number_gives_and_one_that_nobody_has_can_be_typed_again(box: Box) -> None:
    there = await line(box)
    info = await box.shelters.evacuees.get(there.hanako)
    assert info is not None
    await asked(there.desk, Step.NUMBER)
    await there.desk.scan('ZZZ99999')
    assert (there.desk.view.step, there.desk.view.problem is None) == (Step.NUMBER, False)
    await there.desk.scan(info.number)
    assert (there.desk.view.step, there.desk.view.person and there.desk.view.person.surname) == (Step.GIVEN, '金沢')


async def test_residents_who_opened_hand_out_by_touch_and_look_nobody_up(box: Box) -> None:
    there = await line(box)
    info = await box.shelters.evacuees.get(there.hanako)
    assert info is not None
    await box.shelters.register.set_state(there.shelter.id, ShelterState.OPENED_BY_RESIDENTS, OFFICER)
    await until(lambda: there.desk.view.by_residents)
    await there.desk.scan(info.number)
    assert there.desk.view.problem is Problem.NOT_BY_RESIDENTS
    await touched(there.desk, there.reader, SUICA, Step.GIVEN)
    assert there.desk.view.person is not None
    assert there.desk.view.person.surname == '金沢'


async def test_a_protected_person_is_given_without_a_name_on_the_screen(box: Box) -> None:
    there = await line(box)
    await there.person(PersonDetails(name='加賀 花', protected=True), NIMOCA)
    await touched(there.desk, there.reader, NIMOCA, Step.GIVEN)
    assert there.desk.view.person is not None
    assert there.desk.view.person.surname == ''


async def test_a_drill_hands_out_apart_and_takes_no_real_card(box: Box) -> None:
    there = await line(box)
    drill = replace(there.shelter.entry, code='E-drill', name='訓練')
    shelter = await box.shelters.register.add(drill, OFFICER, practice=True)
    await box.shelters.register.set_state(shelter.id, ShelterState.OPENED, OFFICER)
    await box.shelters.reception.places.put(there.desk.desk.id, shelter.id, OFFICER, area=None, mode=Mode.HANDOUT)
    await until(lambda: there.desk.view.practice)
    await asked(there.desk, ChooseItem(there.supper))
    await touched(there.desk, there.reader, SUICA, Step.PROBLEM)
    assert there.desk.view.problem is Problem.REAL_CARD
    await asked(there.desk, GiveWithoutName('press'))
    assert [row.practice for row in await Handout.all()] == [True]


async def test_what_is_retired_meanwhile_asks_for_another(box: Box) -> None:
    there = await line(box)
    await box.shelters.handouts.items.retire(there.supper, OFFICER)
    there.reader.tap(SUICA)
    await until(lambda: there.desk.view.step is Step.ITEMS)
    assert there.desk.view.problem is Problem.ITEM_GONE


async def test_an_empty_list_begins_with_what_is_usual(box: Box) -> None:
    await opened_shelter(box)
    desk, _reader = await open_reception(box)
    await asked(desk, ChooseMode(Mode.HANDOUT))
    assert desk.view.handing is not None
    assert (desk.view.step, desk.view.handing.items) == (Step.ITEMS, ())
    await asked(desk, Plain.USUAL_ITEMS, Plain.USUAL_ITEMS)
    await until(lambda: bool(desk.view.handing and desk.view.handing.items))
    assert [item.name for item in desk.view.handing.items] == ['食事', '携帯トイレ', '毛布', '飲料水']


async def test_the_mode_is_left_and_the_desk_receives_people_again(box: Box) -> None:
    there = await line(box)
    await asked(there.desk, ChooseMode(Mode.RECEPTION))
    await touched(there.desk, there.reader, SUICA, Step.PERSON)
    assert (there.desk.view.told, there.desk.view.handing) == (Told.ALREADY, None)
    await asked(there.desk, ChooseMode(Mode.HANDOUT))
    assert there.desk.view.step is Step.HANDOUT
