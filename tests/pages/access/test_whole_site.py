"""The site as it is shipped: every route of it, seen by nobody, by a tablet, and by each role."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.support.process import PROJECT, RunningBox, environment, running_box

LIST_ROUTES = """
import json, sys
from pathlib import Path
from fastapi import APIRouter, FastAPI
from nicegui import app
from app.access.policies import policies
from app.runtime import Condition
from app.settings import load_settings
from app.storage.layout import DataDirectory
from pages.site import _build

def walk(routes, prefix=''):
    for route in routes:
        included = getattr(route, 'original_router', None)
        inner = included or getattr(route, 'app', None)
        path = prefix + ('' if included else route.path)
        yield from walk(inner.routes, path) if isinstance(inner, (APIRouter, FastAPI)) else [path]

root = Path(sys.argv[1])
_build(Condition(settings=load_settings(root), directory=DataDirectory(root), demo=False))
found = {}
for path in walk(app.routes):
    policy = policies.of_route(path) or policies.find(path)
    found[path] = str(policy.audience) if policy else None
print(json.dumps(found))
"""
OPEN_TO_ALL = {
    '/',
    '/sign-in',
    '/setup',
    '/enrol/{code}',
    '/api/v1/health',
    '/api/v1/openapi.json',
    '/api/v1/docs',
    '/api/v1/line/webhook',
    '/subscribe',
    '/subscribe/{token}',
    '/unsubscribe/{token}',
}
RESIDENTS = {
    '/shelters',
    '/shelters/map',
    '/shelters.geojson',
    '/shelters.csv',
    '/family',
    '/family/{code}',
    '/family/{code}/person/{number}',
    '/family/{code}/household',
    '/family/{code}/more',
    '/me/{code}',
    '/me/{band}/family',
    '/point',
    '/signage',
    '/signage/{shelter}',
    '/open',
    '/open/code',
    '/open/answer',
    '/open/again',
    '/open/start',
    '/open/count',
}
"""For any phone in the network of the box, and so for its tablets too."""
FILES = ('/_nicegui/', '/assets/')


@pytest.fixture(scope='module')
def routes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """Every route of the site, with the audience that was registered for it."""
    root = tmp_path_factory.mktemp('no-box')
    ended = subprocess.run(
        [sys.executable, '-c', LIST_ROUTES, str(root)],
        env=environment(PYTHONPATH=str(PROJECT), NICEGUI_STORAGE_PATH=str(root)),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, str | None] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope='module')
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBox]:
    """A real box."""
    with running_box(tmp_path_factory.mktemp('served') / 'box') as box:
        yield box


def sample(route: str) -> str:
    return re.sub(r'{[^}]*}', '0190aaaa-0000-7000-8000-000000000001', route)


def test_every_route_says_for_whom_it_is(routes: dict[str, str | None]) -> None:
    assert len(routes) > 20
    unspoken = [
        path for path, audience in routes.items() if audience is None and not path.startswith(('/_nicegui', '/assets/'))
    ]
    assert unspoken == []


def test_only_what_is_listed_here_is_open_to_all(routes: dict[str, str | None]) -> None:
    public = {path for path, audience in routes.items() if audience == 'public' and not path.startswith(FILES)}
    assert public == OPEN_TO_ALL | RESIDENTS


def test_the_development_page_does_not_exist_outside_the_demonstration(
    routes: dict[str, str | None], served: RunningBox
) -> None:
    assert not [path for path in routes if path.startswith('/dev')]
    assert httpx.get(f'{served.url}/dev/cards').status_code == 404


def test_nobody_comes_in_anywhere_else(routes: dict[str, str | None], served: RunningBox) -> None:
    with httpx.Client(base_url=served.url, headers={'Origin': served.url}) as nobody:
        for route in routes:
            if route not in OPEN_TO_ALL | RESIDENTS and not route.startswith(FILES):
                for method in ('GET', 'POST', 'PUT', 'DELETE'):
                    nobody.cookies.clear()
                    answer = nobody.request(method, sample(route))
                    assert answer.status_code in (303, 401, 403, 404), (method, route)
                    if answer.status_code == 303:
                        assert answer.headers['location'].startswith('/sign-in')


def test_a_tablet_of_the_real_site_opens_its_kiosk_page_only(routes: dict[str, str | None], served: RunningBox) -> None:
    served.command('desk', 'add', '東玄関', '--job', 'attendance', '--reader', 'pcsc:none')
    printed = served.command('desk', 'enrol', '東玄関').stdout
    found = re.search(r'/enrol/(\w{8})', printed)
    assert found is not None, printed
    with httpx.Client(base_url=served.url) as tablet:
        assert tablet.get(found.group(0)).headers['location'] == '/kiosk'
        for route in routes:
            if route not in RESIDENTS and not route.startswith((*FILES, '/_nicegui_ws', '/favicon.ico', '/enrol/')):
                status = tablet.get(sample(route)).status_code
                expected = {'/kiosk': 200, '/': 303}.get(route, 403)
                assert status == expected, route
