"""What happens at a desk is handled one thing after the other, however fast it comes."""

import asyncio
from collections.abc import Awaitable, Callable

Action = Callable[[], Awaitable[None]]


class Turns:
    """Runs actions in the order in which they came."""

    def __init__(self, name: str, on_failure: Callable[[Exception], Awaitable[None]]) -> None:
        self._on_failure = on_failure
        self._waiting: asyncio.Queue[Action] = asyncio.Queue()
        self._worker = asyncio.create_task(self._work(), name=name)

    def take(self, action: Action) -> None:
        """Run this when its turn comes."""
        self._waiting.put_nowait(action)

    async def run(self, action: Action) -> None:
        """Run this when its turn comes, and wait until it is done."""
        done = asyncio.Event()

        async def act() -> None:
            try:
                await action()
            finally:
                done.set()

        self.take(act)
        await done.wait()

    async def close(self) -> None:
        """Finish what was taken and stop."""
        await self._waiting.join()
        self._worker.cancel()

    async def _work(self) -> None:
        while True:
            action = await self._waiting.get()
            try:
                await action()
            except Exception as error:
                await self._on_failure(error)
            finally:
                self._waiting.task_done()
