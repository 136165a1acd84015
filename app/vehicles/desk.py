"""Runs a car desk: takes taps, breaths and presses, and asks the counter what comes of them."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from app.clock import Moment
from app.desks.devices import DeskDevices
from app.desks.refusals import refusal_for
from app.desks.register import DeskInfo
from app.desks.taps import moment_of_reading
from app.vehicles import presses
from app.vehicles.alcohol_values import Method, ReadingSource, Told
from app.vehicles.breath_claims import Fate
from app.vehicles.counters import Counters
from app.vehicles.desk_flow import Draft
from app.vehicles.desk_run import DeskRun
from app.vehicles.due_times import Due
from app.vehicles.lone_desk import comes_back
from app.vehicles.odometer import undoubted, with_odometer
from app.vehicles.remote_confirmers import confirmed_from_elsewhere
from app.vehicles.screens import CarDeskView, Step
from device_drivers.alcohol_checker.interface import Measurement
from device_drivers.card_reader.interface import CardPresented, CardReader, CardRefused, ReaderChanged, ReaderEvent
from device_drivers.cards.credential import Credential


class CarDesk:
    """The controller of one car desk: what people can do at it."""

    def __init__(self, desk: DeskInfo, reader: CardReader, counters: Counters, devices: DeskDevices) -> None:
        self.desk = desk
        self._run = DeskRun(desk, reader, counters, devices, self._told)
        self._stop_listening = reader.listen(self._heard)
        self.redraw()

    @property
    def view(self) -> CarDeskView:
        """What the tablet shows now."""
        return self._run.screen.view

    def listen(self, listener: Callable[[None], None]) -> Callable[[], None]:
        """Be told whenever the view changed; the answer ends it."""
        return self._run.screen.listen(listener)

    def redraw(self) -> None:
        """Something outside the desk changed what it shows."""
        self._run.redraw()

    async def scan(self, text: str) -> None:
        """A code was read, such as that of a key tag."""
        await self._run.do(lambda: self._scanned(text))

    async def choose_capacity(self, *, drives: bool) -> None:
        """Who may be in charge of the desk came to drive, or begins their shift."""
        await self._run.at(
            (Step.CAPACITY,), lambda facts, draft: self._run.counter.capacity_chosen(facts, draft, drives)
        )

    async def choose_direction(self, *, is_return: bool) -> None:
        """Bring the car back, or take another one."""
        await self._run.at((Step.DIRECTION,), lambda facts, draft: self._run.counter.directed(facts, draft, is_return))

    async def choose_car(self, vehicle: UUID) -> None:
        """One of the offered cars."""
        await self._run.at((Step.CAR,), lambda facts, draft: self._run.counter.car_chosen(facts, draft, vehicle))

    async def bring_back(self) -> None:
        """Who tapped brings a car back of whose trip this desk knows nothing."""
        await self._run.enter(Step.CAR, comes_back)

    async def choose_driver(self, index: int) -> None:
        """One of those for whom the reservation was made."""
        await self._run.at((Step.DRIVER,), lambda _facts, draft: self._run.counter.driver_chosen(draft, index))

    async def enter_details(self, destination: str, purpose: str) -> None:
        """Where to, and what for."""
        await self._run.enter(Step.DETAILS, lambda _facts, draft: presses.with_details(draft, destination, purpose))

    async def choose_due(self, due: Due) -> None:
        """Until when, for a car that nobody reserved."""
        await self._run.enter(Step.DETAILS, lambda _facts, draft: presses.with_due(draft, due))

    async def enter_charge(self, percent: int) -> None:
        """What is left in the battery of an electric car."""
        await self._run.enter(Step.CHARGE, lambda _facts, draft: presses.with_charge(draft, percent))

    async def breathe(self, value: Decimal, method: Method = Method.FACE_TO_FACE, checker: UUID | None = None) -> None:
        """A breath was measured (mg/L) and the guard has looked at the driver, and pressed which checker it was."""
        state = self._run.screen.checker.state
        told = Told(ReadingSource.TYPED, state) if state else None
        await self._run.at(
            (Step.BREATH, Step.POSITIVE),
            lambda facts, draft: self._run.counter.breaths.breathed(facts, draft, value, method, told, checker),
        )

    async def choose_method(self, method: Method) -> None:
        """How the guard confirms the breath that the checker will tell."""
        await self._run.enter(Step.BREATH, lambda _facts, draft: presses.with_method(draft, method))

    async def choose_confirmer(self, person: UUID) -> None:
        """Nobody is at the desk: this one confirms by telephone or video."""
        await self._run.enter(Step.BREATH, lambda facts, draft: confirmed_from_elsewhere(facts, draft, person))

    async def measure_again(self) -> None:
        """After rinsing the mouth; the first value stays in the record."""
        await self._run.enter(Step.POSITIVE, lambda _facts, draft: presses.without_breath(draft))

    async def let_the_car_in(self) -> None:
        """The guard has seen to a positive driver who is back, and goes on with the return."""
        await self._run.enter(Step.POSITIVE, lambda facts, draft: presses.with_positive_seen(facts.operator, draft))

    async def override(self, reason: str) -> None:
        """The car manager who tapped opens the gates with this reason."""
        await self._run.at((Step.OVERRIDE,), lambda facts, draft: self._run.counter.overridden(facts, draft, reason))

    async def count_passengers(self, count: int) -> None:
        """So many go along (同乗者)."""
        await self._run.enter(Step.KEYS_OUT, lambda _facts, draft: presses.with_passengers(draft, count))

    async def keys_out(self) -> None:
        """Key, cards and pouch were handed over."""
        await self._run.record(Step.KEYS_OUT, lambda draft: self._run.counter.hand_over(self.desk.id, draft))

    async def enter_odometer(self, kilometres: int) -> None:
        """What the odometer shows."""
        await self._run.enter(Step.ODOMETER, lambda _facts, draft: with_odometer(draft, kilometres))

    async def doubt_odometer(self) -> None:
        """The number that was asked about was a slip: type it again."""
        await self._run.enter(Step.ODOMETER, lambda _facts, draft: undoubted(draft))

    async def confirm_odometer(self) -> None:
        """The guard stands for the unlikely number that was typed twice."""
        await self._run.enter(
            Step.ODOMETER, lambda facts, draft: presses.with_odometer_confirmed(facts.operator, draft)
        )

    async def keys_in(self, **extras: object) -> None:
        """Key, cards, pouch and receipt came back; extras are those of `TakeBack` about fuel and abnormality."""
        await self._run.record(Step.KEYS_IN, lambda draft: self._run.counter.take_back(self.desk.id, draft, extras))

    async def turn_away(self, press: UUID, car_type: str = '') -> None:
        """Somebody wanted a car and there was none; the type may be said later, under the same press."""
        await self._run.do(lambda: self._run.counter.turned_away(self.desk.id, press, car_type))

    async def end_shift(self) -> None:
        """Who is in charge of the desk leaves."""
        await self._run.at((Step.BOARD,), lambda facts, _draft: self._run.counter.shift_ended(facts))

    async def cancel(self) -> None:
        """The person gave up."""
        await self._run.clear()

    async def close(self) -> None:
        """Finish what was taken and stop."""
        self._stop_listening()
        await self._run.close()

    def _heard(self, event: ReaderEvent) -> None:
        match event:
            case CardPresented(credential=credential):
                self._run.take_turn(lambda: self._tapped(credential))
            case CardRefused(problem=problem):
                self._run.take_turn(lambda: self._run.take(refusal_for(problem)))
            case ReaderChanged():
                self._run.screen.follow_devices()

    def _told(self, fate: Fate, reading: Measurement) -> None:
        draft, at = self._run.flow.draft, moment_of_reading(reading.measured_at)
        self._run.take_turn(lambda: self._reading(draft, fate, reading, at))

    async def _reading(self, draft: Draft, fate: Fate, reading: Measurement, at: Moment) -> None:
        facts, flow = await self._run.known(), self._run.flow
        result = await self._run.counter.breaths.heard(facts, flow, draft, (fate, reading, at))
        if result is not None:
            await self._run.take(result, facts)

    async def _tapped(self, credential: Credential) -> None:
        await self._run.begin_or_go_on(lambda facts, draft: self._run.counter.tapped(facts, draft, credential))

    async def _scanned(self, text: str) -> None:
        await self._run.begin_or_go_on(lambda facts, draft: self._run.counter.scanned(facts, draft, text))
