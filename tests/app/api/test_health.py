"""What those who keep many boxes alive read."""

from pathlib import Path

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.api.health import health_routes
from app.commands.backup import backup
from app.commands.terminal import OwnTerminal
from app.runtime import Box, Condition


async def test_the_last_backup_is_told_to_who_watches_the_box(box: Box, tmp_path: Path) -> None:
    application = FastAPI()
    application.include_router(health_routes(Condition(settings=box.settings, directory=box.directory, box=box)))
    async with AsyncClient(transport=ASGITransport(application), base_url='http://box') as client:
        assert (await client.get('/health')).json()['backup'] == {'last': None, 'overdue': True}
        await backup(box, {'file': str(tmp_path / 'b.backup')}, OwnTerminal())
        told = (await client.get('/health')).json()['backup']
    assert told['last'] is not None
    assert told['overdue'] is False
