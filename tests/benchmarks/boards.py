"""The board of the car desk, and a bare NiceGUI table with the same cells: `python -m tests.benchmarks.boards PORT`."""

import asyncio
import sys
import time
from dataclasses import replace

from nicegui import app, ui

from app import clock
from app.vehicles.board import BoardRow, CarState
from app.vehicles.screens import CarDeskView
from components.theme import register_assets
from pages.kiosk import cars
from pages.kiosk.car_card import Card, CarWriter
from pages.kiosk.cars_words import state_words
from tests.pages.kiosk.car_views import rows
from tests.pages.kiosk.scripted_cars import ScriptedCarDesk
from tests.support.served import serve_pages

CARS = 300
COLUMNS = ('key', 'plate', 'state', 'about')
SENT_SECONDS = 0.15
MILLISECONDS = 1000
STATES = (CarState.FREE, CarState.BLOCKED)
DESK_NAME = '第一守衛室'
desk = ScriptedCarDesk(CarDeskView(desk_name=DESK_NAME, rows=rows(CARS)))
tables: list[ui.table] = []


def changed_rows(count: int, number: int) -> tuple[BoardRow, ...]:
    """The cars after the first of them changed to the other state; `number` stands in the name of the very first."""
    first = desk.view.rows[0]
    changed = [replace(row, state=STATES[number // 2 % 2], until=None) for row in desk.view.rows[:count]]
    return (replace(changed[0], name=f'第{number}', plate=first.plate), *changed[1:], *desk.view.rows[count:])


def cells(card: Card) -> dict[str, object]:
    """What the board shows of a car, for the bare table."""
    words = state_words()
    _id, key, plate, state, _type, _place, until, about, _dates = card
    return {'key': key, 'plate': plate, 'state': f'{words[CarState(str(state))]} {until}', 'about': about}


def table_rows() -> list[dict[str, object]]:
    """The same cars for the bare table."""
    writer = CarWriter(DESK_NAME, clock.today())
    return [cells(writer.card(row)) for row in desk.view.rows]


@ui.page('/board')
def board() -> None:
    """As the tablet shows it."""
    cars.draw(desk)


@ui.page('/bare')
def bare() -> None:
    """The same table without anything."""
    columns = [{'name': name, 'label': name, 'field': name, 'align': 'left'} for name in COLUMNS]
    table = ui.table(columns=columns, rows=ready_rows[0], row_key='plate')
    tables.append(table)
    ui.context.client.on_delete(lambda: tables.remove(table))


ready_rows = [table_rows()]


@app.get('/ready')
def ready() -> str:
    """Answers as soon as anything is served."""
    return 'ready'


@app.get('/cpu')
def cpu() -> float:
    """Milliseconds of CPU that this process has taken."""
    return time.process_time() * MILLISECONDS


@app.post('/redraw/{page}')
async def redraw(page: str, count: int, number: int) -> tuple[float, float]:
    """Change cars on one of the pages: milliseconds of CPU until all is sent, and when it was ordered (wall clock)."""
    idle = await _cpu_of_waiting()
    view = replace(desk.view, rows=changed_rows(count, number))
    at, begun = time.time(), time.process_time()
    if page == 'board':
        desk.show(view)
    else:
        desk.view = view
        at, begun = _redraw_tables()
    await asyncio.sleep(SENT_SECONDS)
    return (time.process_time() - begun) * MILLISECONDS - idle, at


def _redraw_tables() -> tuple[float, float]:
    ready_rows[0] = table_rows()
    at, begun = time.time(), time.process_time()
    for table in tables:
        table.rows = ready_rows[0]
    return at, begun


async def _cpu_of_waiting() -> float:
    begun = time.process_time()
    await asyncio.sleep(SENT_SECONDS)
    return (time.process_time() - begun) * MILLISECONDS


if __name__ in {'__main__', '__mp_main__'}:
    register_assets()
    serve_pages(int(sys.argv[1]))
