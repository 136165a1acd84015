"""A headless Chromium, and pages that run in a process of their own."""

import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.support.process import PROJECT, environment, free_port

CHROMIUM = '/usr/bin/chromium-headless-shell'
FLAGS = (
    '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking '
    '--disable-component-update --disable-sync'
).split()
START_SECONDS = 120


@pytest_asyncio.fixture(loop_scope='session', scope='session')
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for all tests of a folder; each test opens a context of its own."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


def start_pages(script: Path, state: Path, *, ready: str) -> tuple[str, subprocess.Popen[bytes]]:
    """Run a script that takes a port and serves pages; wait until `ready` answers there."""
    port = free_port()
    settings = environment(PYTHONPATH=str(PROJECT), NICEGUI_STORAGE_PATH=str(state))
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=settings, cwd=state)
    address = f'http://127.0.0.1:{port}'
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(address + ready).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return address, process
    process.kill()
    raise RuntimeError(f'{script.name} did not start')
