"""Ten tablets at once: each does its acts in their order, and nobody stands at two of them at the same time."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from app.access.limits import TooSoon
from app.journal.line import Actor, Assurance
from app.shelters.drill.script import Act
from app.shelters.drill.serving import MEAL_NAME, Serving
from app.shelters.drill.tablet import Tablet
from app.shelters.handouts.values import ItemEntry, ItemKind, ItemRules
from app.shelters.places import ShelterEntry, ShelterInfo
from app.shelters.room import Shelters
from app.shelters.values import ShelterKind, ShelterState

CODE = 'DRILL'
VOLUNTEER = Actor('drill', Assurance.DEVICE)
MEAL = uuid5(NAMESPACE_OID, 'machibako drill: one meal for each')
Done = Callable[[Act, str], None]


async def open_gymnasium(room: Shelters) -> ShelterInfo:
    """The shelter of the drill, marked as practice; the same one if it is there already."""
    for shelter in await room.register.all():
        if shelter.entry.code == CODE:
            return shelter
    await room.across.keys.make_if_none()
    rules = ItemRules(kind=ItemKind.MEAL, in_all=1, allergens=frozenset())
    await room.handouts.items.save(MEAL, ItemEntry(name=MEAL_NAME, unit='個', rules=rules), VOLUNTEER)
    entry = ShelterEntry(
        code=CODE,
        name='訓練の体育館',
        kind=ShelterKind.DESIGNATED,
        address='石川県金沢市泉1丁目1番1号',
        capacity=700,
        area_m2=1500.0,
    )
    stands_nowhere = await room.register.here() is None
    shelter = await room.register.add(entry, VOLUNTEER, here=stands_nowhere, practice=True)
    return await room.register.set_state(shelter.id, ShelterState.OPENED, VOLUNTEER)


@dataclass(frozen=True, slots=True)
class Queue:
    """The acts that wait at one tablet, each with the one of the same person that has to be done before it."""

    tablet: Tablet
    acts: Sequence[tuple[Act, asyncio.Event, asyncio.Event | None]]

    async def work(self, serving: Serving, told: dict[str, str], done: Done) -> None:
        """One after the other; `done` hears of each when it is on the disk."""
        for act, is_done, before in self.acts:
            if before is not None:
                await before.wait()
            told[act.attempt] = await _carried_out(serving, self.tablet, act)
            done(act, told[act.attempt])
            is_done.set()


async def feed(
    tablets: Sequence[Tablet], serving: Serving, acts: Iterable[Act], told: dict[str, str], done: Done
) -> None:
    """Let all tablets do their acts of a script, which is in the order of its time.

    Raises:
        ExceptionGroup: a tablet did not lead on (TabletStopped).
    """
    queues: dict[int, list[tuple[Act, asyncio.Event, asyncio.Event | None]]] = {}
    before: dict[int, asyncio.Event] = {}
    for act in acts:
        is_done = asyncio.Event()
        queues.setdefault(act.tablet, []).append((act, is_done, before.get(act.person)))
        before[act.person] = is_done
    async with asyncio.TaskGroup() as group:
        for number, waiting in queues.items():
            group.create_task(Queue(tablets[number], waiting).work(serving, told, done))


async def _carried_out(serving: Serving, tablet: Tablet, act: Act) -> str:
    while True:
        try:
            return await serving.carry_out(tablet, act)
        except TooSoon as error:
            await asyncio.sleep(error.seconds)
