"""Headers that tell browsers what pages of the box may do (ASVS 5.0 V3.4, domain/reliability.md 0.5)."""

import re

from starlette.datastructures import MutableHeaders

_HOST = re.compile(r'[a-z0-9.\-:\[\]]{1,255}')
_FIXED = {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': (
        'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(), '
        'display-capture=(), browsing-topics=()'
    ),
}
ONE_YEAR_SECONDS = 31_536_000


def add_security_headers(headers: MutableHeaders, host: str, *, secure: bool, is_cacheable: bool) -> None:
    """Complete the headers of an answer; pages and data are never kept by browsers."""
    for name, value in _FIXED.items():
        headers[name] = value
    headers['Content-Security-Policy'] = content_security_policy(host, secure=secure)
    if not is_cacheable:
        headers['Cache-Control'] = 'no-store'
    if secure:
        headers['Strict-Transport-Security'] = f'max-age={ONE_YEAR_SECONDS}'


def content_security_policy(host: str, *, secure: bool) -> str:
    """Everything comes from the box. Vue compiles its templates in the browser, which needs `unsafe-eval`."""
    socket = f' {"wss" if secure else "ws"}://{host}' if _HOST.fullmatch(host) else ''
    return (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self'{socket}; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
