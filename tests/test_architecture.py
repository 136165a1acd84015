"""The rules of the house that no other tool checks: who imports whom, what is where, and what comes from outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
LAYERS = ('device_drivers', 'app', 'components', 'pages', 'main')
ROOM_RANKS = {
    'settings': 0,
    'exchange_settings': 0,
    'backup_settings': 0,
    'garoon_settings': 0,
    'messages_settings': 0,
    'retention_settings': 0,
    'settings_problems': 0,
    'shelter_settings': 0,
    'clock': 0,
    'children': 0,
    'events': 0,
    'service_manager': 0,
    'stop_signals': 0,
    'language': 0,
    'storage': 1,
    'journal': 2,
    'access': 3,
    'people': 3,
    'documents': 3,
    'files': 3,
    'messages': 3,
    'desks': 4,
    'exchange': 4,
    'retention': 4,
    'runtime': 6,
    'composition': 6,
    'api': 7,
    'commands': 8,
    'lifecycle': 8,
    'demonstration': 8,
}
LINE_OF_WORK = 5
TOP_LEVEL_FOLDERS = {'app', 'components', 'data', 'deploy', 'device_drivers', 'docs', 'pages', 'tests'}
TOP_LEVEL_FILES = {
    'CHANGELOG.md',
    'LICENSE',
    'Makefile',
    'README.en.md',
    'README.md',
    'main.py',
    'pyproject.toml',
    'uv.lock',
}
LONGEST_FILE = 250
LONG_FILES_WITH_REASON: dict[str, str] = {}
OS_CLOCK = {
    'datetime.date.today',
    'datetime.datetime.now',
    'datetime.datetime.today',
    'datetime.datetime.utcnow',
    'time.gmtime',
    'time.localtime',
    'time.time',
    'time.time_ns',
}
CLOCK_FILE = 'app/clock.py'
TRANSACTION_FILE = 'app/storage/transaction.py'
TEXT_ASSETS = {'.css', '.html', '.js', '.mjs', '.svg', '.json', '.vue'}
LOADED_FROM_OUTSIDE = re.compile(
    r"""@import\s+(?:url\()?["']?https?:|url\(\s*["']?https?:|<script[^>]+src\s*=\s*["']?https?:|<link[^>]+href\s*=\s*["']?https?:"""
    r"""|(?:import|from|fetch|importScripts)\s*\(?\s*["']https?:""",
    re.IGNORECASE,
)
CDN_HOSTS = re.compile(
    r'jsdelivr\.net|unpkg\.com|cdnjs\.|//cdn\.|esm\.sh|skypack\.dev|fonts\.g(?:oogleapis|static)\.com|'
    r'ajax\.googleapis|bootstrapcdn|googletagmanager|tile\.(?:osm|openstreetmap)\.org',
    re.IGNORECASE,
)


def test_imports_run_one_way_from_main_to_the_device_drivers() -> None:
    upwards = [
        f'{shown(file)} imports {imported}'
        for file in sources(*LAYERS)
        for imported in imports_of(file)
        if imported.split('.')[0] in (*LAYERS, 'tests') and rises_a_layer(shown(file), imported)
    ]
    assert upwards == []


def test_inside_app_a_room_imports_only_rooms_below_it_or_beside_it() -> None:
    upwards = [
        f'{shown(file)} imports {imported}'
        for file in sources('app')
        for imported in imports_of(file)
        if imported.startswith('app.') and rank(room_of(imported)) > rank(room_of(dotted(file)))
    ]
    assert upwards == []


def test_rooms_do_not_import_each_other_in_a_circle() -> None:
    neighbours: dict[str, set[str]] = {}
    for file in sources('app'):
        room = room_of(dotted(file))
        rooms = {room_of(imported) for imported in imports_of(file) if imported.startswith('app.')}
        neighbours.setdefault(room, set()).update(rooms - {room})
    assert circle_in(neighbours) is None


def test_no_line_of_work_imports_the_models_of_another() -> None:
    reached = [
        f'{shown(file)} imports {imported}'
        for file in sources('app')
        for imported in imports_of(file)
        if is_models_of_a_line_of_work(imported)
        and rank(room_of(dotted(file))) == LINE_OF_WORK
        and room_of(imported) != room_of(dotted(file))
    ]
    assert reached == []


def test_only_pages_and_components_draw_and_only_app_keeps_records() -> None:
    misplaced = [
        f'{shown(file)} imports {imported}'
        for layers, libraries in (
            (('device_drivers', 'app'), ('nicegui.ui',)),
            (('components', 'pages'), ('tortoise',)),
        )
        for file in sources(*layers)
        for imported in imports_of(file)
        if imported.startswith(libraries)
    ]
    assert misplaced == []


def test_a_raw_transaction_is_opened_only_by_the_helper() -> None:
    raw = [
        f'{shown(file)} imports {imported}'
        for file in sources(*LAYERS)
        for imported in imports_of(file)
        if imported.startswith('tortoise.transactions') and shown(file) != TRANSACTION_FILE
    ]
    assert raw == []


def test_nothing_asks_the_operating_system_for_the_time_but_the_clock() -> None:
    asked = [
        f'{shown(file)}:{line} uses {name}'
        for file in sources(*LAYERS)
        if shown(file) != CLOCK_FILE
        for line, name in uses_of(file.read_text(encoding='utf-8'), OS_CLOCK)
    ]
    assert asked == []


def test_nothing_comes_from_a_cdn() -> None:
    named = [
        f'{shown(file)}: {match.group()}'
        for file in (*assets(), *sources(*LAYERS))
        for match in CDN_HOSTS.finditer(file.read_text(encoding='utf-8'))
    ]
    assert named == []


def test_no_asset_loads_anything_from_another_machine() -> None:
    loaded = [
        f'{shown(file)}: {match.group()}'
        for file in (*assets(), *sources('components', 'pages'))
        for match in LOADED_FROM_OUTSIDE.finditer(file.read_text(encoding='utf-8'))
    ]
    assert loaded == []


def test_the_top_of_the_house_holds_what_the_design_names() -> None:
    found = {path.name for path in HOUSE.iterdir() if not path.name.startswith(('.', '__'))}
    assert {name for name in found - TOP_LEVEL_FOLDERS - TOP_LEVEL_FILES if not name.endswith('.egg-info')} == set()


def test_files_of_the_city_and_of_the_drivers_stay_short() -> None:
    long = {
        shown(file): lines
        for file in sources('app', 'device_drivers')
        if (lines := len(file.read_text(encoding='utf-8').splitlines())) > LONGEST_FILE
        and 'migrations' not in file.parts
    }
    assert long.keys() == LONG_FILES_WITH_REASON.keys(), long


@pytest.mark.parametrize(
    'source',
    [
        'import time\ntime.time()',
        'from time import time as now\nnow()',
        'from datetime import datetime\ndatetime.now(UTC)',
        'import datetime as d\nfield(default_factory=d.datetime.now)',
        'from datetime import date\ndate.today()',
    ],
)
def test_the_clock_rule_sees_every_way_to_ask(source: str) -> None:
    assert len(list(uses_of(source, OS_CLOCK))) == 1


@pytest.mark.parametrize('source', ['from datetime import time\ntime(5, 0)', 'import time\ntime.monotonic()'])
def test_the_clock_rule_lets_times_of_day_and_the_monotonic_clock_pass(source: str) -> None:
    assert list(uses_of(source, OS_CLOCK)) == []


def test_the_circle_rule_sees_a_circle_of_three() -> None:
    assert circle_in({'access': {'people'}, 'people': {'journal'}, 'journal': {'access'}}) is not None


@pytest.mark.parametrize(
    'asset',
    ['@import url("https://a.jp/x.css")', '<script src="http://a.jp/x.js">', "import x from 'https://a.jp/x.js'"],
)
def test_the_asset_rule_sees_what_a_browser_would_fetch(asset: str) -> None:
    assert LOADED_FROM_OUTSIDE.search(asset)


def sources(*layers: str) -> Iterator[Path]:
    for layer in layers:
        module = HOUSE / f'{layer}.py'
        yield from [module] if module.exists() else sorted((HOUSE / layer).rglob('*.py'))


def assets() -> list[Path]:
    places = [HOUSE / 'components', HOUSE / 'pages', HOUSE / 'app']
    return [file for place in places for file in sorted(place.rglob('*')) if file.suffix in TEXT_ASSETS]


def shown(file: Path) -> str:
    return file.relative_to(HOUSE).as_posix()


def dotted(file: Path) -> str:
    return '.'.join(file.relative_to(HOUSE).with_suffix('').parts).removesuffix('.__init__')


def imports_of(file: Path) -> Iterator[str]:
    package = dotted(file).split('.')
    for node in ast.walk(ast.parse(file.read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            keep = len(package) - node.level + (file.name == '__init__.py')
            parents = package[:keep] if node.level else []
            base = '.'.join([*parents, *([node.module] if node.module else [])])
            yield from (f'{base}.{alias.name}' for alias in node.names)


def uses_of(source: str, banned: set[str]) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname or alias.name.split('.')[0]: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f'{node.module}.{alias.name}' for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := full_name(node, names)) in banned:
            yield node.lineno, name


def full_name(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, '')
    if isinstance(node, ast.Attribute):
        return f'{full_name(node.value, names)}.{node.attr}'
    return ''


def rises_a_layer(importing_file: str, imported: str) -> bool:
    importing = importing_file.partition('/')[0].removesuffix('.py')
    other = imported.partition('.')[0]
    return other == 'tests' or LAYERS.index(other) > LAYERS.index(importing)


def room_of(module: str) -> str:
    return module.split('.')[1] if '.' in module else ''


def rank(room: str) -> int:
    return ROOM_RANKS.get(room, LINE_OF_WORK) if room else 0


def is_models_of_a_line_of_work(module: str) -> bool:
    parts = module.split('.')
    return parts[0] == 'app' and 'models' in parts[2:3] and rank(room_of(module)) == LINE_OF_WORK


def circle_in(neighbours: dict[str, set[str]], path: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    if path and path[-1] in path[:-1]:
        return path
    following = neighbours.get(path[-1], set()) if path else set(neighbours)
    return next((found for room in sorted(following) if (found := circle_in(neighbours, (*path, room)))), None)
