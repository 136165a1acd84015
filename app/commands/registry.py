"""Which function answers which command that needs the box."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from app.commands.backup import backup
from app.commands.cards import card_link
from app.commands.desks import desk_add, desk_change, desk_enrol, desk_list
from app.commands.disaster import disaster_declare, disaster_end, disaster_status
from app.commands.exchange import exchange_identity, exchange_only_here, exchange_status
from app.commands.exit_codes import FAILED
from app.commands.failures import explain
from app.commands.journal import journal_verify
from app.commands.shelter_copies import shelter_copy, shelter_read_copy
from app.commands.shelter_proof import shelter_prove
from app.commands.shelters import shelter_import
from app.commands.staff import staff_import
from app.commands.terminal import Terminal
from app.commands.tokens import token_create

if TYPE_CHECKING:
    from app.runtime import Box

Command = Callable[['Box', Mapping[str, Any], Terminal], Awaitable[int]]
COMMANDS: dict[str, Command] = {
    'staff import': staff_import,
    'shelter import': shelter_import,
    'shelter prove-anonymised': shelter_prove,
    'shelter copy': shelter_copy,
    'shelter read-copy': shelter_read_copy,
    'disaster declare': disaster_declare,
    'disaster end': disaster_end,
    'disaster status': disaster_status,
    'desk add': desk_add,
    'desk change': desk_change,
    'desk list': desk_list,
    'desk enrol': desk_enrol,
    'card link': card_link,
    'token create': token_create,
    'journal verify': journal_verify,
    'exchange identity': exchange_identity,
    'exchange status': exchange_status,
    'exchange only-here': exchange_only_here,
    'backup': backup,
}


async def perform(box: 'Box', command: str, arguments: Mapping[str, Any], say: Terminal) -> int:
    """Carry out a command; what was foreseen to go wrong is told in a sentence.

    Raises:
        Exception: whatever nobody foresaw.
    """
    try:
        return await COMMANDS[command](box, arguments, say)
    except Exception as error:
        sentences = explain(error)
        if not sentences:
            raise
        for sentence in sentences:
            say.note(sentence)
        return FAILED
