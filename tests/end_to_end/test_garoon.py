"""A box process beside a Garoon, told of each other by the environment alone."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.clock import TOKYO
from app.journal.line import Actor
from app.vehicles.ledger import VehicleEntry
from tests.fakes.garoon.server import running
from tests.fakes.garoon.store import GaroonStore
from tests.support.box import opened_box
from tests.support.process import RunningBox, free_port, running_box

PASSWORD = 'kaga-tobi-2026'
WAIT_SECONDS = 30
NOW = datetime.now(TOKYO).replace(minute=0, second=0, microsecond=0)


async def test_a_box_reads_reservations_loses_garoon_and_finds_it_again(tmp_path: Path) -> None:
    store = GaroonStore()
    store.password = PASSWORD
    facility = store.add_car('1号車', 'car001')
    store.add_event(facility, NOW + timedelta(hours=2), NOW + timedelta(hours=3))
    async with opened_box(tmp_path / 'box') as box:
        entry = VehicleEntry(plate='金沢 500 あ 12-34', facility='car001')
        await box.vehicles.ledger.add(entry, Actor.system())
    port = free_port()
    address = f'http://127.0.0.1:{port}/g'
    with running_box(tmp_path / 'box', extra=environment(address, store)) as process:
        with running(store, port):
            seen = wait_for(process, lambda garoon: garoon['state'] == 'ok')
        assert seen['last_answer']
        wait_for(process, lambda garoon: garoon['state'] == 'away')
        assert process.health()['status'] != 'failed'
        store.add_event(facility, NOW + timedelta(hours=5), NOW + timedelta(hours=6))
        with running(store, port):
            wait_for(process, lambda garoon: garoon['state'] == 'ok')
        said = process.output() + str(process.health())
    assert PASSWORD not in said
    async with opened_box(tmp_path / 'box') as box:
        kept = await box.vehicles.reservations.between(NOW, NOW + timedelta(days=1))
        assert [each.start for each in kept] == [NOW + timedelta(hours=2), NOW + timedelta(hours=5)]


def environment(address: str, store: GaroonStore) -> dict[str, str]:
    return {
        'MACHIBAKO_GAROON__BASE_URL': address,
        'MACHIBAKO_GAROON__LOGIN': store.login,
        'MACHIBAKO_GAROON__PASSWORD': PASSWORD,
        'MACHIBAKO_GAROON__FACILITY_GROUP_ID': store.GROUP_ID,
        'MACHIBAKO_GAROON__POLL_SECONDS': '1',
    }


def wait_for(process: RunningBox, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + WAIT_SECONDS
    garoon: dict[str, Any] = {}
    while time.monotonic() < deadline:
        garoon = process.health()['garoon']
        if condition(garoon):
            return garoon
        time.sleep(0.1)
    raise AssertionError(f'{garoon}\n{process.output()}')
