"""`/staff/evacuees/duplicates`: records that may be of one person, side by side, for a person to decide."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.duplicate_pairs import Pair
from app.shelters.duplicates import CannotDecide, Decision
from app.shelters.known_people import Known
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.plain_table import Cell, Lines, Link, offset_of, pager, plain_table
from components.times import short_time
from pages.guarded import guarded_page, guarded_post
from pages.staff.addresses import DUPLICATES, EVACUEES
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.people_words import field_words, reason_words
from pages.staff.shelters.person_values import shown_fields

PAIRS_PER_PAGE = 20
DECIDE, UNDO = '/staff/evacuees/duplicates/decide', '/staff/evacuees/duplicates/undo'
COMPARED = ('name', 'kana', 'birth_date', 'sex', 'address', 'phone', 'contact', 'relation')
LONGEST_WAIT_SECONDS = 30


def register(condition: Condition) -> None:
    """Open the page and its decisions."""

    @guarded_page(DUPLICATES, permission=Permission.READ_EVACUEES, response_timeout=LONGEST_WAIT_SECONDS)
    async def duplicates(shelter: str = '', page: int = 1, done: str = '', problem: str = '') -> None:
        await _draw(condition.require_box(), shelter, page, done, problem)

    @guarded_post(DECIDE, permission=Permission.RUN_SHELTER)
    async def decide(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        kept, other = is_uuid(form.get('kept', '')), is_uuid(form.get('other', ''))
        if kept is None or other is None or not await _both_shown(box, kept, other):
            return RedirectResponse(f'{DUPLICATES}?problem=1', status_code=303)
        try:
            if form.get('same') == '1':
                await box.shelters.duplicates.merge(kept, other, actor)
            else:
                await box.shelters.duplicates.keep_apart(kept, other, actor)
        except CannotDecide:
            return RedirectResponse(f'{DUPLICATES}?problem=1', status_code=303)
        return RedirectResponse(f'{DUPLICATES}?done=decided', status_code=303)

    @guarded_post(UNDO, permission=Permission.RUN_SHELTER)
    async def undo(request: Request) -> Response:
        actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
        box, form = condition.require_box(), await posted(request)
        try:
            await box.shelters.duplicates.undo(is_uuid(form.get('decision', '')) or UUID(int=0), actor)
        except CannotDecide:
            return RedirectResponse(f'{DUPLICATES}?problem=1', status_code=303)
        return RedirectResponse(f'{DUPLICATES}?done=undone', status_code=303)


async def _both_shown(box: Box, *people: UUID) -> bool:
    found = [await box.shelters.evacuees.get(each) for each in people]
    return all(each is not None and (may_see_protected() or not each.details.protected) for each in found)


async def _draw(box: Box, asked: str, page: int, done: str, problem: str) -> None:
    shelter = await chosen_shelter(box, asked)
    practice = bool(shelter and shelter.practice)
    pairs = await box.shelters.duplicates.candidates(sees_protected=may_see_protected(), practice=practice)
    decisions = [
        each for each in await box.shelters.duplicates.decisions() if await _both_shown(box, each.kept, each.other)
    ]
    numbers = await _numbers(box, decisions)
    with staff_page(_('重複の確認'), EVACUEES):
        if practice:
            text('p', _('訓練'), 'practice-mark')
        if done:
            told = (
                _('判断を取り消しました。')
                if done == 'undone'
                else _('判断を記録しました。下の「これまでの判断」で取り消せます。')
            )
            message_box(MessageKind.DONE, told)
        if problem:
            message_box(MessageKind.FAILURE, _('この二つの記録はもう判断されています。'), _('何も変わっていません。'))
        text('p', _('同じ人かもしれない記録です。本人か家族に確かめてから選んでください。自動では一つになりません。'))
        if pairs:
            words = _('確かめる記録は{count}組あります。同じ人らしいものから順に並んでいます。')
            text('p', words.format(count=f'{len(pairs):,}'), role='status')
        else:
            message_box(MessageKind.NOTE, _('確かめる記録はありません。'))
        _draw_pairs(pairs, page, asked)
        _draw_decisions(decisions, numbers)
        text('a', _('避難者の一覧へ戻る'), '', href=EVACUEES)


def _draw_pairs(pairs: Sequence[Pair], page: int, asked: str) -> None:
    """The likeliest first; whoever is beyond the last page is shown that one."""
    last_page = (len(pairs) - 1) // PAIRS_PER_PAGE + 1
    offset = offset_of(min(page, last_page), PAIRS_PER_PAGE)
    for pair in pairs[offset : offset + PAIRS_PER_PAGE]:
        _draw_pair(pair)
    pager(DUPLICATES, {'shelter': asked}, offset, len(pairs), PAIRS_PER_PAGE)


def _draw_pair(pair: Pair) -> None:
    title = f'{pair.one.number} / {pair.other.number}'
    with element('section', 'section panel', aria_label=title):
        text('h2', title, 'section-title')
        words = reason_words()
        reasons = '、'.join(words[reason] for reason in words if reason in pair.reasons)
        text('p', _('確からしさ {score}%: {reasons}').format(score=pair.score, reasons=reasons))
        plain_table((_('項目'), pair.one.number, pair.other.number), _compared(pair.one, pair.other), empty=('', ''))
        hidden = {'kept': str(pair.one.evacuee), 'other': str(pair.other.evacuee)}
        with element('div', 'buttons'):
            with plain_form(
                DECIDE, _('同じ人({number}を残す)').format(number=pair.one.number), hidden={**hidden, 'same': '1'}
            ):
                pass
            with plain_form(DECIDE, _('別の人'), hidden=hidden):
                pass


def _compared(one: Known, other: Known) -> list[Sequence[Cell]]:
    words = field_words()
    first, second = _shown(one), _shown(other)
    rows: list[Sequence[Cell]] = [
        (words[name], Lines(first.get(name, ())), Lines(second.get(name, ())))
        for name in COMPARED
        if name in first or name in second
    ]
    links = (Link(_('開く'), f'{EVACUEES}/{one.evacuee}'), Link(_('開く'), f'{EVACUEES}/{other.evacuee}'))
    return [*rows, (_('記録'), *links)]


def _shown(person: Known) -> dict[str, tuple[str, ...]]:
    if person.details.protected:
        return {'name': (_('(保護が必要な方)'),)}
    return shown_fields(person.details)


async def _numbers(box: Box, decisions: Sequence[Decision]) -> dict[UUID, str]:
    ids = {one for decision in decisions for one in (decision.kept, decision.other)}
    found = [await box.shelters.evacuees.get(each) for each in ids]
    return {each.id: each.number for each in found if each}


def _draw_decisions(decisions: Sequence[Decision], numbers: dict[UUID, str]) -> None:
    if not decisions:
        return
    with element('section', 'section', aria_label=_('これまでの判断')):
        text('h2', _('これまでの判断'), 'section-title')
        for decision in decisions:
            kept, other = numbers.get(decision.kept, ''), numbers.get(decision.other, '')
            same = _('{time} {other} は {kept} と同じ人').format(
                time=short_time(decision.decided_at, clock.today()), other=other, kept=kept
            )
            apart = _('{time} {other} と {kept} は別の人').format(
                time=short_time(decision.decided_at, clock.today()), other=other, kept=kept
            )
            with element('div', 'panel'):
                text('p', same if decision.same else apart)
                with plain_form(UNDO, _('取り消す'), hidden={'decision': str(decision.id)}):
                    pass
