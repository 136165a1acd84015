"""A box that takes commands on its socket, and somebody who gives them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.commands.local_socket import serve
from app.commands.parser import run_command
from app.runtime import Box
from tests.support.box import opened_box


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Give = Callable[..., Awaitable[Ended]]


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('LC_ALL', 'ja_JP.UTF-8')


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Box]:
    async with opened_box(tmp_path / 'box') as box:
        server = await serve(box)
        yield box
        await server.close()


@pytest.fixture
def give(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Give:
    """Give a command as a process beside the box would; the box of `tmp_path / 'box'` unless another is named."""

    async def run(*words: str, data: Path | None = None) -> Ended:
        code = await asyncio.to_thread(run_command, [*words, '--data-dir', str(data or tmp_path / 'box')])
        printed = capfd.readouterr()
        return Ended(code, printed.out, printed.err)

    return run
