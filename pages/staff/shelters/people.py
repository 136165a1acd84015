"""`/staff/evacuees`: the people of a shelter, filtered by address, searched by a posted form that leaves no names."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Request, Response

from app import clock
from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.details import age_on
from app.shelters.people_list import NO_AREA, Flag, PeopleFilter, PersonRow
from app.shelters.places import Area, ShelterInfo
from app.shelters.search import Query, SearchReason
from app.shelters.values import Place, StayState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form, selection
from components.plain_table import ROWS_PER_PAGE, Cell, Lines, Link, offset_of, pager, plain_table
from components.times import short_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.addresses import DUPLICATES, EVACUEES, ROLL_CALL
from pages.staff.forms import posted
from pages.staff.navigation import staff_page
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.people_prints import draw_prints
from pages.staff.shelters.people_words import (
    by_value,
    flag_words,
    left_for_words,
    place_words,
    search_reasons,
    stay_words,
)
from pages.staff.shelters.person_values import language_words
from pages.staff.shelters.writers import draw_writers, writers_here

SEARCH = '/staff/evacuees/search'
MOST_FOUND = 50
LONGEST_WAIT_SECONDS = 30
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the list and the search."""

    @guarded_page(EVACUEES, permission=Permission.READ_EVACUEES, response_timeout=LONGEST_WAIT_SECONDS)
    async def people(
        shelter: str = '', area: str = '', place: str = '', state: str = '', flag: str = '', page: int = 1
    ) -> None:
        box = condition.require_box()
        chosen = await chosen_shelter(box, shelter)
        asked = {'area': area, 'place': place, 'state': state, 'flag': flag}
        await _draw_list(box, chosen, asked, offset_of(page))

    @guarded_post(SEARCH, permission=Permission.READ_EVACUEES)
    async def search(request: Request) -> Response:
        box, form = condition.require_box(), await posted(request)
        chosen = await chosen_shelter(box, form.get('shelter', ''))
        if chosen is None:
            return drawn(request, lambda: _draw_none([]))
        typed, others = form.get('typed', '')[:100], await open_shelters(box)
        reason = form.get('reason', '')
        if reason not in set(SearchReason):
            return drawn(request, lambda: _draw_unexplained(chosen, others, typed), REFUSED_STATUS)
        rows = await _found(box, chosen, typed, SearchReason(reason))
        return drawn(request, lambda: _draw_found(chosen, others, typed, reason, rows))


def may_see_protected() -> bool:
    """Whether who asks may see that protected people are there."""
    return is_allowed(current_principal(), Permission.SEE_PROTECTED)


async def _found(box: Box, shelter: ShelterInfo, typed: str, reason: SearchReason) -> list[list[Cell]]:
    actor = actor_of(require(current_principal(), Permission.READ_EVACUEES))
    query = Query(typed=typed, sees_protected=may_see_protected(), practice=shelter.practice, most=MOST_FOUND)
    matches = await box.shelters.search.look_up(query, shelter.id, reason, actor) if typed.strip() else []
    names = {one.id: one.entry.name for one in await box.shelters.register.all()}
    rows: list[list[Cell]] = []
    for match in matches:
        stays = await box.shelters.stays.of(match.evacuee)
        where = [f'{names.get(stay.shelter, "")} {stay_words()[stay.state]}' for stay in stays[:2]]
        details = match.details
        shown = ('', '') if details.protected else (details.name, details.kana)
        born = (
            ''
            if details.protected or not details.birth_date
            else _('{age}歳').format(age=age_on(details.birth_date, clock.today()))
        )
        rows.append(
            [
                Link(match.number, f'{EVACUEES}/{match.evacuee}'),
                _name_cell(*shown, details.protected),
                born,
                Lines(tuple(where)),
            ]
        )
    return rows


async def _draw_list(box: Box, shelter: ShelterInfo | None, asked: Mapping[str, str], offset: int) -> None:
    others = await open_shelters(box)
    if shelter is None:
        _draw_none(others)
        return
    areas = await box.shelters.register.areas(shelter.id)
    rows, total = await box.shelters.people.page(filter_of(shelter, areas, asked), offset, ROWS_PER_PAGE)
    with staff_page(_('避難者'), EVACUEES):
        draw_choice(EVACUEES, shelter, others)
        draw_writers(await writers_here(box, shelter))
        _draw_search(shelter)
        with element('div', 'buttons'):
            text('a', _('点呼'), 'press press-quiet', href=f'{ROLL_CALL}?shelter={shelter.id}')
            text('a', _('重複の確認'), 'press press-quiet', href=f'{DUPLICATES}?shelter={shelter.id}')
        with plain_form(EVACUEES, _('しぼり込む'), method='get', classes='filter', hidden={'shelter': str(shelter.id)}):
            _draw_filter(areas, asked)
        headings = (_('番号'), _('氏名'), _('年齢'), _('場所'), _('状態'), _('確かめること'))
        empty = (_('当てはまる人はいません'), _('受付で登録すると、ここに表示されます。'))
        plain_table(headings, [_row(row) for row in rows], empty=empty)
        pager(EVACUEES, {**asked, 'shelter': str(shelter.id)}, offset, total)
        draw_prints(shelter)


