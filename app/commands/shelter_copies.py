"""`machibako shelter copy` and `read-copy`."""

import asyncio
import base64
import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.terminal import FileNotTaken, Terminal
from app.journal.line import Actor
from app.language import _
from app.shelters.copies.stick import problem_of
from app.shelters.copies.values import CopyRefused
from app.shelters.copies.words import problem_sentence
from app.storage.layout import write_durably

if TYPE_CHECKING:
    from app.runtime import Box

ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.EIO)


async def shelter_copy(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Put a copy for headquarters into the directory that the person named, with that person's rights."""
    here = await box.shelters.register.here()
    made = await box.copies.make(Actor.command_line(), practice=bool(here and here.practice))
    prepared = box.directory.backups / made.name
    await asyncio.to_thread(write_durably, prepared, made.content)
    try:
        await say.take_file(prepared, str(Path(arguments['directory']) / made.name))
    except FileNotTaken as error:
        say.note(_why(str(error)))
        return FAILED
    finally:
        await asyncio.to_thread(prepared.unlink, True)
    say.out(_('写しを作りました: {file}(記録簿の {sequence} 行目まで)').format(file=made.name, sequence=made.sequence))
    return OK


async def shelter_read_copy(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Check a copy of another box and take it; the figures of its shelters are printed."""
    content = base64.b64decode(arguments['content'])
    try:
        if arguments.get('identity'):
            identity = base64.b64decode(arguments['identity'])
            found = await box.copies.read(content, identity, Actor.command_line())
        else:
            found = await box.copies.read_file(content, Actor.command_line())
    except CopyRefused as error:
        say.note(problem_sentence(error))
        return FAILED
    made = found.made_at.isoformat(sep=' ', timespec='minutes')
    say.out(_('{box} の {made} の写しを読み込みました').format(box=found.box_name, made=made))
    for one in found.figures:
        words = _('{name}: 数えた人 {counted}人、登録 {registered}人')
        say.out(words.format(name=one['name'], counted=f'{one["counted"]:,}', registered=f'{one["registered"]:,}'))
    return OK


def _why(told: str) -> str:
    for number in ERRNOS:
        if os.strerror(number) in told:
            return problem_sentence(CopyRefused(problem_of(OSError(number, ''))))
    return _('ファイルを書けません: {detail}').format(detail=told)
