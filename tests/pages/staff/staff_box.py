"""A box with its staff pages in a process of its own; simulated readers, invented people, the real guards."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from nicegui import app

from app.access.http_guard import HttpGuard
from app.access.judgement import Rules
from app.access.principals import Role
from app.composition import open_box
from app.demonstration.cards import card_of, my_number_card
from app.desks.register import Job
from app.journal.line import Actor
from app.people.staff import StaffEntry
from app.runtime import Box, Condition
from app.settings import load_settings
from app.storage.layout import DataDirectory
from app.vehicles.ledger import VehicleEntry
from components.theme import register_assets
from device_drivers.card_reader.simulation import SimulatedCardReader
from pages import development, enrolment, front, socket_guard
from pages.guarded import register_framework_paths
from pages.staff import accounts, cards, cars, desks, disposal, fleet, journal, reservations, sign_in, staff_list
from tests.support.served import serve_pages

PASSWORD = 'kani-matsuri-2026-tsubaki'
LONG_NAME = '長谷川' * 33 + '子'
ACTOR = Actor.system()
PARTS: tuple[ModuleType, ...] = (
    front,
    enrolment,
    sign_in,
    accounts,
    desks,
    cards,
    staff_list,
    journal,
    disposal,
    reservations,
    cars,
    fleet,
)


def main(port: int, root: Path, *, demo: bool) -> None:
    """Serve until told to stop."""
    directory = DataDirectory(root / 'box')
    directory.create()
    lock = directory.lock()
    settings = load_settings(directory.root, server={'port': port, 'host': '127.0.0.1'})
    condition = Condition(settings=settings, directory=directory, demo=demo)
    _build(condition)
    app.router.lifespan_context = _with_box(app.router.lifespan_context, condition)
    serve_pages(port)
    lock.release()


def _build(condition: Condition) -> None:
    register_framework_paths()
    register_assets()
    for part in PARTS:
        part.register(condition)
    if condition.demo:
        development.register(condition)
    app.add_middleware(
        HttpGuard,
        access=lambda: condition.box.access if condition.box else None,
        rules=Rules(tablets_may_visit_staff_pages=condition.demo),
    )
    socket_guard.install(condition)
    app.post('/script/{act}', include_in_schema=False)(_script(condition))


def _script(condition: Condition) -> Any:
    from app.access.policies import Audience, Policy, policies

    policies.add(Policy(path='/script/{act}', audience=Audience.PUBLIC, also_tablets=True))

    async def act(act: str, reader: str = 'sim:東玄関', card: str = '1001') -> dict[str, Any]:
        """What a test does with its hands."""
        box = condition.require_box()
        simulated = box.readers.use(reader)
        assert isinstance(simulated, SimulatedCardReader)
        match act:
            case 'tap':
                simulated.tap(_CARDS.setdefault(card, my_number_card(card)))
            case 'unplug':
                simulated.unplug()
            case 'plug':
                simulated.plug()
            case 'sweep':
                await box.security_log.write()
        return {}

    return act


_CARDS: dict[str, Any] = {}


def _with_box(inner: Any, condition: Condition) -> Any:
    @asynccontextmanager
    async def lifespan(application: Any) -> AsyncIterator[Any]:
        condition.box = await open_box(condition.directory, condition.settings, demo=condition.demo)
        await _furnish(condition.box)
        await condition.box.begin()
        await condition.box.checkpoint()
        async with inner(application) as state:
            yield state
        await condition.box.close()

    return lifespan


async def _furnish(box: Box) -> None:
    people = [('1001', '山田\u3000太郎', 'ヤマダ\u3000タロウ'), ('1002', '髙田\u3000さくら', 'タカタ\u3000サクラ')]
    people.append(('1003', LONG_NAME, 'ハセガワ' * 25))
    entries = [StaffEntry(number=n, name=name, kana=kana, department='総務課') for n, name, kana in people]
    entries += [
        StaffEntry(number=str(number), name=f'試験\u3000{number}', kana='シケン', department='市民課')
        for number in range(2001, 2301)
    ]
    await box.staff.save(entries, ACTOR)
    await box.access.accounts.create('1001', {Role.ADMINISTRATOR}, ACTOR, password=PASSWORD)
    await box.access.accounts.create('1002', {Role.ATTENDANCE_CLERK}, ACTOR, password=PASSWORD)
    await box.desks.add('東玄関', Job.ATTENDANCE, 'sim:東玄関', ACTOR)
    await box.vehicles.ledger.add(VehicleEntry(plate='金沢 500 り 1', name='予約車', facility='res-1'), ACTOR)
    await asyncio.gather(*(_link(box, number) for number in ('1002', '1003', '2003')))


async def _link(box: Box, number: str) -> None:
    person = await box.staff.find_by_number(number)
    assert person is not None
    await box.cards.link(person.id, card_of(number).credential, ACTOR, proven=True)


if __name__ in {'__main__', '__mp_main__'}:
    main(int(sys.argv[1]), Path.cwd(), demo=False)
