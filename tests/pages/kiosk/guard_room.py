"""A guard room in a process of its own: a real box, its real car desk, its page, and cards to tap with."""

import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

from nicegui import Client, app, ui

from app.desks.engine import DeskController
from app.desks.register import Job
from app.journal.line import Actor
from app.runtime import Box
from app.vehicles.ledger import VehicleEntry
from app.vehicles.trip_values import HandOver, TakeBack
from components.theme import register_assets
from device_drivers.card_reader.simulation import SimulatedCard
from pages.kiosk import page
from tests.support.box import felica, hire_with_card, opened_box, reader_of
from tests.support.served import serve_pages

SYSTEM = Actor.system()
FAR = date(2040, 3, 31)
DRIVER, SURNAME = '1001', '勅使河原'
controllers: list[DeskController] = []
cards: dict[str, SimulatedCard] = {'stranger': felica('0114FFFFFFFFFFFF')}
boxes: list[Box] = []


async def furnish(box: Box) -> None:
    """One car that was driven to the prefecture before, one driver, one guard, and all that the gates ask for."""
    room = box.vehicles
    driver, cards['driver'] = await hire_with_card(box, DRIVER, f'{SURNAME}\u3000太郎')
    guard = await room.guards.add('北\u3000守', '加賀警備', SYSTEM)
    cards['guard'] = felica('0114000000009999')
    await box.cards.link(guard.id, cards['guard'].credential, SYSTEM, proven=False)
    await room.licences.sight(driver.id, ['普通'], FAR, SYSTEM)
    checker = await room.checkers.add('S-1', 'FC', SYSTEM, started_on=date(2026, 1, 1))
    await room.checkers.tested(checker.id, SYSTEM, works=True)
    entry = VehicleEntry(
        plate='金沢 500 あ 12-34', name='1号車', key_number='12', guard_room='第一守衛室',
        inspection_until=FAR, compulsory_insurance_until=FAR,
    )  # fmt: skip
    car = await room.ledger.add(entry, SYSTEM, odometer=41_190)
    past = HandOver(attempt='past:out', vehicle=car.id, driver=driver.id, destination='県庁', purpose='会議')
    trip = await room.trips.hand_over(past)
    await room.trips.take_back(TakeBack(attempt='past:in', trip=trip.id, odometer=41_200, returned_by=driver.id))
    desk = await box.desks.add('第一守衛室', Job.VEHICLES, 'sim:第一守衛室', SYSTEM)
    await box.engine.refresh()
    controllers.append(box.engine.running()[0])
    assert controllers[0].desk == desk


@asynccontextmanager
async def lifespan(application: Any) -> AsyncIterator[Any]:
    """Open the box, then NiceGUI."""
    async with opened_box(Path.cwd() / 'box') as box, inner(application) as state:
        boxes.append(box)
        await furnish(box)
        yield state


@ui.page('/kiosk')
def kiosk() -> None:
    """As an enrolled tablet sees it."""
    page.draw_desk(controllers[0])


@app.post('/script/tap/{who}')
def tap(who: str) -> None:
    """Hold a card on the reader for a moment."""
    reader_of(boxes[0], controllers[0]).tap(cards[who])


@app.get('/script/calls')
async def state() -> dict[str, Any]:
    """What the record says, and what a reconnecting tablet would be sent."""
    histories = [list(client.outbox.message_history) for client in Client.instances.values()]
    trips = await boxes[0].vehicles.trips.open_trips()
    sent = json.dumps(histories, default=str, ensure_ascii=False)
    return {'out': [trip.destination for trip in trips.values()], 'sent': sent}


if __name__ in {'__main__', '__mp_main__'}:
    inner = app.router.lifespan_context
    app.router.lifespan_context = lifespan
    register_assets()
    serve_pages(int(sys.argv[1]))
