"""`machibako desk add`, `desk list` and `desk enrol`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.terminal import Terminal
from app.desks.reader_addresses import reader_address
from app.desks.register import Job
from app.journal.line import Actor
from app.language import _

if TYPE_CHECKING:
    from app.runtime import Box


async def desk_add(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Add a desk.

    Raises:
        DeskRefused: name or reader belong to another desk, or the name cannot be used.
        BadReaderAddress: the address names no reader.
        SimulatedReader: this is no demonstration.
    """
    reader = reader_address(arguments['reader'], demo=box.demo)
    desk = await box.desks.add(arguments['name'], Job(arguments['job']), reader, Actor.command_line())
    say.out(_('デスク「{name}」を追加しました({reader})').format(name=desk.name, reader=desk.reader))
    return OK


async def desk_list(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print name, job and reader of each desk, separated by tabs."""
    desks = await box.desks.all()
    for desk in desks:
        say.out(f'{desk.name}\t{desk.job}\t{desk.reader}')
    if not desks:
        say.note(_('デスクはまだありません。machibako desk add で追加します'))
    return OK


async def desk_enrol(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print the address that makes a browser the tablet of this desk, once."""
    desk = await box.desks.find(arguments['name'])
    if desk is None:
        say.note(_('デスク「{name}」はありません').format(name=arguments['name']))
        names = [known.name for known in await box.desks.all()]
        if names:
            say.note(_('あるデスク: {names}').format(names='、'.join(names)))
        return FAILED
    code = await box.access.enrolment.issue(desk.id, Actor.command_line())
    say.note(_('「{name}」のタブレットで次のアドレスを開いてください(1回だけ、10分以内)').format(name=desk.name))
    say.out(f'{box.settings.server.address}/enrol/{code}')
    return OK
