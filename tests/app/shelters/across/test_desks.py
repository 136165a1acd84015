"""What the tablets of two shelters say of somebody who was at both."""

import uuid

from app.clock import SettableClock
from app.shelters.desk_presses import ChooseItem, ChooseMode, GiveAllTheSame
from app.shelters.desk_screens import Mode, Step, Told
from app.shelters.handouts.values import ItemEntry, ItemRules
from app.shelters.handouts.wanted import Wanted
from app.shelters.tokens import Token
from tests.app.shelters.across.city import IZUMI, KIDA, City, arrive, shelter_of
from tests.support.box import felica, until
from tests.support.reception import asked, attempts, open_reception, registered, touched
from tests.support.shelter import OFFICER

SUICA = felica()
TOKEN = Token.of_card(SUICA.credential)
BLANKET = ItemEntry(name='毛布', rules=ItemRules(in_all=1))


async def test_the_desk_receives_at_once_and_names_where_they_came_from_when_the_line_is_there(
    city: City, hours: SettableClock
) -> None:
    async with city.at(IZUMI) as box:
        await arrive(box, TOKEN)
    hours.forward(hours=1)
    async with city.at(KIDA) as box:
        desk, reader = await open_reception(box)
        await touched(desk, reader, SUICA, Step.NEW)
        await registered(desk)
        assert desk.view.person is not None
        assert (desk.view.told, desk.view.person.came_from) == (Told.REGISTERED, '')
    await city.exchange()
    async with city.at(KIDA) as box:
        desk, reader = await open_reception(box, '受付2')
        await touched(desk, reader, SUICA, Step.PERSON)
        assert desk.view.person is not None
        assert desk.view.person.came_from == IZUMI


async def test_a_desk_that_hands_out_says_what_another_box_gave_and_one_more_press_gives_it(
    city: City, hours: SettableClock
) -> None:
    async with city.at(IZUMI) as box:
        person = await arrive(box, TOKEN)
        item = (await box.shelters.handouts.items.save(uuid.uuid4(), BLANKET, OFFICER)).id
        wanted = Wanted(item=item, shelter=await shelter_of(box), evacuee=person.id)
        await box.shelters.handouts.handouts.give(wanted, OFFICER)
    hours.forward(hours=1)
    async with city.at(KIDA) as box:
        await arrive(box, TOKEN)
        item = (await box.shelters.handouts.items.save(uuid.uuid4(), BLANKET, OFFICER)).id
    await city.exchange()
    async with city.at(KIDA) as box:
        desk, reader = await open_reception(box)
        await asked(desk, ChooseMode(Mode.HANDOUT), ChooseItem(item))
        await until(lambda: desk.view.step is Step.HANDOUT)
        await touched(desk, reader, SUICA, Step.REFUSED)
        assert desk.view.handing is not None
        assert desk.view.handing.refusal is not None
        assert desk.view.handing.refusal.elsewhere
        await asked(desk, GiveAllTheSame(attempts()))
        assert (desk.view.step, desk.view.told) == (Step.GIVEN, Told.HANDED_OUT)


async def test_a_wristband_of_another_shelter_can_be_bound_where_the_boxes_share_a_key(city: City) -> None:
    async with city.at(IZUMI) as box:
        code = box.shelters.tokens.codes.new_code()
    async with city.at(KIDA) as box:
        codes = box.shelters.tokens.codes
        assert await box.shelters.tokens.may_bind(codes.read(code))
        assert not await box.shelters.tokens.may_bind(codes.read(f'{codes.new_code()[:-1]}#'))
