"""`/shelters`, its map, GeoJSON and CSV: what is open and how full, for everybody, without script or socket."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from fastapi import Request, Response
from nicegui import app

from app import clock
from app.access.policies import Audience, Policy, policies
from app.messages.languages import Language, speaking
from app.runtime import Box, Condition
from app.shelters.open_data.directory import Directory, directory
from app.shelters.open_data.files import csv_file, geojson
from pages.public.frame import language_of
from pages.public.shelter_list import list_page
from pages.public.shelter_map import map_page

LIST, MAP = '/shelters', '/shelters/map'
GEOJSON, CSV = '/shelters.geojson', '/shelters.csv'
KEPT_SECONDS = 30
"""So long one answer serves all phones, in the box and on the way."""
MOST_KEPT, MOST_DIGITS = 200, 3
HTML = 'text/html; charset=utf-8'


@dataclass(frozen=True, slots=True)
class _Made:
    content: bytes
    packed: bytes
    kind: str
    tag: str


class _Kept:
    """Answers that were made, until what they tell of is too old."""

    def __init__(self) -> None:
        self._until = 0.0
        self._found: Directory | None = None
        self._made: dict[tuple[str, ...], _Made] = {}

    async def answer(
        self, box: Box, key: tuple[str, ...], kind: str, draw: Callable[[Directory], bytes], request: Request
    ) -> Response:
        """The answer for this address, made at most once in `KEPT_SECONDS`."""
        found = await self._directory(box)
        made = self._made.get(key) or _make(draw(found), kind)
        if len(self._made) < MOST_KEPT:
            self._made[key] = made
        return _response(made, request)

    async def _directory(self, box: Box) -> Directory:
        if self._found is None or clock.monotonic() >= self._until:
            self._found = await directory(box.shelters.register, box.reading)
            self._until = clock.monotonic() + KEPT_SECONDS
            self._made.clear()
        return self._found


def register(condition: Condition) -> None:
    """Open the pages and the files."""
    for path in (LIST, MAP, GEOJSON, CSV):
        policies.add(Policy(path=path, audience=Audience.PUBLIC, also_tablets=True, is_cacheable=True))
    kept = _Kept()

    @app.get(LIST, include_in_schema=False)
    async def shelters(request: Request, page: str = '1') -> Response:
        box, language = condition.require_box(), language_of(request)
        number = int(page) if page.isdecimal() and len(page) < 4 else 1
        key = (LIST, language.value, str(number))
        return await kept.answer(box, key, HTML, _drawn(box, language, number), request)

    @app.get(MAP, include_in_schema=False)
    async def shelter_map(request: Request) -> Response:
        box, language = condition.require_box(), language_of(request)

        def draw(found: Directory) -> bytes:
            with speaking(language):
                return map_page(found, language, box.settings).encode()

        return await kept.answer(box, (MAP, language.value), HTML, draw, request)

    @app.get(GEOJSON, include_in_schema=False)
    async def points(request: Request) -> Response:
        return await kept.answer(condition.require_box(), (GEOJSON,), 'application/geo+json', geojson, request)

    @app.get(CSV, include_in_schema=False)
    async def table(request: Request) -> Response:
        return await kept.answer(condition.require_box(), (CSV,), 'text/csv; charset=utf-8', csv_file, request)


def _drawn(box: Box, language: Language, page: int) -> Callable[[Directory], bytes]:
    def draw(found: Directory) -> bytes:
        with speaking(language):
            return list_page(found, language, box.settings, page).encode()

    return draw


def _make(content: bytes, kind: str) -> _Made:
    return _Made(content, gzip.compress(content, 6, mtime=0), kind, f'"{sha256(content).hexdigest()[:24]}"')


def _response(made: _Made, request: Request) -> Response:
    headers = {
        'Cache-Control': f'public, max-age={KEPT_SECONDS}',
        'ETag': made.tag,
        'Vary': 'Accept-Encoding, Accept-Language, Cookie',
        'Content-Type': made.kind,
    }
    if made.tag in request.headers.get('if-none-match', ''):
        return Response(status_code=304, headers=headers)
    if 'gzip' in request.headers.get('accept-encoding', ''):
        return Response(made.packed, headers={**headers, 'Content-Encoding': 'gzip'})
    return Response(made.content, headers=headers)
