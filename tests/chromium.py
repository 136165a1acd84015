"""A headless Chromium, and pages that run in a process of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

PROJECT = Path(__file__).parents[1]
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
    environment = {name: value for name, value in os.environ.items() if name != 'PYTEST_CURRENT_TEST'}
    environment |= {'PYTHONPATH': str(PROJECT), 'NICEGUI_STORAGE_PATH': str(state)}
    port = free_port()
    process = subprocess.Popen([sys.executable, str(script), str(port)], env=environment, cwd=state)
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


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return int(probe.getsockname()[1])
