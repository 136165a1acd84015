"""`machibako shelter prove-anonymised`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.journal import journal_verify
from app.commands.terminal import Terminal
from app.language import _
from app.shelters.ending.certificate import fingerprint
from app.shelters.ending.proof import prove
from app.shelters.ending.values import EndingInfo, State
from app.shelters.ending.words import finding_words

if TYPE_CHECKING:
    from app.runtime import Box


async def shelter_prove(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Try to open everything that was thrown away, and check the journal; one line for each that should not be."""
    ended = [info for info in await box.shelters.endings.all() if info.state is State.FINISHED]
    if not ended:
        say.out(_('匿名化した避難所はありません'))
    held = [await _holds(box, info, say) for info in ended]
    code = await journal_verify(box, arguments, say)
    return OK if code == OK and all(held) else FAILED


async def _holds(box: 'Box', info: EndingInfo, say: Terminal) -> bool:
    proof = await box.reading.read(lambda rows: prove(rows, box.vault, info))
    words = _('{mark}: 鍵 {keys} 個と記録簿の封 {parts} か所を試しました')
    mark = fingerprint(info.certificate or {})[:8]
    say.out(words.format(mark=mark, keys=f'{proof.keys:,}', parts=f'{proof.sealed_parts:,}'))
    for finding in proof.findings:
        say.out(finding_words(finding))
    if proof.holds:
        say.out(_('どれも開きません。証明の署名も正しいものです'))
    return proof.holds
