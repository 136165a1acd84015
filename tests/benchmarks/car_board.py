"""The board of 300 cars, built and redrawn, against a bare NiceGUI page with the same table."""

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.bars import Bar, middle
from tests.benchmarks.boards import CARS
from tests.benchmarks.servers import wait_until_answers
from tests.chromium import CHROMIUM, FLAGS
from tests.support.process import PROJECT, environment, free_port

WARMING, ROUNDS = 2, 9
BUILDS_A_ROUND = 5
TIMES_BARE = 2.0
MILLISECONDS = 1000
PAGES = ('board', 'bare')
WATCH = """marker => { window.arrived = 0; new MutationObserver((found, observer) => {
    if (document.querySelector('#app').textContent.includes(marker)) {
        window.arrived = performance.timeOrigin + performance.now(); observer.disconnect(); }
}).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


@dataclass(slots=True)
class Shown:
    """One page in Chromium and the bytes that were pushed to it."""

    name: str
    page: Page
    pushed: int = 0


@dataclass(slots=True)
class Costs:
    """Of each round, by page and what was done: CPU and time in milliseconds, and bytes."""

    cpu: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    size: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    dom: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def bars(self, done: str) -> list[Bar]:
        """One bar for each kind of cost."""
        kinds = (('CPU', 'ms', self.cpu), ('bytes', 'bytes', self.size), ('time to DOM', 'ms', self.dom))
        return [
            self._bar(f'{done}: {kind}', unit, {page: costs[page, done] for page in PAGES})
            for kind, unit, costs in kinds
        ]

    @staticmethod
    def _bar(name: str, unit: str, costs: dict[str, list[float]]) -> Bar:
        middles = {page: middle(costs[page]) for page in PAGES}
        details = {f'{page} ({unit})': costs[page] for page in PAGES}
        ratio = middles['board'] / middles['bare']
        return Bar(name=name, measured=ratio, limit=TIMES_BARE, unit='x bare', details=details)


def measure() -> list[Bar]:
    """Both pages stand in one process and in one Chromium, and take turns."""
    costs = Costs()
    one, every = 'board of 300, one car changed', 'board of 300, all changed'
    build = 'board of 300, page built'
    with _boards() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown = [_open(browser, address, name) for name in PAGES]
        for number in range(2 * (WARMING + ROUNDS)):
            into = costs if number >= 2 * WARMING else Costs()
            for each in shown:
                done, count = ((one, 1), (every, CARS))[number % 2]
                _redraw(address, each, count, number, into, done)
        for number in range(WARMING + ROUNDS):
            into = costs if number >= WARMING else Costs()
            for name in PAGES:
                _build(address, name, browser, into, build)
        browser.close()
    return [bar for done in (one, every, build) for bar in costs.bars(done)]


def _redraw(address: str, shown: Shown, count: int, number: int, into: Costs, done: str) -> None:
    shown.page.evaluate(WATCH, f'第{number}')
    shown.pushed = 0
    answer = httpx.post(f'{address}/redraw/{shown.name}', params={'count': count, 'number': number}, timeout=30)
    cpu, at = answer.raise_for_status().json()
    arrived = float(shown.page.wait_for_function('window.arrived', timeout=10_000).json_value())
    into.cpu[shown.name, done].append(cpu)
    into.size[shown.name, done].append(shown.pushed)
    into.dom[shown.name, done].append(arrived - at * MILLISECONDS)


def _build(address: str, name: str, browser: Browser, into: Costs, done: str) -> None:
    url = f'{address}/{name}'
    before = _cpu(address)
    for _ in range(BUILDS_A_ROUND):
        answer = httpx.get(url, headers={'Accept-Encoding': 'identity'}, timeout=30).raise_for_status()
    into.cpu[name, done].append((_cpu(address) - before) / BUILDS_A_ROUND)
    into.size[name, done].append(len(answer.content))
    begun = time.perf_counter()
    shown = _open(browser, address, name)
    into.dom[name, done].append((time.perf_counter() - begun) * MILLISECONDS)
    shown.page.context.close()


def _open(browser: Browser, address: str, name: str) -> Shown:
    page = browser.new_context(locale='ja-JP').new_page()
    shown = Shown(name, page)

    def pushed(payload: str | bytes) -> None:
        shown.pushed += len(payload.encode() if isinstance(payload, str) else payload)

    page.on('websocket', lambda socket: socket.on('framereceived', pushed))
    page.goto(f'{address}/{name}')
    page.wait_for_function(f"document.querySelectorAll('.car, tbody tr').length >= {CARS}")
    return shown


def _cpu(address: str) -> float:
    return float(httpx.get(f'{address}/cpu').raise_for_status().json())


@contextmanager
def _boards() -> Iterator[str]:
    port = free_port()
    with TemporaryDirectory() as state:
        process = subprocess.Popen(
            [sys.executable, '-m', 'tests.benchmarks.boards', str(port)],
            cwd=PROJECT,
            env=environment(NICEGUI_STORAGE_PATH=state, PYTHONPATH=str(PROJECT)),
            stdin=subprocess.DEVNULL,
        )
        try:
            wait_until_answers(f'http://localhost:{port}/ready', process)
            yield f'http://localhost:{port}'
        finally:
            process.terminate()
            process.wait(20)
