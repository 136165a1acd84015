"""Where a car desk stands: what happens at it is taken in turn, decided by facts that are read once, and shown."""

from collections.abc import Awaitable, Callable

from app import clock
from app.desks.devices import DeskDevices
from app.desks.register import DeskInfo
from app.desks.turns import Action, Turns
from app.vehicles.breath_counter import Result
from app.vehicles.counters import Counters, problem_of
from app.vehicles.deadline import Deadline
from app.vehicles.desk_checker import OnReading
from app.vehicles.desk_facts import DeskFacts
from app.vehicles.desk_flow import CarFlow, Draft, breath_key
from app.vehicles.desk_screen import DeskScreen
from app.vehicles.screens import PROBLEMS, Problem, Step
from app.vehicles.trip_values import TripInfo, TripRefused
from device_drivers.card_reader.interface import CardReader

Change = Callable[[DeskFacts, Draft], Awaitable[Result]]


class DeskRun:
    """Moves the flow of one car desk, and draws it."""

    def __init__(
        self, desk: DeskInfo, reader: CardReader, counters: Counters, devices: DeskDevices, on_reading: OnReading
    ) -> None:
        self._desk = desk
        self._counters = counters
        self._is_outdated = False
        """Something that the view shows has changed since it was drawn."""
        self.flow = CarFlow()
        self.screen = DeskScreen(desk, reader, devices, on_reading)
        self._deadline = Deadline(lambda: self.take_turn(self._time_passed))
        self._turns = Turns(f'desk {desk.name}', self._failed)
        self._practice = counters.watch(desk, lambda: self.take_turn(self._turn_practice))
        self.counter = counters.serving(self._practice)
        """The one that records, or that of a practice."""
        self._stop_listening = counters.real.CHANGED.listen(lambda _none: self.redraw())

    @property
    def is_practice(self) -> bool:
        """Whether nothing of what comes is kept."""
        return self.counter is not self._counters.real

    def redraw(self) -> None:
        """Something outside the desk changed what it shows."""
        self._is_outdated = True
        self.take_turn(self._draw_if_outdated)

    def take_turn(self, action: Action) -> None:
        """Do this when its turn comes."""
        self._turns.take(action)

    async def at(self, steps: tuple[Step, ...], change: Change) -> None:
        """Somebody pressed what belongs to these steps: it changes the draft, if one of them is still shown."""

        async def act() -> None:
            if self.flow.step in steps:
                await self._change(change, self.flow.draft)

        await self._turns.run(act)

    async def enter(self, step: Step, change: Callable[[DeskFacts, Draft], Result]) -> None:
        """The same where nobody has to be asked."""

        async def entered(facts: DeskFacts, draft: Draft) -> Result:
            return change(facts, draft)

        await self.at((step,), entered)

    async def record(self, step: Step, recording: Callable[[Draft], Awaitable[TripInfo]]) -> None:
        """Somebody pressed what ends the flow, if this step is still shown."""

        async def act() -> None:
            if self.flow.step is step:
                await self._record(recording)

        await self._turns.run(act)

    async def do(self, action: Action) -> None:
        """Do this when its turn comes, and wait until it is done."""
        await self._turns.run(action)

    async def clear(self) -> None:
        """Nobody is at the desk any more."""
        await self._turns.run(lambda: self._move(self.flow.cleared()))

    async def begin_or_go_on(self, change: Change) -> None:
        """A card or a code, within its turn: it begins a conversation, or belongs to the one at hand."""
        if self.is_practice and not self._practice.is_on:
            await self._turn_practice()
        await self._change(change, self.flow.draft_of_next)

    async def known(self) -> DeskFacts:
        """The facts as they are now."""
        return await self.counter.facts(self._desk, self.flow.draft)

    async def take(self, result: Result, facts: DeskFacts | None = None) -> None:
        """This is what came of it, within its turn; the facts are those by which it was decided."""
        now = clock.monotonic()
        if not isinstance(result, Draft):
            await self._move(self.flow.with_problem(result, now), facts)
        elif result.tapped is None:
            await self._move(self.flow.cleared(), facts)
        else:
            await self._move(self.flow.with_draft(result, now), facts)

    async def close(self) -> None:
        """Finish what was taken and stop."""
        self._stop_listening()
        self._practice.close()
        self.screen.close()
        await self._turns.close()
        self._deadline.cancel()

    async def _change(self, change: Change, draft: Draft) -> None:
        facts = await self.known()
        await self.take(await change(facts, draft), facts)

    async def _record(self, recording: Callable[[Draft], Awaitable[TripInfo]]) -> None:
        try:
            trip = await recording(self.flow.draft)
        except TripRefused as error:
            await self.take(PROBLEMS.get(error.problem, Problem.FAILED))
        else:
            await self._move(self.flow.finished(trip, clock.monotonic()))

    async def _move(self, flow: CarFlow, facts: DeskFacts | None = None) -> None:
        self.flow = flow
        self.screen.checker.follow(breath_key(flow))
        self._deadline.move(flow.until)
        await self._draw(facts)

    async def _time_passed(self) -> None:
        await self._move(self.flow.time_passed(clock.monotonic()))

    async def _turn_practice(self) -> None:
        self.counter = self._counters.serving(self._practice)
        await self._move(self.flow.cleared())

    async def _failed(self, error: Exception) -> None:
        await self.take(problem_of(error, self._desk.name))

    async def _draw_if_outdated(self) -> None:
        if self._is_outdated:
            await self._draw()

    async def _draw(self, facts: DeskFacts | None = None) -> None:
        """Show where the flow stands, by the facts of this event unless it changed them."""
        if facts is None or self._is_outdated or self.is_practice or not facts.knows_those_of(self.flow.draft):
            self._is_outdated = False
            # What is practised is told to nobody.
            facts = await self.known()
        self.screen.practises = self.is_practice
        self.screen.show(self.counter.view_of(facts, self.flow, self.screen.devices))
