"""`machibako exchange identity`, `status` and `only-here`."""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.terminal import Terminal
from app.exchange.identity import ensure_identity, fingerprint
from app.exchange.only_here import lines_only_here
from app.exchange.refusal_words import refusal_words
from app.exchange.sender import PeerHealth, PeerState
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


async def exchange_status(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Say of each peer how the exchange goes and what to do; it fails while a person has to do something."""
    peers = box.exchange.health()
    if not peers:
        say.out(_('交換する相手がないか、箱が動いていません'))
        return OK
    for peer in peers:
        say.out(
            '\t'.join([peer.name, _state_words(peer), _since(peer), _('未送信 {count}件').format(count=peer.waiting)])
        )
        if peer.refusal is not None:
            why, next_step = refusal_words(peer.refusal)
            say.out(f'  {why}。{next_step}')
    concerns = await box.exchange.concerns()
    for concern in concerns:
        say.note(f'{concern.matter} {concern.peer} {concern.reason} {concern.about} {concern.count or ""}'.rstrip())
    return FAILED if concerns else OK


async def exchange_only_here(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """List what other boxes lost in a restore and this one still has, the oldest first."""
    lines = await box.reading.read(lines_only_here)
    for line in lines:
        when = line.happened_at.isoformat(sep=' ', timespec='seconds')
        say.out('\t'.join([line.peer, when, line.kind, line.plate, line.told]))
    if not lines:
        say.note(_('この箱にだけある記録はありません'))
    else:
        say.note(_('復元した箱の「紙からの入力」で、この記録を入力してください(両方の箱に届きます)'))
    return OK


def _state_words(peer: PeerHealth) -> str:
    words = {
        PeerState.NOT_YET: _('まだ通信していません'),
        PeerState.CONNECTED: _('つながっています'),
        PeerState.UNREACHABLE: _('通信できません'),
        PeerState.REFUSED: _('交換できません'),
    }
    return words[peer.state]


def _since(peer: PeerHealth) -> str:
    return peer.since.isoformat(sep=' ', timespec='seconds') if peer.since else ''
