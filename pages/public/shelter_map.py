"""The map of open shelters; the list below it says the same in words."""

from app.language import _
from app.messages.languages import Language
from app.settings import Settings
from app.shelters.open_data.directory import Directory, Fullness
from components.map_svg import CIRCLE, RING, SQUARE, TRIANGLE, Mark, map_svg
from components.plain_html import Html, tag
from pages.public.shelter_list import PER_PAGE, SIGNS, as_of, public_document, sign

SHAPES = {Fullness.ROOM: CIRCLE, Fullness.CROWDED: TRIANGLE, Fullness.FULL: SQUARE, Fullness.UNKNOWN: RING}


def map_page(found: Directory, language: Language, settings: Settings) -> str:
    """A whole page, with the names by number and whatever has no place on the map."""
    title = _('開いている避難所の地図')
    marks = [
        Mark(number, entry.name, entry.latitude, entry.longitude, SHAPES[one.fullness])
        for number, one in enumerate(found.shelters, 1)
        if (entry := one.shelter.entry).latitude is not None and entry.longitude is not None
    ]
    drawing = (
        [
            tag(
                'figure',
                Html(map_svg(marks, title=title, north=_('北'))),
                _legend(),
                tabindex='0',
                style='margin:0;overflow:auto',
            )
        ]
        if marks
        else []
    )
    back = tag('p', tag('a', _('一覧で見る'), href=f'/shelters?lang={language.value}'))
    return public_document(title, language, settings, '/shelters/map', as_of(found), back, *drawing, _names(found))


def _legend() -> Html:
    return tag('figcaption', tag('p', *(part for one in Fullness for part in (sign(one), '　'))))


def _names(found: Directory) -> Html:
    names = [
        tag('li', tag('a', one.shelter.entry.name, href=_address(number)), f' {SIGNS[one.fullness]}')
        for number, one in enumerate(found.shelters, 1)
    ]
    return tag('ol', *names, class_='names') if names else tag('p', _('いま開いている避難所はありません。'))


def _address(number: int) -> str:
    return f'/shelters?page={(number - 1) // PER_PAGE + 1}#s{number}'
