"""One shelter: what it is, how it stands, what staff can make of it, and how residents opened it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app.access.principals import Permission, current_principal, is_allowed, require
from app.access.sign_in import actor_of
from app.language import _
from app.runtime import Box, Condition
from app.shelters.area_places import taken_in
from app.shelters.closing import STAFF_STATES, StillThere
from app.shelters.list_words import field_words
from app.shelters.opening_rows import OpeningInfo
from app.shelters.places import Area, ShelterEntry, ShelterInfo, ShelterRefused
from app.shelters.sealed_codes import LivingCode
from app.shelters.values import RECEIVING, ShelterState, StayState
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, message_box
from components.plain_forms import entry, plain_form
from components.plain_table import Lines, plain_table
from components.times import day_and_time
from pages.guarded import drawn, guarded_page, guarded_post
from pages.staff.cars.values import WrongValue
from pages.staff.forms import posted
from pages.staff.navigation import SHELTERS, staff_page
from pages.staff.shelters.areas import draw_areas
from pages.staff.shelters.form import draw_shelter_fields, posted_shelter
from pages.staff.shelters.words import (
    answer_words,
    kind_words,
    people_words,
    question_words,
    refused_words,
    state_words,
)

PATH = f'{SHELTERS}/{{shelter:uuid}}'
CHANGE = f'{PATH}/change'
MOST_SHOWN = 50
REFUSED_STATUS = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything on the page."""

    shelter: ShelterInfo
    areas: Sequence[Area]
    taken: Mapping[UUID, int]
    """People by area."""
    code: LivingCode | None
    to_be_sealed: bool
    openings: Sequence[OpeningInfo]
    there: Sequence[StillThere]
    people: int


def register(condition: Condition) -> None:
    """Open the page of each shelter."""

    @guarded_page(PATH, permission=Permission.RUN_SHELTER)
    async def shelter_page(shelter: UUID, done: str = '') -> Response | None:
        facts = await facts_of(condition.require_box(), shelter)
        if facts is None:
            return RedirectResponse(SHELTERS, status_code=303)
        draw(facts, done=done)
        return None

    @guarded_post(CHANGE, permission=Permission.MANAGE_SHELTERS)
    async def change(request: Request, shelter: UUID) -> Response:
        return await _change(request, condition.require_box(), shelter)


async def facts_of(box: Box, shelter: UUID) -> Facts | None:
    """What the page shows; None: there is no such shelter."""
    found, opening = await box.shelters.register.get(shelter), box.shelters.opening
    if found is None:
        return None
    there, people = await opening.states.still_there(shelter, 0, MOST_SHOWN, practice=found.practice)
    return Facts(
        shelter=found,
        areas=await box.shelters.register.areas(shelter),
        taken=await taken_in(shelter, practice=found.practice),
        code=await opening.codes.of(shelter),
        to_be_sealed=shelter in await opening.adoptions.to_be_sealed(),
        openings=await opening.adoptions.openings(shelter),
        there=there,
        people=people,
    )


async def refused(request: Request, box: Box, shelter: UUID, problem: str) -> Response:
    """The page again, with what was wrong."""
    facts = await facts_of(box, shelter)
    if facts is None:
        return RedirectResponse(SHELTERS, status_code=303)
    return drawn(request, lambda: draw(facts, problem=problem), REFUSED_STATUS)


async def _change(request: Request, box: Box, shelter: UUID) -> Response:
    actor = actor_of(require(current_principal(), Permission.MANAGE_SHELTERS))
    form, found = await posted(request), await box.shelters.register.get(shelter)
    if found is None:
        return RedirectResponse(SHELTERS, status_code=303)
    try:
        await box.shelters.register.change(shelter, posted_shelter(form, found.entry), actor)
    except WrongValue as wrong:
        return await refused(request, box, shelter, str(wrong))
    except ShelterRefused as error:
        return await refused(request, box, shelter, refused_words(str(error)))
    return RedirectResponse(f'{SHELTERS}/{shelter}?done=changed', status_code=303)


