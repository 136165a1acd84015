"""`machibako journal verify`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from app.commands.exit_codes import FAILED, OK
from app.commands.terminal import Terminal
from app.journal.verify import MOST_FINDINGS, Fault, Finding, Verdict, verify_journal
from app.language import _

if TYPE_CHECKING:
    from app.runtime import Box


async def journal_verify(box: 'Box', arguments: Mapping[str, Any], say: Terminal) -> int:
    """Check the whole journal; one line for each fault, naming where it is."""
    checkpoints = box.settings.journal.checkpoint_directory or box.directory.checkpoints
    key = box.vault.public_key
    verdict = await box.reading.read(lambda connection: verify_journal(connection, checkpoints, key))
    tell_findings(verdict, say)
    return OK if verdict.intact else FAILED


def tell_findings(verdict: Verdict, say: Terminal) -> None:
    """Say the outcome in words."""
    if verdict.intact:
        message = _('記録は正しくつながっています({lines} 行、署名した控え {checkpoints} 件)')
        say.out(message.format(lines=verdict.lines, checkpoints=verdict.checkpoints))
        return
    for finding in verdict.findings:
        say.out(in_words(finding))
    if len(verdict.findings) >= MOST_FINDINGS:
        say.note(_('ほかにもあるかもしれません(最初の {most} 件だけを表示)').format(most=MOST_FINDINGS))


def in_words(finding: Finding) -> str:
    """One sentence that names the fault and its place."""
    sentences = {
        Fault.CHANGED: _('{sequence} 行目({detail}): 書き換えられています'),
        Fault.MISSING: _('{detail} 行目: 抜けています'),
        Fault.REORDERED: _('{sequence} 行目({detail}): 順番が入れ替わっています'),
        Fault.CUT: _('{detail}: 署名した控えにある行が、終わりから切り取られています'),
        Fault.REWRITTEN: _('{detail}: この範囲の行が、署名した控えのあとで作り直されています'),
        Fault.CHECKPOINT_BROKEN: _('署名した控え {detail}: この箱が署名したものではありません'),
        Fault.CHECKPOINTS_MISSING: _('署名した控えが、ないか、最初の分から失われています'),
        Fault.GUARD_MISSING: _('データベースの守り(トリガー)がありません: {detail}'),
    }
    return sentences[finding.fault].format(sequence=finding.sequence, detail=finding.detail)
