"""HTTP with Garoon: bounded tries, bounded answers, typed errors, no secret in any text."""

import asyncio
import json
import random
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from app import clock
from app.vehicles.garoon.address import api_root
from app.vehicles.garoon.errors import (
    BadAddress,
    BadAnswer,
    Forbidden,
    GaroonError,
    NotFound,
    Rejected,
    ServerFault,
    TooManyRequests,
    Unauthorized,
    Unreachable,
)
from app.vehicles.garoon.oauth import AccessToken, OAuthClient, RefreshTokens, token_url

MOST_BYTES = 50_000_000
LONGEST_MESSAGE = 300
WORTH_ANOTHER_TRY = (TooManyRequests, ServerFault, BadAnswer, Unreachable)
LOGIN_CODES = ('FW00007', 'FW00008', 'SLASH_', 'GRN_REST_API_0000')
LICENCE_EXPIRED = 'GRN_REST_API_00004'
CODES = {
    LICENCE_EXPIRED: Forbidden,
    'GRN_REST_API_00206': NotFound,
    'GRN_REST_API_00207': Forbidden,
    'GRN_SCHD_13001': NotFound,
}
STATUSES = {401: Unauthorized, 403: Forbidden, 404: NotFound}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long and how often one request is tried; seconds."""

    tries: int = 3
    first_pause: float = 1.0
    """Doubles with each try, plus or minus half by chance, so that boxes do not come back all at once."""
    longest_pause: float = 30.0
    """Where Garoon asks for more, the caller is told instead."""
    connect: float = 5.0
    answer: float = 60.0
    """From the request to the last byte of its answer."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Transport:
    """Requests below the root of the interface."""

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        verify: ssl.SSLContext | bool,
        proxy: str,
        patience: Patience | None,
    ) -> None:
        self._root = api_root(base_url)
        self._patience = patience or Patience()
        self._token: AccessToken | None = None
        try:
            self._client = httpx.AsyncClient(
                headers=dict(headers),
                verify=verify,
                proxy=proxy or None,
                timeout=httpx.Timeout(self._patience.answer, connect=self._patience.connect),
                trust_env=False,
                follow_redirects=False,
            )
        except ValueError:
            raise BadAddress('the proxy cannot be used') from None

    def sign_in_by(self, client: OAuthClient, refresh: RefreshTokens) -> None:
        """Carry an access token with every request from now on."""
        url = token_url(self._root)
        self._token = AccessToken(
            client, refresh, lambda headers, fields: self._exchange('POST', url, headers=headers, data=fields)
        )

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()

    async def get(self, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        """The JSON object that is there; raises a `GaroonError`."""
        return await self._patiently(lambda: self._once('GET', path, params=httpx.QueryParams(dict(query))))

    async def send(self, method: str, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Send a JSON object; raises a `GaroonError`. May be sent twice where the first answer was lost."""
        return await self._patiently(lambda: self._once(method, path, json=dict(body)))

    @staticmethod
    def length_of(body: Mapping[str, Any]) -> int:
        """Characters of a body as it is sent."""
        return len(json.dumps(body, ensure_ascii=False, separators=(',', ':')))

    async def _patiently(self, attempt: Callable[[], Awaitable[Mapping[str, Any]]]) -> Mapping[str, Any]:
        for number in range(1, self._patience.tries):
            try:
                return await attempt()
            except WORTH_ANOTHER_TRY as error:
                pause = self._pause(error, number)
                if pause > self._patience.longest_pause:
                    raise
                await self._patience.sleep(pause)
        return await attempt()

    def _pause(self, error: GaroonError, number: int) -> float:
        if isinstance(error, TooManyRequests) and error.retry_after is not None:
            return error.retry_after
        doubled = self._patience.first_pause * 2.0 ** (number - 1)
        return min(self._patience.longest_pause, doubled * random.uniform(0.5, 1.5))  # noqa: S311 - spreads load

    async def _once(self, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        url = f'{self._root}{path}'
        if self._token is None:
            return await self._exchange(method, url, **content)
        token = await self._token.get()
        try:
            return await self._exchange(method, url, headers=_bearing(token), **content)
        except Unauthorized:
            self._token.refused(token)
        return await self._exchange(method, url, headers=_bearing(await self._token.get()), **content)

    async def _exchange(self, method: str, url: str, **content: Any) -> Mapping[str, Any]:
        try:
            async with asyncio.timeout(self._patience.answer):
                async with self._client.stream(method, url, **content) as answer:
                    body = await _bounded(answer)
        except (httpx.RemoteProtocolError, httpx.DecodingError) as error:
            raise BadAnswer(f'the answer is cut off or broken ({type(error).__name__})') from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise Unreachable(f'no answer ({type(error).__name__})') from None
        if answer.status_code >= 300:
            raise _error_of(answer, body)
        return _json_object(body)


def _bearing(token: str) -> Mapping[str, str]:
    return {'Authorization': f'Bearer {token}'}


async def _bounded(answer: httpx.Response) -> bytes:
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise BadAnswer(f'the answer is longer than {MOST_BYTES:,} bytes')
    return bytes(body)


def _json_object(body: bytes) -> Mapping[str, Any]:
    if not body.strip():
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadAnswer('the answer is no JSON') from None
    if not isinstance(value, dict):
        raise BadAnswer('the answer is no JSON object')
    return value


def _error_of(answer: httpx.Response, body: bytes) -> GaroonError:
    """By Garoon's code first: it answers many faults with 400, and a closed account with 502."""
    status = answer.status_code
    code, message = _code_and_message(body)
    message = message or f'HTTP {status}'
    if known := CODES.get(code):
        return known(message, code)
    if code.startswith(LOGIN_CODES):
        return Unauthorized(message, code)
    if status == 429:
        return TooManyRequests(message, _retry_after(answer), code)
    if status < 400:
        return BadAnswer(f'sent on to another address (HTTP {status})')
    return STATUSES.get(status, ServerFault if status >= 500 else Rejected)(message, code)


def _code_and_message(body: bytes) -> tuple[str, str]:
    try:
        error = _json_object(body).get('error')
    except BadAnswer:
        return '', ''
    if not isinstance(error, dict):
        return '', ''
    return str(error.get('errorCode') or '')[:64], str(error.get('message') or '')[:LONGEST_MESSAGE]


def _retry_after(answer: httpx.Response) -> float | None:
    """Seconds, from seconds or a date (RFC 9110 10.2.3)."""
    value = answer.headers.get('Retry-After', '').strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock.now()).total_seconds())
    except (ValueError, TypeError, IndexError):
        return None
