"""Work for children that behave well and badly."""

import os
import resource
import signal
import sys
import time
from pathlib import Path


def echo(question: bytes) -> bytes:
    """What was asked."""
    return question


def reverse_many(question: bytes) -> bytes:
    """As many bytes as asked for."""
    return bytes(int(question))


def print_and_echo(question: bytes) -> bytes:
    """A library that prints must not disturb the answer."""
    print('hello')
    os.write(1, b'hello')
    return question


def fail(question: bytes) -> bytes:
    """Raises with the question in its text."""
    raise ValueError(question.decode())


def by_name(question: bytes) -> bytes:
    """Does what the question names."""
    return _BEHAVIOURS[question]()


def _crash() -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b''


def _hang() -> bytes:
    time.sleep(600)
    return b''


def _spin() -> bytes:
    while True:
        pass


def _freeze() -> bytes:
    os.kill(os.getpid(), signal.SIGSTOP)
    return b''


def _eat() -> bytes:
    eaten = bytearray(2 * 1024**3)
    return bytes(len(eaten))


def _keep() -> bytes:
    _KEPT.append(b'x' * 200_000_000)
    return str(os.getpid()).encode()


def _limits() -> bytes:
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    memory = resource.getrlimit(resource.RLIMIT_AS)[0]
    return f'{os.nice(0)} {core} {memory}'.encode()


_KEPT: list[bytes] = []


def say_pid_and_hang(question: bytes) -> bytes:
    """Writes its number into the file that was named, and never answers."""
    file = Path(question.decode())
    file.with_suffix('.new').write_text(str(os.getpid()), encoding='ascii')
    file.with_suffix('.new').rename(file)
    return _hang()


_BEHAVIOURS = {
    b'crash': _crash,
    b'hang': _hang,
    b'spin': _spin,
    b'freeze': _freeze,
    b'eat': _eat,
    b'keep': _keep,
    b'limits': _limits,
    b'pid': lambda: str(os.getpid()).encode(),
    b'environment': lambda: ' '.join(os.environ).encode(),
    b'parent': lambda: Path(f'/proc/{os.getppid()}/comm').read_bytes(),
    b'modules': lambda: ' '.join(sys.modules).encode(),
    b'exit': lambda: os._exit(3),
}
