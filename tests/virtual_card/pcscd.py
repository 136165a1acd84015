"""A pcscd of the tests' own, beside any that the machine runs, with virtual readers named like desks."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.virtual_card.link import VpcdLink

DRIVER = Path('/usr/lib/pcsc/drivers/serial/libifdvpcd.so')
_DAEMON = Path('/usr/sbin/pcscd')
_ROOM_PROGRAM = Path(__file__).with_name('pcscd_room.py')
_START_SECONDS = 20.0
_LARGEST_NUMBER_OF_READERS = 8


class PcscUnavailableError(Exception):
    """pcscd cannot be started here; the text says what is missing."""


class PrivatePcscd:
    """pcscd with one virtual reader per name, in namespaces of its own, so that vpcd listens nowhere else.

    Works as root, as a user who may make user namespaces, and as a user with passwordless sudo. Each name makes two
    readers, because vpcd has two slots: 'Desk A' is `Desk A 00 00`, and `Desk A 00 01` stays empty.
    `environment` leads a PC/SC client to it; the client library reads that only once per process.
    """

    def __init__(self, names: Sequence[str], *, first_port: int = 36100) -> None:
        if not 0 < len(names) <= _LARGEST_NUMBER_OF_READERS:
            raise ValueError(f'pcsc-lite has room for 1 to {_LARGEST_NUMBER_OF_READERS} names, not {len(names)}')
        self.names = tuple(names)
        self._ports = {name: first_port + 2 * index for index, name in enumerate(names)}
        self._room: Path | None = None
        self._program: subprocess.Popen[str] | None = None
        self.links = tuple(map(self._new_link, self.names))

    @property
    def reader_names(self) -> tuple[str, ...]:
        """Names as PC/SC gives them, in the order of `names` and `links`."""
        return tuple(f'{name} 00 00' for name in self.names)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to reach this pcscd, added to the present environment."""
        return {**os.environ, **self.client_settings}

    @property
    def client_settings(self) -> dict[str, str]:
        """Only the variables that lead to this pcscd."""
        return {'PCSCLITE_CSOCK_NAME': str(self._path('run/pcscd/pcscd.comm'))}

    @property
    def log(self) -> str:
        """What pcscd wrote."""
        return self._path('pcscd.log').read_text(errors='replace')

    def link(self, name: str) -> VpcdLink:
        """The link of the reader 'Desk A' or 'Desk A 00 00'."""
        return self.links[self.names.index(name.removesuffix(' 00 00'))]

    def start(self) -> None:
        """Start pcscd and wait until its readers are there.

        Raises PcscUnavailableError with the reason when that cannot be done here.
        """
        if self._program is None:
            self._open_room()
        self._order('start')
        self._wait_until_ready()

    def kill(self) -> None:
        """End pcscd as a crash would; the cards stay where they are."""
        self._order('kill')

    def restart(self) -> None:
        """End pcscd if it still runs, then start it again on the same socket."""
        self._order('stop')
        self.start()

    def unplug(self, name: str) -> None:
        """Start pcscd again without this reader; the other ones stay."""
        self._write_readers(other for other in self.names if other != name)
        self.restart()

    def plug_all(self) -> None:
        """Start pcscd again with every reader."""
        self._write_readers(self.names)
        self.restart()

    def stop(self) -> None:
        """Take the cards off, end pcscd and remove all it left."""
        for link in self.links:
            link.close()
        if self._program is not None:
            _close(self._program)
            self._program = None
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)
            self._room = None

    def __enter__(self) -> 'PrivatePcscd':
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _open_room(self) -> None:
        for needed, package in ((_DAEMON, 'pcscd'), (DRIVER, 'vsmartcard-vpcd')):
            if not needed.exists():
                raise PcscUnavailableError(f'{needed} is missing: apt-get install {package}')
        self._room = Path(tempfile.mkdtemp(prefix='pcscd-'))
        for folder in ('run', 'no_drivers', 'readers'):
            self._path(folder).mkdir()
        for port in self._ports.values():
            shutil.copy(DRIVER, self._driver_for(port))
        self._write_readers(self.names)
        self._program = subprocess.Popen(
            [*_prefix(), sys.executable, str(_ROOM_PROGRAM), str(self._room)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._expect('ready')

    def _write_readers(self, names: Iterable[str]) -> None:
        self._path('readers/desks').write_text(''.join(map(self._stanza, names)))

    def _stanza(self, name: str) -> str:
        port = self._ports[name]
        device = f'/dev/null:{port}'
        return f'FRIENDLYNAME "{name}"\nDEVICENAME {device}\nLIBPATH {self._driver_for(port)}\nCHANNELID {port}\n\n'

    def _driver_for(self, port: int) -> Path:
        # A copy each: loaded twice it keeps all slots in one table, and the second reader takes the first's cards.
        return self._path(f'libifdvpcd-{port}.so')

    def _order(self, order: str) -> None:
        if self._program is None or self._program.stdin is None:
            raise PcscUnavailableError('pcscd was not started')
        self._program.stdin.write(f'{order}\n')
        self._program.stdin.flush()
        self._expect('done')

    def _expect(self, answer: str) -> None:
        if self._program is None or self._program.stdout is None:
            raise PcscUnavailableError('pcscd was not started')
        if self._program.stdout.readline().strip() != answer:
            self.stop()
            raise PcscUnavailableError('the namespaces for pcscd cannot be made here: see the lines above')

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not self._is_ready():
            if time.monotonic() > deadline:
                log = self.log
                self.stop()
                raise PcscUnavailableError(f'pcscd was not ready within {_START_SECONDS} s:\n{log}')
            time.sleep(0.05)

    def _is_ready(self) -> bool:
        socket_exists = self._path('run/pcscd/pcscd.comm').exists()
        return socket_exists and 'daemon ready' in self._said_since_its_start()

    def _new_link(self, name: str) -> VpcdLink:
        return VpcdLink(
            connect=lambda: self._connect(self._ports[name]),
            insertions=lambda: self.log.count(_inserted(name)),
            seen_empty=lambda: self._has_seen_empty(name),
        )

    def _has_seen_empty(self, name: str) -> bool:
        said = self._said_since_its_start()
        return said.rfind(_inserted(name)) <= said.rfind(f'Card Removed From {name} 00 00')

    def _said_since_its_start(self) -> str:
        return self.log.rpartition('using new config directory')[2]

    def _connect(self, port: int) -> socket.socket:
        with socket.socket(socket.AF_UNIX) as broker:
            broker.settimeout(5)
            broker.connect(str(self._path('connect')))
            broker.sendall(str(port).encode())
            _, descriptors, _, _ = socket.recv_fds(broker, 1, 1)
        if not descriptors:
            raise ConnectionRefusedError(f'vpcd does not listen on port {port}')
        return socket.socket(fileno=descriptors[0])

    def _path(self, name: str) -> Path:
        if self._room is None:
            raise PcscUnavailableError('pcscd was not started')
        return self._room / name


def _inserted(name: str) -> str:
    return f'Card inserted into {name} 00 00'


def _prefix() -> list[str]:
    if os.geteuid() == 0:
        return ['unshare', '--mount', '--net']
    if _works(['unshare', '--map-root-user', '--mount', '--net', 'true']):
        return ['unshare', '--map-root-user', '--mount', '--net']
    if _works(['sudo', '-n', 'true']):
        return ['sudo', '-n', 'unshare', '--mount', '--net']
    raise PcscUnavailableError('pcscd needs root, unprivileged user namespaces, or sudo without a password')


def _works(command: list[str]) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=10).returncode == 0
    except FileNotFoundError:
        return False


def _close(program: subprocess.Popen[str]) -> None:
    if program.stdin is not None:
        program.stdin.close()
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    if program.stdout is not None:
        program.stdout.close()
