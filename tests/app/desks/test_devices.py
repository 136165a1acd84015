"""Checkers and cameras of desks: which addresses are taken, who may have them, and what is kept of them."""

import pytest

from app.desks.device_addresses import BadDeviceAddress, DeviceAddresses, DeviceProblem, shown_address
from app.desks.models import Desk
from app.desks.register import DeskProblem, DeskRefused, Job
from app.journal.line import Actor
from app.journal.models import JournalLine
from app.runtime import Box
from tests.support.box import until

SYSTEM = Actor.system()
REAL = DeviceAddresses(demo=False)
SECRET = 'rtsp://guard:hyakumangoku@10.0.0.5/stream'


@pytest.mark.parametrize(
    ('address', 'problem'),
    [
        ('usb:0', DeviceProblem.UNKNOWN_KIND),
        ('serial:', DeviceProblem.NO_NAME),
        ('serial:ttyUSB0', DeviceProblem.NOT_A_PORT),
        ('serial:/dev/ttyUSB0?speed=9600', DeviceProblem.UNKNOWN_OPTION),
        ('serial:/dev/ttyUSB0?pattern=mine', DeviceProblem.UNKNOWN_PATTERN),
        ('serial:/dev/ttyUSB0?baud=fast', DeviceProblem.BAD_OPTION),
        ('ble:kitchen', DeviceProblem.NOT_A_RADIO_ADDRESS),
        ('photo:nowhere', DeviceProblem.BAD_CAMERA),
        ('sim:1', DeviceProblem.SIMULATION),
        ('photo:sim:1', DeviceProblem.SIMULATION),
    ],
)
def test_an_address_at_which_no_checker_can_be_says_why(address: str, problem: DeviceProblem) -> None:
    with pytest.raises(BadDeviceAddress) as refused:
        REAL.checker(address)
    assert refused.value.problem is problem


def test_a_demonstration_may_simulate() -> None:
    assert DeviceAddresses(demo=True).checker('sim:1') == 'sim:1'


def test_nothing_means_that_values_are_typed() -> None:
    assert (REAL.checker(' '), REAL.checker('typed:'), REAL.camera('')) == ('', '', '')


async def test_a_checker_belongs_to_one_desk_whatever_its_options(box: Box) -> None:
    await box.desks.add('一', Job.VEHICLES, 'sim:1', SYSTEM, checker='serial:/dev/ttyUSB0?baud=9600')
    with pytest.raises(DeskRefused) as refused:
        await box.desks.add('二', Job.VEHICLES, 'sim:2', SYSTEM, checker='serial:/dev/ttyUSB0?baud=2400')
    assert refused.value.problem is DeskProblem.CHECKER_TAKEN


async def test_the_password_of_a_camera_is_neither_in_the_table_nor_in_the_journal(box: Box) -> None:
    desk = await box.desks.add('一', Job.VEHICLES, 'sim:1', SYSTEM, camera=SECRET)
    (row,) = await Desk.all()
    (line,) = await JournalLine.filter(kind='desks.added')
    assert b'hyakumangoku' not in (row.camera or b'')
    assert 'hyakumangoku' not in line.payload and shown_address(SECRET) in line.payload
    assert 'hyakumangoku' not in repr(desk)
    assert (await box.desks.all())[0].camera == SECRET


async def test_another_checker_is_journaled_and_in_use_at_once(box: Box) -> None:
    desk = await box.desks.add('一', Job.VEHICLES, 'sim:1', SYSTEM, checker='sim:old')
    await box.engine.refresh()
    before = box.devices.checker(desk.id)
    assert before is not None
    await box.desks.change(desk.id, SYSTEM, checker='sim:new')
    await box.engine.refresh()
    after = box.devices.checker(desk.id)

    assert after is not None and after.address == 'sim:new'
    await until(lambda: str(before.state) == 'stopped')
    (line,) = await JournalLine.filter(kind='desks.changed')
    assert 'sim:old' in line.payload and 'sim:new' in line.payload
    assert [(one.address, one.state) for one in box.devices.of(desk.id)] == [('sim:new', 'ready')]


async def test_a_camera_of_another_desk_is_refused_and_a_desk_that_is_gone_is_said_so(box: Box) -> None:
    first = await box.desks.add('一', Job.VEHICLES, 'sim:1', SYSTEM, camera='sim:a')
    second = await box.desks.add('二', Job.VEHICLES, 'sim:2', SYSTEM, checker='photo:sim:b')
    for taken in ('sim:b', 'sim:a'):
        desk = first if taken == 'sim:b' else second
        with pytest.raises(DeskRefused) as refused:
            await box.desks.change(desk.id, SYSTEM, camera=taken)
        assert refused.value.problem is DeskProblem.CAMERA_TAKEN
    await box.desks.remove(second.id, SYSTEM)
    assert (await box.desks.change(first.id, SYSTEM, camera='sim:b')).camera == 'sim:b'
    with pytest.raises(DeskRefused) as gone:
        await box.desks.change(second.id, SYSTEM, camera='')
    assert gone.value.problem is DeskProblem.GONE
