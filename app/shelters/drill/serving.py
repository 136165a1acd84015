"""What is done at a tablet for one person of a drill, and with their phone; the same once more changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.shelters.desk_presses import (
    ChooseItem,
    CountOne,
    GoOut,
    Leave,
    MarkVisitor,
    Plain,
    Register,
    Show,
)
from app.shelters.desk_screens import Mode, Problem, ShelterDeskView, Told
from app.shelters.desk_screens import Step as Screen
from app.shelters.drill.held import card_of, my_number_card, transit_card, wristband
from app.shelters.drill.invented import InventedPerson, Way
from app.shelters.drill.script import Act, Step, again_by
from app.shelters.drill.tablet import Tablet, TabletStopped
from app.shelters.families import Families
from app.shelters.family_values import Family
from app.shelters.handouts.values import Answer
from app.shelters.until import Until
from app.shelters.values import LeftFor, PersonClass, Sex

MEAL_NAME = 'おにぎり'


@dataclass(frozen=True, slots=True)
class Serving:
    """The people of a drill, their phones, and what was told to them so far, by attempt."""

    people: Sequence[InventedPerson]
    phones: Families
    told: Mapping[str, str]

    async def carry_out(self, tablet: Tablet, act: Act) -> str:
        """Do one act; the answer is what somebody keeps of it: the code on their phone, or their number.

        Raises:
            TabletStopped: the tablet did not lead on.
            TooSoon: no more phones are heard now.
        """
        person = self.people[act.person]
        if act.step is Step.ENTER:
            return await self._enter(person)
        await tablet.work_as(Mode.HANDOUT if act.step is Step.MEAL else Mode.RECEPTION)
        match act.step:
            case Step.PRESS:
                await tablet.press(CountOne(class_seen(person), act.attempt))
            case Step.REGISTER | Step.AGAIN:
                way = person.way if act.step is Step.REGISTER else again_by(person)
                return await self._register(tablet, person, way, act.attempt)
            case Step.DETAILS:
                await self._complete(tablet, person)
            case Step.MEAL:
                await self._feed(tablet, person)
            case _:
                await self._move(tablet, person, act.step)
        return ''

    async def _enter(self, person: InventedPerson) -> str:
        members = [each for each in self.people if each.speaker == person.index]
        family = Family(members=tuple(each.details for each in members), visitor=person.visitor)
        return (await self.phones.put(family, f'phone {person.index}')).code

    async def _register(self, tablet: Tablet, person: InventedPerson, way: Way, attempt: str) -> str:
        match way:
            case Way.PHONE:
                view = await tablet.scan(self._code(person))
                if view.problem is not Problem.DRAFT_USED:
                    view = await tablet.press(Plain.REGISTER_FAMILY)
            case Way.MY_NUMBER:
                card = my_number_card(person)
                view = await tablet.touch(card)
                if view.step is Screen.NEW:
                    view = await tablet.read_face(card)
            case _:
                view = await self._unknown(tablet, person, way, attempt)
        number = view.person.number if view.person else ''
        await tablet.press(Plain.FINISH)
        return number

    async def _unknown(self, tablet: Tablet, person: InventedPerson, way: Way, attempt: str) -> ShelterDeskView:
        match way:
            case Way.TRANSIT:
                view = await tablet.touch(transit_card(person))
            case Way.WRISTBAND:
                view = await tablet.scan(wristband(person))
            case _:
                view = await tablet.press(Plain.WITHOUT_CARD)
        if view.problem is not None:
            raise TabletStopped(view)
        if view.step is not Screen.NEW:
            return view
        if person.visitor:
            await tablet.press(MarkVisitor(visitor=True))
        return await tablet.press(Register(class_seen(person), attempt))

    async def _complete(self, tablet: Tablet, person: InventedPerson) -> None:
        view = await tablet.scan(self._code(person))
        if view.problem is Problem.DRAFT_USED:
            return
        view = await self._show(tablet, person)
        if len(view.completes) != 1:
            raise TabletStopped(view)
        await tablet.press(Plain.REGISTER_FAMILY)
        await tablet.press(Plain.FINISH)

    async def _feed(self, tablet: Tablet, person: InventedPerson) -> None:
        handing = tablet.desk.view.handing
        if handing is not None and handing.item is None:
            item = next(each.id for each in handing.items if each.name == MEAL_NAME)
            await tablet.press(ChooseItem(item))
        view = await self._show(tablet, person)
        refusal = view.handing.refusal if view.handing else None
        if view.told is not Told.HANDED_OUT and (refusal is None or refusal.answer is not Answer.IN_ALL):
            raise TabletStopped(view)
        await tablet.press(Plain.FINISH)

    async def _move(self, tablet: Tablet, person: InventedPerson, step: Step) -> None:
        await self._show(tablet, person)
        match step:
            case Step.OUT:
                await tablet.press(Show(Screen.OUT))
                await tablet.press(GoOut(Until.EVENING))
            case Step.LEAVE:
                await tablet.press(Show(Screen.LEAVE))
                await tablet.press(Leave(LeftFor.HOME))
        await tablet.press(Plain.FINISH)

    async def _show(self, tablet: Tablet, person: InventedPerson) -> ShelterDeskView:
        """Their card is touched, their wristband scanned, or their number typed."""
        match person.way:
            case Way.TRANSIT | Way.MY_NUMBER:
                view = await tablet.touch(card_of(person))
            case Way.WRISTBAND:
                view = await tablet.scan(wristband(person))
            case _:
                view = await tablet.scan(self.told[f'drill:{Step.REGISTER}:{person.index}'])
        if view.person is None or view.problem is not None:
            raise TabletStopped(view)
        return view

    def _code(self, person: InventedPerson) -> str:
        return self.told[f'drill:{Step.ENTER}:{person.index}']


def class_seen(person: InventedPerson) -> PersonClass:
    """What the volunteer at the door sees."""
    return PersonClass.WOMAN if person.details.sex is Sex.FEMALE else PersonClass.MAN
