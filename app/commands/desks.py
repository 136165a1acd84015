"""`machibako desk add`, `desk change`, `desk list` and `desk enrol`."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.terminal import Terminal
from app.desks.device_addresses import DeviceAddresses, shown_address
from app.desks.reader_addresses import reader_address
from app.desks.register import Job
from app.journal.line import Actor
from app.language import _

if TYPE_CHECKING:
    from app.runtime import Box


async def desk_add(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Add a desk.

    Raises:
        DeskRefused: name or a device belong to another desk, or the name cannot be used.
        BadReaderAddress, BadDeviceAddress: the address names no such device.
        SimulatedReader: this is no demonstration.
    """
    reader = reader_address(arguments['reader'], demo=box.demo)
    devices = await _devices(box, arguments)
    desk = await box.desks.add(arguments['name'], Job(arguments['job']), reader, Actor.command_line(), **devices)
    say.out(_('デスク「{name}」を追加しました({reader})').format(name=desk.name, reader=desk.reader))
    return OK


async def desk_change(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Give a desk another alcohol checker or camera; what is not named stays.

    Raises:
        DeskRefused: the device belongs to another desk.
        BadDeviceAddress: the address names no such device.
    """
    desk = await box.desks.find(arguments['name'])
    if desk is None:
        return await _no_such_desk(box, arguments['name'], say)
    changed = await box.desks.change(desk.id, Actor.command_line(), **await _devices(box, arguments))
    say.out(_('デスク「{name}」の機器を変更しました').format(name=changed.name))
    return OK


async def desk_list(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print name, job, reader, alcohol checker and camera of each desk, separated by tabs."""
    desks = await box.desks.all()
    for desk in desks:
        devices = (shown_address(desk.checker), shown_address(desk.camera))
        say.out('\t'.join((desk.name, desk.job, desk.reader, *devices)).rstrip('\t'))
    if not desks:
        say.note(_('デスクはまだありません。machibako desk add で追加します'))
    return OK


async def desk_enrol(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print the address that makes a browser the tablet of this desk, once."""
    desk = await box.desks.find(arguments['name'])
    if desk is None:
        return await _no_such_desk(box, arguments['name'], say)
    code = await box.access.enrolment.issue(desk.id, Actor.command_line())
    say.note(_('「{name}」のタブレットで次のアドレスを開いてください(1回だけ、10分以内)').format(name=desk.name))
    say.out(f'{box.settings.server.address}/enrol/{code}')
    return OK


async def _devices(box: 'Box', arguments: Mapping[str, Any]) -> dict[str, str]:
    addresses = DeviceAddresses(box.settings.vehicles.line_patterns, demo=box.demo)
    takers = {'checker': addresses.checker, 'camera': addresses.camera}
    given = {name: arguments.get(name) for name in takers}
    return {
        name: await asyncio.to_thread(takers[name], address) for name, address in given.items() if address is not None
    }


async def _no_such_desk(box: 'Box', name: str, say: Terminal) -> int:
    say.note(_('デスク「{name}」はありません').format(name=name))
    names = [known.name for known in await box.desks.all()]
    if names:
        say.note(_('あるデスク: {names}').format(names='、'.join(names)))
    return FAILED
