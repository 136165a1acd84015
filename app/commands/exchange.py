"""`machibako exchange identity`."""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import OK
from app.commands.terminal import Terminal
from app.exchange.identity import ensure_identity, fingerprint
from app.language import _

if TYPE_CHECKING:
    from app.runtime import Box


async def exchange_identity(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Print what stands for this box in the settings of another one, and the fingerprint to compare by telephone."""
    identity = await asyncio.to_thread(ensure_identity, box.directory)
    host = box.settings.server.address.split('://', 1)[1].split('/', 1)[0].rsplit(':', 1)[0]
    say.note(_('相手の箱の machibako.toml に足してください(url は相手から届くアドレスに)'))
    say.note(_('指紋: {fingerprint}').format(fingerprint=fingerprint(identity.der)))
    say.out('[[exchange.peers]]')
    say.out(f'name = {json.dumps(box.settings.name, ensure_ascii=False)}')
    say.out(f'url = "https://{host}:{box.settings.exchange.port}"')
    say.out(f'certificate = "{identity.one_line}"')
    return OK
