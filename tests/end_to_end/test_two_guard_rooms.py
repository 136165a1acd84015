"""Two boxes in two networks with a cable between them: what was lent at one is known at the other.

The car desks' tablets are left out: each box is driven over a pipe, below its pages and its web server.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.exchange.identity import Identity, ensure_identity
from app.storage.layout import DataDirectory
from tests.support.networks import Cable, Side, cable
from tests.support.process import PROJECT, environment, run

PATIENCE_SECONDS = 90
PORT = 8443
PLATE = '金沢 500 あ 12-34'


class GuardRoom:
    """A box process at one end of the cable."""

    def __init__(self, side: Side, root: Path) -> None:
        self.root = root
        self._log = (root.parent / f'{root.name}.log').open('ab')
        self._process = subprocess.Popen(
            [*side.wrapper, sys.executable, '-m', 'tests.support.guard_room', str(root)],
            cwd=PROJECT,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def do(self, order: str, *arguments: Any) -> Any:
        """Order something and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([order, *arguments]), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, Path(self._log.name).read_text(encoding='utf-8')
        return json.loads(answer)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.communicate()
        self._log.close()

    def close(self) -> None:
        """Let it close the box."""
        self._process.communicate()
        self._log.close()


@dataclass(slots=True)
class City:
    """Both guard rooms and the cable between them."""

    first: GuardRoom
    second: GuardRoom
    cable: Cable

    def when(self, condition: Callable[[], bool]) -> None:
        """Wait until this is so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, [room.do('waiting') for room in (self.first, self.second)]
            time.sleep(0.2)

    def settled(self) -> bool:
        """Whether each box has everything of the other."""
        return all(room.do('waiting') == [['connected', 0]] for room in (self.first, self.second))


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """One car and one driver, known at both boxes."""
    with cable() as plugged, ExitStack() as rooms:
        first, second = (
            rooms.enter_context(guard_room(side, tmp_path / name))
            for side, name in (prepared(plugged.left, plugged.right, tmp_path))
        )
        for room in (first, second):
            room.do('hire', '1001', '山田 太郎')
        first.do('add_car', PLATE, 41_200)
        city = City(first, second, plugged)
        city.when(lambda: second.do('cars') == [[PLATE, 41_200]])
        yield city


def test_a_car_borrowed_at_one_guard_room_comes_back_at_the_other_with_the_cable_out_in_between(city: City) -> None:
    trip = city.first.do('borrow', 'out', PLATE, '1001')
    city.when(lambda: city.second.do('open_trips') == [trip])
    city.cable.unplug()
    city.second.do('give_back', 'in', trip, 41_236, '1001')
    city.when(lambda: city.second.do('waiting') == [['unreachable', 1]])
    assert city.first.do('open_trips') == [trip]

    city.cable.plug_in()

    city.when(lambda: city.first.do('open_trips') == [])
    for room in (city.first, city.second):
        assert room.do('trip', trip) == ['1001', 41_200, 41_236]
        assert room.do('cars') == [[PLATE, 41_236]]
        assert room.do('lent_twice') == [[], 0]


def test_a_car_lent_twice_while_cut_off_stays_lent_twice_and_both_desks_are_told(city: City) -> None:
    city.cable.unplug()
    first = city.first.do('borrow', 'out', PLATE, '1001')
    second = city.second.do('borrow', 'out', PLATE, '1001')

    city.cable.plug_in()

    for room in (city.first, city.second):
        city.when(lambda room=room: room.do('lent_twice') == [[second], 1])  # type: ignore[misc]
        assert room.do('trip', first) == room.do('trip', second) == ['1001', 41_200, None]


def test_the_breath_tests_of_a_trip_are_whole_at_both_boxes_also_for_a_driver_imported_later(city: City) -> None:
    city.cable.unplug()
    city.first.do('hire', '2002', '佐藤 花子')
    check = city.first.do('breathe', 'before', '2002', None)
    trip = city.first.do('borrow', 'out', PLATE, '2002', check)
    city.cable.plug_in()
    city.when(lambda: city.second.do('book') == [['before', trip, '']])

    city.second.do('hire', '2002', '佐藤 花子')
    city.when(lambda: city.second.do('trip', trip) == ['2002', 41_200, None])
    city.cable.unplug()
    city.second.do('breathe', 'after', '2002', trip)
    city.second.do('give_back', 'in', trip, 41_236, '2002')
    city.cable.plug_in()

    whole = [['before', trip, '佐藤 花子'], ['after', trip, '佐藤 花子']]
    for room in (city.first, city.second):
        city.when(lambda room=room: room.do('book') == whole)  # type: ignore[misc]


def test_a_cable_that_is_out_is_a_concern_at_both_boxes_and_ends_by_itself(city: City) -> None:
    city.cable.unplug()
    for room, other in ((city.first, 'second'), (city.second, 'first')):
        city.when(lambda room=room, other=other: room.do('concerns') == [['away', other, '']])  # type: ignore[misc]
    city.cable.plug_in()
    for room in (city.first, city.second):
        city.when(lambda room=room: room.do('concerns') == [])  # type: ignore[misc]


def test_after_a_restore_the_boxes_go_on_and_the_other_says_what_it_alone_has(city: City, tmp_path: Path) -> None:
    saved = tmp_path / 'saved.tar'
    city.when(city.settled)
    city.second.close()
    assert run('backup', str(saved), data=tmp_path / 'second').returncode == 0
    with guard_room(city.cable.right, tmp_path / 'second') as before:
        lost = before.do('borrow', 'out', PLATE, '1001')
        city.when(lambda: city.first.do('open_trips') == [lost])
    assert run('restore', str(saved), data=tmp_path / 'second').returncode == 0
    with guard_room(city.cable.right, tmp_path / 'second') as again:
        city.second = again
        trip = again.do('borrow', 'again', PLATE, '1001')
        city.when(lambda: city.first.do('trip', trip) == ['1001', 41_200, None])
        city.when(lambda: city.first.do('concerns') == [['restored', 'second', '']])
        city.when(city.settled)
        assert city.first.do('trip', lost) == ['1001', 41_200, None]


def test_a_box_with_a_new_certificate_is_refused_and_both_say_so(city: City, tmp_path: Path) -> None:
    city.second.close()
    for name in ('exchange.pem', 'exchange.key'):
        (tmp_path / 'second' / name).unlink()
    with guard_room(city.cable.right, tmp_path / 'second') as again:
        city.second = again
        city.when(lambda: city.first.do('concerns') == [['refuses', 'second', 'peer_unknown']])
        city.when(lambda: again.do('concerns') == [['refuses', 'first', 'unknown_here']])


def test_a_box_that_lost_its_power_takes_up_where_it_was(city: City, tmp_path: Path) -> None:
    city.second.kill()
    trip = city.first.do('borrow', 'out', PLATE, '1001')
    city.first.do('give_back', 'in', trip, 41_210, '1001')
    with guard_room(city.cable.right, tmp_path / 'second') as again:
        city.second = again
        city.when(lambda: again.do('trip', trip) == ['1001', 41_200, 41_210])
        city.when(city.settled)


def prepared(left: Side, right: Side, root: Path) -> list[tuple[Side, str]]:
    """Both boxes with an identity, and each in the settings of the other."""
    identities = {name: identity_at(root / name) for name in ('first', 'second')}
    for name, other, there in (('first', 'second', right), ('second', 'first', left)):
        settings = (
            '[exchange]',
            'tell_after_minutes = 0',
            '[[exchange.peers]]',
            f'name = "{other}"',
            f'url = "https://{there.address}:{PORT}"',
            f'certificate = "{identities[other].one_line}"',
        )
        (root / name / 'machibako.toml').write_text('\n'.join(settings), encoding='utf-8')
    return [(left, 'first'), (right, 'second')]


def identity_at(root: Path) -> Identity:
    """The identity of the box in this directory."""
    directory = DataDirectory(root)
    directory.create()
    return ensure_identity(directory)


@contextmanager
def guard_room(side: Side, root: Path) -> Iterator[GuardRoom]:
    """A box process that is closed at the end."""
    room = GuardRoom(side, root)
    try:
        yield room
    finally:
        room.close()
