"""`/staff/evacuees/{evacuee}`: one person; a protected one is the same as absent to whoever may not see them."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission
from app.language import _
from app.runtime import Box, Condition
from app.shelters.area_places import free_in, taken_in
from app.shelters.departures import NOT_TOLD, Going
from app.shelters.evacuees import EvacueeInfo
from app.shelters.memberships import HouseholdInfo
from app.shelters.papers.service import PaperInfo
from app.shelters.stays import StayInfo
from app.shelters.tokens import PRINTED
from app.shelters.values import StayState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import plain_form
from components.plain_table import Cell, Lines, plain_table
from components.times import short_time
from pages.guarded import guarded_page
from pages.staff.addresses import DUPLICATES, EVACUEES, HOUSEHOLDS, PROTECTED, SHELTER_PAPERS
from pages.staff.navigation import staff_page
from pages.staff.shelters.across import draw_left_behind
from pages.staff.shelters.people import may_see_protected
from pages.staff.shelters.people_words import (
    assured_words,
    departure_words,
    field_words,
    left_for_words,
    stay_words,
)
from pages.staff.shelters.person_acts import draw_acts, draw_elsewhere, draw_taking_over
from pages.staff.shelters.person_draft import draw_draft_waits
from pages.staff.shelters.person_history import draw_history
from pages.staff.shelters.person_values import shown_fields

PERSON = '/staff/evacuees/{evacuee}'


def register(condition: Condition) -> None:
    """Open the page of each person."""

    @guarded_page(PERSON, permission=Permission.READ_EVACUEES)
    async def person(evacuee: UUID, done: str = '', problem: str = '') -> Response | None:
        box = condition.require_box()
        found = await box.shelters.evacuees.get(await box.shelters.duplicates.current(evacuee))
        if found is None or (found.details.protected and not may_see_protected()):
            return RedirectResponse(EVACUEES, status_code=303)
        if found.id != evacuee:
            return RedirectResponse(f'{EVACUEES}/{found.id}', status_code=303)
        await _draw(box, found, done, problem)
        return None


async def _draw(box: Box, person: EvacueeInfo, done: str, problem: str) -> None:
    stays = await box.shelters.stays.of(person.id)
    shelters = {one.id: one for one in await box.shelters.register.all()}
    names = {one.id: one.entry.name for one in shelters.values()}
    household = await box.shelters.households.of(person.id)
    tokens = await box.shelters.tokens.of(person.id)
    title = _('保護が必要な方') if person.details.protected else person.details.name or _('(氏名は未入力)')
    with staff_page(f'{title} {person.number}', EVACUEES):
        _draw_told(done, problem)
        if done == 'saved' and (alike := await box.shelters.alike.to(person.id)):
            _draw_alike(alike)
        if person.practice:
            text('p', _('訓練'), 'practice-mark')
        draw_elsewhere(person, stays, names)
        draw_left_behind(await box.shelters.across.elsewhere.left_behind(person.id))
        if not person.details.protected and await box.shelters.families.waits_for(person.id):
            draw_draft_waits(person)
        if person.details.unaccompanied:
            draw_taking_over(person)
        for stay in stays:
            if stay.state is not StayState.LEFT:
                areas = await box.shelters.register.areas(stay.shelter)
                taken = await taken_in(stay.shelter, practice=stay.practice)
                draw_acts(person, stay, names, areas, free_in(areas, taken))
        if person.details.protected:
            _draw_protected()
            return
        _draw_fields(person)
        _draw_household(person, household)
        _draw_tokens(
            [(_('腕輪や印刷した番号') if one.kind == PRINTED else _('カード'), one.last_four) for one in tokens]
        )
        _draw_papers(await box.papers.of(person.id))
        _draw_stays(stays, names, await box.shelters.stays.departures.of(stay.id for stay in stays))
        await draw_history(box, person.id)
        text('a', _('一覧へ戻る'), '', href=EVACUEES)


def _draw_told(done: str, problem: str) -> None:
    told = {
        'saved': _('登録内容を変更しました。'),
        'moved': _('移動を記録しました。'),
        'joined': _('書いた内容を記録に加えました。'),
        'refused': _('書いた内容を使わずに捨てました。'),
        'taken': _('引き受けた方を記録しました。'),
    }
    problems = {
        'not_here': _('この避難所での滞在はもう終わっています。'),
        'by_whom': _('引き受けた方の氏名を入れてください。'),
        'escort': _('保護者のいない子どもです。付き添う方の氏名と、子どもとの関係を入れてください。'),
        'time': _('戻る時刻を確かめてください。'),
        'child_alone': _('保護者のいない子どもです。先に、引き受けた方を記録してください。'),
    }
    if done in told:
        message_box(MessageKind.DONE, told[done])
    if problem in problems:
        message_box(MessageKind.FAILURE, problems[problem], _('何も変わっていません。'))


def _draw_alike(number: str) -> None:
    words = _('似た方が登録されています: {number}').format(number=number)
    message_box(MessageKind.NOTE, words, _('同じ人かどうかは、重複のページで確かめて決めます。'))
    text('a', _('重複を確かめる'), 'press press-quiet', href=DUPLICATES)


def _draw_protected() -> None:
    message_box(
        MessageKind.NOTE,
        _('保護が必要な方です。氏名や住所は、理由を残して開いたときだけ見られます。'),
        _('避難所の中でも番号で呼んでください。'),
    )
    text('a', _('理由を残して記録を開く'), 'press press-quiet', href=PROTECTED)


def _draw_fields(person: EvacueeInfo) -> None:
    words = field_words()
    rows: list[Sequence[Cell]] = [(words[name], Lines(lines)) for name, lines in shown_fields(person.details).items()]
    rows.append((_('確かさ'), assured_words()[person.assured]))
    with element('section', 'section', aria_label=_('登録内容')):
        text('h2', _('登録内容'), 'section-title')
        plain_table((_('項目'), _('内容')), rows, empty=(_('まだ何も入力されていません'), ''))
        with element('div', 'buttons'):
            text('a', _('登録内容を変える'), 'press press-main', href=f'{EVACUEES}/{person.id}/edit')


def _draw_household(person: EvacueeInfo, household: HouseholdInfo | None) -> None:
    with element('section', 'section', aria_label=_('世帯')):
        text('h2', _('世帯'), 'section-title')
        if household is None:
            text('p', _('世帯に入っていません。'))
            with plain_form(HOUSEHOLDS, _('この人の世帯を作る'), hidden={'evacuee': str(person.id)}):
                pass
            return
        words = _('世帯の代表です。') if household.representative == person.id else _('世帯に入っています。')
        text('p', words)
        with element('div', 'buttons'):
            text('a', _('世帯を見る'), 'press press-quiet', href=f'{HOUSEHOLDS}/{household.id}')


def _draw_tokens(tokens: Sequence[tuple[str, str]]) -> None:
    with element('section', 'section', aria_label=_('カードと腕輪')):
        text('h2', _('カードと腕輪'), 'section-title')
        empty = (_('登録されていません'), _('受付の窓口でカードをタッチするか、腕輪の番号を読み取ります。'))
        rows = [(kind, _('末尾{last_four}').format(last_four=last_four)) for kind, last_four in tokens]
        plain_table((_('種類'), _('番号')), rows, empty=empty)


def _draw_papers(papers: Sequence[PaperInfo]) -> None:
    if not papers:
        return
    with element('section', 'section', aria_label=_('紙の登録票')):
        text('h2', _('紙の登録票'), 'section-title')
        text('p', _('開くと、だれがいつ見たかを記録簿に残します。'), 'quiet')
        for paper in papers:
            words = _('{time} に追加した写真').format(time=short_time(paper.added_at, clock.today()))
            text('a', words, '', href=f'{SHELTER_PAPERS}/{paper.id}/picture')


def _draw_stays(stays: Sequence[StayInfo], names: dict[UUID, str], departures: dict[UUID, Going]) -> None:
    today = clock.today()
    rows: list[Sequence[Cell]] = [
        (
            names.get(stay.shelter, ''),
            Lines(_stay_lines(stay, names, departures.get(stay.id, NOT_TOLD))),
            short_time(stay.arrived_at, today),
            short_time(stay.left_at, today) if stay.left_at else '',
        )
        for stay in stays
    ]
    with element('section', 'section', aria_label=_('滞在')):
        text('h2', _('滞在'), 'section-title')
        headings = (_('避難所'), _('状態'), _('到着'), _('退所'))
        plain_table(headings, rows, empty=(_('滞在の記録はありません'), ''))


def _stay_lines(stay: StayInfo, names: dict[UUID, str], going: Going) -> tuple[str, ...]:
    went = left_for_words()[stay.left_for] if stay.left_for else ''
    return stay_words()[stay.state], went, *departure_words(going, names)
