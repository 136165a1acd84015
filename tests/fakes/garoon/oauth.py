"""How the cloud gives access tokens (RFC 6749 6), and what a test can do to them while it runs."""

import itertools
from base64 import b64encode
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

NAME, SECRET, FIRST = 'cybozu-client', 'client/himitsu+1', 'refresh-himitsu-0'


class OAuthGate:
    """One client of cybozu.com, with the tokens that are valid now."""

    def __init__(self, *, rotates: bool = False, lasts: int = 3600) -> None:
        self.rotates = rotates
        """Whether each use of a refresh token ends it and gives another."""
        self.lasts = lasts
        self.refresh_tokens = {FIRST}
        self.access_tokens: set[str] = set()
        self.given = 0
        """How many access tokens were given."""
        self.answer: Response | None = None
        """What the token endpoint answers instead."""
        self._numbers = itertools.count(1)

    async def token(self, request: Request) -> Response:
        """The token endpoint: the client by HTTP Basic, the refresh token in the form."""
        if self.answer is not None:
            return self.answer
        named = 'cybozu-client:client%2Fhimitsu%2B1'
        if request.headers.get('Authorization') != f'Basic {b64encode(named.encode()).decode()}':
            return JSONResponse({'error': 'invalid_client'}, 401)
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        if form.get('grant_type') != 'refresh_token' or form.get('refresh_token') not in self.refresh_tokens:
            return JSONResponse({'error': 'invalid_grant'}, 400)
        return JSONResponse(self._given(form['refresh_token']))

    def lets_in(self, request: Request) -> bool:
        """Whether the request carries a valid token, and no other login."""
        kind, _space, token = request.headers.get('Authorization', '').partition(' ')
        return kind == 'Bearer' and token in self.access_tokens and 'X-Cybozu-Authorization' not in request.headers

    def _given(self, refresh: str) -> dict[str, str | int]:
        number = next(self._numbers)
        self.given += 1
        self.access_tokens.add(f'access-himitsu-{number}')
        told: dict[str, str | int] = {
            'access_token': f'access-himitsu-{number}',
            'token_type': 'Bearer',
            'expires_in': self.lasts,
            'scope': 'g:schedule:read',
        }
        if self.rotates:
            self.refresh_tokens = {f'refresh-himitsu-{number}'}
            told['refresh_token'] = f'refresh-himitsu-{number}'
        return told
