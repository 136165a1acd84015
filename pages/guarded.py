"""Pages that say to whom they are open; a page without that cannot be reached."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from nicegui import Client, __version__, app, ui
from starlette.types import Scope

from app.access.http_guard import POLICY_KEY, PRINCIPAL_KEY
from app.access.policies import Audience, Policy, policies
from app.access.principals import NOBODY, Permission, Principal, current_principal

__all__ = [
    'current_principal',
    'drawn',
    'guarded_page',
    'guarded_post',
    'policy_of',
    'principal_of',
    'register_framework_paths',
]

Builder = Callable[..., Any]


def guarded_page(
    path: str,
    *,
    permission: Permission | None = None,
    staff: bool = False,
    desk: bool = False,
    public: bool = False,
    with_start_password: bool = False,
    **page_options: Any,
) -> Callable[[Builder], Builder]:
    """`ui.page`, open to one audience; inside, and in its event handlers, `current_principal()` says who asks."""
    policies.register(
        path, permission=permission, staff=staff, desk=desk, public=public, with_start_password=with_start_password
    )
    return ui.page(path, **page_options)


def guarded_post(
    path: str,
    *,
    permission: Permission | None = None,
    staff: bool = False,
    public: bool = False,
    with_start_password: bool = False,
) -> Callable[[Builder], Builder]:
    """A form's target, open to one audience; a page at the same path must be open to the same."""
    policies.register(path, permission=permission, staff=staff, public=public, with_start_password=with_start_password)
    return app.post(path, include_in_schema=False)


def drawn(request: Request, draw: Callable[[], None], status: int = 200) -> Response:
    """A page as the answer to a posted form, so that what was typed correctly need not be typed again."""
    with Client(ui.page(''), request=request) as client:
        draw()
    return client.build_response(request, status)


def principal_of(client: Client) -> Principal:
    """For whom the page of this client was built."""
    principal: Principal = _scope_of(client).get(PRINCIPAL_KEY, NOBODY)
    return principal


def policy_of(client: Client) -> Policy | None:
    """The policy of the page of this client; None: its page was never guarded, and may do nothing."""
    policy: Policy | None = _scope_of(client).get(POLICY_KEY)
    return policy


def register_framework_paths() -> None:
    """Open NiceGUI's own files, its socket and the icon; call once, before the server starts."""
    for files in (f'/_nicegui/{__version__}/{{path:path}}', '/assets/{path:path}', '/favicon.ico'):
        policies.add_files(files)
    policies.add(Policy(path='/_nicegui_ws/{path:path}', audience=Audience.SOCKET, also_tablets=True))


def _scope_of(client: Client) -> Scope:
    return client.request.scope if client._request is not None else {}
