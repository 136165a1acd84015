"""A box that takes commands on its socket, and somebody who gives them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.commands.local_socket import serve
from app.commands.parser import run_command
from app.commands.terminal import take_file
from app.runtime import Box
from tests.support.box import opened_box


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


Give = Callable[..., Coroutine[Any, Any, Ended]]


class Clerk:
    """A terminal at which somebody sits and knows a PIN."""

    def __init__(self, pin: str | None = None) -> None:
        self.pin = pin
        self.asked: list[str] = []
        self.shown: list[str] = []

    def out(self, text: str) -> None:
        self.shown.append(text)

    def note(self, text: str) -> None:
        self.shown.append(text)

    async def ask_pin(self, prompt: str) -> str | None:
        self.asked.append(prompt)
        return self.pin

    async def take_file(self, file: Path, target: str) -> str:
        return take_file(file, target)


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv('LC_ALL', 'ja_JP.UTF-8')


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Box]:
    """A demonstration, which alone has simulated readers."""
    async with opened_box(tmp_path / 'box', demo=True) as box:
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