def draw(facts: Facts, *, problem: str = '', done: str = '') -> None:
    """The whole page."""
    shelter = facts.shelter
    title = _('【訓練】{name}').format(name=shelter.entry.name) if shelter.practice else shelter.entry.name
    with staff_page(title, SHELTERS):
        if problem:
            message_box(MessageKind.FAILURE, problem, _('何も変わっていません。'))
        if done_words := _done_words().get(done):
            message_box(MessageKind.DONE, done_words)
        _draw_state(facts)
        _draw_facts(shelter)
        draw_areas(shelter, facts.areas, facts.taken)
        _draw_openings(facts.openings)
        if is_allowed(current_principal(), Permission.MANAGE_SHELTERS):
            _draw_code(facts)
            _draw_change(shelter)
        _draw_place_and_practice(shelter)
        text('a', _('一覧へ戻る'), '', href=SHELTERS)


def _draw_state(facts: Facts) -> None:
    shelter = facts.shelter
    with element('section', 'section panel', aria_label=_('状態')):
        text('h2', state_words()[shelter.state], 'section-title')
        if shelter.state_since:
            text('p', _('{since} から').format(since=day_and_time(shelter.state_since)), 'quiet')
        if shelter.state is ShelterState.OPENED_BY_RESIDENTS:
            text('p', _('住民が開設しました。引き継ぐと、住民の画面は終わり、市の避難所になります。'))
            with plain_form(f'{SHELTERS}/{shelter.id}/adopt', _('引き継ぐ')):
                pass
        if facts.to_be_sealed:
            words = _('新しい開設コードを封筒に入れ、鍵の箱に戻してください。')
            message_box(MessageKind.WARNING, words, _('戻したら、下のボタンを押してください。'))
            with plain_form(f'{SHELTERS}/{shelter.id}/sealed', _('鍵の箱に入れた')):
                pass
        for state in STAFF_STATES[shelter.state]:
            if state is ShelterState.CLOSED:
                _draw_closing(facts)
            else:
                _draw_state_form(shelter, state)


def _draw_state_form(shelter: ShelterInfo, state: ShelterState) -> None:
    label = _('満員にする') if state is ShelterState.FULL else _('開設する')
    if shelter.state is ShelterState.FULL:
        label = _('満員をやめ、受け入れる')
    with plain_form(f'{SHELTERS}/{shelter.id}/state', label, hidden={'state': str(state)}, classes=''):
        if state is ShelterState.FULL:
            entry('reason', _('理由'), most=200)


def _draw_closing(facts: Facts) -> None:
    if not is_allowed(current_principal(), Permission.MANAGE_SHELTERS):
        return
    shelter = facts.shelter
    text('h3', _('閉鎖'), 'section-title')
    if facts.people:
        words = _('まだ {count}人が登録されています。閉鎖できません。').format(count=f'{facts.people:,}')
        message_box(MessageKind.WARNING, words, _('受付で、一人ずつ「退所」か「移動」にしてください。'))
        rows = [[one.number, one.area, _place_words(one)] for one in facts.there]
        plain_table((_('番号'), _('区画'), _('いまの状態')), rows, empty=('', ''))
        return
    with plain_form(f'{SHELTERS}/{shelter.id}/close', _('閉鎖する'), careful=True, classes=''):
        entry('reason', _('理由'), most=200)
    text('p', _('開設コードも使えなくなります。'), 'quiet')


def _place_words(one: StillThere) -> str:
    return _('外出中') if one.state is StayState.AWAY else _('滞在中')


def _draw_facts(shelter: ShelterInfo) -> None:
    of, words = shelter.entry, field_words()
    told: list[tuple[str, str]] = [
        (words['kind'], kind_words()[of.kind]),
        (words['address'], of.address),
        (words['district'], of.district),
        (words['capacity'], _capacity(of)),
        (words['area_m2'], f'{of.area_m2:g}' if of.area_m2 is not None else _('未入力')),
        (words['phone'], of.phone),
        (words['hazards'], '、'.join(of.hazards)),
        (words['accepts'], of.accepts),
        (words['remarks'], of.remarks),
        (_('ID'), of.code),
        (words['source'], of.source),
    ]
    with element('section', 'section', aria_label=_('避難所の内容')):
        text('h2', _('避難所の内容'), 'section-title')
        _draw_told({label: value for label, value in told if value})


