"""Runs pcscd in a mount and network namespace of its own; started by `pcscd.py`, orders come on standard input.

Standard library only: it runs by path, perhaps through sudo. When standard input ends, everything ends and is removed.
"""

import array
import fcntl
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

_IFF_UP, _SIOCSIFFLAGS = 0x1, 0x8914


def main(room: Path) -> None:
    """Set the namespaces up, then obey `start`, `kill` and `stop`, answering each with a line."""
    _hide_the_host(room)
    _bring_loopback_up()
    _serve_connections(room / 'connect')
    daemon: subprocess.Popen[bytes] | None = None
    print('ready', flush=True)
    for order in map(str.strip, sys.stdin):
        if order == 'start':
            daemon = _start(room)
        elif daemon is not None:
            _end(daemon, signal.SIGKILL if order == 'kill' else signal.SIGTERM)
        print('done', flush=True)
    if daemon is not None:
        _end(daemon, signal.SIGKILL)
    shutil.rmtree(room, ignore_errors=True)


def _hide_the_host(room: Path) -> None:
    for source, target in ((room / 'run', '/run'), (room / 'no_drivers', '/usr/lib/pcsc/drivers')):
        subprocess.run(['mount', '--bind', str(source), target], check=True)


def _bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack('16sh14x', b'lo', _IFF_UP))


def _serve_connections(path: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o666)
    listener.listen(64)
    threading.Thread(target=_hand_out, args=(listener,), daemon=True).start()


def _hand_out(listener: socket.socket) -> None:
    while True:
        client, _ = listener.accept()
        with client:
            try:
                port = int(client.recv(16))
                with socket.create_connection(('127.0.0.1', port), timeout=5) as inside:
                    rights = array.array('i', [inside.fileno()])
                    client.sendmsg([b'+'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
            except (OSError, ValueError):
                continue


def _start(room: Path) -> subprocess.Popen[bytes]:
    for left_over in (room / 'run' / 'pcscd').glob('*'):
        left_over.unlink()
    log = (room / 'pcscd.log').open('ab')
    command = ['/usr/sbin/pcscd', '--foreground', '--info', '--config', str(room / 'readers')]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _end(daemon: subprocess.Popen[bytes], how: signal.Signals) -> None:
    daemon.send_signal(how)
    try:
        daemon.wait(5)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()


if __name__ == '__main__':
    main(Path(sys.argv[1]))
