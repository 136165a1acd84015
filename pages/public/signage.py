"""`/signage/…`: the screen of a hall. Calls by number, and announcements that go round the languages."""

import json
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from nicegui import app

from app import clock
from app.language import _
from app.messages.languages import Language, best_of, speaking
from app.runtime import Box, Condition
from app.shelters.notices import Shown
from app.shelters.person_calls import Called
from app.shelters.places import ShelterInfo
from app.storage.failures import StorageError
from components.plain_html import Html, document, joined, tag
from components.theme import asset_url
from pages.public.frame import open_to_all

SIGNAGE_HERE = '/signage'
SIGNAGE = '/signage/{shelter}'
TURN_SECONDS = 8
MOST_NOTICES = 3
GONE_STATUS, UNAVAILABLE_STATUS = 404, 503


def register(condition: Condition) -> None:
    """Open the screen."""
    open_to_all(SIGNAGE_HERE)
    open_to_all(SIGNAGE)

    @app.get(SIGNAGE_HERE, include_in_schema=False)
    async def here() -> Response:
        shelter = await condition.require_box().shelters.register.here()
        return RedirectResponse(f'/signage/{shelter.id}', 303) if shelter else _nothing(GONE_STATUS)

    @app.get(SIGNAGE, include_in_schema=False)
    async def screen(request: Request, shelter: UUID) -> Response:
        turn = request.query_params.get('turn', '0')
        try:
            return await _screen(condition.require_box(), shelter, int(turn) if turn.isdecimal() else 0)
        except StorageError:
            return _nothing(UNAVAILABLE_STATUS)


def digit_by_digit(number: str) -> str:
    """A number as it is read out: each letter and digit for itself."""
    return ' '.join(number.replace('-', ''))


async def _screen(box: Box, id_: UUID, turn: int) -> Response:
    shelter = await box.shelters.register.get(id_)
    if shelter is None:
        return _nothing(GONE_STATUS)
    calls = await box.shelters.person_calls.open(id_, practice=shelter.practice)
    valid = await box.shelters.notices.valid(id_, practice=shelter.practice)
    notices = [each for each in valid if each.is_for_all_to_see]
    areas = {area.id: area.name for area in await box.shelters.register.areas(id_)}
    language = tuple(Language)[turn % len(Language)]
    told = [each for each in notices if each.speaks_to({language})]
    with speaking(language):
        main = tag(
            'main',
            tag('h1', _('お知らせ')),
            *([_calls(calls)] if calls else []),
            *_notices(told, language, areas, turn // len(Language)),
        )
        return _page(shelter, language, main, turn)


def _page(shelter: ShelterInfo, language: Language, main: Html, turn: int) -> Response:
    following = f'/signage/{shelter.id}?turn={turn + 1}'
    practice = [tag('p', '訓練', class_='practice')] if shelter.practice else []
    header = tag(
        'header',
        tag('p', shelter.entry.name, lang='ja'),
        tag('button', _('音を出す'), type='button', id='sound', hidden=True),
        tag('p', clock.now().strftime('%H:%M')),
    )
    without_script = tag('noscript', tag('meta', http_equiv='refresh', content=f'{TURN_SECONDS}; url={following}'))
    script = tag('script', src=asset_url('signage.js'), defer=True, data_next=following)
    body = joined(without_script, *practice, tag('div', header, main, class_='signage'), script)
    return HTMLResponse(document(_('お知らせ'), language.html, body))


def _calls(calls: list[Called]) -> Html:
    numbers = [
        tag('li', each.number, data_call=str(each.id), data_at=each.called_at.isoformat(), data_spoken=_spoken(each))
        for each in calls
    ]
    words = _('この番号の方は、受付に来てください')
    return tag('section', tag('h2', words), tag('ul', *numbers, class_='numbers'), class_='calls', role='alert')


def _spoken(called: Called) -> str:
    said = {}
    for language in Language:
        with speaking(language):
            words = _('番号 {number} の方、受付に来てください。')
        said[language.html] = words.format(number=digit_by_digit(called.number))
    return json.dumps(said, ensure_ascii=False)


def _notices(notices: list[Shown], language: Language, areas: dict[UUID, str], round_: int) -> list[Html]:
    if not notices:
        return [tag('p', _('いまお知らせはありません。'), class_='calm')]
    urgent = [each for each in notices if each.urgent][:MOST_NOTICES]
    others = [each for each in notices if not each.urgent]
    room = MOST_NOTICES - len(urgent)
    start = round_ * room % len(others) if others else 0
    return [_notice(each, language, areas) for each in (*urgent, *(others[start:] + others[:start])[:room])]


def _notice(notice: Shown, language: Language, areas: dict[UUID, str]) -> Html:
    text = best_of(notice.texts, language)
    spoken = next(one for one, each in notice.texts.items() if each is text)
    whom = '、'.join(areas[area] for area in areas if area in notice.areas)
    urgent = [tag('p', _('大事なお知らせ'), class_='urgent')] if notice.urgent else []
    classes = 'notice notice-urgent' if notice.urgent else 'notice'
    where = [tag('p', whom, lang='ja')] if whom else []
    return tag(
        'article', *urgent, *where, tag('h3', text.subject), tag('p', text.body), class_=classes, lang=spoken.html
    )


def _nothing(status: int) -> Response:
    refresh = tag('meta', http_equiv='refresh', content=str(TURN_SECONDS))
    words = tag(
        'main', tag('h1', _('お知らせ')), tag('p', _('この画面に出すものがありません。受付に知らせてください。'))
    )
    return HTMLResponse(document(_('お知らせ'), 'ja', joined(refresh, tag('div', words, class_='signage'))), status)
