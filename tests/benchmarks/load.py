"""Sixty kiosk pages while twenty people tap every second for a minute, then two hundred at once."""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.benchmarks.bars import Bar, percentile
from tests.benchmarks.browserless import BrowserlessPage, open_all
from tests.benchmarks.furnished import Furnished, furnish, surname_of
from tests.benchmarks.servers import wait_until_answers
from tests.support.process import PROJECT, environment, free_port

DESKS = 60
TAPS_PER_SECOND = 20
SECONDS = 60
AT_ONCE = 200
STEADY = TAPS_PER_SECOND * SECONDS
LAST_ANSWER_SECONDS = 30
LONGEST_ANSWER, LONGEST_BURST = 300.0, 3.0
SURNAME = re.compile(r'職員\d{5}')
MILLISECONDS = 1000


@dataclass(slots=True)
class Witness:
    """When each tap was due and when its name arrived at the page of its desk, by the surname."""

    due: dict[str, float] = field(default_factory=dict)
    arrived: dict[str, float] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def pushed(self, at: float, elements: dict[str, Any]) -> None:
        """An update arrived at a page."""
        for surname in SURNAME.findall(json.dumps(elements, ensure_ascii=False)):
            self.arrived.setdefault(surname, at)
        self.news.set()

    async def wait_for(self, surnames: set[str]) -> None:
        """Wait until these names have arrived, or half a minute."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_ANSWER_SECONDS):
                while not surnames <= self.arrived.keys():
                    self.news.clear()
                    await self.news.wait()

    def milliseconds(self, surname: str) -> float:
        """From tap to page; endless for a name that never arrived."""
        return (self.arrived.get(surname, float('inf')) - self.due[surname]) * MILLISECONDS


def measure() -> list[Bar]:
    """The minute, the burst, and whether the feed has every tap once."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / 'box'
        furnished = asyncio.run(furnish(data, DESKS, STEADY + AT_ONCE))
        with _running(data) as (address, box):
            return asyncio.run(_measure(address, box, furnished))


async def _measure(address: str, box: subprocess.Popen[bytes], furnished: Furnished) -> list[Bar]:
    witness = Witness()
    pages = [BrowserlessPage(address, cookies, witness.pushed) for cookies in furnished.tablets]
    await open_all(pages, '/kiosk')
    await asyncio.sleep(2)
    await _one_minute(box, witness)
    latencies = [witness.milliseconds(surname) for surname in list(witness.due)]
    burst = await _all_at_once(box, witness)
    await asyncio.gather(*(page.close() for page in pages))
    fed = Counter(await _fed(address, furnished.api_token))
    wrong = sum(abs(fed[f'{position:05}'] - 1) for position in range(STEADY + AT_ONCE))
    details = {f'p{share:.0%}': percentile(latencies, share) for share in (0.5, 0.9, 0.99)} | {'max': max(latencies)}
    return [
        Bar(name='taps lost or doubled', measured=wrong, limit=0, unit='taps'),
        Bar(
            name=f'{TAPS_PER_SECOND} taps/s, {DESKS} pages: tap to answer, p99',
            measured=percentile(latencies, 0.99),
            limit=LONGEST_ANSWER,
            unit='ms',
            details=details,
        ),
        Bar(name=f'{AT_ONCE} taps at once', measured=burst, limit=LONGEST_BURST, unit='s'),
    ]


async def _one_minute(box: subprocess.Popen[bytes], witness: Witness) -> None:
    begun = time.monotonic()
    for position in range(STEADY):
        due = begun + position / TAPS_PER_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        witness.due[surname_of(position)] = due
        _tap(box, [(position % DESKS, position)])
    await witness.wait_for(set(witness.due))


async def _all_at_once(box: subprocess.Popen[bytes], witness: Witness) -> float:
    """Seconds until every desk shows the last of its people, which it does when all before are recorded."""
    people = range(STEADY, STEADY + AT_ONCE)
    last_of_each_desk = {surname_of(person) for person in people[-DESKS:]}
    begun = time.monotonic()
    _tap(box, [(person % DESKS, person) for person in people])
    await witness.wait_for(last_of_each_desk)
    return max(witness.arrived.get(surname, float('inf')) for surname in last_of_each_desk) - begun


def _tap(box: subprocess.Popen[bytes], taps: list[tuple[int, int]]) -> None:
    assert box.stdin is not None
    box.stdin.write(json.dumps(taps).encode() + b'\n')
    box.stdin.flush()


async def _fed(address: str, token: str) -> list[str]:
    numbers: list[str] = []
    after = ''
    async with httpx.AsyncClient(headers={'Authorization': f'Bearer {token}'}, timeout=30) as http:
        while True:
            answer = await http.get(f'{address}/api/v1/attendance/punches', params={'after': after, 'limit': 1000})
            page = answer.raise_for_status().json()
            if not page['items']:
                return numbers
            numbers += [item['staff_number'] for item in page['items']]
            after = page['next']


@contextmanager
def _running(data: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, '-m', 'tests.benchmarks.tapped_box', str(data), str(port)],
        cwd=PROJECT,
        env=environment(),
        stdin=subprocess.PIPE,
    )
    address = f'http://localhost:{port}'
    try:
        wait_until_answers(f'{address}/api/v1/health', process)
        yield address, process
    finally:
        process.terminate()
        process.wait(20)
