"""`/staff/journal`: the history of all acts, and of those that were refused."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.principals import Permission
from app.desks.names import all_desk_names
from app.journal.history import MOST_COUNTED, History, HistoryLine, RefusedAct, note_reading
from app.language import _
from app.people.subjects import subject_names
from app.runtime import Box, Condition
from components.data_table import Column, DataTable, Row
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.times import day_and_time
from pages.guarded import guarded_page
from pages.staff import journal_line
from pages.staff.acting import actor_for
from pages.staff.addresses import JOURNAL
from pages.staff.journal_check import JournalCheck
from pages.staff.journal_filter import Asked, draw_filter, read_filter
from pages.staff.journal_kinds import kind_words, refused_words
from pages.staff.journal_words import actor_words, subject_words, when_words
from pages.staff.navigation import staff_page

REFUSED = '/staff/journal/refused'
MOST_NAMES = 3


def register(condition: Condition) -> None:
    """Open `/staff/journal`, its second tab and the page of one line."""

    @guarded_page(JOURNAL, permission=Permission.READ_JOURNAL)
    async def journal(first: str = '', last: str = '', kind: str = '', number: str = '', desk: str = '') -> None:
        box = condition.require_box()
        desks = await all_desk_names()
        asked = await read_filter(box.staff, desks, first=first, last=last, kind=kind, number=number, desk=desk)
        await note_reading(box.journal, actor_for(box, Permission.READ_JOURNAL), asked.wanted)
        with staff_page(_('記録簿'), JOURNAL):
            _draw_tabs(JOURNAL)
            draw_filter(asked, desks)
            table = _lines_table(box, asked)
            JournalCheck(box)
        await table.load()

    @guarded_page(REFUSED, permission=Permission.READ_JOURNAL)
    async def refused() -> None:
        box = condition.require_box()
        with staff_page(_('記録簿'), JOURNAL):
            _draw_tabs(REFUSED)
            text('p', _('サインインの失敗など、受け付けなかった操作です。1分ごとにまとめて記録します。'), 'quiet')
            table = _refused_table(box)
        await table.load()

    journal_line.register(condition)


def _draw_tabs(current: str) -> None:
    with element('nav', 'tabs', aria_label=_('記録の種類')):
        for label, address in ((_('記録'), JOURNAL), (_('受け付けなかった操作'), REFUSED)):
            link = text('a', label, 'tab', href=address)
            if address == current:
                link.props('aria-current=page')


def _lines_table(box: Box, asked: Asked) -> DataTable:
    history = History(box.reading, box.vault)

    async def fetch(offset: int, limit: int) -> tuple[Sequence[Row], int]:
        actor_for(box, Permission.READ_JOURNAL)
        if asked.finds_nothing:
            return [], 0
        lines, total = await history.page(asked.wanted, offset, limit)
        return await _rows(box, lines), total

    if asked.problem:
        message_box(MessageKind.WARNING, asked.problem, _('条件を直して、もう一度探してください。'))
    text('p', _('新しい順です。{most}件を超えると、それ以上は数えません。').format(most=f'{MOST_COUNTED:,}'), 'quiet')
    return DataTable(
        (
            Column(field='number', label=_('番号'), linked=True, whole=True),
            Column(field='at', label=_('日時'), whole=True),
            Column(field='kind', label=_('内容')),
            Column(field='subject', label=_('対象')),
            Column(field='actor', label=_('行った人')),
            Column(field='desk', label=_('窓口')),
        ),
        fetch,
        empty=(_('当てはまる記録はありません'), _('条件を減らすか、期間を広げてください。')),
    )


async def _rows(box: Box, lines: Sequence[HistoryLine]) -> list[Row]:
    ids = {subject for line in lines for subject in (*line.subjects[:MOST_NAMES], line.actor_id)}
    names = await subject_names(box.reading, box.vault, ids)
    desks = await all_desk_names()
    return [
        {
            'id': line.sequence,
            'number': line.sequence,
            'number_address': f'{JOURNAL}/lines/{line.sequence}',
            'at': when_words(line),
            'kind': _what(line),
            'subject': _subjects(line, names),
            'actor': actor_words(line, names),
            'desk': desks.get(line.desk, '') if line.desk else '',
        }
        for line in lines
    ]


def _what(line: HistoryLine) -> str:
    directions = {'in': _('出勤を記録'), 'out': _('退勤を記録')}
    if line.kind == 'attendance.punched' and line.opened and line.opened[0].fields:
        return directions.get(line.opened[0].fields.get('kind', ''), kind_words(line.kind))
    return kind_words(line.kind)


def _subjects(line: HistoryLine, names: Mapping[UUID, str]) -> str:
    more = len(line.subjects) - MOST_NAMES
    return '、'.join(subject_words(line.subjects[:MOST_NAMES], names)) + (
        _(' ほか{count}人').format(count=more) if more > 0 else ''
    )


def _refused_table(box: Box) -> DataTable:
    history = History(box.reading, box.vault)

    async def fetch(offset: int, limit: int) -> tuple[Sequence[Row], int]:
        actor_for(box, Permission.READ_JOURNAL)
        refused, total = await history.refused(offset, limit)
        return [_refused_row(act) for act in refused], total

    return DataTable(
        (
            Column(field='at', label=_('日時'), whole=True),
            Column(field='kind', label=_('内容')),
            Column(field='source', label=_('どこから')),
            Column(field='detail', label=_('詳細')),
            Column(field='times', label=_('回数'), numeric=True),
        ),
        fetch,
        empty=(_('受け付けなかった操作はありません'), _('サインインの失敗などがあると、ここに出ます。')),
    )


def _refused_row(act: RefusedAct) -> Row:
    return {
        'id': act.id,
        'at': day_and_time(act.at),
        'kind': refused_words(act.kind),
        'source': act.source,
        'detail': act.detail,
        'times': act.times,
    }
