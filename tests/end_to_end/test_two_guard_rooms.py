"""Two boxes in two networks with a cable between them: what was lent at one is known at the other.

The car desks' tablets are left out: each box is driven over a pipe, below its pages and its web server.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.networks import Cable, Side, cable
from tests.support.ordered_box import OrderedBox, Place, introduce, when
from tests.support.process import run

PORT = 8443
PLATE, OTHER_PLATE = '金沢 500 あ 12-34', '金沢 500 い 56-78'
FIRST, SECOND = 'first', 'second'


@dataclass(slots=True)
class City:
    """Both guard rooms and the cable between them."""

    first: OrderedBox
    second: OrderedBox
    cable: Cable

    def when(self, condition: Callable[[], bool]) -> None:
        """Wait until this is so."""
        when(condition, (self.first, self.second))

    def settled(self) -> bool:
        """Whether each box has everything of the other."""
        return all(room.do('waiting') == [['connected', 0]] for room in (self.first, self.second))


@pytest.fixture(scope='module')
def plugged() -> Iterator[Cable]:
    """The cable; each test leaves it plugged in."""
    with cable() as made:
        yield made


@pytest.fixture(scope='module')
def prepared(plugged: Cable, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two closed boxes with one car and one driver that both know: copying them spares each test the migrations."""
    root = tmp_path_factory.mktemp('guard_rooms') / 'boxes'
    settings = ('tell_after_minutes = 0',)
    introduce(
        root,
        {
            FIRST: Place(plugged.left.address, PORT, (SECOND,), settings),
            SECOND: Place(plugged.right.address, PORT, (FIRST,), settings),
        },
    )
    with opened(plugged, root) as city:
        for room in (city.first, city.second):
            room.do('hire', '1001', '山田 太郎')
        city.first.do('add_car', PLATE, 41_200)
        city.when(lambda: city.second.do('cars') == [[PLATE, 41_200]])
        city.when(city.settled)
    return root


@pytest.fixture
def root(prepared: Path, tmp_path: Path) -> Path:
    """The directories of both boxes."""
    shutil.copytree(prepared, tmp_path / 'boxes')
    return tmp_path / 'boxes'


@pytest.fixture
def city(plugged: Cable, root: Path) -> Iterator[City]:
    """One car and one driver, known at both boxes."""
    with opened(plugged, root) as city:
        yield city


def test_a_car_borrowed_at_one_guard_room_comes_back_at_the_other_with_the_cable_out_in_between(city: City) -> None:
    trip = city.first.do('borrow', 'out', PLATE, '1001')
    city.when(lambda: city.second.do('open_trips') == [trip])
    city.cable.unplug()
    city.second.do('give_back', 'in', trip, 41_236, '1001')
    city.when(lambda: city.second.do('waiting')[0][1] == 1)
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
    city.when(city.settled)
    city.cable.unplug()
    for room in (city.first, city.second):
        room.do('borrow', 'out', PLATE, '1001')
    for room, other in ((city.first, SECOND), (city.second, FIRST)):
        city.when(lambda room=room: room.do('waiting') == [['unreachable', 1]])  # type: ignore[misc]
        assert room.do('concerns') == [['away', other, '']]
    city.cable.plug_in()
    for room in (city.first, city.second):
        city.when(lambda room=room: room.do('concerns') == [])  # type: ignore[misc]
    city.when(city.settled)


def test_after_a_restore_the_boxes_go_on_and_the_other_says_what_it_alone_has(city: City, root: Path) -> None:
    saved = root / 'saved.tar'
    city.when(city.settled)
    city.second.close()
    assert run('backup', str(saved), data=root / SECOND).returncode == 0
    with guard_room(city.cable.right, root / SECOND) as before:
        lost = before.do('borrow', 'out', PLATE, '1001')
        city.when(lambda: city.first.do('open_trips') == [lost])
    assert run('restore', str(saved), data=root / SECOND).returncode == 0
    with guard_room(city.cable.right, root / SECOND) as again:
        city.second = again
        trip = again.do('borrow', 'again', PLATE, '1001')
        city.when(lambda: city.first.do('trip', trip) == ['1001', 41_200, None])
        city.when(lambda: city.first.do('concerns') == [['restored', 'second', '']])
        city.when(city.settled)
        assert city.first.do('trip', lost) == ['1001', 41_200, None]


def test_a_box_with_a_new_certificate_is_refused_and_both_say_so(city: City, root: Path) -> None:
    city.second.close()
    for name in ('exchange.pem', 'exchange.key'):
        (root / SECOND / name).unlink()
    city.first.do('add_car', OTHER_PLATE, 0)
    with guard_room(city.cable.right, root / SECOND) as again:
        city.second = again
        city.when(lambda: city.first.do('concerns') == [['refuses', 'second', 'peer_unknown']])
        city.when(lambda: again.do('concerns') == [['refuses', 'first', 'unknown_here']])


def test_a_box_that_lost_its_power_takes_up_where_it_was(city: City, root: Path) -> None:
    city.second.kill()
    trip = city.first.do('borrow', 'out', PLATE, '1001')
    city.first.do('give_back', 'in', trip, 41_210, '1001')
    with guard_room(city.cable.right, root / SECOND) as again:
        city.second = again
        city.when(lambda: again.do('trip', trip) == ['1001', 41_200, 41_210])
        city.when(city.settled)


@contextmanager
def opened(plugged: Cable, root: Path) -> Iterator[City]:
    """Both guard rooms of these directories, closed at the end, with the cable in."""
    with ExitStack() as rooms:
        first = rooms.enter_context(guard_room(plugged.left, root / FIRST))
        second = rooms.enter_context(guard_room(plugged.right, root / SECOND))
        rooms.callback(plugged.plug_in)
        yield City(first, second, plugged)


def guard_room(side: Side, root: Path) -> OrderedBox:
    """A box process at one end of the cable."""
    return OrderedBox('tests.support.guard_room', root, side.wrapper)
