"""Runs a car desk: takes taps, breaths and presses, asks the rooms, and moves the flow."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from app import clock
from app.clock import Moment
from app.desks.devices import DeskDevices
from app.desks.refusals import refusal_for
from app.desks.register import DeskInfo
from app.desks.taps import moment_of_reading
from app.desks.turns import Turns
from app.events import Event
from app.storage.transaction import STORAGE_FAILED
from app.vehicles.alcohol_values import Method, ReadingSource, Told
from app.vehicles.breath_claims import Fate
from app.vehicles.breath_counter import Result
from app.vehicles.counters import Counters, problem_of
from app.vehicles.deadline import Deadline
from app.vehicles.desk_checker import DeskChecker
from app.vehicles.desk_flow import CarFlow, Draft, breath_key
from app.vehicles.due_times import Due
from app.vehicles.screens import PROBLEMS, CarDeskView, Problem, Step
from app.vehicles.trip_values import TripInfo, TripRefused
from app.vehicles.turned_away import turn_away
from device_drivers.alcohol_checker.interface import Measurement
from device_drivers.card_reader.interface import CardPresented, CardReader, CardRefused, ReaderChanged, ReaderEvent
from device_drivers.cards.credential import Credential


class CarDesk:
    """The controller of one car desk. Everything that happens at it is taken in turn."""

    def __init__(self, desk: DeskInfo, reader: CardReader, counters: Counters, devices: DeskDevices) -> None:
        self.desk = desk
        self._reader = reader
        self._counters = counters
        self._flow = CarFlow()
        self._view = CarDeskView(desk_name=desk.name)
        self._storage_failed = False
        self._changed: Event[None] = Event()
        self._deadline = Deadline(lambda: self._turns.take(self._time_passed))
        self._checker = DeskChecker(desk.id, devices, self._told, lambda: self._changed.emit(None))
        self._turns = Turns(f'desk {desk.name}', self._failed)
        self._endings = [
            reader.listen(self._heard),
            STORAGE_FAILED.listen(lambda _fault: self._disk_failed()),
            counters.real.CHANGED.listen(lambda _none: self.redraw()),
        ]
        self._practice = counters.watch(desk, lambda: self._turns.take(self._turn_practice))
        self._counter = counters.serving(self._practice)
        self.redraw()

    @property
    def view(self) -> CarDeskView:
        """What the tablet shows now."""
        return replace(
            self._checker.shown_in(self._view),
            reader=str(self._reader.state),
            clock_doubtful=clock.moment().quality.doubtful,
            storage_failed=self._storage_failed,
            practice=self._counter is not self._counters.real,
        )

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""
        return self._changed.listen(listener)

    def redraw(self) -> None:
        """Something outside the desk changed what it shows."""
        self._turns.take(self._draw)

    async def scan(self, text: str) -> None:
        """A code was read, such as that of a key tag."""
        await self._turns.run(lambda: self._scanned(text))

    async def choose_capacity(self, *, drives: bool) -> None:
        """Who may be in charge of the desk came to drive, or begins their shift."""
        await self._at((Step.CAPACITY,), lambda draft: self._counter.capacity_chosen(self.desk.id, draft, drives))

    async def choose_direction(self, *, is_return: bool) -> None:
        """Bring the car back, or take another one."""
        await self._at((Step.DIRECTION,), lambda draft: self._counter.directed(draft, is_return))

    async def choose_car(self, vehicle: UUID) -> None:
        """One of the offered cars."""
        await self._at((Step.CAR,), lambda draft: self._counter.car_chosen(draft, vehicle))

    async def choose_driver(self, index: int) -> None:
        """One of those for whom the reservation was made."""
        await self._at((Step.DRIVER,), lambda draft: self._counter.driver_chosen(draft, index))

    async def enter_details(self, destination: str, purpose: str) -> None:
        """Where to, and what for."""
        await self._at((Step.DETAILS,), lambda draft: self._counter.details_entered(draft, destination, purpose))

    async def choose_due(self, due: Due) -> None:
        """Until when, for a car that nobody reserved."""
        await self._at((Step.DETAILS,), lambda draft: self._counter.due_chosen(draft, due))

    async def enter_charge(self, percent: int) -> None:
        """What is left in the battery of an electric car."""
        await self._at((Step.CHARGE,), lambda draft: self._counter.charge_read(draft, percent))

    async def breathe(self, value: Decimal, method: Method = Method.FACE_TO_FACE, checker: UUID | None = None) -> None:
        """A breath was measured (mg/L) and the guard has looked at the driver, and pressed which checker it was."""
        told = Told(ReadingSource.TYPED, self._checker.state) if self._checker.state else None
        await self._at(
            (Step.BREATH, Step.POSITIVE),
            lambda draft: self._counter.breaths.breathed(self.desk.id, draft, value, method, told, checker),
        )

    async def choose_method(self, method: Method) -> None:
        """How the guard confirms the breath that the checker will tell."""
        await self._at((Step.BREATH,), lambda draft: self._counter.method_chosen(draft, method))

    async def measure_again(self) -> None:
        """After rinsing the mouth; the first value stays in the record."""
        await self._at((Step.POSITIVE,), self._counter.measures_again)

    async def let_the_car_in(self) -> None:
        """The guard has seen to a positive driver who is back, and goes on with the return."""
        await self._at((Step.POSITIVE,), lambda draft: self._counter.lets_the_car_in(self.desk.id, draft))

    async def override(self, reason: str) -> None:
        """The car manager who tapped opens the gates with this reason."""
        await self._at((Step.OVERRIDE,), lambda draft: self._counter.overridden(self.desk.id, draft, reason))

    async def keys_out(self) -> None:
        """Key, cards and pouch were handed over."""
        if self._flow.step is Step.KEYS_OUT:
            await self._turns.run(lambda: self._finish(self._counter.hand_over(self.desk.id, self._flow.draft)))

    async def enter_odometer(self, kilometres: int) -> None:
        """What the odometer shows."""
        await self._at((Step.ODOMETER,), lambda draft: self._counter.odometer_read(draft, kilometres))

    async def doubt_odometer(self) -> None:
        """The number that was asked about was a slip: type it again."""
        await self._at((Step.ODOMETER,), self._counter.odometer_doubted)

    async def confirm_odometer(self) -> None:
        """The guard stands for the unlikely number that was typed twice."""
        await self._at((Step.ODOMETER,), lambda draft: self._counter.odometer_confirmed(self.desk.id, draft))

    async def keys_in(self, **extras: object) -> None:
        """Key, cards, pouch and receipt came back; extras are those of `TakeBack` about fuel and abnormality."""
        if self._flow.step is Step.KEYS_IN:
            await self._turns.run(lambda: self._finish(self._counter.take_back(self.desk.id, self._flow.draft, extras)))

    async def turn_away(self, car_type: str) -> None:
        """Somebody wanted a car and there was none."""
        if self._counter is self._counters.real:
            await self._turns.run(lambda: turn_away(self.desk.id, car_type))

    async def end_shift(self) -> None:
        """Who is in charge of the desk leaves."""
        if self._flow.step is Step.BOARD:
            await self._turns.run(lambda: self._counter.shift_ended(self.desk.id))
            await self._turns.run(self._draw)

    async def cancel(self) -> None:
        """The person gave up."""
        await self._turns.run(lambda: self._move(self._flow.cleared()))

    async def close(self) -> None:
        """Finish what was taken and stop."""
        for end in self._endings:
            end()
        self._checker.close()
        self._practice.close()
        await self._turns.close()
        self._deadline.cancel()

    def _heard(self, event: ReaderEvent) -> None:
        match event:
            case CardPresented(credential=credential):
                self._turns.take(lambda: self._tapped(credential))
            case CardRefused(problem=problem):
                self._turns.take(lambda: self._take(refusal_for(problem)))
            case ReaderChanged():
                self._changed.emit(None)

    def _told(self, fate: Fate, reading: Measurement) -> None:
        draft, at = self._flow.draft, moment_of_reading(reading.measured_at)
        self._turns.take(lambda: self._reading(draft, fate, reading, at))

    async def _reading(self, draft: Draft, fate: Fate, reading: Measurement, at: Moment) -> None:
        result = await self._counter.breaths.heard(self.desk.id, self._flow, draft, (fate, reading, at))
        if result is not None:
            await self._take(result)

    async def _at(self, steps: tuple[Step, ...], change: Callable[[Draft], Awaitable[Result]]) -> None:
        async def act() -> None:
            if self._flow.step in steps:
                await self._take(await change(self._flow.draft))

        await self._turns.run(act)

    async def _tapped(self, credential: Credential) -> None:
        if self._counter is not self._counters.real and not self._practice.is_on:
            await self._turn_practice()
        await self._take(await self._counter.tapped(self.desk, self._flow.draft_of_next, credential))

    async def _scanned(self, text: str) -> None:
        await self._take(await self._counter.scanned(self.desk, self._flow.draft_of_next, text))

    async def _take(self, result: Result) -> None:
        now = clock.monotonic()
        if not isinstance(result, Draft):
            await self._move(self._flow.with_problem(result, now))
        elif result.tapped is None:
            await self._move(self._flow.cleared())
        else:
            await self._move(self._flow.with_draft(result, now))

    async def _finish(self, recording: Awaitable[TripInfo]) -> None:
        try:
            await self._move(self._flow.finished(await recording, clock.monotonic()))
        except TripRefused as error:
            await self._take(PROBLEMS.get(error.problem, Problem.FAILED))

    async def _turn_practice(self) -> None:
        self._counter = self._counters.serving(self._practice)
        await self._move(self._flow.cleared())

    async def _failed(self, error: Exception) -> None:
        await self._take(problem_of(error, self.desk.name))

    async def _move(self, flow: CarFlow) -> None:
        self._flow = flow
        self._checker.follow(breath_key(flow))
        self._deadline.move(flow.until)
        await self._draw()

    async def _time_passed(self) -> None:
        await self._move(self._flow.time_passed(clock.monotonic()))

    async def _draw(self) -> None:
        self._view = await self._counter.view_of(self.desk, self._flow)
        self._changed.emit(None)

    def _disk_failed(self) -> None:
        self._storage_failed = True
        self._changed.emit(None)
