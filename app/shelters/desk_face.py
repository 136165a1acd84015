"""Reading a card's face at a desk, beside everything else that goes on there."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from app.desks.refusals import Refusal, refusal_for
from app.shelters.desk_screens import Problem
from device_drivers.card_reader.interface import CardReader, FaceRead
from device_drivers.cards.credential import CardError, CardProblem
from device_drivers.cards.text_application import FaceKey, FaceKeyKind

READING_SECONDS = 20.0
ROUNDS_OF_A_CODE = 3
WORTH_ANOTHER_ROUND = frozenset(
    {CardProblem.TORN, CardProblem.SWAPPED, CardProblem.UNREADABLE, CardProblem.NO_ANSWER, CardProblem.TWO_CARDS}
)
OF_PIN = {
    CardProblem.PIN_WRONG: Problem.PIN_WRONG,
    CardProblem.PIN_BLOCKED: Problem.PIN_BLOCKED,
    CardProblem.PIN_LAST_TRY: Problem.PIN_LAST_TRY,
}
OF_CODE = {
    CardProblem.PIN_WRONG: Problem.CODE_WRONG,
    CardProblem.PIN_BLOCKED: Problem.CODE_BLOCKED,
    CardProblem.PIN_LAST_TRY: Problem.CODE_BLOCKED,
}
OF_BOTH = {CardProblem.TORN: Problem.TORN, CardProblem.UNKNOWN_CARD: Problem.NOT_MY_NUMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceRefused:
    """The card was not read; `tries_left` of what was typed, where the card told."""

    kind: FaceKeyKind
    problem: Problem | Refusal
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class OnceMore:
    """The card left too early: the code from its face is kept for another touch."""

    problem: Problem


Outcome = FaceRead | FaceRefused | OnceMore
Take = Callable[[Callable[[], Awaitable[None]]], None]


class FaceReading:
    """At most one reading; each outcome is handed to the desk's turns."""

    def __init__(self, reader: CardReader, take: Take) -> None:
        self._reader = reader
        self._take = take
        self._task: asyncio.Task[None] | None = None

    def begin(self, key: FaceKey, on_outcome: Callable[[Outcome], Awaitable[None]]) -> None:
        """Read the card that lies there, or the next one; a PIN is tried once and never again by itself."""
        self.stop()
        self._task = asyncio.create_task(self._read(key, on_outcome))

    def stop(self) -> None:
        """Nobody waits for the card any more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _read(self, key: FaceKey, on_outcome: Callable[[Outcome], Awaitable[None]]) -> None:
        rounds = ROUNDS_OF_A_CODE if key.kind is FaceKeyKind.CODE_B else 1
        for round_ in range(1, rounds + 1):
            outcome = await self._once(key, is_last=round_ == rounds)
            self._take(partial(on_outcome, outcome))
            if not isinstance(outcome, OnceMore):
                return

    async def _once(self, key: FaceKey, *, is_last: bool) -> Outcome:
        try:
            return await self._reader.read_face(key, READING_SECONDS)
        except TimeoutError:
            return FaceRefused(kind=key.kind, problem=Problem.NO_CARD)
        except CardError as error:
            if error.problem in WORTH_ANOTHER_ROUND and not is_last:
                return OnceMore(Problem.TORN)
            problem = problem_of(key.kind, error.problem)
            return FaceRefused(kind=key.kind, problem=problem, tries_left=error.tries_left)


def problem_of(kind: FaceKeyKind, problem: CardProblem) -> Problem | Refusal:
    """What the desk says of a card that did not open."""
    known = OF_BOTH | (OF_PIN if kind is FaceKeyKind.PIN else OF_CODE)
    return known.get(problem) or refusal_for(problem)
