"""`machibako disaster declare`, `end` and `status`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.clock import TOKYO
from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.journal.line import Actor
from app.language import _
from app.shelters.vulnerable.disasters import DisasterInfo

if TYPE_CHECKING:
    from app.runtime import Box


async def disaster_declare(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Declare a disaster: the list of those who need help may be opened, and cars kept for disasters go out.

    Raises:
        DisasterRefused: nothing was declared.
    """
    practice = bool(arguments['practice'])
    found = await box.shelters.disasters.declare(
        arguments['name'], arguments['reason'], Actor.command_line(), practice=practice
    )
    _tell(found, say)
    return OK


async def disaster_end(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """End it: the list is closed again.

    Raises:
        DisasterRefused: nothing was ended.
    """
    await box.shelters.disasters.end(Actor.command_line(), arguments['reason'])
    say.out(_('災害の対応を終えました'))
    return OK


async def disaster_status(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Say whether one is declared, since when and why."""
    found = await box.shelters.disasters.current()
    if found is None:
        say.out(_('災害は宣言されていません。'))
    else:
        _tell(found, say)
    if box.settings.vehicles.disaster_declared:
        say.note(_('設定 vehicles.disaster_declared が true なので、災害用の車は宣言がなくても貸し出します'))
    return OK


def _tell(found: DisasterInfo, say: Terminal) -> None:
    since = found.declared_at.astimezone(TOKYO).isoformat(sep=' ', timespec='minutes')
    kind = _('訓練') if found.practice else _('宣言中')
    say.out('\t'.join((kind, found.name, since, found.reason)))
