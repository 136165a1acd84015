"""`machibako desk change`: another checker or camera for a desk; what is not named stays."""

from app.commands.exit_codes import FAILED, OK
from app.desks.register import DeskInfo
from app.journal.models import JournalLine
from app.runtime import Box
from tests.app.commands.conftest import Give


async def desk(box: Box, name: str = '第一守衛室') -> DeskInfo:
    found = await box.desks.find(name)
    assert found is not None
    return found


async def a_car_desk(give: Give, name: str = '第一守衛室', **devices: str) -> None:
    options = [word for option, address in devices.items() for word in (f'--{option}', address)]
    added = await give('desk', 'add', name, '--job', 'vehicles', '--reader', f'sim:{name}', *options)
    assert added.code == OK, added.err


async def test_a_device_is_changed_and_the_other_stays(served: Box, give: Give) -> None:
    await a_car_desk(give, checker='sim:a', camera='sim:b')
    ended = await give('desk', 'change', '第一守衛室', '--checker', 'sim:c')
    assert (ended.code, ended.out) == (OK, 'デスク「第一守衛室」の機器を変更しました\n')
    assert ((await desk(served)).checker, (await desk(served)).camera) == ('sim:c', 'sim:b')
    (line,) = await JournalLine.filter(kind='desks.changed')
    assert (line.actor, '"camera"' in line.payload) == ('command-line', False)


async def test_nothing_takes_a_device_away_and_nothing_new_writes_nothing(served: Box, give: Give) -> None:
    await a_car_desk(give, checker='sim:a', camera='sim:b')
    for _twice in range(2):
        assert (await give('desk', 'change', '第一守衛室', '--camera', '')).code == OK
    assert ((await desk(served)).checker, (await desk(served)).camera) == ('sim:a', '')
    assert await JournalLine.filter(kind='desks.changed').count() == 1


async def test_a_device_of_another_desk_or_of_no_kind_is_refused(served: Box, give: Give) -> None:
    await a_car_desk(give, checker='sim:a')
    await a_car_desk(give, '第二守衛室', checker='sim:b')
    for wrong in ('sim:b', 'usb:0'):
        ended = await give('desk', 'change', '第一守衛室', '--checker', wrong)
        assert (ended.code, ended.out) == (FAILED, '')
        assert ended.err
    assert (await desk(served)).checker == 'sim:a'


async def test_a_desk_that_is_not_there_is_said_with_those_that_are(served: Box, give: Give) -> None:
    await a_car_desk(give)
    ended = await give('desk', 'change', '第三守衛室', '--checker', 'sim:a')
    assert ended.code == FAILED
    assert '第一守衛室' in ended.err
