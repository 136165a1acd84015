"""Runs a reception desk: takes touches, codes and presses in turn, and shows what the clerk made of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from app import clock
from app.desks.refusals import refusal_for
from app.desks.register import DeskInfo
from app.desks.turns import Turns
from app.events import Event
from app.journal.line import Actor, Assurance
from app.shelters.clerk import Clerk
from app.shelters.desk_face import FaceReading, Outcome
from app.shelters.desk_flow import Flow
from app.shelters.desk_language import continued, spoken
from app.shelters.desk_parts import DeskParts, DeskSetting, Surroundings
from app.shelters.desk_places import DeskPlace
from app.shelters.desk_presses import ChooseLanguage, ChooseMode, CountOne, Plain, Press, ReadFace, TakeBack, TakeCall
from app.shelters.desk_screens import Mode, Problem, ShelterDeskView, Step
from app.shelters.desk_views import view_of
from app.shelters.faces import can_be_sent
from app.shelters.handout_clerk import HandoutClerk
from app.shelters.pressing import pressed
from app.shelters.reception import At
from app.shelters.stays import NotHere
from app.shelters.totals import Totals
from app.shelters.values import RECEIVING, PersonClass
from app.storage.failures import StorageError, StorageFull
from app.storage.transaction import STORAGE_FAILED
from device_drivers.card_reader.interface import CardPresented, CardReader, CardRefused, ReaderChanged, ReaderEvent
from device_drivers.cards.credential import CardProblem, Credential
from device_drivers.cards.text_application import FaceKey

log = logging.getLogger(__name__)

FACE_CAN_BE_READ = frozenset(
    {CardProblem.EXPIRED, CardProblem.NOT_YET_VALID, CardProblem.NO_CERTIFICATE, CardProblem.FOREIGN_CHAIN}
)
Change = Callable[[At, Flow], Awaitable[Flow]]


class ShelterDesk:
    """The controller of one reception desk. Everything that happens at it is taken in turn."""

    def __init__(self, desk: DeskInfo, reader: CardReader, parts: DeskParts, setting: DeskSetting) -> None:
        self.desk = desk
        self._reader = reader
        self._parts = parts
        self._setting = setting
        self._clerk = parts.clerk
        self._actor = Actor(str(desk.id), Assurance.DEVICE)
        self._counter = parts.counter(desk.id, self._actor)
        self._place = DeskPlace()
        self._around = Surroundings(Totals({}, 0), ())
        self._last_count: PersonClass | None = None
        self._flow = Flow()
        self._view = ShelterDeskView(desk_name=desk.name)
        self._storage_failed = False
        self._is_stale = False
        self._changed: Event[None] = Event()
        self._timer: asyncio.TimerHandle | None = None
        self._turns = Turns(f'desk {desk.name}', self._failed)
        self._face = FaceReading(reader, self._turns.take)
        self._endings = [
            reader.listen(self._heard),
            STORAGE_FAILED.listen(lambda _fault: self._disk_failed()),
            *parts.listen(desk.id, self._shelter, self.redraw, self._move_house),
        ]
        self._move_house()

    @property
    def view(self) -> ShelterDeskView:
        """What the tablet shows now."""
        return replace(
            self._view,
            reader=str(self._reader.state),
            clock_doubtful=clock.moment().quality.doubtful,
            storage_failed=self._storage_failed,
        )

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""
        return self._changed.listen(listener)

    def redraw(self) -> None:
        """Something outside the desk changed what it shows; many changes in a row are drawn once."""
        if not self._is_stale:
            self._is_stale = True
            self._turns.take(self._draw)

    async def press(self, press: Press) -> None:
        """Something was pressed; what does not fit the screen any more changes nothing."""
        if press in (Plain.CANCEL, Plain.FINISH) or isinstance(press, ChooseMode):
            self._face.stop()
        await self._turns.run(lambda: self._pressed(press))

    async def scan(self, text: str) -> None:
        """A code was read, or a number typed."""
        await self._turns.run(lambda: self._change(lambda at, flow: self._serving(flow).scanned(at, flow, text)))

    async def close(self) -> None:
        """Finish what was taken and stop."""
        for end in self._endings:
            end()
        self._face.stop()
        await self._turns.close()
        if self._timer is not None:
            self._timer.cancel()

    def _shelter(self) -> UUID | None:
        return self._place.shelter.id if self._place.shelter else None

    def _at(self) -> At | None:
        shelter = self._place.shelter
        if shelter is None or shelter.state not in RECEIVING:
            return None
        return At(desk=self.desk.id, actor=self._actor, place=self._place, shelter=shelter)

    async def _pressed(self, press: Press) -> None:
        match press:
            case CountOne(person_class, attempt):
                await self._counted(self._counter.count(self._place, person_class, attempt))
            case TakeBack(attempt):
                await self._counted(self._counter.take_back(self._place, attempt))
            case ReadFace(kind, digits):
                await self._move(self._begin_reading(FaceKey(kind, digits), self._flow))
            case ChooseLanguage(language):
                await self._move(spoken(self._flow, language, clock.monotonic()))
            case TakeCall(call):
                await self._parts.calls.take(call, self._actor, self.desk.id)
            case _:
                await self._change(lambda at, flow: pressed(self._clerk, self._parts.handing.clerk, at, flow, press))

    async def _change(self, change: Change) -> None:
        at = self._at()
        if at is not None:
            await self._move(await change(at, self._flow))

    async def _counted(self, counting: Awaitable[None]) -> None:
        await counting
        self._last_count = await self._counter.last(self._place)
        await self._draw()

    def _heard(self, event: ReaderEvent) -> None:
        match event:
            case CardPresented(credential=credential):
                self._turns.take(partial(self._change, partial(self._touched, credential)))
            case CardRefused(problem=problem) if problem in FACE_CAN_BE_READ:
                self._turns.take(lambda: self._move(self._serving(self._flow).cannot_be_identified(self._flow)))
            case CardRefused(problem=problem):
                self._turns.take(lambda: self._move(self._flow.with_problem(refusal_for(problem), clock.monotonic())))
            case ReaderChanged():
                self._changed.emit(None)

    async def _touched(self, credential: Credential, at: At, flow: Flow) -> Flow:
        return await self._serving(flow).touched(at, flow, credential)

    def _serving(self, flow: Flow) -> Clerk | HandoutClerk:
        return self._parts.handing.clerk if flow.mode is Mode.HANDOUT else self._clerk

    def _begin_reading(self, key: FaceKey, flow: Flow) -> Flow:
        if flow.step not in (Step.CODE, Step.PIN):
            return flow
        now = clock.monotonic()
        if not can_be_sent(key):
            return flow.face_refused(key.kind, Problem.CODE_TYPO, now)
        self._face.begin(key, self._face_told)
        return flow.reading(now)

    async def _face_told(self, outcome: Outcome) -> None:
        await self._move(self._clerk.face_told(self._flow, outcome))
        if self._flow.step is Step.CONFIRM and self._flow.person is None:
            await self._change(self._clerk.confirm)

    async def _failed(self, error: Exception) -> None:
        problem = Problem.DISK_FULL if isinstance(error, StorageFull) else Problem.FAILED
        if isinstance(error, NotHere | LookupError):
            problem = Problem.GONE
        elif not isinstance(error, StorageError):
            log.error('Desk %s could not handle what happened at it: %s', self.desk.name, type(error).__name__)
        await self._move(self._flow.with_problem(problem, clock.monotonic()))

    def _move_house(self) -> None:
        self._turns.take(self._look_around)

    async def _look_around(self) -> None:
        before = self._place
        self._place = await self._parts.places.of(self.desk.id)
        if (before.shelter is None) != (self._place.shelter is None) or before.mode is not self._place.mode:
            self._flow = self._flow.with_mode(self._place.mode)
        self._last_count = await self._counter.last(self._place)
        self._is_stale = True
        await self._draw()

    async def _move(self, to: Flow) -> None:
        before, flow = self._flow, continued(self._flow, to, clock.monotonic())
        self._flow = flow
        if (before.mode, before.handing.item) != (flow.mode, flow.handing.item):
            self._is_stale = True
        if self._timer is not None:
            self._timer.cancel()
        deadlines = [time for time in (flow.until, flow.last.until if flow.last else None) if time is not None]
        if deadlines:
            delay = max(0.0, min(deadlines) - clock.monotonic())
            self._timer = asyncio.get_running_loop().call_later(delay, self._turns.take, self._time_passed)
        await self._draw()

    async def _time_passed(self) -> None:
        await self._move(self._flow.time_passed(clock.monotonic()))

    async def _draw(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self._around = await self._parts.surroundings(self._place, self._setting, self._flow)
        self._view = view_of(self._place, self._flow, self._around, self._last_count, self._base())
        self._changed.emit(None)

    def _base(self) -> ShelterDeskView:
        return ShelterDeskView(
            desk_name=self.desk.name,
            mode=self._flow.mode,
            prefix=self._parts.prefix,
            whom_to_call=self._setting.whom_to_call,
            demo=self._setting.demo,
            language=self._flow.language,
        )

    def _disk_failed(self) -> None:
        self._storage_failed = True
        self._changed.emit(None)
