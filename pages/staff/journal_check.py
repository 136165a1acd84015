"""The button that checks whether anybody tampered with the journal."""

from datetime import datetime

from app.access.principals import Permission
from app.journal.checking import check_journal
from app.journal.verify import Verdict
from app.language import _
from app.runtime import Box
from components.elements import box as element
from components.elements import press, text
from components.notice import Notice
from components.times import day_and_time
from pages.staff.acting import actor_for, telling
from pages.staff.journal_words import fault_words


class JournalCheck:
    """Checks every line off the event loop, and says plainly what was found."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._is_running = False
        with element('section', 'section panel', aria_label=_('改ざん確認')):
            text('h2', _('改ざん確認'), 'section-title')
            text('p', _('記録は一行ずつ鎖のようにつながり、本体の鍵で定期的に署名されています。全部の行を確かめます。'))
            with element('div', 'buttons'):
                self._notice = Notice()
                press(_('改ざん確認を始める'), telling(self._notice, self._check))
            self._findings = element('ul', 'problems')
        self._findings.set_visibility(False)

    async def _check(self) -> None:
        actor_for(self._box, Permission.READ_JOURNAL)
        if self._is_running:
            return
        self._is_running = True
        self._findings.set_visibility(False)
        self._notice.wait(_('確かめています'), _('記録が多いと数分かかります。このページを開いたままお待ちください。'))
        box = self._box
        checkpoints = box.settings.journal.checkpoint_directory or box.directory.checkpoints
        try:
            verdict = await check_journal(box.directory.database, checkpoints, box.vault)
        finally:
            self._is_running = False
        self._tell(verdict)

    def _tell(self, verdict: Verdict) -> None:
        lines = f'{verdict.lines:,}'
        if verdict.intact:
            self._notice.done(_('改ざんは見つかりませんでした({lines}行)').format(lines=lines), _signed_until(verdict))
            return
        self._notice.failed(
            _('確認が必要な箇所があります({lines}行を確認)').format(lines=lines),
            _('本体に触れず、すぐに情報セキュリティの担当へ連絡してください。バックアップは消さないでください。'),
        )
        self._findings.clear()
        self._findings.set_visibility(True)
        with self._findings:
            for finding in verdict.findings:
                place = _('{number} 行目: ').format(number=f'{finding.sequence:,}') if finding.sequence else ''
                text('li', f'{place}{fault_words(finding.fault)} {finding.detail}')


def _signed_until(verdict: Verdict) -> str:
    last = verdict.last_checkpoint
    if last is None:
        return _('署名の記録はまだありません。')
    words = _('最後の署名は {number} 行目({at})です。それより後の行は、切り取られても分かりません。')
    return words.format(number=f'{last.sequence:,}', at=_readable(last.at))


def _readable(at: str) -> str:
    return day_and_time(datetime.fromisoformat(at))