def _draw_told(told: Mapping[str, str]) -> None:
    with element('dl', 'facts'):
        for label, value in told.items():
            with element('div', 'fact'):
                text('dt', label)
                text('dd', value)


def _capacity(of: ShelterEntry) -> str:
    if not of.blocked_capacity:
        return people_words(of.capacity)
    blocked = people_words(of.blocked_capacity)
    return _('{all}(うち使えない {blocked})').format(all=people_words(of.capacity), blocked=blocked)


def _draw_openings(openings: Sequence[OpeningInfo]) -> None:
    if not openings:
        return
    with element('section', 'section', aria_label=_('住民による開設')):
        text('h2', _('住民による開設'), 'section-title')
        headings = (_('始めた時刻'), _('建物の確認'), _('開設した時刻'), _('開いた人'))
        plain_table(headings, [_opening_row(opening) for opening in openings], empty=('', ''))


def _opening_row(opening: OpeningInfo) -> list[Lines | str]:
    questions, answers = question_words(), answer_words()
    checked = tuple(f'{questions[question]}: {answers[answer]}' for question, answer in opening.answers.items())
    opened = day_and_time(opening.opened_at) if opening.opened_at else ''
    stopped = _('危険のため開設していません') if opening.stopped_at else _('まだ開設していません')
    return [
        day_and_time(opening.began_at),
        Lines(checked),
        opened or stopped,
        Lines((opening.opener.name or _('名前なし'), opening.opener.phone)) if opened else '',
    ]


def _draw_code(facts: Facts) -> None:
    with element('section', 'section', aria_label=_('開設コード')):
        text('h2', _('開設コード'), 'section-title')
        if facts.code:
            made = day_and_time(facts.code.made_at)
            text('p', _('{made} に作ったコードが使えます。').format(made=made))
        else:
            text('p', _('使えるコードがありません。'))
        text('p', _('作り直すと、前の紙は使えなくなります。'), 'quiet')
        with plain_form(f'{SHELTERS}/codes', _('コードを作って印刷する'), hidden={'shelter': str(facts.shelter.id)}):
            pass


def _draw_change(shelter: ShelterInfo) -> None:
    with element('section', 'section', aria_label=_('内容を変える')):
        text('h2', _('内容を変える'), 'section-title')
        with plain_form(f'{SHELTERS}/{shelter.id}/change', _('変更を保存する')):
            draw_shelter_fields(shelter.entry)


def _draw_place_and_practice(shelter: ShelterInfo) -> None:
    with element('section', 'section', aria_label=_('この箱と訓練')):
        text('h2', _('この箱と訓練'), 'section-title')
        if shelter.here:
            text('p', _('この箱は、この避難所に置いてあります。'))
        else:
            with plain_form(f'{SHELTERS}/{shelter.id}/here', _('この箱をここに置く')):
                pass
        if shelter.state in RECEIVING:
            text('p', _('開設中は、訓練と本番を切り替えられません。'), 'quiet')
            return
        label = _('訓練を終える') if shelter.practice else _('訓練を始める')
        text('p', _('訓練の記録は、本番の数に入りません。'), 'quiet')
        hidden = {'practice': '' if shelter.practice else '1'}
        with plain_form(f'{SHELTERS}/{shelter.id}/practice', label, hidden=hidden):
            pass


def _done_words() -> dict[str, str]:
    return {
        'added': _('避難所を追加しました。'),
        'changed': _('変更を保存しました。'),
        'state': _('状態を変えました。'),
        'area': _('区画を保存しました。'),
        'here': _('この箱の場所を変えました。'),
        'practice': _('訓練の設定を変えました。'),
        'sealed': _('開設コードが鍵の箱にあることを記録しました。'),
    }
