"""`/staff/shelters/notices`: what is told to the people of a shelter, who is called, and who said that they leave."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from app import clock
from app.access.principals import Permission, current_principal, require
from app.access.sign_in import actor_of
from app.language import _
from app.messages.languages import Language
from app.messages.notice import LONGEST_BODY, LONGEST_SUBJECT, NoticeRefused, Text
from app.runtime import Box, Condition
from app.shelters.leaving import Declared
from app.shelters.notice_audience import NeedsNotSubscribed
from app.shelters.notices import Announcement, Shown
from app.shelters.places import Area, ShelterInfo
from app.shelters.values import Need
from components.elements import box as element
from components.elements import text
from components.messages import MessageKind, empty_state, message_box
from components.plain_forms import entry, many_lines, plain_form, selection, tick
from pages.guarded import drawn, guarded_page, guarded_post
from pages.public.resident_words import need_words
from pages.staff.addresses import SHELTER_NOTICES
from pages.staff.messages.form import posted_notice
from pages.staff.navigation import staff_page
from pages.staff.shelters import notices_calls
from pages.staff.shelters.chosen import chosen_shelter, draw_choice, open_shelters
from pages.staff.shelters.people import may_see_protected

WITHDRAW = f'{SHELTER_NOTICES}/withdraw'
HOURS = (1, 3, 6, 12, 24, 72)
REFUSED_STATUS = 422


def register(condition: Condition) -> None:
    """Open the page and its forms."""
    notices_calls.register(condition)

    @guarded_page(SHELTER_NOTICES, permission=Permission.RUN_SHELTER)
    async def notices_page(shelter: str = '', done: str = '', problem: str = '') -> None:
        box = condition.require_box()
        await _draw(box, await chosen_shelter(box, shelter), done=done, is_refused=bool(problem))

    @guarded_post(SHELTER_NOTICES, permission=Permission.RUN_SHELTER)
    async def post(request: Request) -> Response:
        return await _post(request, condition.require_box())

    @guarded_post(WITHDRAW, permission=Permission.RUN_SHELTER)
    async def withdraw(request: Request) -> Response:
        actor, form = actor_of(require(current_principal(), Permission.RUN_SHELTER)), await posted_notice(request)
        await condition.require_box().shelters.notices.withdraw(notices_calls.id_in(form, 'notice'), actor)
        return RedirectResponse(f'{SHELTER_NOTICES}?shelter={quote(form.get("shelter", ""))}&done=withdrawn', 303)


async def _post(request: Request, box: Box) -> Response:
    actor, form = actor_of(require(current_principal(), Permission.RUN_SHELTER)), await posted_notice(request)
    shelter = await chosen_shelter(box, form.get('shelter', ''))
    if shelter is None:
        return RedirectResponse(SHELTER_NOTICES, 303)
    areas = await box.shelters.register.areas(shelter.id)
    try:
        await box.shelters.notices.post(_announcement(form, shelter, areas), actor)
    except (NoticeRefused, NeedsNotSubscribed) as refused:
        problem = _refused_words(refused)
        shown = await _current(box, shelter)
        return drawn(request, lambda: _draw_all(shelter, [], shown, areas, form=form, problem=problem), REFUSED_STATUS)
    return RedirectResponse(f'{SHELTER_NOTICES}?shelter={shelter.id}&done=posted', 303)


def _refused_words(refused: NoticeRefused | NeedsNotSubscribed) -> str:
    if isinstance(refused, NoticeRefused):
        return _('日本語の件名と本文を入力してください。ほかの言語は、件名と本文の両方を入力してください。')
    needs = '、'.join(words for need, words in need_words().items() if need in refused.needs)
    return _(
        'メールとLINEの登録では「{needs}」を選べないため、この方だけには送れません。'
        '「メールとLINEの登録者にも送る」を外すと、一人一人のページにだけ出ます。'
    ).format(needs=needs)


async def _leavings(box: Box, shelter: ShelterInfo) -> tuple[list[Declared], dict[uuid.UUID, str]]:
    """Who said that they leave, as far as who asks may see them, and their numbers."""
    declared = await box.shelters.leavings.open(shelter.id, practice=shelter.practice)
    found = [await box.shelters.evacuees.get(each.evacuee) for each in declared]
    numbers = {one.id: one.number for one in found if one and (may_see_protected() or not one.details.protected)}
    return [each for each in declared if each.evacuee in numbers], numbers


async def _draw(box: Box, shelter: ShelterInfo | None, *, done: str, is_refused: bool) -> None:
    others = await open_shelters(box)
    if shelter is None:
        with staff_page(_('避難所のお知らせと呼び出し'), SHELTER_NOTICES):
            draw_choice(SHELTER_NOTICES, None, others)
        return
    calls = await box.shelters.person_calls.open(shelter.id, practice=shelter.practice)
    leavings, numbers = await _leavings(box, shelter)
    areas = await box.shelters.register.areas(shelter.id)
    shown = await _current(box, shelter)

    def draw_first() -> None:
        if done in _done_words():
            message_box(MessageKind.DONE, _done_words()[done])
        notices_calls.draw_calls(shelter, calls, leavings, numbers, failed=is_refused)

    _draw_all(shelter, others, shown, areas, first=draw_first)


async def _current(box: Box, shelter: ShelterInfo) -> list[Shown]:
    return await box.shelters.notices.valid(shelter.id, practice=shelter.practice)


def _done_words() -> dict[str, str]:
    return {
        'posted': _('お知らせを出しました'),
        'withdrawn': _('お知らせを取り下げました'),
        'called': _('呼び出しました'),
        'came': _('呼び出しを終えました'),
        'settled': _('退所を記録しました'),
    }


def _draw_all(
    shelter: ShelterInfo,
    others: list[ShelterInfo],
    shown: Sequence[Shown],
    areas: Sequence[Area],
    *,
    first: Callable[[], None] | None = None,
    form: Mapping[str, str] | None = None,
    problem: str = '',
) -> None:
    with staff_page(_('避難所のお知らせと呼び出し'), SHELTER_NOTICES):
        draw_choice(SHELTER_NOTICES, shelter, others)
        text('a', _('会場の画面を開く'), '', href=f'/signage/{shelter.id}')
        if first is not None:
            first()
        _draw_shown(shelter, shown)
        _draw_form(shelter, areas, form or {}, problem)


def _draw_shown(shelter: ShelterInfo, shown: Sequence[Shown]) -> None:
    with element('section', 'section', aria_label=_('出ているお知らせ')):
        text('h2', _('出ているお知らせ'), 'section-title')
        if not shown:
            empty_state(_('お知らせは出ていません'), _('下の欄に書くと、会場の画面と一人一人のページに出ます。'))
        for each in shown:
            words = each.texts[Language.JAPANESE]
            hidden = {'notice': str(each.id), 'shelter': str(shelter.id)}
            with element('article', 'section'):
                text('h3', f'{_("緊急")} {words.subject}' if each.urgent else words.subject, 'section-title')
                text('p', words.body)
                if each.languages:
                    spoken = '、'.join(one.own_name for one in Language if one in each.languages)
                    text('p', _('対象のことば: {languages}').format(languages=spoken))
                text('p', _('{time}まで').format(time=each.valid_until.astimezone(clock.TOKYO).strftime('%m/%d %H:%M')))
                with plain_form(WITHDRAW, _('取り下げる'), hidden=hidden):
                    pass


def _draw_form(shelter: ShelterInfo, areas: Sequence[Area], fields: Mapping[str, str], problem: str) -> None:
    hidden = {'shelter': str(shelter.id), 'attempt': uuid.uuid4().hex}
    with element('section', 'section', aria_label=_('お知らせを書く')):
        text('h2', _('お知らせを書く'), 'section-title')
        with plain_form(SHELTER_NOTICES, _('お知らせを出す'), error=problem, hidden=hidden, with_files=True):
            _draw_language(Language.JAPANESE, fields)
            for language in list(Language)[1:]:
                with element('details', 'field field-wide message-language'):
                    text('summary', language.own_name)
                    _draw_language(language, fields)
            hours = {str(each): _('{hours}時間').format(hours=each) for each in HOURS}
            selection('hours', _('いつまで出すか'), hours, fields.get('hours', '12'))
            tick('urgent', _('緊急(いつも一番上に出す)'), fields.get('urgent') == '1')
            tick('to_subscribers', _('メールとLINEの登録者にも送る'), fields.get('to_subscribers') == '1')
            _draw_audience(areas, fields)


def _draw_audience(areas: Sequence[Area], fields: Mapping[str, str]) -> None:
    with element('details', 'field field-wide fold') as audience:
        if any(name.startswith(('area_', 'speaks_', 'need_')) for name in fields):
            audience.props('open')
        text('summary', _('だれに出すか(選ばないと全員)'))
        _draw_choices(_('区画'), {f'area_{each.id}': each.name for each in areas}, fields)
        spoken = {f'speaks_{one}': one.own_name for one in Language}
        _draw_choices(_('ことば。訳がないことばの人には、英語かやさしい日本語で出ます'), spoken, fields)
        needs = {f'need_{need}': words for need, words in need_words().items()}
        _draw_choices(_('配慮が必要な人だけ(画面には出ません)'), needs, fields)


def _draw_language(language: Language, fields: Mapping[str, str]) -> None:
    name = language.own_name
    with element('div', 'field field-wide', lang=language.html):
        subject, body = f'subject_{language}', f'body_{language}'
        entry(subject, _('件名({language})').format(language=name), fields.get(subject, ''), most=LONGEST_SUBJECT)
        many_lines(body, _('本文({language})').format(language=name), fields.get(body, ''), most=LONGEST_BODY)


def _draw_choices(legend: str, choices: Mapping[str, str], fields: Mapping[str, str]) -> None:
    if not choices:
        return
    with element('fieldset', 'field field-wide message-choices'):
        text('legend', legend, 'field-label')
        for name, words in choices.items():
            tick(name, words, fields.get(name) == '1')


def _announcement(form: Mapping[str, str], shelter: ShelterInfo, areas: Sequence[Area]) -> Announcement:
    texts = {
        language: Text(form.get(f'subject_{language}', '').strip(), form.get(f'body_{language}', '').strip())
        for language in Language
    }
    hours = form.get('hours', '')
    return Announcement(
        shelter=shelter.id,
        texts={language: one for language, one in texts.items() if one.subject or one.body},
        valid_until=clock.now() + timedelta(hours=int(hours) if hours in map(str, HOURS) else 12),
        areas=frozenset(each.id for each in areas if form.get(f'area_{each.id}') == '1'),
        needs=frozenset(need for need in Need if form.get(f'need_{need}') == '1'),
        languages=frozenset(one for one in Language if form.get(f'speaks_{one}') == '1'),
        urgent=form.get('urgent') == '1',
        to_subscribers=form.get('to_subscribers') == '1',
        attempt=form.get('attempt', '')[:64],
    )
