"""`machibako token create`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.journal.line import Actor

if TYPE_CHECKING:
    from app.runtime import Box


async def token_create(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print a new token; it is shown this once.

    Raises:
        UnknownScope, BadName: no such token can be made.
    """
    say.out(await box.access.api_tokens.create(arguments['name'], arguments['scope'], Actor.command_line()))
    return OK
