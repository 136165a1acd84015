"""`machibako staff import`."""

import asyncio
import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.journal.line import Actor
from app.language import _
from app.people.staff_import import read_staff_list

if TYPE_CHECKING:
    from app.runtime import Box


async def staff_import(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Take a staff list, all of it or nothing.

    Raises:
        StaffListError: the list is wrong; nothing was changed.
    """
    entries = await asyncio.to_thread(read_staff_list, base64.b64decode(arguments['content']))
    added, changed = await box.staff.save(entries, Actor.command_line())
    unchanged = len(entries) - added - changed
    message = _('職員 {total} 人: 追加 {added}、変更 {changed}、変更なし {unchanged}')
    say.out(message.format(total=len(entries), added=added, changed=changed, unchanged=unchanged))
    return OK
