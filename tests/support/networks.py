"""Two machines in one: network namespaces with a cable between them (needs root and iproute2)."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One end of the cable."""

    namespace: str
    device: str
    address: str

    @property
    def wrapper(self) -> tuple[str, ...]:
        """What is put before a command that is to run at this end."""
        return ('ip', 'netns', 'exec', self.namespace)


@dataclass(frozen=True, slots=True)
class Cable:
    """Two ends that reach each other while it is plugged in."""

    left: Side
    right: Side

    def unplug(self) -> None:
        """Pull it out."""
        _ip('-n', self.left.namespace, 'link', 'set', self.left.device, 'down')

    def plug_in(self) -> None:
        """Put it back."""
        _ip('-n', self.left.namespace, 'link', 'set', self.left.device, 'up')


@contextmanager
def cable() -> Iterator[Cable]:
    """A plugged cable with an otherwise empty network at each end; nothing of it is left afterwards."""
    sides = [Side(f'machibako-{os.getpid()}-{end}', f'mb{os.getpid()}{end}', f'10.213.7.{end}') for end in (1, 2)]
    made: list[Side] = []
    try:
        for side in sides:
            _ip('netns', 'add', side.namespace)
            made.append(side)
        left, right = sides
        _ip('-n', left.namespace, 'link', 'add', left.device, 'type', 'veth', 'peer', right.device,
            'netns', right.namespace)  # fmt: skip
        for side in sides:
            _ip('-n', side.namespace, 'address', 'add', f'{side.address}/24', 'dev', side.device)
            _ip('-n', side.namespace, 'link', 'set', 'lo', 'up')
            _ip('-n', side.namespace, 'link', 'set', side.device, 'up')
        yield Cable(left, right)
    finally:
        for side in made:
            _ip('netns', 'delete', side.namespace)


def _ip(*arguments: str) -> None:
    subprocess.run(['ip', *arguments], check=True, capture_output=True, text=True)
