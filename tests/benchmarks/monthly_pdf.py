"""Taps while the monthly PDF of 300 cars is made, against taps while nothing else happens."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.bars import Bar, percentile
from tests.benchmarks.browserless import BrowserlessPage, open_all
from tests.benchmarks.furnished import Furnished, furnish, surname_of
from tests.benchmarks.load import Witness
from tests.benchmarks.servers import wait_until_answers
from tests.support.box import opened_box
from tests.support.many_trips import furnish_many
from tests.support.process import PROJECT, environment, free_port

CARS, TRIPS, DAYS = 300, 9_000, 30
DESKS, ROUNDS, TAPS_A_ROUND, TAPS_PER_SECOND = 10, 5, 240, 20
QUIET_SECONDS = 1.0
LATER = 1.1
STAFF = 2 * (ROUNDS + 1) * TAPS_A_ROUND
PDF_ORDER = b'"monthly pdf"\n'


def measure() -> list[Bar]:
    """Twelve seconds of taps with and without the PDF, five times in turn."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / 'box'
        furnished = asyncio.run(_furnish(data))
        with _running(data) as (address, box):
            return [asyncio.run(_measure(address, box, furnished))]


async def _furnish(data: Path) -> Furnished:
    furnished = await furnish(data, DESKS, STAFF)
    async with opened_box(data) as box:
        await furnish_many(box, cars=CARS, trips=TRIPS, people=STAFF // 10, days=DAYS)
    return furnished


async def _measure(address: str, box: subprocess.Popen[bytes], furnished: Furnished) -> Bar:
    witness = Witness()
    pages = [BrowserlessPage(address, cookies, witness.pushed) for cookies in furnished.tablets]
    await open_all(pages, '/kiosk')
    await asyncio.sleep(QUIET_SECONDS)
    alone: list[float] = []
    beside: list[float] = []
    making: list[float] = []
    people = iter(range(STAFF))
    for number in range(ROUNDS + 1):
        quiet = await _taps(box, witness, people)
        begun = time.monotonic()
        _order(box, PDF_ORDER)
        made = asyncio.create_task(asyncio.to_thread(_wait_for_pdf, box))
        busy = await _taps(box, witness, people)
        await made
        if number:
            alone += quiet
            beside += busy
            making.append(time.monotonic() - begun)
    await asyncio.gather(*(page.close() for page in pages))
    shares = (0.5, 0.9, 0.99)
    details = {
        'taps alone (ms)': {f'p{share:.0%}': percentile(alone, share) for share in shares} | {'max': max(alone)},
        'taps beside the PDF (ms)': {f'p{share:.0%}': percentile(beside, share) for share in shares}
        | {'max': max(beside)},
        'taps each': len(alone),
        'seconds until the PDF was made or the taps ended': making,
    }
    return Bar(
        name=f'taps while the monthly PDF of {CARS} cars is made, p99',
        measured=percentile(beside, 0.99) / percentile(alone, 0.99),
        limit=LATER,
        unit='x alone',
        details=details,
    )


async def _taps(box: subprocess.Popen[bytes], witness: Witness, people: Iterator[int]) -> list[float]:
    begun = time.monotonic()
    tapped: list[str] = []
    for number in range(TAPS_A_ROUND):
        due = begun + number / TAPS_PER_SECOND
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        person = next(people)
        witness.due[surname_of(person)] = due
        tapped.append(surname_of(person))
        _order(box, json.dumps([(person % DESKS, person)]).encode() + b'\n')
    await witness.wait_for(set(tapped))
    return [witness.milliseconds(surname) for surname in tapped]


def _order(box: subprocess.Popen[bytes], line: bytes) -> None:
    assert box.stdin is not None
    box.stdin.write(line)
    box.stdin.flush()


def _wait_for_pdf(box: subprocess.Popen[bytes]) -> None:
    assert box.stdout is not None
    while b'made a PDF' not in box.stdout.readline():
        assert box.poll() is None


@contextmanager
def _running(data: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, '-m', 'tests.benchmarks.tapped_box', str(data), str(port)],
        cwd=PROJECT,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    address = f'http://localhost:{port}'
    try:
        wait_until_answers(f'{address}/api/v1/health', process)
        yield address, process
    finally:
        process.terminate()
        process.wait(20)
