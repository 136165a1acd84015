"""Carrying out the acts of a drill through the functions that the desks call."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from app.journal.line import Actor, Assurance
from app.shelters.counting import Press
from app.shelters.drill.invented import InventedPerson
from app.shelters.drill.script import Act, Step
from app.shelters.evacuees import Registration
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.room import Shelters
from app.shelters.stays import Arrival
from app.shelters.tokens import Token
from app.shelters.values import PersonClass, Sex, ShelterKind, ShelterState

CODE = 'DRILL'
VOLUNTEER = Actor('drill', Assurance.DEVICE)
Acknowledge = Callable[[Act], None]


async def open_gymnasium(room: Shelters) -> ShelterInfo:
    """The shelter of the drill, marked as practice; the same one if it is there already."""
    for shelter in await room.register.all():
        if shelter.entry.code == CODE:
            return shelter
    entry = ShelterEntry(code=CODE, name='訓練の体育館', kind=ShelterKind.DESIGNATED, capacity=700, area_m2=1500.0)
    stands_nowhere = await room.register.here() is None
    shelter = await room.register.add(entry, VOLUNTEER, here=stands_nowhere, practice=True)
    return await room.register.set_state(shelter.id, ShelterState.OPENED, VOLUNTEER)


async def feed(room: Shelters, people: Sequence[InventedPerson], acts: Iterable[Act], done: Acknowledge) -> None:
    """Let each tablet do its acts one after the other, all tablets at once; each is told once it is on the disk."""
    shelter = (await open_gymnasium(room)).id
    tablets: dict[int, list[Act]] = {}
    for act in acts:
        tablets.setdefault(act.tablet, []).append(act)

    async def tablet(own: list[Act]) -> None:
        for act in own:
            await carry_out(room, shelter, people[act.person], act)
            done(act)

    await asyncio.gather(*(tablet(own) for own in tablets.values()))


async def carry_out(room: Shelters, shelter: UUID, person: InventedPerson, act: Act) -> None:
    """Do one act; the same one again changes nothing."""
    match act.step:
        case Step.PRESS:
            press = Press(shelter=shelter, person_class=class_seen(person), attempt=act.attempt, practice=True)
            await room.counts.press(press, VOLUNTEER)
        case Step.REGISTER | Step.AGAIN:
            await room.evacuees.register(_registration(shelter, person, act), VOLUNTEER)
        case Step.DETAILS:
            known = await room.evacuees.by_token(Token.printed(person.code))
            if known is not None and known.details != person.details:
                await room.evacuees.set_details(known.id, person.details, VOLUNTEER)


def class_seen(person: InventedPerson) -> PersonClass:
    """What the volunteer at the door sees."""
    return PersonClass.WOMAN if person.details.sex is Sex.FEMALE else PersonClass.MAN


def _registration(shelter: UUID, person: InventedPerson, act: Act) -> Registration:
    arrival = Arrival(shelter=shelter, visitor=person.visitor, practice=True)
    if is_typed(person, act):
        return Registration(arrival=arrival, details=person.details, attempt=act.attempt)
    return Registration(arrival=arrival, token=Token.printed(person.code), attempt=act.attempt)


def is_typed(person: InventedPerson, act: Act) -> bool:
    """Whether the act enters a name instead of reading a wristband."""
    return act.step in (Step.REGISTER, Step.AGAIN) and (not person.code or is_typed_anew(person, act))


def is_typed_anew(person: InventedPerson, act: Act) -> bool:
    """Half of the doubles come without their wristband, so that the box cannot know them again by itself."""
    return act.step is Step.AGAIN and (not person.code or person.index % 2 == 1)
