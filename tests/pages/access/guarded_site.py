"""A small site in a process of its own: a real box, the real guards and sign-in pages, and pages with one button."""

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from nicegui import Client, app, core, ui
from starlette.routing import Route

from app.access.http_guard import HttpGuard, surround
from app.access.judgement import Rules
from app.access.models import DeskToken
from app.access.policies import Audience, Policy, policies
from app.access.principals import Permission, Role, current_principal, require
from app.composition import open_box
from app.journal.line import Actor
from app.people.staff import StaffEntry
from app.runtime import Condition
from app.settings import load_settings
from app.storage.layout import DataDirectory
from components.theme import register_assets
from pages import enrolment, socket_guard
from pages.guarded import guarded_page, register_framework_paths
from pages.staff import account, accounts, sign_in
from tests.support.served import serve_pages

PASSWORD = '縁側で猫が昼寝をする'
ACTOR = Actor.command_line()
DESK = UUID('0190aaaa-0000-7000-8000-000000000001')
presses: dict[str, list[str]] = {'staff': [], 'kiosk': [], 'open': [], 'careful': []}
buttons: dict[str, dict[str, Any]] = {}


def draw_button(name: str) -> None:
    """A button that tells who pressed it."""

    def press() -> None:
        presses[name].append(type(current_principal()).__name__)

    def careful() -> None:
        require(current_principal(), Permission.MANAGE_DESKS)
        presses['careful'].append(name)

    for label, handler in ((name, press), ('careful', careful)):
        button = ui.button(label, on_click=handler)
        (listener,) = button._event_listeners
        buttons.setdefault(ui.context.client.id, {})[label] = {'id': button.id, 'listener_id': listener}


@guarded_page('/staff', staff=True)
def staff_page() -> None:
    """For everyone who is signed in."""
    draw_button('staff')


@guarded_page('/staff/desks', permission=Permission.MANAGE_DESKS)
def desks_page() -> None:
    """For administrators."""
    draw_button('staff')


@guarded_page('/kiosk', desk=True)
def kiosk_page() -> None:
    """For tablets."""
    draw_button('kiosk')


@guarded_page('/open', public=True)
def open_page() -> None:
    """For everyone."""
    draw_button('open')


@ui.page('/forgotten')
def forgotten_page() -> None:
    """Nobody said to whom this is open."""
    draw_button('open')


@app.get('/forgotten-data')
def forgotten_data() -> str:
    """Nor to whom this is."""
    return 'secret'


@app.get('/open-data')
def open_data() -> str:
    """Open to all, though the work behind it is not."""
    require(current_principal(), Permission.MANAGE_DESKS)
    return 'secret'


@guarded_page('/open-page', public=True)
def open_work() -> None:
    """Open to all, though the work behind it is not."""
    require(current_principal(), Permission.MANAGE_DESKS)


def script(condition: Condition) -> None:
    """What the tests tell the site."""

    @app.get('/script/state')
    async def state() -> dict[str, Any]:
        refused = condition.require_box().security_log._collected
        return {
            'presses': presses,
            'clients': list(Client.instances),
            'sockets': len(list(core.sio.manager.get_participants('/', None))),
            'refused': [f'{refusal.kind} {refusal.detail}' for refusal in refused],
        }

    @app.get('/script/buttons/{client}')
    async def button(client: str) -> dict[str, Any]:
        return buttons[client]

    @app.get('/script/routes')
    async def routes() -> list[str]:
        return [getattr(route, 'path', '') for route in app.routes]

    @app.get('/script/methods')
    async def methods() -> dict[str, list[str]]:
        return {route.path: sorted(route.methods or ()) for route in app.routes if isinstance(route, Route)}

    @app.get('/script/code')
    async def code() -> str:
        return await condition.require_box().access.enrolment.issue(DESK, ACTOR)

    @app.get('/script/revoke')
    async def revoke() -> None:
        await condition.require_box().access.enrolment.revoke_desk(DESK, ACTOR)

    @app.get('/script/tablets')
    async def tablets() -> int:
        return await DeskToken.filter(revoked_at=None).count()

    @app.get('/script/end/{number}')
    async def end(number: str) -> None:
        box = condition.require_box()
        entries, _total = await box.access.account_list.page(0, 100)
        (found,) = [entry for entry in entries if entry.number == number]
        await box.access.accounts.sign_out_everywhere(found.id, ACTOR)

    @app.get('/script/hire/{number}')
    async def hire(number: str) -> None:
        entry = StaffEntry(number=number, name='佐藤\u3000花子', kana='', department='')
        await condition.require_box().staff.create(entry, ACTOR)

    policies.register('/open-data', public=True)
    policies.add(Policy(path='/script/{path:path}', audience=Audience.PUBLIC, also_tablets=True))


@asynccontextmanager
async def lifespan(inner: Any, condition: Condition, application: Any) -> AsyncIterator[Any]:
    """Open the box with an administrator (1001) and a clerk (2002), then serve."""
    condition.box = await open_box(condition.directory, condition.settings)
    for number, role in (('1001', Role.ADMINISTRATOR), ('2002', Role.ATTENDANCE_CLERK)):
        entry = StaffEntry(number=number, name='山田\u3000太郎', kana='', department='')
        await condition.box.staff.create(entry, ACTOR)
        await condition.box.access.accounts.create(number, {role}, ACTOR, password=PASSWORD)
    async with inner(application) as state:
        yield state
    await condition.box.close()


def main(port: int) -> None:
    """Serve until terminated."""
    directory = DataDirectory(Path.cwd() / 'box')
    directory.create()
    condition = Condition(settings=load_settings(directory.root), directory=directory)
    register_framework_paths()
    register_assets()
    for part in (enrolment, sign_in, account, accounts):
        part.register(condition)
    script(condition)
    surround(app, partial(HttpGuard, access=condition.access, rules=Rules()))
    socket_guard.install(condition)
    app.router.lifespan_context = partial(lifespan, app.router.lifespan_context, condition)
    serve_pages(port)


if __name__ in {'__main__', '__mp_main__'}:
    os.environ.pop('PYTEST_CURRENT_TEST', None)
    main(int(sys.argv[1]))
