"""Who uses a reader, and for how long."""

import pytest

from app.journal.line import Actor
from app.runtime import Box
from device_drivers.card_reader.interface import ReaderState
from device_drivers.card_reader.registry import BadReaderAddress
from tests.support.box import open_desk

HALL = 'sim:東玄関'


async def test_a_reader_that_was_lent_stops_afterwards(box: Box) -> None:
    async with box.readers.lent('sim:左') as reader:
        assert box.readers.states() == {'sim:左': ReaderState.READY}
    assert reader.state is ReaderState.STOPPED
    assert box.readers.states() == {}


async def test_a_reader_of_a_desk_goes_on_after_it_was_lent(box: Box) -> None:
    await open_desk(box, '東玄関')
    async with box.readers.lent(HALL) as reader:
        pass
    assert box.readers.states() == {HALL: ReaderState.READY}
    assert box.readers.use(HALL) is reader


async def test_a_reader_that_is_lent_twice_stops_after_both(box: Box) -> None:
    async with box.readers.lent('sim:左') as first:
        async with box.readers.lent('sim:左') as second:
            assert first is second
        assert box.readers.states() == {'sim:左': ReaderState.READY}
    assert first.state is ReaderState.STOPPED


async def test_the_reader_of_a_removed_desk_is_free_for_others(box: Box) -> None:
    controller = await open_desk(box, '東玄関')
    await box.desks.remove(controller.desk.id, Actor.system())
    await box.engine.refresh()
    assert box.readers.states() == {}
    again = await open_desk(box, '西玄関')
    assert again.desk.reader in box.readers.states()


async def test_an_address_without_a_name_lends_nothing(box: Box) -> None:
    with pytest.raises(BadReaderAddress):
        async with box.readers.lent(''):
            pytest.fail('nothing to lend')
    assert box.readers.states() == {}
