"""What happened to one person, in plain words, with what was known before each change."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app import clock
from app.journal.history import History, HistoryFilter, HistoryLine
from app.language import _
from app.runtime import Box
from app.shelters.details import PersonDetails, person_from_text
from app.shelters.values import LeftFor, Place
from components.elements import box as element
from components.elements import text
from components.plain_table import Cell, Lines, plain_table
from components.times import short_time
from pages.staff.cars.people import name_of_actor
from pages.staff.shelters.people_words import field_words, left_for_words, mark_words, place_words
from pages.staff.shelters.person_values import shown_fields

MOST_LINES = 100
HIDDEN = frozenset({'journal.read', 'shelters.protected_opened', 'shelters.protection'})


async def draw_history(box: Box, evacuee: UUID) -> None:
    """The newest first."""
    lines, _total = await History(box.reading, box.vault).page(HistoryFilter(subject=evacuee), 0, MOST_LINES)
    shelters = {str(one.id): one.entry.name for one in await box.shelters.register.all()}
    areas = {str(area.id): area.name for one in shelters for area in await box.shelters.register.areas(UUID(one))}
    items = {str(item.id): item.entry.name for item in await box.shelters.handouts.items.all()}
    names = {**shelters, **areas, **items}
    before = _details_before(lines, evacuee)
    rows: list[Sequence[Cell]] = [
        (
            short_time(line.happened_at, clock.today()),
            Lines((what_happened(line, names), *before.get(line.sequence, ()))),
            await name_of_actor(box, line),
        )
        for line in lines
        if line.kind not in HIDDEN
    ]
    with element('section', 'section', aria_label=_('これまでの動き')):
        text('h2', _('これまでの動き'), 'section-title')
        headings = (_('日時'), _('できごと'), _('記録した人'))
        plain_table(headings, rows, empty=(_('まだ記録はありません'), ''))


def what_happened(line: HistoryLine, names: Mapping[str, str]) -> str:
    """One line of the journal in a sentence; `names` of shelters, areas and items by their ids."""
    payload = line.payload
    shelter, area = names.get(str(payload.get('shelter')), ''), names.get(str(payload.get('area')), '')
    match line.kind:
        case 'shelters.arrived':
            return _('{shelter}に到着 {area}').format(shelter=shelter, area=area)
        case 'shelters.went_out':
            return _went_out(payload.get('expected_at'))
        case 'shelters.moved':
            place = place_words()[Place(payload['place'])]
            return _('場所を移動: {place} {area}').format(place=place, area=area)
        case 'shelters.visitor_marked':
            return _('市外の方とした') if payload['visitor'] else _('市外の方ではないとした')
        case 'shelters.left':
            return _('{shelter}を退所: {went}').format(shelter=shelter, went=_went(line, names))
        case 'shelters.roll_call_marked':
            return _('点呼: {mark}').format(
                mark={str(one): said for one, said in mark_words().items()}[payload['mark']]
            )
        case 'shelters.handed_out':
            item = names.get(str(payload.get('item')), _('(使わなくなった品目)'))
            return _('受け取り: {item} {count}').format(item=item, count=payload.get('quantity', ''))
        case 'shelters.handout_taken_back':
            item = names.get(str(payload.get('item')), _('(使わなくなった品目)'))
            return _('受け取りの取り消し: {item}').format(item=item)
        case 'shelters.token_bound':
            return _('カードや腕輪を登録: 末尾{last_four}').format(last_four=_opened(line).get('last_four', ''))
        case 'shelters.token_ended':
            return _('腕輪やラベルを使えなくした: 末尾{last_four}').format(last_four=_opened(line).get('last_four', ''))
        case 'shelters.child_goes_out':
            told = _opened(line)
            whom = f'{told.get("by_whom", "")}({told.get("relation", "")})'
            words = _('外出に付き添う方: {whom}').format(whom=whom)
            return words if payload.get('escorted') else _('付き添いなしの外出を職員が認めた')
        case 'shelters.child_taken_over':
            return _('保護者などが引き受けた: {by_whom}').format(by_whom=_opened(line).get('by_whom', ''))
    return _kinds().get(line.kind, _('そのほかの記録'))


def _kinds() -> dict[str, str]:
    return {
        'shelters.registered': _('登録'),
        'shelters.details_changed': _('登録内容を変更'),
        'shelters.came_back': _('戻った'),
        'shelters.seen': _('窓口で確認'),
        'shelters.number_looked_up': _('窓口で番号から表示'),
        'shelters.merged': _('同じ人の記録を一つにした'),
        'shelters.merge_undone': _('重複の判断を取り消した'),
        'shelters.different_people': _('別の人だと確かめた'),
        'shelters.help_called': _('すぐに応援を呼んだ'),
        'shelters.help_taken': _('応援が対応した'),
        'shelters.registration_withdrawn': _('受付を取り消した'),
        'shelters.household_joined': _('世帯に入った'),
        'shelters.household_left': _('世帯から外れた'),
        'shelters.benefit_applied': _('給付の申請を受け付けた'),
        'shelters.benefit_decided': _('給付の申請を判断'),
        'shelters.benefits_exported': _('給付を支払いへ渡した'),
        'shelters.household_representative': _('世帯の代表になった'),
    }


def _went(line: HistoryLine, names: Mapping[str, str]) -> str:
    payload = line.payload
    went = left_for_words()[LeftFor(payload['left_for'])] if payload.get('left_for') else ''
    there, supplies = names.get(str(payload.get('to_shelter')), ''), payload.get('needs_supplies')
    told = (went, there, _opened(line).get('destination', ''), _('物資の支援が要る') if supplies else '')
    return '、'.join(part for part in told if part)


def _went_out(expected_at: object) -> str:
    if not expected_at:
        return _('一時外出(戻る時刻は未定)')
    back = short_time(datetime.fromisoformat(str(expected_at)), clock.today())
    return _('一時外出({time}ごろ戻る)').format(time=back)


def _opened(line: HistoryLine) -> Mapping[str, str]:
    return next((part.fields for part in line.opened if part.fields), {})


def _details_before(lines: Sequence[HistoryLine], evacuee: UUID) -> dict[int, tuple[str, ...]]:
    told: dict[int, tuple[str, ...]] = {}
    before: PersonDetails | None = None
    for line in reversed(lines):
        part = next((each.fields for each in line.opened if each.subject == evacuee and each.fields), None)
        if part is None or 'details' not in part:
            continue
        after = person_from_text(part['details'])
        if before is not None:
            told[line.sequence] = changes(before, after)
        before = after
    return told


def changes(before: PersonDetails, after: PersonDetails) -> tuple[str, ...]:
    """Each field that changed, as it was and as it is."""
    was, now, words = shown_fields(before), shown_fields(after), field_words()
    empty = _('(未入力)')
    return tuple(
        f'{words[name]}: {"、".join(was.get(name, (empty,)))} → {"、".join(now.get(name, (empty,)))}'
        for name in words
        if was.get(name) != now.get(name)
    )
