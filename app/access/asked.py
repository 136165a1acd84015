"""What a request says about itself, read once."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.types import Scope

from app.access.cookies import read_cookies

SAFE_METHODS = frozenset({'GET', 'HEAD', 'OPTIONS'})
API_PREFIX = '/api/'
_UNTRUSTED = (b'x-forwarded-', b'forwarded', b'x-real-ip', b'x-original-', b'x-rewrite-')


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request or the opening of a web socket."""

    path: str
    query: str
    method: str
    address: str
    host: str
    origin: str
    fetch_site: str
    bearer: str
    cookies: dict[str, str]
    content_length: int
    is_socket: bool

    @property
    def changes_something(self) -> bool:
        """Whether the method may change state."""
        return self.method not in SAFE_METHODS

    @property
    def is_for_programs(self) -> bool:
        """Whether the answer must be JSON."""
        return self.path.startswith(API_PREFIX)

    @property
    def address_to_return_to(self) -> str:
        """Path and query, to come back to after signing in."""
        return quote(self.path, safe='/') + (f'?{self.query}' if self.query else '')

    def is_from(self, scheme: str, own_hosts: frozenset[str]) -> bool:
        """Whether a page of the box itself sent this, by what browsers do not let scripts forge."""
        if own_hosts and self.host not in own_hosts:
            return False
        if self.origin:
            return self.origin == f'{scheme}://{self.host}'
        return not self.is_socket and self.fetch_site == 'same-origin'


def read_scope(scope: Scope) -> Asked:
    """What this ASGI scope says."""
    headers = {name.decode('latin-1').lower(): value.decode('latin-1') for name, value in scope['headers']}
    length = headers.get('content-length', '0')
    authorization = headers.get('authorization', '')
    return Asked(
        path=scope['path'],
        query=scope.get('query_string', b'').decode('latin-1'),
        method=scope.get('method', 'GET'),
        address=(scope.get('client') or ('unknown', 0))[0],
        host=headers.get('host', '').lower(),
        origin=headers.get('origin', '').lower(),
        fetch_site=headers.get('sec-fetch-site', ''),
        bearer=authorization[7:].strip() if authorization[:7].lower() == 'bearer ' else '',
        cookies=read_cookies(headers.get('cookie', '')),
        content_length=int(length[:15]) if length.isascii() and length.isdigit() else 0,
        is_socket=scope['type'] == 'websocket',
    )


def without_forwarding(scope: Scope) -> Scope:
    """The scope without headers in which anybody can claim another address, host or path."""
    headers = [(name, value) for name, value in scope['headers'] if not name.lower().startswith(_UNTRUSTED)]
    return {**scope, 'headers': headers}


def is_local_path(target: str) -> bool:
    """Whether an address stays on the box: an absolute path without a host, in printable ASCII, no backslash."""
    if not target.startswith('/') or target.startswith('//') or len(target) > 500:
        return False
    return target.isascii() and target.isprintable() and '\\' not in target