def filter_of(shelter: ShelterInfo, areas: Sequence[Area], asked: Mapping[str, str]) -> PeopleFilter:
    """What the address asks for; nonsense counts as nothing asked."""
    area, place, state, flag = (asked.get(name, '') for name in ('area', 'place', 'state', 'flag'))
    return PeopleFilter(
        shelter=shelter.id,
        practice=shelter.practice,
        sees_protected=may_see_protected(),
        area=area if area == NO_AREA or area in {str(one.id) for one in areas} else '',
        place=Place(place) if place in set(Place) else None,
        state=StayState(state) if state in set(StayState) else None,
        flag=Flag(flag) if flag in set(Flag) else None,
    )


def _draw_unexplained(shelter: ShelterInfo, others: list[ShelterInfo], typed: str) -> None:
    with staff_page(_('避難者'), EVACUEES):
        draw_choice(EVACUEES, shelter, others)
        _draw_search(shelter, typed, error=_('探す理由を選んでください。'))


def _draw_found(
    shelter: ShelterInfo, others: list[ShelterInfo], typed: str, reason: str, rows: list[list[Cell]]
) -> None:
    with staff_page(_('避難者'), EVACUEES):
        draw_choice(EVACUEES, shelter, others)
        _draw_search(shelter, typed, reason)
        headings = (_('番号'), _('氏名'), _('年齢'), _('いる場所'))
        empty = (_('当てはまる人はいません'), _('読み方を変えるか、生年月日や電話番号で探してください。'))
        plain_table(headings, rows, empty=empty)
        if len(rows) == MOST_FOUND:
            message_box(
                MessageKind.NOTE,
                _('{count}人まで表示しています。').format(count=MOST_FOUND),
                _('もう少し詳しく入れてください。'),
            )
        text('a', _('一覧へ戻る'), '', href=f'{EVACUEES}?shelter={shelter.id}')


def _draw_none(others: list[ShelterInfo]) -> None:
    with staff_page(_('避難者'), EVACUEES):
        draw_choice(EVACUEES, None, others)


def _draw_search(shelter: ShelterInfo, typed: str = '', reason: str = '', error: str = '') -> None:
    with plain_form(SEARCH, _('探す'), classes='filter', hidden={'shelter': str(shelter.id)}, error=error):
        hint = _('番号、フリガナ、氏名、生年月日(S21.3.1)、電話番号、住所の一部。だれがなぜ探したかを記録します。')
        entry('typed', _('人を探す'), typed, hint=hint, most=100)
        selection('reason', _('探す理由'), {'': _('選んでください'), **search_reasons()}, reason)


def _draw_filter(areas: Sequence[Area], asked: Mapping[str, str]) -> None:
    everything = {'': _('すべて')}
    if areas:
        names = {str(area.id): area.name for area in areas}
        selection('area', _('区画'), {**everything, **names, NO_AREA: _('区画なし')}, asked['area'])
    selection('place', _('滞在の場所'), {**everything, **by_value(place_words())}, asked['place'])
    states = {'': _('退所した人を除く'), **by_value(stay_words())}
    selection('state', _('状態'), states, asked['state'])
    selection('flag', _('確かめること'), {**everything, **by_value(flag_words())}, asked['flag'])


def _row(row: PersonRow) -> list[Cell]:
    details = row.details
    shown = ('', '') if details.protected else (details.name, details.kana)
    age = (
        ''
        if details.protected or not details.birth_date
        else _('{age}歳').format(age=age_on(details.birth_date, clock.today()))
    )
    where = row.area if row.place is Place.SHELTER else place_words()[row.place]
    return [
        Link(row.number, f'{EVACUEES}/{row.evacuee}'),
        _name_cell(*shown, details.protected),
        age,
        where or _('区画なし'),
        Lines(_state_lines(row), whole=True),
        Lines(_flag_lines(row)),
    ]


def _name_cell(name: str, kana: str, protected: bool) -> Cell:
    if protected:
        return _('(保護が必要な方)')
    return Lines((name or _('(未入力)'), kana))


def _state_lines(row: PersonRow) -> tuple[str, ...]:
    today = clock.today()
    words = stay_words()[row.state]
    if row.state is StayState.AWAY and row.expected_at:
        return words, _('{time}ごろ戻る').format(time=short_time(row.expected_at, today))
    if row.state is StayState.LEFT and row.left_at:
        went = {str(one): said for one, said in left_for_words().items()}.get(row.left_for, '')
        return words, went, short_time(row.left_at, today)
    return words, _('{time}に確認').format(time=short_time(row.seen_at, today))


def _flag_lines(row: PersonRow) -> tuple[str, ...]:
    if row.details.protected:
        return ()
    words, details = flag_words(), row.details
    flags = (
        (Flag.UNACCOMPANIED, details.unaccompanied),
        (Flag.URGENT, bool(details.urgencies)),
        (Flag.NEEDS, bool(details.needs)),
        (Flag.SILENT, row.silent),
        (Flag.VISITOR, row.visitor),
    )
    shown = [words[flag] for flag, holds in flags if holds]
    language = details.language
    return (*shown, language_words().get(language, language)) if language != 'ja' else tuple(shown)


def is_uuid(text_: str) -> UUID | None:
    """The id in an address; None: it is none."""
    try:
        return UUID(text_)
    except ValueError:
        return None
