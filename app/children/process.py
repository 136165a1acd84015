"""What runs inside a child: takes bytes, works under limits, beats while it works, answers bytes."""

import ctypes
import gc
import importlib
import os
import resource
import signal
import struct
import sys
import threading
import traceback
from collections.abc import Callable
from typing import BinaryIO

HEADER = '>cQ'
"""Kind of a frame and the length of what follows."""
BEAT = b'b'
FINISHED = b'f'
FAILED = b'x'
BEAT_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1
Work = Callable[[bytes], bytes]


def main(work: str, memory_bytes: int, cpu_seconds: int, nice: int, parent: int) -> None:
    """Serve `module:function` until the box closes the pipe or dies."""
    _die_with(parent)
    os.nice(nice)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with os.fdopen(0, 'rb', closefd=False) as questions, os.fdopen(_private_stdout(), 'wb', buffering=0) as answers:
        serve(_load(work), cpu_seconds, questions, _Answers(answers))


def serve(work: Work, cpu_seconds: int, questions: BinaryIO, answers: '_Answers') -> None:
    """Answer one question after the other; a failure says its kind and place, never its values."""
    while (question := _read(questions)) is not None:
        _allow_cpu(cpu_seconds)
        finished = threading.Event()
        threading.Thread(target=_beat, args=(answers, finished), daemon=True).start()
        try:
            kind, answer = FINISHED, work(question)
        except Exception as error:
            kind, answer = FAILED, _describe(error).encode()
        finally:
            finished.set()
        answers.write(kind, answer)
        del question, answer
        gc.collect()


class _Answers:
    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def write(self, kind: bytes, answer: bytes = b'') -> None:
        rest = memoryview(struct.pack(HEADER, kind, len(answer)) + answer)
        with self._lock:
            while rest:
                rest = rest[self._pipe.write(rest) :]


def _beat(answers: _Answers, finished: threading.Event) -> None:
    while not finished.is_set():
        answers.write(BEAT)
        finished.wait(BEAT_SECONDS)


def _read(questions: BinaryIO) -> bytes | None:
    head = questions.read(struct.calcsize(HEADER))
    if len(head) < struct.calcsize(HEADER):
        return None
    _kind, length = struct.unpack(HEADER, head)
    question = questions.read(length)
    return question if len(question) == length else None


def _load(work: str) -> Work:
    module, function = work.split(':')
    loaded: Work = getattr(importlib.import_module(module), function)
    return loaded


def _describe(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f'{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}' if frames else 'unknown'
    return f'{type(error).__name__} at {place}'


def _allow_cpu(seconds: int) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(
        resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, resource.RLIM_INFINITY)
    )


def _private_stdout() -> int:
    private = os.dup(1)
    os.dup2(2, 1)
    return private


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(0)


if __name__ == '__main__':
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
