"""The whole site of one box: every page, the HTTP interface, the guards, and the server that carries them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from nicegui import app, core, ui
from starlette.applications import Starlette

from app.access.http_guard import HttpGuard, surround
from app.access.judgement import Rules
from app.api.application import PREFIX, build_api
from app.lifecycle import Lifecycle
from app.runtime import Condition
from app.settings import SettingsError
from app.stop_signals import ending_orderly
from components.theme import asset_url, register_assets
from pages import development, enrolment, front, socket_guard
from pages.guarded import register_framework_paths
from pages.kiosk import page as kiosk_page
from pages.public import family, me, opening, pointing, signage, subscribe
from pages.public import shelters as open_shelters
from pages.staff import (
    account,
    accounts,
    cards,
    cars,
    desks,
    disposal,
    fleet,
    journal,
    messages,
    reservations,
    shelters,
    sign_in,
    staff_list,
)

PING_SECONDS = 10
"""How soon a tablet that fell silent is noticed, at the latest after twice this time."""
PARTS = (
    front,
    enrolment,
    kiosk_page,
    sign_in,
    account,
    accounts,
    desks,
    cards,
    staff_list,
    journal,
    disposal,
    reservations,
    cars,
    fleet,
    shelters,
    messages,
    subscribe,
    open_shelters,
    family,
    me,
    pointing,
    signage,
    opening,
)


def serve(condition: Condition, announce: Callable[[Condition], None]) -> int:
    """Serve the box until it is told to stop; returns the exit code.

    Raises:
        SettingsError: the box could not start because of a setting; the message names it.
    """
    lifecycle = Lifecycle(condition, app.shutdown, announce)
    wrong: list[SettingsError] = []
    _build(condition)
    app.router.lifespan_context = _with_box(app.router.lifespan_context, lifecycle, wrong)
    with ending_orderly(lambda: lifecycle.is_closed):
        _run(condition)
    if wrong:
        raise wrong[0]
    return lifecycle.exit_code


def _build(condition: Condition) -> None:
    register_framework_paths()
    register_assets()
    for part in PARTS:
        part.register(condition)
    if condition.demo:
        development.register(condition)
    app.mount(PREFIX, build_api(condition, asset_url))
    language = condition.settings.server.language
    surround(app, partial(HttpGuard, access=condition.access, rules=_rules(condition), language=language))
    socket_guard.install(condition)


def _rules(condition: Condition) -> Rules:
    server = condition.settings.server
    hosts = frozenset({urlsplit(server.public_url).netloc.lower()}) if server.public_url else frozenset[str]()
    return Rules(
        scheme='https' if server.is_encrypted else 'http',
        own_hosts=hosts,
        tablets_may_visit_staff_pages=condition.demo,
    )


def _with_box(inner: Any, lifecycle: Lifecycle, wrong: list[SettingsError]) -> Any:
    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[Any]:
        try:
            await lifecycle.start()
        except SettingsError as error:
            wrong.append(error)
            raise
        try:
            async with inner(application) as state:
                core.sio.eio.ping_interval = core.sio.eio.ping_timeout = PING_SECONDS
                yield state
        finally:
            await lifecycle.stop()

    return lifespan


def _run(condition: Condition) -> None:
    server = condition.settings.server
    encryption: dict[str, Any] = {}
    if server.certificate_file:
        encryption = {'ssl_certfile': str(server.certificate_file), 'ssl_keyfile': str(server.key_file or '')}
    ui.run(
        host=server.host,
        port=server.port,
        title='まちばこ',
        language='ja',
        show=False,
        reload=False,
        tailwind=False,
        reconnect_timeout=server.reconnect_seconds,
        binding_refresh_interval=None,
        fastapi_docs=False,
        endpoint_documentation='none',
        show_welcome_message=False,
        uvicorn_logging_level='warning',
        timeout_graceful_shutdown=2,
        **encryption,
    )
