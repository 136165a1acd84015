"""Where the REST interface of a Garoon is, from the address that somebody copied into the settings."""

import re
from urllib.parse import urlsplit, urlunsplit

from app.vehicles.garoon.errors import BadAddress

API_ROOT = 'api/v1'
CLOUD_DOMAINS = ('.cybozu.com', '.cybozu.cn', '.kintone.com')
ADMISSIBLE = 'https://NAME.cybozu.com, http://HOST/cgi-bin/cbgrn/grn.cgi or http://HOST/scripts/cbgrn/grn.exe'
_SPELLINGS = (
    (re.compile(r'^(.*/api/v1)(?:/.*)?$'), r'\1'),
    (re.compile(r'^(.*/grn\.(?:cgi|exe))(?:/.*)?$', re.IGNORECASE), rf'\1/{API_ROOT}'),
    (re.compile(r'^(.*/cgi-bin/[^/]+)/?$'), rf'\1/grn.cgi/{API_ROOT}'),
    (re.compile(r'^(.*/scripts/[^/]+)/?$'), rf'\1/grn.exe/{API_ROOT}'),
    (re.compile(r'^/g(?:/.*)?$'), f'/g/{API_ROOT}'),
)


def api_root(base_url: str) -> str:
    """The address below which `/schedule/events` lies, without a slash at the end.

    Takes any address of the Garoon, from the host of a cloud domain to a page copied from the browser
    (domain/vehicles_and_attendance.md 2.1).

    Raises:
        BadAddress: no web address, one with a login in it, or an own server without the path to its program.
    """
    address = base_url.strip()
    if '://' not in address:
        address = f'https://{address}'
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or '', parts.port
    except ValueError:
        raise BadAddress(f'not a web address; write {ADMISSIBLE}') from None
    if parts.scheme not in ('http', 'https') or not host:
        raise BadAddress(f'not a web address; write {ADMISSIBLE}')
    if parts.username is not None:
        raise BadAddress('the address holds a login; write it under login and password')
    return urlunsplit((parts.scheme, parts.netloc, _path(host, parts.path), '', ''))


def _path(host: str, path: str) -> str:
    for pattern, replacement in _SPELLINGS:
        if pattern.match(path):
            return pattern.sub(replacement, path)
    if host.endswith(CLOUD_DOMAINS):
        return f'/g/{API_ROOT}'
    raise BadAddress(f'the path to Garoon is missing; write {ADMISSIBLE}')
