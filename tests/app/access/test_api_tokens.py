"""Tokens for programs."""

from pathlib import Path

import pytest

from app.access.api_tokens import BadName, UnknownScope, register_scope, scopes
from app.journal.line import Actor
from app.runtime import Box
from tests.support.box import opened_box

ACTOR = Actor.command_line()


async def test_a_token_stands_for_its_name_and_scope(box: Box) -> None:
    token = await box.access.api_tokens.create('人事システム', 'attendance:read', ACTOR)
    program = box.access.api_tokens.find(token)
    assert program is not None
    assert (program.name, program.scope) == ('人事システム', 'attendance:read')
    assert token.startswith('mb_')
    assert token.encode() not in box.directory.database.read_bytes()


async def test_a_revoked_token_opens_nothing(box: Box) -> None:
    token = await box.access.api_tokens.create('人事システム', 'attendance:read', ACTOR)
    program = box.access.api_tokens.find(token)
    assert program is not None
    await box.access.api_tokens.revoke(program.token, ACTOR)
    await box.access.api_tokens.revoke(program.token, ACTOR)
    assert box.access.api_tokens.find(token) is None
    (entry,), total = await box.access.api_tokens.entries(0, 10)
    assert entry.revoked_at is not None
    assert total == 1


@pytest.mark.parametrize('token', ['', 'mb_', 'mb_' + 'x' * 43, 'Bearer mb_x', '登録'])
async def test_anything_else_stands_for_nobody(box: Box, token: str) -> None:
    await box.access.api_tokens.create('人事システム', 'attendance:read', ACTOR)
    assert box.access.api_tokens.find(token) is None


async def test_scope_and_name_are_checked(box: Box) -> None:
    with pytest.raises(UnknownScope, match='attendance:read'):
        await box.access.api_tokens.create('x', 'everything', ACTOR)
    for name in ('', '  ', 'x' * 101):
        with pytest.raises(BadName):
            await box.access.api_tokens.create(name, 'attendance:read', ACTOR)


def test_a_line_of_work_offers_its_own_scope() -> None:
    register_scope('attendance:read')
    assert 'attendance:read' in scopes()


async def test_tokens_outlive_a_restart(tmp_path: Path) -> None:
    async with opened_box(tmp_path / 'box') as box:
        token = await box.access.api_tokens.create('人事システム', 'attendance:read', ACTOR)
    async with opened_box(tmp_path / 'box') as box:
        assert box.access.api_tokens.find(token) is not None
