"""`/staff/journal/lines/N`: one line of the journal, whole."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from nicegui import ui

from app.access.principals import Permission
from app.desks.names import all_desk_names
from app.journal.history import History, HistoryFilter, HistoryLine, OpenedPart, note_reading
from app.language import _
from app.people.subjects import subject_names
from app.runtime import Condition
from components.elements import box as element
from components.elements import text
from components.messages import empty_state
from components.times import day_and_second
from pages.guarded import guarded_page
from pages.staff.acting import actor_for
from pages.staff.addresses import JOURNAL
from pages.staff.journal_kinds import kind_words
from pages.staff.journal_words import actor_words, field_words, quality_words, subject_words, value_words
from pages.staff.navigation import staff_page


def register(condition: Condition) -> None:
    """Open the page of one line."""

    @guarded_page(JOURNAL + '/lines/{sequence}', permission=Permission.READ_JOURNAL)
    async def journal_line(sequence: str) -> None:
        box = condition.require_box()
        actor = actor_for(box, Permission.READ_JOURNAL)
        line = await History(box.reading, box.vault).line(_number(sequence))
        if line is None:
            ui.status_code(404)
            with staff_page(_('記録簿'), JOURNAL):
                empty_state(_('この番号の記録はありません'), _('記録簿の一覧から選んでください。'))
            return
        await note_reading(box.journal, actor, HistoryFilter(), line=line.sequence)
        names = await subject_names(box.reading, box.vault, {*line.subjects, line.actor_id})
        desks = await all_desk_names()
        with staff_page(_('記録 {number} 番').format(number=f'{line.sequence:,}'), JOURNAL):
            text('a', _('記録簿へ戻る'), 'press press-quiet press-back', href=JOURNAL)
            _draw_act(line, names, desks)
            _draw_content(line, names)
            _draw_proof(line)


def _draw_act(line: HistoryLine, names: Mapping[UUID, str], desks: Mapping[UUID, str]) -> None:
    subjects = '、'.join(subject_words(line.subjects, names))
    with _facts(_('したこと')):
        _fact(_('内容'), kind_words(line.kind))
        _fact(_('対象'), subjects)
        _fact(_('行った人'), actor_words(line, names))
        _fact(_('窓口'), desks.get(line.desk, '') if line.desk else '')
        _fact(_('起きた時刻'), f'{day_and_second(line.happened_at)}({quality_words(line.clock_quality)})')
        _fact(_('書いた時刻'), day_and_second(line.recorded_at))


def _draw_content(line: HistoryLine, names: Mapping[UUID, str]) -> None:
    if not line.payload and not line.opened:
        return
    with _facts(_('中身')):
        for name, value in line.payload.items():
            _fact(field_words(name), value_words(name, _shown(value)))
        for part in line.opened:
            _draw_part(part, names)


def _draw_part(part: OpenedPart, names: Mapping[UUID, str]) -> None:
    if part.fields is None:
        _fact(names.get(part.subject) or _('消去済み'), _('消去済み'))
        return
    for name, value in part.fields.items():
        _fact(field_words(name), value_words(name, value))


def _draw_proof(line: HistoryLine) -> None:
    with _facts(_('確かめるための値')):
        _fact(_('記録ID'), str(line.id), is_code=True)
        _fact(_('試行ID'), line.attempt, is_code=True)
        _fact(_('一括ID'), line.batch, is_code=True)
        _fact(_('期'), line.epoch, is_code=True)
        _fact(_('ハッシュ'), line.hash, is_code=True)
        _fact(_('前の行のハッシュ'), line.previous_hash, is_code=True)


def _facts(title: str) -> Any:
    with element('section', 'section', aria_label=title):
        text('h2', title, 'section-title')
        return element('dl', 'facts')


def _fact(label: str, value: str, *, is_code: bool = False) -> None:
    if not value:
        return
    with element('div', 'fact'):
        text('dt', label)
        text('dd', value, 'code' if is_code else '')


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _('はい') if value else _('いいえ')
    if isinstance(value, list):
        return '、'.join(str(item) for item in value)
    return '' if value is None else str(value)


def _number(sequence: str) -> int:
    return int(sequence) if sequence.isascii() and sequence.isdigit() and len(sequence) < 18 else 0
