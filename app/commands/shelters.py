"""`machibako shelter import`."""

import asyncio
import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.journal.line import Actor
from app.language import _
from app.shelters.list_import import read_shelter_list
from app.shelters.list_saving import compare_list, save_list
from app.shelters.list_words import figures, refusals, repairs

if TYPE_CHECKING:
    from app.runtime import Box


async def shelter_import(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Take a list of shelters; lines that cannot be taken are told one by one, and the others are taken.

    Raises:
        ShelterListError: it is no such list; nothing was changed.
    """
    content, municipality = base64.b64decode(arguments['content']), arguments.get('municipality') or ''
    read = await asyncio.to_thread(read_shelter_list, content, municipality)
    found = compare_list(read, await box.shelters.register.all())
    await save_list(box.shelters.register, found, Actor.command_line())
    say.out('、'.join(f'{label} {count:,}' for label, count in figures(found)))
    if read.elsewhere:
        say.out(_('ほかの市町村の行 {count} 件は取り込んでいません').format(count=f'{read.elsewhere:,}'))
    for words, count, lines in repairs(found):
        say.out(_('{count} 行: {words}: {lines} 行目').format(count=f'{count:,}', words=words, lines=lines))
    for line, name, reason in refusals(found):
        say.note(_('{line} 行目 {name}: {reason}').format(line=line, name=name, reason=reason))
    say.out(_('出典: {source}').format(source=read.credit))
    return OK
