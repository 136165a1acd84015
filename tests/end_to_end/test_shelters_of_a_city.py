"""Two shelters and headquarters, each a process of its own, over the real exchange, cut off in between."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.ordered_box import OrderedBox, Place, introduce, when
from tests.support.process import free_port

HEADQUARTERS, IZUMI, KIDA = 'headquarters', 'izumi', 'kida'
PEERS = {HEADQUARTERS: (IZUMI, KIDA), IZUMI: (HEADQUARTERS,), KIDA: (HEADQUARTERS,)}


def room(root: Path) -> OrderedBox:
    """The box of this directory."""
    return OrderedBox('tests.support.shelter_room', root)


@pytest.fixture
def directories(tmp_path: Path) -> dict[str, Path]:
    """The boxes know each other's certificates; the shelters know headquarters only."""
    commands = {HEADQUARTERS: ('[shelters]', 'headquarters = true')}
    introduce(
        tmp_path,
        {name: Place('127.0.0.1', free_port(), peers, commands.get(name, ())) for name, peers in PEERS.items()},
    )
    return {name: tmp_path / name for name in PEERS}


@pytest.fixture
def shelters(directories: dict[str, Path]) -> Iterator[tuple[OrderedBox, OrderedBox]]:
    """Both run."""
    with ExitStack() as rooms:
        yield (rooms.enter_context(room(directories[IZUMI])), rooms.enter_context(room(directories[KIDA])))


def test_a_card_that_came_to_both_shelters_while_they_were_cut_off_is_recognised_at_both_and_at_headquarters(
    directories: dict[str, Path], shelters: tuple[OrderedBox, OrderedBox]
) -> None:
    izumi, kida = shelters
    with room(directories[HEADQUARTERS]):
        when(lambda: izumi.do('has_key') and kida.do('has_key'))
    assert izumi.do('arrive', '泉小学校')
    assert kida.do('arrive', '木曳野小学校')
    assert [izumi.do('left_behind'), kida.do('came_from')] == [0, '']
    with room(directories[HEADQUARTERS]) as headquarters:
        when(lambda: izumi.do('left_behind') == 1 and kida.do('came_from') == '泉小学校')
        twice = [['毛布', '泉小学校', '木曳野小学校']]
        when(lambda: all(each.do('doubles') == twice for each in (izumi, kida, headquarters)))
        assert [izumi.do('came_from'), kida.do('left_behind')] == ['', 0]
