"""Tokens with which programs read over HTTP."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app import clock
from app.access.models import ApiToken
from app.access.principals import ProgramPrincipal
from app.access.secrets import new_token, token_hash
from app.journal.journal import Journal
from app.journal.line import Act, Actor
from app.storage.transaction import Transaction, transaction

PREFIX = 'mb_'
LONGEST_NAME = 100
TOKEN_CREATED = 'access.api_token_created'  # noqa: S105 - the kind of an act
TOKEN_REVOKED = 'access.api_token_revoked'  # noqa: S105

_scopes: set[str] = {'alcohol:read', 'attendance:read', 'vehicles:read'}


class UnknownScope(Exception):
    """No part of the box offers this scope; the message lists those that exist."""


class BadName(Exception):
    """A token needs a name of 1 to 100 characters."""


def register_scope(scope: str) -> None:
    """Offer a scope; lines of work do this when they are imported."""
    _scopes.add(scope)


def scopes() -> tuple[str, ...]:
    """All scopes that a token can have."""
    return tuple(sorted(_scopes))


@dataclass(frozen=True, slots=True)
class ApiTokenEntry:
    """A token as administrators see it."""

    id: UUID
    name: str
    scope: str
    created_at: datetime
    revoked_at: datetime | None


class ApiTokens:
    """Creates, checks and revokes tokens; only their SHA-256 is stored."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._live: dict[str, ProgramPrincipal] = {}

    async def load(self) -> None:
        """Read the tokens into memory."""
        for row in await ApiToken.filter(revoked_at=None):
            self._live[row.token_hash] = ProgramPrincipal(row.id, row.scope, row.name)

    async def create(self, name: str, scope: str, actor: Actor) -> str:
        """A new token; the answer is the only copy of its text.

        Raises:
            UnknownScope: nothing offers it.
            BadName: empty or too long.
        """
        if scope not in _scopes:
            raise UnknownScope(', '.join(scopes()))
        if not 0 < len(name.strip()) <= LONGEST_NAME:
            raise BadName
        token = PREFIX + new_token()
        principal = ProgramPrincipal(uuid.uuid4(), scope, name.strip())

        async def work(tx: Transaction) -> None:
            await ApiToken.create(
                id=principal.token,
                token_hash=token_hash(token),
                name=principal.name,
                scope=scope,
                created_at=clock.now(),
                using_db=tx.connection,
            )
            await self._journal.append(tx, _act(TOKEN_CREATED, actor, principal))
            tx.after_commit(lambda: self._live.update({token_hash(token): principal}))

        await transaction(work)
        return token

    def find(self, token: str) -> ProgramPrincipal | None:
        """The program that holds this token."""
        return self._live.get(token_hash(token)) if token.startswith(PREFIX) else None

    async def entries(self, offset: int, limit: int) -> tuple[list[ApiTokenEntry], int]:
        """A window of all tokens, newest first, and how many there are."""
        rows = await ApiToken.all().order_by('-created_at', 'id').offset(offset).limit(limit)
        entries = [ApiTokenEntry(row.id, row.name, row.scope, row.created_at, row.revoked_at) for row in rows]
        return entries, await ApiToken.all().count()

    async def revoke(self, token: UUID, actor: Actor) -> None:
        """The token opens nothing any more. Does nothing for one that is revoked already."""
        principal = next((live for live in self._live.values() if live.token == token), None)
        if principal is None:
            return

        async def work(tx: Transaction) -> None:
            await ApiToken.filter(id=token).using_db(tx.connection).update(revoked_at=clock.now())
            await self._journal.append(tx, _act(TOKEN_REVOKED, actor, principal))
            tx.after_commit(lambda: self._forget(token))

        await transaction(work)

    def _forget(self, token: UUID) -> None:
        self._live = {hash_: live for hash_, live in self._live.items() if live.token != token}


def _act(kind: str, actor: Actor, principal: ProgramPrincipal) -> Act:
    payload = {'token': str(principal.token), 'name': principal.name, 'scope': principal.scope}
    return Act(kind=kind, actor=actor, payload=payload)
