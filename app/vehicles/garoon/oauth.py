"""OAuth of cybozu.com (authorization-code grant): an access token for an hour, renewed with a refresh token."""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote_plus, urlsplit

from app import clock
from app.vehicles.garoon.errors import BadAnswer, Rejected, Unauthorized

TOKEN_PATH = '/oauth2/token'  # noqa: S105 - a path
RENEWED_BEFORE_SECONDS = 120.0
USUAL_SECONDS = 3600.0
LONGEST_TOKEN = 4096
Ask = Callable[[Mapping[str, str], Mapping[str, str]], Awaitable[Mapping[str, Any]]]
"""Posts these headers and form fields to the token endpoint; raises a `GaroonError`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthClient:
    """A client of cybozu.com 共通管理, and the refresh token that the service user's consent gave."""

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


class RefreshTokens(Protocol):
    """Which refresh token is valid: where it is exchanged for a new one at each use, the last."""

    async def last(self) -> str:
        """The valid one."""

    async def keep(self, token: str) -> None:
        """From now on this one is valid."""


class HeldToken:
    """Holds it for as long as the process lives."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def last(self) -> str:
        """The valid one."""
        return self._token

    async def keep(self, token: str) -> None:
        """From now on this one is valid."""
        self._token = token


class AccessToken:
    """The access token of one connection: renewed before it ends, and where Garoon does not take it any more."""

    def __init__(self, client: OAuthClient, refresh: RefreshTokens, ask: Ask) -> None:
        self._client = client
        self._refresh = refresh
        self._ask = ask
        self._token, self._until = '', 0.0
        self._renewing = asyncio.Lock()

    async def get(self) -> str:
        """A token that is valid for a while.

        Raises:
            Unauthorized: client or refresh token are not taken.
            GaroonError: there is none for another reason.
        """
        async with self._renewing:
            if not self._token or clock.monotonic() >= self._until:
                await self._renew()
            return self._token

    def refused(self, token: str) -> None:
        """Garoon did not take this one, whatever its time says."""
        if token == self._token:
            self._token = ''

    async def _renew(self) -> None:
        refresh = await self._refresh.last()
        try:
            told = await self._ask(self._headers(), {'grant_type': 'refresh_token', 'refresh_token': refresh})
        except Rejected as error:
            raise Unauthorized('the refresh token or the OAuth client is not taken', error.code) from None
        token, seconds = _text(told, 'access_token'), told.get('expires_in')
        if not token:
            raise BadAnswer('there is no access token in the answer')
        if (following := _text(told, 'refresh_token')) and following != refresh:
            await self._refresh.keep(following)
        lasts = float(seconds) if isinstance(seconds, int | float) and seconds > 0 else USUAL_SECONDS
        self._token, self._until = token, clock.monotonic() + max(lasts / 2, lasts - RENEWED_BEFORE_SECONDS)

    def _headers(self) -> Mapping[str, str]:
        """The client names itself by HTTP Basic (RFC 6749 2.3.1)."""
        named = f'{quote_plus(self._client.client_id)}:{quote_plus(self._client.client_secret)}'
        return {'Authorization': f'Basic {b64encode(named.encode()).decode("ascii")}'}


def token_url(root: str) -> str:
    """Where the cloud gives tokens, from the root of its interface."""
    parts = urlsplit(root)
    return f'{parts.scheme}://{parts.netloc}{TOKEN_PATH}'


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) and value.isascii() and len(value) <= LONGEST_TOKEN else ''
