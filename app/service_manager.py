"""Telling systemd that the box is ready and alive (`sd_notify(3)`); without systemd nothing happens."""

import os
import socket

MICROSECONDS = 1_000_000


def notify(message: str) -> None:
    """Send a state such as `READY=1` to the service manager."""
    address = os.environ.get('NOTIFY_SOCKET')
    if not address:
        return
    if address.startswith('@'):
        address = '\0' + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.connect(address)
        channel.send(message.encode())


def watchdog_seconds() -> float | None:
    """How often the service manager wants a sign of life; None: it does not watch."""
    limit = os.environ.get('WATCHDOG_USEC', '')
    return int(limit) / MICROSECONDS / 2 if limit.isdigit() and int(limit) else None
