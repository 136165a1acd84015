"""The disposal list (廃棄リスト): what has passed its retention, and its approval."""

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.retention.disposal import (
    LONGEST_REASON,
    DisposalInfo,
    DisposalRefused,
    DueGroup,
    Group,
)
from app.retention_settings import RetentionSettings
from app.runtime import Box, Condition
from app.storage.vault import RecordClass
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import many_lines, plain_form, tick
from components.plain_table import Cell, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import DISPOSAL
from pages.staff.disposal.words import class_words, month_words, problem_words
from pages.staff.forms import posted
from pages.staff.navigation import staff_page

APPROVE = '/staff/disposal/approve'
GROUPS_SHOWN = 40
"""A form has at most 50 fields."""
PAST_SHOWN = 50
REFUSED_STATUS = 422
Facts = tuple[list[DueGroup], list[DisposalInfo], RetentionSettings]


def register(condition: Condition) -> None:
    """Open the page and the approval."""

    @guarded_page(DISPOSAL, permission=Permission.APPROVE_DISPOSAL)
    async def disposal_page(done: str = '') -> None:
        _draw(await _facts(condition.require_box()), done=bool(done))

    @guarded_post(APPROVE, permission=Permission.APPROVE_DISPOSAL)
    async def approve(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        actor = actor_of(require(current_principal(), Permission.APPROVE_DISPOSAL))
        try:
            await box.disposals.approve(_chosen(form), form.get('reason', ''), actor)
        except DisposalRefused as refused:
            problem, facts = problem_words(refused.problem), await _facts(box)
            return drawn(request, lambda: _draw(facts, form, problem=problem), REFUSED_STATUS)
        box.upkeep.once('disposals', box.disposals.carry_out)
        return RedirectResponse(f'{DISPOSAL}?done=approved', status_code=303)


async def _facts(box: Box) -> Facts:
    return await box.disposals.due(), await box.disposals.past(PAST_SHOWN), box.settings.retention


def _name(group: Group) -> str:
    return f'{group[0].value}_{group[1]:%Y-%m}'


def _chosen(form: Mapping[str, str]) -> list[Group]:
    chosen: list[Group] = []
    for name in form:
        record_class, _sign, month = name.partition('_')
        try:
            chosen.append((RecordClass(record_class), date.fromisoformat(f'{month}-01')))
        except ValueError:
            continue
    return chosen


def _draw(facts: Facts, form: Mapping[str, str] | None = None, *, problem: str = '', done: bool = False) -> None:
    due, past, settings = facts
    with staff_page(_('廃棄リスト'), DISPOSAL):
        if done:
            message_box(
                MessageKind.DONE,
                _('廃棄を承認しました。'),
                _('順に消しています。終わると、下の一覧に日時が出ます。'),
            )
        text('p', _('保存期間を過ぎた記録です。承認するまで何も消えません。承認すると元に戻せません。'))
        text('p', _periods(settings), 'quiet')
        if due:
            _draw_form(due, form or {}, problem)
        else:
            empty_state(_('廃棄する記録はありません'), _('保存期間を過ぎると、月ごとにここに並びます。'))
        _draw_past(past)


def _periods(settings: RetentionSettings) -> str:
    classes = (RecordClass.ALCOHOL, RecordClass.VEHICLES, RecordClass.ACCIDENT, RecordClass.ATTENDANCE)
    years = [
        _('{what} {years}年').format(what=class_words(each), years=getattr(settings, each.value)) for each in classes
    ]
    return _('保存期間: {periods}').format(periods='、'.join(years))


def _draw_form(due: Sequence[DueGroup], form: Mapping[str, str], problem: str) -> None:
    shown = due[:GROUPS_SHOWN]
    with element('section', 'section panel', aria_label=_('承認を待つもの')):
        text('h2', _('承認を待つもの {count}件').format(count=len(due)), 'section-title')
        if len(due) > len(shown):
            text('p', _('はじめの {count}件を出しています。').format(count=len(shown)), 'quiet')
        with plain_form(APPROVE, _('廃棄を承認する'), error=problem, careful=True, classes='disposal-form'):
            for group in shown:
                name = _name((group.record_class, group.month))
                tick(name, _group_words(group), bool(form.get(name)))
            hint = _('記録簿に残ります。個人の名前は書かないでください。')
            many_lines(
                'reason',
                _('理由'),
                form.get('reason', ''),
                hint=hint,
                required=True,
                most=LONGEST_REASON,
            )


def _group_words(group: DueGroup) -> str:
    words = _('{what} {month}: 記録 {records}件、写真 {files}枚').format(
        what=class_words(group.record_class),
        month=month_words(group.month),
        records=f'{group.records:,}',
        files=f'{group.files:,}',
    )
    held = _('(ほかに保留 {held}件は残ります)').format(held=group.held) if group.held else ''
    return words + held


def _draw_past(past: Sequence[DisposalInfo]) -> None:
    with element('section', 'section', aria_label=_('承認した廃棄')):
        text('h2', _('承認した廃棄'), 'section-title')
        rows: list[list[Cell]] = [
            [
                day_and_time(one.approved_at),
                class_words(one.record_class),
                month_words(one.month),
                f'{one.records:,}',
                f'{one.files:,}',
                one.reason,
                day_and_time(one.finished_at) if one.finished_at else _('消しています'),
            ]
            for one in past
        ]
        headings = (_('承認'), _('記録の種類'), _('月'), _('記録'), _('写真'), _('理由'), _('終わった日時'))
        empty = (_('まだありません'), _('承認した人は記録簿で確かめられます。'))
        plain_table(headings, rows, empty=empty)
