import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from .pcsc_worker import PcscWorker
from .settings import PcscSettings

log = logging.getLogger(__name__)

_CHECKS_PER_TIMEOUT = 20
_STOP_INTERVAL = 0.02
_LOOKS_AT_STOP = 150

MakeWorker = Callable[[int, int | None], PcscWorker]
"""Makes a worker of a generation, with the event count of a card its predecessor was given up on."""


class Watchdog:
    """Keeps one worker alive: one whose call takes too long is given up, and another starts after a back-off.

    No call to PC/SC can be interrupted, so a given-up thread stays behind until its call returns; what it still
    reports carries an old generation. After `max_replacements` in a row `on_hopeless` is called once, and no more
    threads are spent: the next worker starts when a call has returned, or the service manager restarts the box.
    """

    def __init__(
        self,
        settings: PcscSettings,
        make_worker: MakeWorker,
        on_given_up: Callable[[PcscWorker], None],
        on_hopeless: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._make_worker = make_worker
        self._on_given_up = on_given_up
        self._on_hopeless = on_hopeless
        self._given_up: list[PcscWorker] = []
        self._replacements = 0
        self._task: asyncio.Task[None] | None = None
        self.generation = 0
        """Which worker counts; reports of others are ignored."""

        self.worker: PcscWorker | None = None
        """The worker that counts, None between two."""

    def start(self) -> None:
        """Start the first worker and watch over it, in the running event loop."""
        self._launch(None)
        self._task = asyncio.get_running_loop().create_task(self._run(), name='card reader watchdog')

    async def stop(self) -> None:
        """Stop the worker; one that does not end within 3 s is left behind (its thread is a daemon)."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        worker, self.worker, self._task = self.worker, None, None
        self.generation += 1
        if worker is not None:
            worker.stop()
            await _wait_for_end(worker)

    def is_well(self) -> None:
        """The reader answered: replacements count from zero again."""
        self._replacements = 0

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._settings.answer_timeout / _CHECKS_PER_TIMEOUT)
            if self.worker is not None and self.worker.overdue():
                await self._replace(self.worker)

    async def _replace(self, worker: PcscWorker) -> None:
        self.generation += 1
        self.worker = None
        self._given_up = [*filter(_is_alive, self._given_up), worker]
        worker.stop()
        self._on_given_up(worker)
        await self._pause()
        self._launch(worker.suspect)

    async def _pause(self) -> None:
        pause = self._settings.back_off(self._replacements)
        self._replacements += 1
        if self._replacements == self._settings.max_replacements:
            self._ask_for_restart()
        due = time.monotonic() + pause
        while not self._has_one_returned():
            if not self._is_exhausted() and time.monotonic() >= due:
                return
            await asyncio.sleep(min(pause, self._settings.answer_timeout / _CHECKS_PER_TIMEOUT))

    def _ask_for_restart(self) -> None:
        log.error('given up %d times in a row: a restart is asked for', self._replacements)
        try:
            self._on_hopeless()
        except Exception:
            log.exception('the restart could not be asked for')

    def _has_one_returned(self) -> bool:
        return not all(map(_is_alive, self._given_up))

    def _is_exhausted(self) -> bool:
        return self._replacements >= self._settings.max_replacements

    def _launch(self, suspect: int | None) -> None:
        self.generation += 1
        self.worker = self._make_worker(self.generation, suspect)
        self.worker.start()


def _is_alive(worker: PcscWorker) -> bool:
    return worker.alive


async def _wait_for_end(worker: PcscWorker) -> None:
    for _ in range(_LOOKS_AT_STOP):
        if not worker.alive:
            return
        await asyncio.sleep(_STOP_INTERVAL)
