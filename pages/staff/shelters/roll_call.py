"""`/staff/evacuees/roll-call`: one screen for each area, one press for each person."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from nicegui.elements.mixins.text_element import TextElement

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.people.names import names_of
from app.runtime import Box, Condition
from app.shelters.places import ShelterInfo
from app.shelters.roll_call import RollCallInfo, RollCallRefused
from app.shelters.roll_call_sheet import AreaSheet, Called, Mark
from components.elements import Press, press_group, set_text, text
from components.elements import box as element
from components.messages import MessageKind, message_box
from components.notice import Notice
from components.plain_forms import entry, plain_form
from components.plain_table import ROWS_PER_PAGE, offset_of, pager, plain_table
from components.times import short_time
from pages.guarded import guarded_page, guarded_post
from pages.staff.acting import actor_for, telling
from pages.staff.addresses import EVACUEES, ROLL_CALL
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.people import is_uuid, may_see_protected
from pages.staff.shelters.people_prints import PRINT
from pages.staff.shelters.people_words import mark_words

ACT = '/staff/evacuees/roll-call/act'
NO_AREA = 'none'
LONGEST_WAIT_SECONDS = 30


def register(condition: Condition) -> None:
    """Open the screens."""

    @guarded_page(ROLL_CALL, permission=Permission.RUN_SHELTER, response_timeout=LONGEST_WAIT_SECONDS)
    async def roll_call(shelter: str = '', area: str = '', page: int = 1, problem: str = '') -> None:
        box = condition.require_box()
        await _draw(box, await chosen_shelter(box, shelter), area, offset_of(page), problem)

    @guarded_post(ACT, permission=Permission.RUN_SHELTER)
    async def act(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        shelter = await chosen_shelter(box, form.get('shelter', ''))
        if shelter is None:
            return RedirectResponse(ROLL_CALL, status_code=303)
        way = f'{ROLL_CALL}?shelter={shelter.id}&area={form.get("area", "")}'
        try:
            await _act(box, shelter, form)
        except RollCallRefused:
            return RedirectResponse(f'{way}&problem=1', status_code=303)
        return RedirectResponse(way, status_code=303)


async def _act(box: Box, shelter: ShelterInfo, form: Mapping[str, str]) -> None:
    actor = actor_of(require(current_principal(), Permission.RUN_SHELTER))
    calls, open_now = box.shelters.roll_calls, is_uuid(form.get('roll_call', '')) or UUID(int=0)
    if form.get('act') == 'begin':
        await calls.begin(shelter, actor)
    elif form.get('act') == 'heads':
        heads = form.get('heads', '')
        if not heads.isascii() or not heads.isdigit():
            raise RollCallRefused
        await calls.count_heads(open_now, is_uuid(form.get('area', '')), int(heads), actor)
    elif form.get('act') == 'close':
        await calls.close(open_now, actor)


async def _draw(box: Box, shelter: ShelterInfo | None, area: str, offset: int, problem: str) -> None:
    others = await open_shelters(box)
    calls = await box.shelters.roll_calls.of(shelter.id) if shelter else []
    open_now = next((call for call in calls if call.closed_at is None), None)
    sheets = await box.shelters.roll_calls.sheets(open_now, sees_protected=may_see_protected()) if open_now else []
    signed = await _signed(box, [call for call in calls if call.closed_at])
    with staff_page(_('点呼'), ROLL_CALL):
        draw_choice(ROLL_CALL, shelter, others)
        if problem:
            message_box(
                MessageKind.FAILURE, _('記録できませんでした。'), _('点呼が終わっていないか、人数を確かめてください。')
            )
        if shelter is None:
            return
        if open_now is None:
            _draw_beginning(shelter)
        else:
            sheet = next((one for one in sheets if _area_id(one) == area), sheets[0])
            _draw_areas(shelter, sheets, sheet)
            AreaScreen(box, shelter, open_now, sheet, offset)
            _draw_closing(shelter, open_now, sheets)
        _draw_signed(signed)


def _draw_beginning(shelter: ShelterInfo) -> None:
    text('p', _('区画ごとに、いる人を一人ずつ確かめ、頭数を数えます。夜、外出した人が戻ったころに行います。'))
    with plain_form(ACT, _('点呼を始める'), hidden={'shelter': str(shelter.id), 'act': 'begin'}):
        pass


def _draw_areas(shelter: ShelterInfo, sheets: Sequence[AreaSheet], current: AreaSheet) -> None:
    with element('nav', 'tabs', aria_label=_('区画')):
        for sheet in sheets:
            words = sheet.name if sheet.unanswered else _('{area} 済み').format(area=sheet.name)
            link = text('a', words, 'tab', href=f'{ROLL_CALL}?shelter={shelter.id}&area={_area_id(sheet)}')
            if sheet is current:
                link.props('aria-current=page')


class AreaScreen:
    """One area: the numbers, and a row of three presses for each person."""

    def __init__(self, box: Box, shelter: ShelterInfo, roll_call: RollCallInfo, sheet: AreaSheet, offset: int) -> None:
        self._box = box
        self._roll_call = roll_call
        with element('section', 'section', aria_label=sheet.name):
            text('h2', sheet.name, 'section-title')
            _draw_numbers(sheet)
            hidden = {'shelter': str(shelter.id), 'act': 'heads', 'roll_call': str(roll_call.id)}
            with plain_form(ACT, _('頭数を記録する'), classes='filter', hidden={**hidden, 'area': _area_id(sheet)}):
                heads = '' if sheet.heads is None else str(sheet.heads)
                entry('heads', _('この区画で数えた人数'), heads, kind='number', required=True, most=4)
            self._notice = Notice()
            for each in sheet.people[offset : offset + ROWS_PER_PAGE]:
                self._draw_person(each)
            pager(ROLL_CALL, {'shelter': str(shelter.id), 'area': _area_id(sheet)}, offset, len(sheet.people))
            with plain_form(PRINT, _('用紙を印刷する'), hidden={'shelter': str(shelter.id), 'what': 'roll_call'}):
                pass

    def _draw_person(self, each: Called) -> None:
        presses = tuple(
            Press(name=str(mark), label=words, classes='press-quiet') for mark, words in mark_words().items()
        )
        with element('div', 'roll-call-row', aria_label=each.number):
            with element('div', 'roll-call-who'):
                text('a', each.number, 'cell-link', href=f'{EVACUEES}/{each.evacuee}')
                text('div', _('(保護が必要な方)') if each.protected else each.name or _('(未入力)'))
                if each.away or each.silent:
                    text('div', _away_words(each), 'quiet')
            state = text('div', mark_words()[each.mark] if each.mark else _('まだ'), 'roll-call-mark', role='status')
            label = _('{number}の点呼').format(number=each.number)

            async def pressed(name: str) -> None:
                await telling(self._notice, lambda: self._mark(each, Mark(name), state))()

            press_group(presses, pressed, classes='buttons', label=label, guarded=False)

    async def _mark(self, each: Called, mark: Mark, state: TextElement) -> None:
        actor = actor_for(self._box, Permission.RUN_SHELTER)
        try:
            await self._box.shelters.roll_calls.mark(self._roll_call.id, each.evacuee, mark, actor)
        except RollCallRefused:
            self._notice.failed(
                _('記録できませんでした。'), _('退所したか、点呼が終わっています。画面を開き直してください。')
            )
            return
        set_text(state, mark_words()[mark])


def _draw_numbers(sheet: AreaSheet) -> None:
    counted = _('まだ') if sheet.heads is None else _('{count}人').format(count=sheet.heads)
    marks = mark_words()
    rows = [
        (_('登録されている人(外出中を除く)'), _('{count}人').format(count=sheet.named)),
        (_('入口で数えた人'), _('{count}人').format(count=sheet.entrance)),
        (_('この点呼で数えた人'), counted),
        (_('差'), difference_words(sheet.difference)),
        *((marks[mark], _('{count}人').format(count=sheet.marked.get(mark, 0))) for mark in Mark),
        (_('まだ確かめていない人'), _('{count}人').format(count=sheet.unanswered)),
    ]
    plain_table((_('項目'), _('人数')), rows, empty=('', ''))


def difference_words(difference: int | None) -> str:
    """What the difference between heads and names means."""
    if difference is None:
        return _('まだ数えていません')
    if difference == 0:
        return _('差はありません')
    if difference > 0:
        return _('登録より{count}人多い(未登録の人がいます)').format(count=difference)
    return _('登録より{count}人少ない(△{count}人)').format(count=-difference)


def _draw_closing(shelter: ShelterInfo, roll_call: RollCallInfo, sheets: Sequence[AreaSheet]) -> None:
    rows = [
        (
            sheet.name,
            _('{count}人').format(count=sheet.named),
            _('まだ') if sheet.heads is None else _('{count}人').format(count=sheet.heads),
            difference_words(sheet.difference),
            _('{count}人').format(count=sheet.unanswered),
        )
        for sheet in sheets
    ]
    with element('section', 'section', aria_label=_('点呼を終える')):
        text('h2', _('点呼を終える'), 'section-title')
        headings = (_('区画'), _('登録'), _('数えた人'), _('差'), _('未確認'))
        plain_table(headings, rows, empty=('', ''))
        text('p', _('あなたの名前で署名します。終えた点呼は変えられません。'))
        hidden = {'shelter': str(shelter.id), 'act': 'close', 'roll_call': str(roll_call.id)}
        with plain_form(ACT, _('署名して終える'), hidden=hidden, careful=True):
            pass


async def _signed(box: Box, calls: Sequence[RollCallInfo]) -> list[tuple[str, str, str]]:
    ids = [is_uuid(call.closed_by or '') for call in calls]
    names = await box.reading.read(lambda connection: names_of(connection, box.vault, ids))
    today = clock.today()
    return [
        (
            short_time(call.started_at, today),
            short_time(call.closed_at, today) if call.closed_at else '',
            names[signer].name if signer in names else '',
        )
        for call, signer in zip(calls, ids, strict=True)
        if signer is None or signer in names or call.closed_at
    ]


def _draw_signed(signed: Sequence[tuple[str, str, str]]) -> None:
    with element('section', 'section', aria_label=_('終えた点呼')):
        text('h2', _('終えた点呼'), 'section-title')
        empty = (_('まだありません'), '')
        plain_table((_('始め'), _('終わり'), _('署名した人')), signed, empty=empty)


def _away_words(each: Called) -> str:
    if not each.away:
        return _('長く姿が見えない')
    if each.expected_at is None:
        return _('外出中')
    return _('外出中({time}ごろ戻る)').format(time=short_time(each.expected_at, clock.today()))


def _area_id(sheet: AreaSheet) -> str:
    return str(sheet.area) if sheet.area else NO_AREA
